using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Arm.Paper;
using Ganglion.Bridge.Recording;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion teleop`: a person leads a trunk arm.</summary>
internal static class TeleopVerb
{
    private static readonly Bounds Speed = new(5, 500, "mm/s");

    /// <summary>A turn of the tip at the largest speed takes as long as a way of so many metres a radian.</summary>
    private const double MetresPerRadian = 0.2;

    /// <summary>mm/s.</summary>
    internal const double DefaultSpeed = 150;

    public static Command Create()
    {
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Robot description: a file, or the name of one in hardware/robots (default: trunk10-4g; with --gait the robot " +
                "that it names; with --rhythm rig12).",
            HelpName = "FILE|NAME",
        };
        var gait = new Option<string?>("--gait")
        {
            Description = "Lead a walker that walks by this gait instead: a file, or the name of one in hardware/gaits.",
            HelpName = "FILE|NAME",
        };
        var rhythm = new Option<string?>("--rhythm")
        {
            Description = "Lead a board that plays this rhythm instead: a file, or the name of one in hardware/rhythms.",
            HelpName = "FILE|NAME",
        };
        Option<string[]> ports = CommonOptions.Ports();
        Option<string?> obstacles = CommonOptions.Obstacles(), body = CommonOptions.Body();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        var orientation = new Option<bool>("--orientation")
        {
            Description = "The tip is turned as well (ik and spiking; a tracker must send quaternions).",
        };
        Option<double> speed = Numeric.Option("--speed", "Largest speed of the tip and of every module, mm/s.", Speed, DefaultSpeed);
        var recordings = new Option<string>("--recordings")
        {
            Description = "Folder in which recordings are made and found.",
            DefaultValueFactory = _ => ".",
            HelpName = "FOLDER",
        };
        var input = new Option<FileInfo?>("--input")
        {
            Description = $"Instead of keys, do what this file says, a line a deed, \"SECONDS DEED\": {TeleopScript.Deeds}.",
            HelpName = "FILE",
        };
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can instead of in real time (needs --input).",
        };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        Option<bool> json = CommonOptions.Json();
        Option<string?> listen = PageChoice.ListenOption();
        Option<bool> noPage = PageChoice.OffOption();
        var command = new Command("teleop",
            "Lets a person lead a trunk arm, a walker (--gait) or a rhythm (--rhythm), from the page whose address it prints or by the " +
                "keys of the terminal: what is held moves it, with bounded speed, what is released lets it hold. An arm goes " +
                "home and to park, is taught, recorded and played; a stop stays until it is armed again. Virtual boards unless ports are " +
                "given. A stop by software is no emergency stop.\n\n" +
            "Example: ganglion teleop --robot trunk10-4g --speed 100")
        {
            robot, gait, rhythm, obstacles, body, ports, poses, token, controller, model, orientation, speed, recordings, input,
            virtualTime, seed, log, foxglove, json, listen, noPage,
        };
        command.SetAction(result => result.GetValue(gait) != null || result.GetValue(rhythm) != null
            ? TeleopOwnMotion.Run(OwnMotion(result))
            : Run(new Options(
            new ArmWorkOptions(Descriptions.Arm(result.GetValue(robot) ?? "trunk10-4g"), result.GetValue(ports) ?? [],
                CommonOptions.Endpoint(result.GetValue(poses), result.GetValue(token)), result.GetValue(virtualTime),
                result.GetValue(seed), new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
                Descriptions.Scene(result.GetValue(obstacles)))
            { Body = result.GetValue(body) },
            result.GetValue(controller), result.GetValue(model), result.GetValue(orientation), result.GetValue(speed),
            result.GetValue(recordings)!, result.GetValue(input), result.GetValue(json),
            new PageChoice(result.GetValue(listen), result.GetValue(noPage)))));
        return command;

        TeleopOwnMotion.Options OwnMotion(ParseResult result)
        {
            string? walk = result.GetValue(gait), play = result.GetValue(rhythm), port = result.GetValue(ports)?.FirstOrDefault();
            if (walk != null && play != null)
            {
                throw new UsageException("--gait and --rhythm are two motions of one board: give one of them.");
            }

            // What would be passed over, such as a bound on the speed, is not what was asked for.
            Option[] ofArms = [obstacles, body, poses, token, controller, model, orientation, speed, recordings];
            if (Array.Find(ofArms, option => result.GetResult(option) is { Implicit: false }) is { } wrong)
            {
                throw new UsageException($"{wrong.Name} is for arms, and --gait and --rhythm move none: leave it out.");
            }

            if (result.GetValue(ports) is { Length: > 1 })
            {
                throw new UsageException("a walk or a rhythm is a board's own: give one --port.");
            }

            var page = new PageChoice(result.GetValue(listen), result.GetValue(noPage));
            Check(result.GetValue(input), result.GetValue(virtualTime) && port == null, result.GetValue(virtualTime) && port != null,
                paged: page.Place(quiet: result.GetValue(json) || result.GetValue(input) != null) != null);
            string? path = walk == null ? null : ShippedFiles.Find(FileKind.Gait, walk);
            RobotDescription moved = result.GetValue(robot) is { } own ? Descriptions.Robot(own)
                : path != null ? Descriptions.Robot(GaitFile.RobotOf(path), path) : Descriptions.Robot("rig12");
            return new TeleopOwnMotion.Options(moved, path == null ? null : GaitFile.Load(path, moved),
                play == null ? null : RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, play), moved), port,
                result.GetValue(virtualTime), result.GetValue(seed),
                new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
                result.GetValue(input) is { } script ? TeleopScript.Load(script.FullName) : null, result.GetValue(json), page);
        }
    }

    /// <summary>How fast the arm may be led.</summary>
    /// <param name="speed">Of the tip and of every module, mm/s.</param>
    internal static TeleopLimits Limits(double speed) => new(1e-3 * speed, 1e-3 * speed / MetresPerRadian);

    /// <summary>Whether anybody can say what to do.</summary>
    private static void Check(FileInfo? input, bool virtualTime, bool ported, bool paged)
    {
        if (ported)
        {
            throw new UsageException("--virtual-time is for virtual boards: leave out --port.");
        }

        if (input == null && virtualTime)
        {
            throw new UsageException("--virtual-time runs ahead of whoever presses keys: say with --input what to do.");
        }

        if (input == null && Console.IsInputRedirected && !paged)
        {
            throw new UsageException("keys lead the robot where no page does, and stdin is no terminal: run it in one, or say with " +
                "--input FILE what to do.");
        }
    }

    private sealed record Options(ArmWorkOptions Work, string? Controller, string? Model, bool Orientation, double Speed,
        string Recordings, FileInfo? Input, bool Json, PageChoice Page);

    private static int Run(Options options)
    {
        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.Input != null);
        bool keys = options.Input == null && !Console.IsInputRedirected;
        Check(options.Input, options.Work.VirtualTime, ported: false, paged: place != null);
        if (!Directory.Exists(options.Recordings))
        {
            throw new UserException($"there is no folder {options.Recordings} for recordings: make it, or name another with --recordings.");
        }

        TeleopScript? script = options.Input == null ? null : TeleopScript.Load(options.Input.FullName);
        using var interrupt = new Interrupt(steers: true);
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token);
        var observers = new BoardObservers();
        using var work = new ArmWork(options.Work, observers);
        ArmSession session = work.Connection.Session;
        IPoseSource? source = work.Connection.Poses;
        IArmController controller = ControllerChoice.Create(options.Controller, options.Model, options.Work.Robot, session.Arm,
            options.Work.Seed, options.Orientation, measured: source != null, out string? model, session.Kept);
        using var recordings = new SessionRecordings(options.Recordings, observers);
        var viewer = new ArmViewer(session, controller, source);
        var mailbox = new TeleopMailbox(session.Clock, TeleopBounds.Of(session.Arm, session.Gripper != null), viewer.Events);
        using DashboardServer? page = options.Page.Serve(place, at => new DashboardServer(at, new ArmDesk(options.Work.Robot,
            viewer.Exchange, viewer.Events, new PageControl.Operated(mailbox), controller.Name, IsVirtual: work.Connection.Body != null)));
        work.Open(options.Orientation || controller is PaperController, interrupt.Token);
        var run = new TeleopRun(session, controller, source, Limits(options.Speed), mailbox, viewer, recordings);
        using TeleopClient client = mailbox.Join(script == null ? "terminal" : "script");
        if (page == null || script != null)
        {
            client.Take();
        }

        var screen = new TeleopScreen(viewer, options.Json);
        (TeleopResult result, ArmView last) = Output.Progress(options.Json, options.Work.Robot.Name, Heading(options.Work.Robot, session),
            show =>
            {
                if (keys)
                {
                    Array.ForEach(TeleopKeys.Help, Output.Line);
                    new TeleopKeys(client, viewer.Exchange, quit.Cancel, screen.Tell).Start();
                }

                TeleopResult done = session.Steer(() => run.Execute(() => Period(show), new EndRequest(quit.Token, interrupt.End.AtOnce)),
                    interrupt.End.AtOnce);
                return (done, screen.View);
            });
        Report(options, ControllerChoice.Called(controller, model), recordings, result, last);
        return work.End(result.Stopped.Length > 0 ? Errors.Failed : Errors.Ok);

        void Period(Action<string> show)
        {
            work.Note(viewer.Target);
            show(screen.Line());
            script?.Act(screen.Seconds, client, screen.Tell);
            if (script is { IsOver: true })
            {
                quit.Cancel();
            }
        }
    }

    /// <summary>What is said at first, behind the robot's name: how the arm can be operated.</summary>
    private static string Heading(RobotDescription robot, ArmSession session) =>
        $": {session.Arm.Joints} joints, {session.Arm.StrokeCount} servos on {robot.Boards.Length} board(s).";

    private static void Report(Options options, string controller, SessionRecordings recordings, TeleopResult result, ArmView last)
    {
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Work.Robot.Name,
                Controller = controller,
                SpeedMmPerS = options.Speed,
                Seconds = Output.Round(result.Seconds, 2),
                result.Stops,
                Stopped = result.Stopped.Length > 0 ? result.Stopped : null,
                result.Stream.MissedFrames,
                TipMm = new[] { last.Commanded.Position.X, last.Commanded.Position.Y, last.Commanded.Position.Z }
                    .Select(x => Output.Round(1000 * x, 3)),
                Measured = last.HasMeasured,
                MeasuredMm = last.HasMeasured ? new[] { last.Measured.Position.X, last.Measured.Position.Y, last.Measured.Position.Z }
                    .Select(x => Output.Round(1000 * x, 3)) : null,
                Taught = last.Operation.Taught,
                Recording = recordings.Latest.Length > 0 ? recordings.Latest : null,
                ControlMs = new { P50 = Output.Round(1000 * result.Times.P50, 3), P99 = Output.Round(1000 * result.Times.P99, 3) },
                options.Work.VirtualTime,
                options.Work.Seed,
            });
            return;
        }

        string end = result.Stopped.Length > 0 ? $"It ended while it was stopped: {result.Stopped}" : "Parked and disarmed.";
        Output.Line($"{end} Operated for {result.Seconds:0.0} s with controller {controller}; {result.Stops} stop(s), " +
            $"{result.Stream.MissedFrames} missed frames.");
    }
}
