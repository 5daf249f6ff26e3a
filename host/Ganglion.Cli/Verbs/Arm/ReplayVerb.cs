using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Live.Replay;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion replay FILE`: an arm does again what it was recorded doing.</summary>
internal static class ReplayVerb
{
    private static readonly Bounds Factor = new(0.05, 10, "times as fast");

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "An MCAP log of a trunk arm that moved: of reach, track, run or teleop (--log), or one of teleop's recordings.",
            HelpName = "FILE",
        };
        Option<double> speed = Numeric.Option("--speed", "So many times as fast as it was recorded; slower wherever a gear or the " +
            "gripper would pass its slew bound.", Factor, 1.0);
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Description of the arm: a file, or the name of one in hardware/robots (default: the one that the log names).",
            HelpName = "FILE|NAME",
        };
        Option<string?> obstacles = CommonOptions.Obstacles();
        Option<string[]> ports = CommonOptions.Ports();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can instead of in real time.",
        };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("replay",
            "Lets a trunk arm do again what a log says that it was told: it goes to the first posture, follows the recording, gripper " +
                "and all, at the speed that you choose, then parks and disarms. A log of another robot is refused. Virtual boards unless " +
                "ports are given. To look at a log without moving anything: ganglion view.\n\n" +
            "Example: ganglion replay reach.mcap --speed 0.5")
        {
            file, speed, robot, obstacles, ports, poses, token, virtualTime, seed, log, foxglove, json,
        };
        command.SetAction(result => Run(result.GetValue(file)!, result.GetValue(robot), result.GetValue(speed),
            description => new ArmWorkOptions(description, result.GetValue(ports) ?? [],
                CommonOptions.Endpoint(result.GetValue(poses), result.GetValue(token)), result.GetValue(virtualTime), result.GetValue(seed),
                new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)), Descriptions.Scene(result.GetValue(obstacles))),
            result.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo file, string? given, double speed, Func<RobotDescription, ArmWorkOptions> work, bool json)
    {
        if (!file.Exists)
        {
            throw new UserException($"{file}: there is no such file. Give the path of a .mcap log.");
        }

        RobotDescription robot = RobotOf(file, given);
        var recording = StrokeRecording.Read(file.FullName, robot);
        var law = new ReplayLaw(recording, robot, speed);
        var tips = RecordedTips.Read(file.FullName, robot, recording);
        using var interrupt = new Interrupt(steers: true);
        using var arm = new ArmWork(work(robot));
        ArmSession session = arm.Connection.Session;
        arm.Open(orientation: false, interrupt.Token);
        var run = new ReplayRun(session, arm.Connection.Poses, recording, law, tips);
        string heading = $": {file.Name}, {recording.Seconds:0.0} s, again in {law.Seconds:0.0} s.{Slowed(law)}";
        ReplayResult result = Output.Progress(json, robot.Name, heading, show => session.Steer(() => run.Execute(played =>
        {
            arm.Note(null);
            show($"{100 * played:0} %");
        }, interrupt.Token), interrupt.End.AtOnce));
        Report(file, robot, recording, law, result, json);
        return arm.End(result.Finished ? Errors.Ok : Errors.Interrupted);
    }

    private static RobotDescription RobotOf(FileInfo file, string? given)
    {
        string recorded = RecordedLog.RobotOf(file.FullName).Robot;
        RobotDescription robot = given == null ? Descriptions.Recorded(file, "replay") : Descriptions.Robot(given);
        return robot.TrunkArm == null
            ? throw new UserException($"{file}: {robot.Name} was recorded, which is no trunk arm, and walks and rhythms are their " +
                "boards' own: ganglion view shows it.")
            : recorded.Length == 0 || recorded == robot.Name ? robot
            : throw new UserException($"{file}: {recorded} was recorded, and {robot.Name} is another robot, which the same strokes would " +
                "take elsewhere: choose a log of this one, or leave out --robot.");
    }

    private static string Slowed(ReplayLaw law) => !law.IsSlowed ? "" : $" Not {law.Factor:0.##} times as fast throughout but " +
        $"{law.MeanRate:0.00} in the mean: no servo goes beyond {100 * ReplayLaw.Share:0} % of its slew bound, nor speeds up faster than " +
            "in a reach.";

    private static void Report(FileInfo file, RobotDescription robot, StrokeRecording recording, ReplayLaw law, ReplayResult result,
        bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                File = file.Name,
                RecordedSeconds = Output.Round(recording.Seconds, 3),
                Seconds = Output.Round(result.Seconds, 3),
                law.Factor,
                MeanRate = Output.Round(law.MeanRate),
                Slowed = law.IsSlowed,
                result.Finished,
                ApartMm = new { P50 = Output.Round(1000 * result.Apart.Median), Max = Output.Round(1000 * result.Apart.Max) },
                result.Stream.MissedFrames,
            });
            return;
        }

        string apart = double.IsNaN(result.Apart.Median) ? "Nothing tells how far the tip was from where it was recorded."
            : $"The tip was {1000 * result.Apart.Median:0.00} mm from where it was recorded (median; worst " +
                $"{1000 * result.Apart.Max:0.00}).";
        Output.Line($"{(result.Finished ? "Done" : "Ended early")} after {result.Seconds:0.0} s. {apart} Parked and disarmed; " +
            $"{result.Stream.MissedFrames} missed frames.");
    }
}
