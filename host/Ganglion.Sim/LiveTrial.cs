using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Sim;

/// <summary>What is tried and under which difficulties.</summary>
/// <param name="Targets">Targets, at least 1.</param>
/// <param name="Seed">Seed of targets, arm and noise.</param>
public sealed record LiveTrialOptions(int Targets, int Seed)
{
    /// <summary>Distance of each target from the tip, m; 0: random reachable poses of the edge-case distribution.</summary>
    public double Distance { get; init; }

    /// <summary>Standard deviation of each measured coordinate, m.</summary>
    public double Noise { get; init; }

    /// <summary>Whose poses the targets are; null: of the arm as it is described.</summary>
    public TrunkDimensions? TargetsOf { get; init; }

    /// <summary>How much longer than its description the true arm is in all its lengths: 1.02 is 2 %.</summary>
    public double TrueLength { get; init; } = 1;

    /// <summary>A fault as in `ganglion sim` (such as "servo base 13 stalled"); null: none.</summary>
    public string? Fault { get; init; }

    /// <summary>What the arm keeps clear of; null: nothing.</summary>
    public KeptClearance? Kept { get; init; }

    /// <summary>Targets that are left out, from 0: those of a trial to compare with.</summary>
    public IReadOnlyCollection<int> Without { get; init; } = [];

    /// <summary>It comes after so many targets; 0: it is there from the start.</summary>
    public int FaultAfter { get; init; }
}

