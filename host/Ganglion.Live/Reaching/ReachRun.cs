using Ganglion.Arm.Control;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Reaching;

/// <summary>How long to go on, and for which targets.</summary>
/// <param name="Seconds">Host time after which no new target is taken; infinite: until cancelled.</param>
/// <param name="MaxTargets">Targets at most.</param>
/// <param name="Seed">Seed of the targets.</param>
public sealed record ReachRunOptions(double Seconds, int MaxTargets, int Seed);

/// <summary>Where a run stands; handed out 25 times a second and at each target.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Target">Number of the present target, from 1.</param>
/// <param name="TipError">Measured distance from it now, m.</param>
/// <param name="Last">The outcome that was just measured, or null.</param>
/// <param name="Refusal">Why the present target was just given up before anything moved, or null.</param>
/// <param name="Stream">How the stream goes.</param>
public sealed record ReachProgress(double Seconds, int Target, double TipError, ReachOutcome? Last, UnreachableTargetException? Refusal,
    StreamStatistics Stream);

/// <summary>What a run came to.</summary>
/// <param name="Tried">Targets that the controller found reachable; the spreads are of all of them.</param>
/// <param name="Reached">Targets at which the tip came to rest within a millimetre, and within 2 degrees where orientations
/// count.</param>
/// <param name="Missed">Targets at which it was measured to have come to rest further away.</param>
/// <param name="Refused">Targets for which it found no posture.</param>
/// <param name="TipError">Measured distance from the target, m; NaN where nothing measures it, as the next.</param>
/// <param name="AngleError">Angle from the target's orientation, rad.</param>
/// <param name="NearestRounding">What rounding every gear alone would leave, m.</param>
/// <param name="Motion">Time from a target to rest, s.</param>
/// <param name="Limit">What rounding to counts leaves at best on this arm.</param>
/// <param name="FastLimit">The same if its drivers ran at 333 Hz, for digital servos.</param>
/// <param name="Stream">How the stream went.</param>
/// <param name="Times">How long the computing of each period took.</param>
public sealed record ReachRunResult(int Tried, int Reached, int Missed, int Refused, Spread TipError, Spread AngleError,
    Spread NearestRounding, Spread Motion, QuantisationLimit Limit, QuantisationLimit FastLimit, StreamStatistics Stream,
    ControlTimes Times)
{
    /// <summary>Setpoint frames that a board missed, got late or refused, and ones that never left.</summary>
    public long MissedFrames => Stream.MissedFrames;
}

/// <summary>The main job: one reachable random target after another, then park and disarm.</summary>
public static class ReachRun
{
    /// <summary>Periods' worth of computing before the start: about half are needed by the largest model.</summary>
    private const int PreparingPeriods = 100;

    /// <summary>Runs until the time or the targets are used up, or it is cancelled; parks and disarms in every case.</summary>
    /// <param name="session">Open; armed here, once everything that takes long has been done.</param>
    /// <param name="controller">Finds the postures.</param>
    /// <param name="poses">Measures the tip; null: nothing does, and the servos are trusted.</param>
    /// <param name="options">How long.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellation">Ends the present motion and parks.</param>
    /// <param name="viewer">Shows each period to whoever looks; null: nobody does.</param>
    /// <exception cref="BoardException">A board went safe or was lost: the run ends there.</exception>
    public static ReachRunResult Execute(
        ArmSession session, IArmController controller, IPoseSource? poses, ReachRunOptions options,
        Action<ReachProgress> progress, CancellationToken cancellation, ArmViewer? viewer = null)
    {
        var targets = new RandomTargets(session, options, progress);
        Warm(session, controller);
        session.ArmOutputs(poses);
        targets.Begin();
        var loop = new ReachLoop(session, controller, poses);
        while (!cancellation.IsCancellationRequested && targets.Step(loop))
        {
            viewer?.Show(loop);
            targets.Tell(loop);
        }

        StreamStatistics stream = session.Stream.GetStatistics();
        loop.ParkAndDisarm(viewer == null ? null : () => viewer.Show(loop));
        return targets.Result(stream, loop.Times);
    }

    /// <summary>
    /// Solves once for a posture that is there already, by what is known of the arm: the code is compiled before a stream waits for it, and
    /// the controller makes its Jacobian at park as good as it gets.
    /// </summary>
    public static void Warm(ArmSession session, IArmController controller)
    {
        double[] start = new double[session.Arm.InputCount], found = new double[start.Length], strokes =
            new double[session.Arm.StrokeCount];
        session.Arm.StrokesToInputs(session.ParkStrokes(), start);
        IForwardModel forward = controller.Learned ?? new DescribedForward(session.Arm);
        Pose pose = forward.FromInputs(start);
        controller.Solve(pose, start, found);
        session.Arm.InputsToStrokes(found, strokes);
        controller.Observe(strokes, forward.FromInputs(found), 0, default);
        for (int i = 0; i < PreparingPeriods; i++)
        {
            controller.Work();
        }
    }

    /// <summary>The lowest PWM frequency of the arm's drivers: the coarsest counts.</summary>
    public static double PwmFrequency(RobotDescription robot) =>
        robot.Boards.SelectMany(board => board.Chips).OfType<Pca9685>().Min(chip => chip.Frequency);
}
