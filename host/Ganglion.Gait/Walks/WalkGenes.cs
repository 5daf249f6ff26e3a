using Ganglion.Gait.Planned;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>
/// What is tuned in physics: the walker's steps, the motion of the hips, and the reflexes' gains. All seven oscillators are
/// that of the paper's Table 2, made slower or faster as a whole, so that the cycle is what was asked for and the phases are
/// exact. SI units.
/// </summary>
public static class WalkGenes
{
    /// <summary>Index of a gene.</summary>
    public const int Cycle = 0, Duty = 1, Lift = 2, FootX = 3, FootY = 4, Height = 5, Surge = 6, Bob = 7, Sway = 8, SwayCross = 9, Lean =
        10, Speed = 11,
        AnklePitch = 12, AnklePitchRate = 13, HipPitch = 14, HipPitchRate = 15, HipRoll = 16, HipRollRate = 17, AnkleRoll = 18,
        AnkleRollRate = 19,
        PlaceForward = 20, PlaceSide = 21, Heading = 22, Adapt = 23, SlopeTime = 24, Tegotae = 25;

    /// <summary>Number of genes.</summary>
    public const int Count = 26;

    /// <summary>Name of each gene.</summary>
    public static readonly string[] Names =
    [
        "cycle_s", "duty", "lift_m", "foot_x_m", "foot_y_m", "height_m", "surge_m", "bob_m", "sway_m", "sway_cross_m", "lean_rad",
        "speed_m_s",
        "ankle_pitch", "ankle_pitch_rate_s", "hip_pitch", "hip_pitch_rate_s", "hip_roll", "hip_roll_rate_s", "ankle_roll",
        "ankle_roll_rate_s",
        "place_forward_s", "place_side_s", "heading_per_s", "adapt", "slope_time_s", "tegotae",
    ];

    /// <summary>Where the search looks.</summary>
    public static readonly double[] Low =
    [
        0.45, 0.5, 0.02, -0.04, 0.08, 0.60, -0.06, -0.04, 0, -0.1, 0, 0.1,
        -0.2, -0.03, -0.3, -0.04, -0.2, -0.03, -0.2, -0.04, -0.05, -0.05, 0, 0.3, 0.04, 0,
    ];

    /// <inheritdoc cref="Low"/>
    public static readonly double[] High =
    [
        1.0, 0.68, 0.09, 0.10, 0.13, 0.685, 0.06, 0.04, 0.22, 0.1, 0.12, 0.8,
        0.6, 0.2, 0.6, 0.14, 1.0, 0.14, 0.6, 0.12, 0.3, 0.3, 2.5, 1.4, 0.8, 1.0,
    ];

    // Table 2, beta and a as magnitudes, and the period of the walking network with that ring at small steps (shared/README.md A4).
    private const double RiseTime = 0.139, AdaptationTime = 0.246, Drive = 0.375, Adaptation = 3.414, Inhibition = 1.79, Ring = 0.7,
        Period = 0.7403;

    // Where the speed of a clock is looked for, and the step at which it is measured meanwhile [s].
    private const double ClockSpan = 6, ClockTick = 0.005;

    private const int ClockHalvings = 14;

    private const double Corner = 3.5, LowestHips = 0.5, Timeout = 2, SpeedReserve = 1.05;