/// <summary>
/// How a controller does live: virtual boards in virtual time, one target after another, errors by the true tip. All but the times of
/// computing depends on the seed alone.
/// </summary>
/// <param name="Outcomes">One a target that the controller found reachable.</param>
/// <param name="Refused">Targets that it held to be out of reach.</param>
/// <param name="TrueErrors">Distance of the true tip from each target at the end, m, in order of size.</param>
/// <param name="Times">Processor time of each period's computing.</param>
/// <param name="MissedFrames">Frames that a board missed, got late or refused.</param>
/// <param name="Delay">From a frame to its motion, as the loop found it, s.</param>
public sealed record LiveTrial(IReadOnlyList<ReachOutcome> Outcomes, int Refused, double[] TrueErrors, ControlTimes Times,
    long MissedFrames, double Delay)
{
    /// <summary>The least distance that the simulated body had beyond the scene's clearance, at any moment, m; infinite without a
    /// scene.</summary>
    public double LeastSlack { get; init; } = double.PositiveInfinity;

    /// <summary>Where it had that, in words.</summary>
    public string Nearest { get; init; } = "";

    /// <summary>Targets that were refused, from 0, with the words.</summary>
    public IReadOnlyDictionary<int, string> Refusals { get; init; } = new Dictionary<int, string>();

    /// <summary>Targets at which the true tip ended within a millimetre.</summary>
    public int Reached => TrueErrors.Count(error => error <= ReachOutcome.Tolerance);

    public double MedianError => TrueErrors.Length == 0 ? double.NaN : TrueErrors[TrueErrors.Length / 2];

    public double MaxError => TrueErrors.Length == 0 ? double.NaN : TrueErrors[^1];

    /// <summary>Time from a target until the tip is below a millimetre to stay, less what the servos need for the way, in order of size,
    /// s.</summary>
    public double[] AfterTravel => [.. Outcomes.Select(outcome => outcome.ReachedAfter - outcome.TravelSeconds).Order()];

    /// <param name="robot">A trunk arm.</param>
    /// <param name="controller">Makes the controller for the arm's exact model.</param>
    /// <param name="options">What is tried.</param>
    /// <param name="cancellation">Ends the trial with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="look">Is told how many targets are done, before the first and after each, and given the body; the arm stands
    /// still.</param>
    public static LiveTrial Run(RobotDescription robot, Func<TrunkArm, IArmController> controller, LiveTrialOptions options,
        CancellationToken cancellation = default, Action<int, VirtualArm>? look = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Targets, 1);
        using var body = VirtualArm.InVirtualTime(robot, options.Seed);
        using var session = new ArmSession(robot, body.Ports, body.Clock, new Random(options.Seed));
        session.Open();
        BodyWatch? watch = null;
        if (options.Kept != null)
        {
            session.KeepClear(options.Kept);
            watch = new BodyWatch(body, options.Kept.NewBody());
        }

        var tracker = new Tracker(body, options);
        IArmController steers = controller(session.Arm);
        ReachRun.Warm(session, steers);
        session.ArmOutputs(tracker);
        var loop = new ReachLoop(session, steers, tracker);
        TrunkArm goals = options.TargetsOf is { } dimensions ? new TrunkArm(dimensions) : session.Arm;
        var sampler = new PoseSampler(goals, options.Seed);
        var outcomes = new List<ReachOutcome>();
        var errors = new List<double>();
        var refusals = new Dictionary<int, string>();
        for (int i = 0; i < options.Targets; i++)
        {
            look?.Invoke(i, body);
            if (options.Fault != null && i == options.FaultAfter)
            {
                body.Inject(options.Fault);
            }

            Pose target = Scaled(Next(goals, sampler, loop.Strokes, options.Distance), options.TrueLength);
            if (options.Without.Contains(i))
            {
                continue;
            }

            loop.GoTo(target);
            ReachOutcome? outcome = null;
            try
            {
                while (outcome == null)
                {
                    cancellation.ThrowIfCancellationRequested();
                    outcome = loop.Step();
                }
            }
            catch (UnreachableTargetException refusal)
            {
                refusals[i] = refusal.Message;
                continue;
            }

            outcomes.Add(outcome);
            errors.Add((tracker.TrueTip.Position - target.Position).Length);
        }

        look?.Invoke(options.Targets, body);
        StreamStatistics stream = session.Stream.GetStatistics();
        loop.ParkAndDisarm();
        errors.Sort();
        long missed = stream.SkippedDeadlines + stream.Boards.Sum(board => board.MissedFrames + board.LateFrames + board.RefusedFrames
            + board.FramesSkipped);
        return new LiveTrial(outcomes, refusals.Count, [.. errors], loop.Times, missed, loop.Delay)
        {
            LeastSlack = watch?.Least ?? double.PositiveInfinity,
            Nearest = watch?.Where ?? "",
            Refusals = refusals,
        };
    }

    /// <summary>A random pose, or the one that lies on the way to it at the given distance of the tip.</summary>
    private static Pose Next(TrunkArm arm, PoseSampler sampler, ReadOnlySpan<double> strokes, double distance)
    {
        double[] from = new double[arm.InputCount], to = new double[arm.InputCount], between = new double[arm.InputCount];
        arm.StrokesToInputs(strokes, from);
        Vec3 start = arm.Forward(from).Position;
        while (true)
        {
            sampler.Sample(to);
            if (distance == 0)
            {
                return arm.Forward(to);
            }

            if ((arm.Forward(to).Position - start).Length < distance)
            {
                continue;
            }

            double near = 0, far = 1;
            for (int k = 0; k < 40; k++)
            {
                double share = (near + far) / 2;
                if ((At(share).Position - start).Length < distance)
                {
                    near = share;
                }
                else
                {
                    far = share;
                }
            }

            return At(far);
        }

        Pose At(double share)
        {
            for (int i = 0; i < between.Length; i++)
            {
                between[i] = from[i] + share * (to[i] - from[i]);
            }

            return arm.Forward(between);
        }
    }

    private static Pose Scaled(in Pose pose, double scale) => pose with { Position = scale * pose.Position };

    /// <summary>Measures the tip of the true arm, with noise.</summary>
    private sealed class Tracker(VirtualArm body, LiveTrialOptions options) : IPoseSource
    {
        private readonly Random _random = new(options.Seed);

        public bool MeasuresOrientation => true;

        public Pose TrueTip => Scaled(body.Robot.Trunk!.Tip, options.TrueLength);

        public bool TryMeasure(out Pose tip, out long time)
        {
            if (!body.TryMeasure(out tip, out time))
            {
                return false;
            }

            tip = Scaled(tip, options.TrueLength);
            if (options.Noise > 0)
            {
                tip = tip with { Position = tip.Position + options.Noise * new Vec3(Normal(), Normal(), Normal()) };
            }

            return true;
        }

        public MeasuredPosture? Posture() => body.Posture();

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
