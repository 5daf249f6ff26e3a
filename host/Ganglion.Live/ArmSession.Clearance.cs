using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live;

// What stands around the arm, and the way back to park.
public sealed partial class ArmSession
{
    /// <summary>Postures by which it is stated what whole counts do to the body.</summary>
    private const int RoundingPostures = 300;

    /// <summary>An arm that could make no step towards park for so long is disarmed where it is, s.</summary>
    internal const double MostBlocked = 2;

    /// <summary>An arm that has not come to rest at park so long after its tip is there is told where to go all the same, ns.</summary>
    private const long RestNs = 2_000_000_000;

    /// <summary>Is told, in words, what its user should know of the arm and nothing is wrong enough to end it.</summary>
    public event Action<string>? Noticed;

    /// <summary>Why the arm was disarmed where it was and not at park, in words; null: it was not.</summary>
    public string? NotParked { get; private set; }

    /// <summary>What an arm keeps clear of in a scene.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="scene">What stands around it; of what is hidden nothing is known.</param>
    public static KeptClearance ClearanceOf(RobotDescription robot, SceneDescription scene)
    {
        var arm = TrunkArm.FromDescription(robot);
        var limit = QuantisationLimit.Measure(arm, robot, ReachRun.PwmFrequency(robot), 1, RoundingPostures);
        GripperDescription? gripper = robot.TrunkArm!.Gripper;
        // What stands off from the tip is put aside by its turning too.
        double rounding = limit.MaxError + (gripper == null ? 0 : limit.MaxAngle * GripperBody.Reach(gripper));
        return new KeptClearance(arm, scene.Known, rounding) { Gripper = gripper, Body = new KnownBody(arm) };
    }

    /// <summary>Of each gear, joint-major, the driver chip that moves it, counted from 0.</summary>
    private static int[] ChipsOf(RobotDescription robot)
    {
        (int, int)[] chips = [.. robot.TrunkArm!.Gears.Select(gear => (gear.Board, robot.ServoOf(gear).Chip))];
        List<(int, int)> known = [.. chips.Distinct()];
        return [.. chips.Select(chip => known.IndexOf(chip))];
    }

