using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Arm.Paper;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Tracking;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion run`: the main job. A trunk arm reaches for one target after another.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string[]> ports = CommonOptions.Ports();
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "End by itself after this time (default: until Ctrl-C).",
            Bounds.Seconds);
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can instead of " +
                "in real time (needs --seconds)."
        };
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var picture = new Option<FileInfo?>("--picture")
        {
            Description = "At the end, draw the arm and its targets to this SVG file " +
                "(virtual boards only)."
        };
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        var orientation = new Option<bool>("--orientation")
        {
            Description = "Targets are whole poses: the tip's orientation counts as " +
                "well (ik and spiking; a tracker must send quaternions)."
        };
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        log.Description += " ganglion train --data learns from it.";
        Option<string?> obstacles = CommonOptions.Obstacles();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        Option<string?> listen = PageChoice.ListenOption();
        Option<bool> noPage = PageChoice.OffOption();
        var command = new Command("run",
            "Virtual boards (or real ones), sessions, and a trunk arm that reaches for one random target after another, until somebody " +
                "takes control on its page and leads it. Ctrl-C parks and disarms. " +
            "On real boards an external tracker measures the tip (--poses); without one the servos are trusted.\n\n" +
            "Example: ganglion run --robot trunk25-4g --seconds 30 --json")
        {
            robot, obstacles, ports, poses, token, seconds, virtualTime, controller, model, orientation, seed, json, picture, log, foxglove,
            listen, noPage,
        };
        command.SetAction(result => Run(new Options(
            Descriptions.Arm(result.GetValue(robot)!), result.GetValue(ports) ?? [], CommonOptions.Endpoint(result.GetValue(poses),
                result.GetValue(token)), result.GetValue(seconds),
            result.GetValue(virtualTime), result.GetValue(seed), result.GetValue(json), result.GetValue(picture),
            new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
            result.GetValue(controller), result.GetValue(model), result.GetValue(orientation),
            new PageChoice(result.GetValue(listen), result.GetValue(noPage)), Descriptions.Scene(result.GetValue(obstacles)))));
        return command;
    }

    private sealed record Options(
        RobotDescription Robot, string[] Ports, PoseEndpoint? Poses, double? Seconds, bool VirtualTime, int Seed, bool Json,
        FileInfo? Picture, RecordingOptions Recording,
        string? Controller, string? Model, bool Orientation, PageChoice Page, SceneDescription Scene);

    private static int Run(Options options)
    {
        if (options.VirtualTime && options.Seconds == null)
        {
            throw new UsageException("--virtual-time runs ahead of the clock on the wall: say with --seconds how much of it to run.");
        }

        if (options.Orientation && options.Controller == "paper")
        {
            throw new UsageException("--controller paper steers the position only: leave out --orientation, or use ik or spiking.");
        }

        if (options.Ports.Length > 0 && options.Picture != null)
        {
            throw new UsageException("--picture looks into simulated bodies: leave out --port.");
        }

        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.VirtualTime);
        Files.Check(options.Picture?.FullName);

        using var interrupt = new Interrupt(steers: true);
        var observers = new BoardObservers();
        using var work = new ArmWork(new ArmWorkOptions(options.Robot, options.Ports, options.Poses, options.VirtualTime, options.Seed,
            options.Recording, options.Scene), observers);
        ArmSession session = work.Connection.Session;
        IPoseSource? source = work.Connection.Poses;
        IArmController controller = ControllerChoice.Create(options.Controller, options.Model, options.Robot, session.Arm, options.Seed,
            options.Orientation, measured: source != null, out string? model, session.Kept);
        var viewer = new ArmViewer(session, controller, source);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupt.End.AtOnce);
        using var recordings = new SessionRecordings(".", observers);
        var mailbox = new TeleopMailbox(session.Clock, TeleopBounds.Of(session.Arm, session.Gripper != null), viewer.Events);

        // Nobody can steer by a time that runs ahead of the clock on the wall.
        OperatedRun? operated = place == null || options.VirtualTime ? null : new OperatedRun(mailbox, viewer, recordings, options.Json);
        PageControl control = operated != null ? new PageControl.Operated(mailbox) : new PageControl.Watched(stop.Cancel);
        using DashboardServer? page = options.Page.Serve(place, at => new DashboardServer(at, new ArmDesk(options.Robot, viewer.Exchange,
            viewer.Events, control, controller.Name, IsVirtual: work.Connection.Body != null)));
        work.Open(options.Orientation || controller is PaperController, interrupt.Token);
        ReachDrawing? drawing = options.Picture == null ? null : new ReachDrawing(options.Robot, options.Picture, work.Connection.Body!);
        TargetList? list = options.Json && options.Seconds != null ? new TargetList() : null;
        ReachRunResult result;
        try
        {
            result = Execute(work, controller, options, viewer, operated, Note, new EndRequest(interrupt.Token, stop.Token));
        }
        catch (OperationCanceledException) when (!interrupt.End.AtOnce.IsCancellationRequested)
        {
            throw new UserException("stopped from the page: the arm's outputs are off where it stood. Start it again when all is well.");
        }

        drawing?.Save(result);
        Report(options, controller, model, work, result, list);
        return work.End(result.Missed + result.Refused > 0 ? Errors.Missed : Errors.Ok);

        void Note(ReachProgress progress)
        {
            drawing?.Note(progress);
            list?.Note(progress);
            work.Note(viewer.Target);
            if (progress.Refusal is { } refusal)
            {
                string words = Refused(progress.Target, controller, refusal);
                if (options.Json)
                {
                    Console.Error.WriteLine(words);
                }
                else
                {
                    Output.Line(words);
                }
            }
        }
    }

    private static ReachRunResult Execute(ArmWork work, IArmController controller, Options options, ArmViewer viewer,
        OperatedRun? operated, Action<ReachProgress> note, EndRequest end)
    {
        ArmSession session = work.Connection.Session;
        IPoseSource? poses = work.Connection.Poses;
        var run = new ReachRunOptions(options.Seconds ?? double.PositiveInfinity, int.MaxValue, options.Seed);
        return Output.Progress(options.Json, options.Robot.Name, $": {session.Arm.Joints} joints, {session.Arm.StrokeCount} servos on " +
            $"{options.Robot.Boards.Length} board(s). Ctrl-C parks and disarms.", show => session.Steer(() => operated == null
                ? ReachRun.Execute(session, controller, poses, run, progress => Tell(progress, show), end.Well, viewer)
                : operated.Execute(session, controller, poses, run, progress => Tell(progress, show), line =>
                {
                    work.Note(viewer.Target);
                    show(line);
                }, end), end.AtOnce));

        void Tell(ReachProgress progress, Action<string> show)
        {
            note(progress);
            show(Line(progress));
            if (!options.Json && progress.Last is { } outcome)
            {
                Output.Line(Told(progress.Target, outcome, options));
            }
        }
    }

    private static string Told(int number, ReachOutcome outcome, Options options) =>
        $"target {number,3}  ({1000 * outcome.Target.Position.X,6:0}, {1000 * outcome.Target.Position.Y,6:0}, " +
            $"{1000 * outcome.Target.Position.Z,6:0}) mm   moved {outcome.MotionSeconds:0.00} s   {Tip(outcome, options)}   " +
            TargetList.Verdict(outcome) + (outcome.Fallback == null ? "" : $": {outcome.Fallback}");

    private static string Tip(ReachOutcome outcome, Options options) => outcome.Measured == null ? "not measured"
        : $"tip error {1000 * outcome.TipError:0.00} mm" +
            (options.Orientation ? $", {outcome.AngleError * 180 / Math.PI:0.00} degrees" : "");

    private static string Refused(int number, IArmController controller, UnreachableTargetException refusal) =>
        $"target {number,3}  ({1000 * refusal.Target.Position.X,6:0}, {1000 * refusal.Target.Position.Y,6:0}, " +
            $"{1000 * refusal.Target.Position.Z,6:0}) mm   not tried: controller {controller.Name} found no posture nearer than " +
                $"{1000 * refusal.Best.PositionError:0} mm; the run goes on";

    private static string Line(ReachProgress progress)
    {
        StreamStatistics stream = progress.Stream;
        return $"{progress.Seconds,6:0.0} s  {stream.StreamHz:0.0} Hz  late up to {1000 * stream.LongestLateness:0.0} ms  round trip " +
            $"{1000 * stream.Boards.Max(b => b.ShortestRoundTrip):0.0} ms  " +
            $"missed {stream.MissedFrames}  target {progress.Target}" +
            $"{(double.IsFinite(progress.TipError) ? $": {1000 * progress.TipError:0.0} mm away" : "")}";
    }

    private static void Report(Options options, IArmController controller, string? model, ArmWork work, ReachRunResult result,
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
    }

    private static double Degrees(double radians) => Output.Round(radians * 180 / Math.PI);

    private static object Millimetres(QuantisationLimit limit) => new
    {
        Median = Output.Round(1000 * limit.MedianError),
        P95 = Output.Round(1000 * limit.P95Error),
        Max = Output.Round(1000 * limit.MaxError),
    };
}