    /// <summary>Makes a walk.</summary>
    /// <param name="genes">The genes.</param>
    /// <param name="robot">A walker; its description decides about reach.</param>
    /// <param name="clock">A chess clock that times the legs in place of oscillators: at the speed that gives the duty, slowed so that
    /// the cycle is as asked for. Null: oscillators.</param>
    /// <param name="name">Name of the gait.</param>
    /// <exception cref="GaitRefusedException">No board could compute the oscillators, or the clock cannot do so.</exception>
    public static GaitDescription Build(ReadOnlySpan<double> genes, RobotDescription robot, GaitClock? clock = null, string name = "tuned")
    {
        WalkParameters walk = new()
        {
            Duty = (float)genes[Duty],
            Lift = (float)genes[Lift],
            FootX = (float)genes[FootX],
            FootY = (float)genes[FootY],
            Height =
                (float)genes[Height],
            Surge = (float)genes[Surge],
            Bob = (float)genes[Bob],
            Sway = (float)genes[Sway],
            SwayCross = (float)genes[SwayCross],
            Lean =
            (float)genes[Lean],
            BodyCorner = (float)Corner,
            MaxSpeed = (float)(SpeedReserve * genes[Speed]),
            MaxTurn = 0.15f,
            Ramp = 3,
        };
        ReflexParameters reflexes = new()
        {
            SlopeTime = (float)genes[SlopeTime],
            Adapt = (float)genes[Adapt],
            Tegotae = (float)genes[Tegotae],
            AnklePitch = (float)genes[AnklePitch],
            AnklePitchRate = (float)genes[AnklePitchRate],
            HipPitch = (float)genes[HipPitch],
            HipPitchRate = (float)genes[HipPitchRate],
            HipRoll = (float)genes[HipRoll],
            HipRollRate = (float)genes[HipRollRate],
            AnkleRoll = (float)genes[AnkleRoll],
            AnkleRollRate = (float)genes[AnkleRollRate],
            PlaceForward = (float)genes[PlaceForward],
            PlaceSide = (float)genes[PlaceSide],
            Heading = (float)genes[Heading],
        };
        double ring = Ring, tick = robot.Boards[0].Tick;
        OscillatorParameters oscillator;
        if (clock != null)
        {
            (ring, oscillator) = (0, GaitDescription.NoOscillator);
            clock = Timed(clock, genes[Cycle], genes[Duty]);
            ClockPace pace = clock.Measure(tick);
            if (pace.Fault != ClockFault.None)
            {
                throw new GaitRefusedException(WalkReason.NetworkRefused, WalkingNetwork.BodyCount, RhythmReason.ClockStalls);
            }

            (walk.Cycle, walk.Duty) = ((float)pace.Cycle, (float)pace.Duty);
        }
        else
        {
            double tau = genes[Cycle] / Period, rate = 2 * Math.PI * Corner * tick;
            oscillator = new(tau * RiseTime, tau * AdaptationTime, Drive, Adaptation, Inhibition);
            var shape = PhaseShape.Of(Network(oscillator, tick), rate / (1 + rate));
            walk.Cycle = (float)shape.Cycle;
            (walk.Shift, walk.Sin2, walk.Cos2, walk.Sin4, walk.Cos4) = ((float)shape.Coefficients[0], (float)shape.Coefficients[1],
                (float)shape.Coefficients[2],
                (float)shape.Coefficients[3], (float)shape.Coefficients[4]);
        }

        // The hips are as high as asked for, or as the legs reach at the bounds of the commands.
        LegGeometry legs = robot.Walker!.Legs;
        while (walk.Check(legs) == WalkReason.OutOfReach && walk.Height > LowestHips)
        {
            walk.Height -= 0.002f;
        }

        return new GaitDescription(name, "", robot.Name, WalkHash.Of(robot), ring, oscillator, oscillator, walk, reflexes,
            genes[Speed], Timeout)
        {
            Clock = clock,
        };
    }

    /// <summary>The genes of a gait that <see cref="Build"/> made: where a search goes on from.</summary>
    /// <exception cref="ArgumentException">It is no such gait: its oscillators are not those of Table 2.</exception>
    public static double[] Of(GaitDescription gait)
    {
        double tau = gait.Foot.RiseTime / RiseTime;
        if (gait.Clock == null && (gait.Foot != gait.Body || Math.Abs(gait.Ring - Ring) > 1e-6
            || Math.Abs(gait.Foot.AdaptationTime / (tau * AdaptationTime) - 1) > 1e-3))
        {
            throw new ArgumentException($"'{gait.Name}' was not tuned in physics: its oscillators are not those of Table 2.", nameof(gait));
        }

        WalkParameters w = gait.Walk;
        ReflexParameters r = gait.Reflexes;
        return
        [
            gait.Clock == null ? tau * Period : w.Cycle,
            w.Duty, w.Lift, w.FootX, w.FootY, w.Height, w.Surge, w.Bob, w.Sway, w.SwayCross, w.Lean, gait.Speed,
            r.AnklePitch, r.AnklePitchRate, r.HipPitch, r.HipPitchRate, r.HipRoll, r.HipRollRate, r.AnkleRoll, r.AnkleRollRate,
            r.PlaceForward, r.PlaceSide, r.Heading, r.Adapt, r.SlopeTime, r.Tegotae,
        ];
    }

    /// <summary>A clock at the speed at which a foot stands for a share of the cycle, or as near as its sides still take turns, slowed so
    /// that a cycle takes as long as asked for. It depends on no board's tick.</summary>
    private static GaitClock Timed(GaitClock clock, double cycle, double duty)
    {
        double slow = clock.Speed / ClockSpan, fast = clock.Speed * ClockSpan, length = cycle;
        for (int i = 0; i < ClockHalvings; i++)
        {
            double middle = Math.Sqrt(slow * fast);
            ClockPace pace = (clock with { Speed = middle }).Measure(ClockTick);
            if (pace.Fault == ClockFault.BothSwing || pace.Fault == ClockFault.None && pace.Duty < duty)
            {
                fast = middle;
            }
            else
            {
                slow = middle;
                length = pace.Cycle;
            }
        }

        return (clock with { Speed = slow }).Slowed(cycle / length);
    }

    private static KimuraNetwork Network(OscillatorParameters oscillator, double tick)
    {
        KimuraParameters parameters = new(WalkingNetwork.BodyCount);
        WalkingNetwork.Fill(parameters, (float)Ring, forward: true, withBody: true);
        for (int i = 0; i < WalkingNetwork.BodyCount; i++)
        {
            oscillator.WriteTo(parameters, i);
        }

        KimuraNetwork network = new(WalkingNetwork.BodyCount, (float)tick, IntegrationScheme.Heun);
        RhythmReason reason = network.Configure(parameters, out int where);
        return reason == RhythmReason.None ? network : throw new GaitRefusedException(WalkReason.NetworkRefused, where, reason);
    }
}
