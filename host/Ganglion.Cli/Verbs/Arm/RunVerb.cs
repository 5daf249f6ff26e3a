using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Arm.Online;
using Ganglion.Arm.Paper;
using Ganglion.Bridge.Recording;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;

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
        Option<string?> learn = ControllerChoice.Learn();
        var keep = new Option<FileInfo?>("--keep")
        {
            Description = "At the end, write the network that has gone on learning (--learn) to this file.",
            HelpName = "FILE.safetensors",
        };
        var fault = new Option<string[]>("--fault")
        {
            Description = "A fault of the virtual boards on the way, SECONDS:COMMAND with the commands of `ganglion sim --help`: a gear " +
                "dies by \"20:servo base 13 stalled\".",
            HelpName = "FAULT",
        };
        var orientation = new Option<bool>("--orientation")
        {
            Description = "Targets are whole poses: the tip's orientation counts as " +
                "well (ik and spiking; a tracker must send quaternions)."
        };
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        log.Description += " ganglion train --data learns from it.";
        Option<string?> obstacles = CommonOptions.Obstacles(), body = CommonOptions.Body();
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
            robot, obstacles, body, ports, poses, token, seconds, virtualTime, controller, model, learn, keep, fault, orientation, seed,
            json, picture, log, foxglove,
            listen, noPage,
        };
        command.SetAction(result => Run(new RunOptions(
            Descriptions.Arm(result.GetValue(robot)!), result.GetValue(ports) ?? [], CommonOptions.Endpoint(result.GetValue(poses),
                result.GetValue(token)), result.GetValue(seconds),
            result.GetValue(virtualTime), result.GetValue(seed), result.GetValue(json), result.GetValue(picture),
            new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
            result.GetValue(controller), result.GetValue(model), result.GetValue(orientation),
            new PageChoice(result.GetValue(listen), result.GetValue(noPage)), Descriptions.Scene(result.GetValue(obstacles)))
        {
            Body = result.GetValue(body),
            Learn = result.GetValue(learn),
            Keep = result.GetValue(keep)?.FullName,
            Faults = [.. (result.GetValue(fault) ?? []).Select(TimedFault.Of).OrderBy(one => one.At)],
        }));
        return command;
    }

    private static int Run(RunOptions options)
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
        Files.Check(options.Keep);
        if (options.Keep != null && options.Learn == null)
        {
            throw new UsageException("--keep writes what was learned on the way: give --learn too.");
        }

        RunFaults.Check(options);

        using var interrupt = new Interrupt(steers: true);
        var observers = new BoardObservers();
        using var work = new ArmWork(new ArmWorkOptions(options.Robot, options.Ports, options.Poses, options.VirtualTime, options.Seed,
            options.Recording, options.Scene)
        { Body = options.Body }, observers);
        ArmSession session = work.Connection.Session;
        IPoseSource? source = work.Connection.Poses;
        IArmController controller = ControllerChoice.Create(options.Controller, options.Model, options.Robot, session.Arm, options.Seed,
            options.Orientation, measured: source != null, out string? model, session.Kept, options.Learn);
        using var learner = controller as LearningController;
        var faults = new RunFaults(options, work.Connection.Body);
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
        RunReport.Write(options, controller, model, work, result, list);
        Keep(options, learner);
        return work.End(result.Missed + result.Refused > 0 ? Errors.Missed : Errors.Ok);

        void Note(ReachProgress progress)
        {
            faults.Look(progress.Seconds);
            drawing?.Note(progress);
            list?.Note(progress);
            work.Note(viewer.Target);
            if (progress.Refusal is { } refusal)
            {
                string words = RunReport.Refused(progress.Target, controller, refusal);
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

    private static ReachRunResult Execute(ArmWork work, IArmController controller, RunOptions options, ArmViewer viewer,
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
            show(RunReport.Line(progress));
            if (!options.Json && progress.Last is { } outcome)
            {
                Output.Line(RunReport.Told(progress.Target, outcome, options));
            }
        }
    }

    /// <summary>Writes the network as it has become.</summary>
    private static void Keep(RunOptions options, LearningController? learner)
    {
        if (options.Keep != null && learner?.Network is { } network)
        {
            LearnedModel.Save(options.Keep, network, options.Robot.Name, learner.Learning);
        }
    }
}
