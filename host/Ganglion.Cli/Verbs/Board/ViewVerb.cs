using System.CommandLine;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Pages;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live.Replay;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion view FILE`: a recorded session on the page, with a time line.</summary>
internal static class ViewVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "An MCAP log of something that moved: of run, reach, track, teleop, gait play, rhythm play or pressure " +
                "(--log), of teleop's recordings, or of a trial (walk --out).",
            HelpName = "FILE",
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Description of the robot that was recorded: a file, or the name of one in hardware/robots (default: the one " +
                "that the log names).",
            HelpName = "FILE|NAME",
        };
        Option<string?> listen = PageChoice.ListenOption();
        var command = new Command("view",
            "Shows a recorded session on the page, until Ctrl-C: the robot in 3D, joints, sensors, boards and what happened, with a time " +
                "line to play, pause and search. Nothing moves; a log that was cut off is shown as far as it goes.\n\n" +
            "Example: ganglion view run.mcap")
        {
            file, robot, listen,
        };
        command.SetAction(result => Run(result.GetValue(file)!, result.GetValue(robot),
            new PageChoice(result.GetValue(listen), Off: false)));
        return command;
    }

    private static int Run(FileInfo file, string? robot, PageChoice page)
    {
        DashboardOptions place = page.Place(quiet: false)!;
        if (!file.Exists)
        {
            throw new UserException($"{file}: there is no such file. Give the path of a .mcap log.");
        }

        RobotDescription description = robot != null ? Descriptions.Robot(robot) : Descriptions.Recorded(file, "show");
        using var interrupt = new Interrupt();
        using DashboardServer server = Serve(file, description, place, out RecordedLog log);
        Output.Line($"{file}: {description.Name}, {log.Seconds:0.0} s.{(log.End.Kind == LogEndKind.Complete ? "" : " It is not whole " +
            $"({log.End.What}): what could be read is shown.")} Ctrl-C ends.");
        PageChoice.Told(server);
        interrupt.Token.WaitHandle.WaitOne();
        return Errors.Ok;
    }

    private static DashboardServer Serve(FileInfo file, RobotDescription robot, DashboardOptions place, out RecordedLog log)
    {
        var clock = new MonotonicClock();
        if (robot.TrunkArm != null)
        {
            var arm = RecordedArm.Read(file.FullName, robot, clock);
            log = arm.Log;
            return new DashboardServer(place, new ArmDesk(robot, arm.Views, log.Events, new PageControl.Recorded(arm.Line, file.Name), "",
                IsVirtual: false));
        }

        var motion = RecordedMotion.Read(file.FullName, robot, clock);
        log = motion.Log;
        return new DashboardServer(place, new MotionDesk(robot, motion.Views, log.Events, new PageControl.Recorded(motion.Line, file.Name),
            log.Rhythm.Name, RhythmOf(file, log, robot), motion.Ground, IsVirtual: false));
    }

    /// <summary>The rhythm that was played; null: the log names none, or what is here under its name is another one. Then its channels are
    /// shown as they were told.</summary>
    private static RhythmDescription? RhythmOf(FileInfo file, RecordedLog log, RobotDescription robot)
    {
        (string name, string hash) = log.Rhythm;
        if (name.Length == 0 || Path.GetFileName(name) != name)
        {
            return null;
        }

        try
        {
            RhythmDescription rhythm = RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, name, file.FullName), robot);
            return rhythm.FileHash == hash ? rhythm : null;
        }
        catch (Exception e) when (e is UserException or RobotFileException)
        {
            return null;
        }
    }
}
