using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Online;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>What `ganglion run` tells: line by line, and at the end.</summary>
internal static class RunReport
{
    public static string Told(int number, ReachOutcome outcome, RunOptions options) =>
        $"target {number,3}  ({1000 * outcome.Target.Position.X,6:0}, {1000 * outcome.Target.Position.Y,6:0}, " +
            $"{1000 * outcome.Target.Position.Z,6:0}) mm   moved {outcome.MotionSeconds:0.00} s   {Tip(outcome, options)}   " +
            TargetList.Verdict(outcome) + (outcome.Fallback == null ? "" : $": {outcome.Fallback}");

    private static string Tip(ReachOutcome outcome, RunOptions options) => outcome.Measured == null ? "not measured"
        : $"tip error {1000 * outcome.TipError:0.00} mm" +
            (options.Orientation ? $", {outcome.AngleError * 180 / Math.PI:0.00} degrees" : "");

    public static string Refused(int number, IArmController controller, UnreachableTargetException refusal) =>
        $"target {number,3}  ({1000 * refusal.Target.Position.X,6:0}, {1000 * refusal.Target.Position.Y,6:0}, " +
            $"{1000 * refusal.Target.Position.Z,6:0}) mm   not tried: controller {controller.Name} found no posture nearer than " +
                $"{1000 * refusal.Best.PositionError:0} mm; the run goes on";

    public static string Line(ReachProgress progress)
    {
        StreamStatistics stream = progress.Stream;
        return $"{progress.Seconds,6:0.0} s  {stream.StreamHz:0.0} Hz  late up to {1000 * stream.LongestLateness:0.0} ms  round trip " +
            $"{1000 * stream.Boards.Max(b => b.ShortestRoundTrip):0.0} ms  " +
            $"missed {stream.MissedFrames}  target {progress.Target}" +
            $"{(double.IsFinite(progress.TipError) ? $": {1000 * progress.TipError:0.0} mm away" : "")}";
    }