    /// <summary>Keeps the arm clear from now on. To be called before loops are made.</summary>
    /// <exception cref="IOException">Parked, it is too near to something.</exception>
    public void KeepClear(KeptClearance kept)
    {
        SceneDescription scene = kept.Scene;
        BodyClearance body = kept.NewBody();
        body.PlaceStrokes(ParkStrokes());
        Span<Touch> worst = stackalloc Touch[1];
        if (body.Near(kept.Way, worst) > 0)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{Robot.Name} in scene {scene.Name}: where the arm is " +
                $"parked, {body.Words(worst[0])} are {1000 * (worst[0].Slack + scene.Clearance):0.0} mm from each other, and " +
                $"{1000 * (kept.Way + scene.Clearance):0.0} are needed to keep {1000 * scene.Clearance:0.#}. Move the obstacle, park the " +
                $"arm elsewhere (park), or ask for less clearance_mm."));
        }

        Kept = kept;
    }

    /// <summary>Standard deviation of each coordinate of a measured pose, as the tip at park showed it, m.</summary>
    internal double TipNoise { get; private set; }

    /// <summary>Nothing moves before it is known whether the arm is built as described: at rest at park its tip shows that, and on the
    /// first way already it is the body that is there which has to keep clear. An arm that does not come to rest is kept clear as
    /// described until it has stood somewhere.</summary>
    private void AwaitRest(IPoseSource poses, Func<bool>? stop)
    {
        StandingTip standing = new();
        long giveUp = Clock.NowNanoseconds + RestNs;
        while (!(poses.TryMeasure(out Pose tip, out long time) && standing.Take(tip.Position, time)))
        {
            if (Clock.NowNanoseconds > giveUp)
            {
                Noticed?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{Robot.Name}: parked, its tip was not seen to stand still " +
                    $"for {1e-9 * RestNs:0} s, so that it does not show whether the arm is built as described. Until it has stood " +
                    $"somewhere the described body is kept clear: give it room."));
                return;
            }

            HoldAtPark(stop);
        }

        TipNoise = standing.Noise;
        TellBody(ParkStrokes(), standing.Mean, standing.Doubt);
    }

    /// <summary>Tells what keeps the body clear, if anything does, where the tip of an arm at rest is.</summary>
    /// <param name="strokes">What the gears were told, joint-major.</param>
    /// <param name="tip">There it was measured, m.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    internal void TellBody(double[] strokes, in Vec3 tip, double doubt)
    {
        PulseRounding[] pulses = PulseRounding.OfTrunk(Robot);
        Kept?.Body?.Take([.. strokes.Select((stroke, gear) => pulses[gear].Rounded(stroke))], tip, doubt, atRest: true);
    }

    /// <summary>A motion that keeps clear of the scene, if there is one.</summary>
    /// <param name="from">Strokes at its start.</param>
    /// <param name="mostSpeed">Bound on the speed of the tip and of every module, m/s; infinite: none.</param>
    /// <param name="forward">What is known of the arm beyond its description, for that bound; null: nothing.</param>
    internal StrokeMotion NewMotion(ReadOnlySpan<double> from, double mostSpeed = double.PositiveInfinity, IForwardModel? forward = null) =>
        new(Slew(), from, double.IsFinite(mostSpeed) ? new FrameWays(Arm, forward) : null, mostSpeed,
        Kept == null ? null : NewGuard(Kept));

    private ClearanceGuard NewGuard(KeptClearance kept)
    {
        BodyClearance body = kept.NewBody();
        return new ClearanceGuard(body, new LateClearance(body, new LateGears(Arm, ChipsOf(Robot)))) { Floor = kept.Floor };
    }

    /// <summary>Moves back to park, on a way that keeps clear, then lets the gripper, which held until there, go to its own, waits until
    /// the last setpoint has been executed, and disarms every board. If there is no such way the arm is disarmed where it is, and
    /// <see cref="NotParked"/> says so.</summary>
    /// <param name="motion">The motion that is under way, at whatever speed.</param>
    /// <param name="strokes">Receives what each frame tells the gears, 0..1, joint-major.</param>
    /// <param name="eachPeriod">Called after each frame; null: nobody is.</param>
    /// <exception cref="BoardException">A board is not armed any more: the others hold and go safe.</exception>
    /// <exception cref="OperationCanceledException">Ended at once.</exception>
    public void ParkAndDisarm(StrokeMotion motion, Span<double> strokes, Action? eachPeriod = null)
    {
        WayAround? around = Kept == null ? null : new WayAround(Kept, 1);
        double[] park = ParkStrokes(), told = [.. strokes], next = new double[park.Length];
        motion.MoveTo(park);
        Gripper?.Hold();
        bool leadsToPark = around == null;
        while (!(leadsToPark && motion.Arrived && (Gripper == null || Gripper.At == Gripper.Park)))
        {
            if (leadsToPark && motion.Arrived)
            {
                Gripper?.MoveTo(Gripper.Park);
            }

            if (around != null)
            {
                leadsToPark = Lead(around, motion, told, park, next);
            }

            motion.Step(Stream.Period * 1e-9, strokes);
            strokes.CopyTo(told);
            SetStrokes(strokes);
            Stream.Step();
            ThrowIfDisarmed();
            eachPeriod?.Invoke();
            if (around is { Failed: true } && motion.Arrived || motion.BlockedSeconds > MostBlocked)
            {
                NotParked = $"{Robot.Name}: no way back to park keeps clear of everything: the arm was disarmed where it stood.";
                break;
            }
        }

        Boards.PollUntil(Stream.ExecutionTime);
        Boards.Disarm();
    }

    /// <summary>Leads a motion to strokes by a way that keeps clear.</summary>
    /// <returns>Whether it heads for them straight.</returns>
    internal static bool Lead(WayAround around, StrokeMotion motion, double[] at, double[] goal, double[] next)
    {
        if (!around.Toward(at, goal, next))
        {
            motion.Brake();
            return false;
        }

        motion.MoveTo(next);
        return next.AsSpan().SequenceEqual(goal);
    }
}