    public static void Write(RunOptions options, IArmController controller, string? model, ArmWork work, ReachRunResult result,
        TargetList? list)
    {
        UdpPoseSource? tracker = work.Connection.Tracker;
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Robot.Name,
                Controller = controller.Name,
                Model = model,
                Targets = result.Tried + result.Refused,
                result.Refused,
                Measured = result.Reached + result.Missed,
                result.Reached,
                TipErrorMm = new { Median = Output.Round(1000 * result.TipError.Median), Max = Output.Round(1000 * result.TipError.Max) },
                AngleErrorDeg = options.Orientation
                    ? new { Median = Degrees(result.AngleError.Median), Max = Degrees(result.AngleError.Max) } : null,
                NearestRoundingErrorMm = Output.Round(1000 * result.NearestRounding.Median),
                MedianSecondsToRest = Output.Round(result.Motion.Median, 2),
                QuantisationLimitMm = Millimetres(result.Limit),
                QuantisationLimitAt333HzMm = Millimetres(result.FastLimit),
                PwmHz = Output.Round(result.Limit.Frequency, 1),
                StreamHz = Output.Round(result.Stream.StreamHz, 2),
                result.MissedFrames,
                LeastDistanceMm = work.LeastDistance,
                Seconds = Output.Round(result.Stream.Seconds, 2),
                VirtualTime = options.VirtualTime,
                LongestLatenessMs = Output.Round(1000 * result.Stream.LongestLateness, 2),
                ControlMs = new
                {
                    P50 = Output.Round(1000 * result.Times.P50, 3),
                    P99 = Output.Round(1000 * result.Times.P99, 3),
                    Max = Output.Round(1000 * result.Times.Max, 2)
                },
                Boards = result.Stream.Boards.Select(board => new
                {
                    board.Board,
                    board.FramesSent,
                    board.MissedFrames,
                    board.LateFrames,
                    board.RefusedFrames,
                    RoundTripMs = new
                    {
                        Min = Output.Round(1000 * board.ShortestRoundTrip, 2),
                        Max = Output.Round(1000 * board.LongestRoundTrip, 2)
                    },
                }),
                Tracker = tracker == null ? null : Output.Tracker(tracker.GetStatistics()),
                options.Seed,
                Learning = (controller as LearningController)?.Learning is { } learning ? Figures(learning, controller.Network!) : null,
                EachTarget = list?.All,
            });
            return;
        }

        if (tracker != null && tracker.GetStatistics() is { LastRefusal: { } refusal } seen)
        {
            Output.Line($"tracker: {seen.Accepted} poses, {seen.Refused.Values.Sum()} datagrams refused, the last " +
                $"one because {refusal}.");
        }

        if (result.Reached + result.Missed == 0)
        {
            Output.Line($"parked and disarmed. Controller {ControllerChoice.Called(controller, model)}: the servos were told to go to " +
                $"{result.Tried} targets; nothing measured the tip. {result.Stream.StreamHz:0.0} Hz, {result.MissedFrames} " +
                    $"missed frames.");
            return;
        }

        string refused = result.Refused > 0 ? $", {result.Refused} taken for out of reach" : "";
        string angles = options.Orientation
            ? $"; angle error median {Degrees(result.AngleError.Median):0.00} degrees, max {Degrees(result.AngleError.Max):0.00} degrees"
            : "";
        Output.Line($"parked and disarmed. Controller {ControllerChoice.Called(controller, model)}: {result.Reached} of " +
            $"{result.Tried + result.Refused} targets reached{refused}, tip error median " +
            $"{1000 * result.TipError.Median:0.00} mm, max {1000 * result.TipError.Max:0.00} mm{angles}");
        Output.Line($"(12-bit pulses at {result.Limit.Frequency:0} Hz rounded one by one leave " +
            $"{1000 * result.Limit.MedianError:0.00} mm in the median and up to {1000 * result.Limit.MaxError:0.00} mm; here all are " +
                $"rounded together); {result.Stream.StreamHz:0.0} Hz, {result.MissedFrames} missed frames.");
        if (controller is LearningController { Learning: { } learned })
        {
            Output.Line(Learned(learned, controller.Network!.Arm));
        }
    }

    private static double Degrees(double radians) => Output.Round(radians * 180 / Math.PI);

    private static object Millimetres(QuantisationLimit limit) => new
    {
        Median = Output.Round(1000 * limit.MedianError),
        P95 = Output.Round(1000 * limit.P95Error),
        Max = Output.Round(1000 * limit.MaxError),
    };

    /// <summary>What was learned on the way, by the poses that nothing learned from.</summary>
    private static object Figures(OnlineLearning learning, SpikingPoseModel network)
    {
        OnlineErrors errors = learning.HeldOut();
        return new
        {
            Rule = learning.Rule.ToString(),
            learning.Poses,
            learning.Updates,
            JudgedOn = "poses on the way that nothing learned from",
            HeldOutBeforeMm = Output.Round(1000 * errors.Before, 2),
            HeldOutAfterMm = Output.Round(1000 * errors.After, 2),
            DeadGears = learning.Calibration.Dead.Select(dead => new
            {
                Joint = dead.Gear / network.Arm.GearsPerJoint + 1,
                Gear = dead.Gear % network.Arm.GearsPerJoint + 1,
                At = Output.Round(dead.At, 3),
            }),
        };
    }

    private static string Learned(OnlineLearning learning, TrunkArm arm)
    {
        OnlineErrors errors = learning.HeldOut();
        string dead = string.Join(", ", learning.Calibration.Dead.Select(gear =>
            $"joint {gear.Gear / arm.GearsPerJoint + 1} gear {gear.Gear % arm.GearsPerJoint + 1} stands still at {gear.At:0.00} of its " +
                $"travel"));
        return $"learned on the way: {learning.Poses} poses, {learning.Updates} updates; the network's error on those that nothing " +
            "learned " +
            $"from was {1000 * errors.Before:0.0} mm and is {1000 * errors.After:0.0} mm{(dead.Length > 0 ? "; " + dead : "")}.";
    }
}
