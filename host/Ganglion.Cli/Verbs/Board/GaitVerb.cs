using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Dashboard;
using Ganglion.Gait.Walks;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion gait play`: a board walks by itself.</summary>
internal static class GaitVerb
{
    private const double DegreesPerRadian = 180 / Math.PI;

    private sealed record Options(
        RobotDescription Robot, GaitDescription Gait, string? Port, double? Seconds, double Speed, double Turn, double Cadence,
        double Amplitude,
        bool VirtualTime, int Seed, RecordingOptions Recording, bool Json, PageChoice Page);

    public static Command Create()
    {
        var file = new Argument<string>("gait")
        {
            Description = "Gait: a file, or the name of one in hardware/gaits.",
            HelpName = "FILE|NAME"
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Robot description: a file, or the name of one in " +
                "hardware/robots (default: the robot that the gait names).",
            HelpName = "FILE|NAME"
        };
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of the board; without it a virtual board walks.",
            HelpName = "PORT"
        };
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "Stop after this time (default: at Ctrl-C).", Bounds.Seconds);
        Option<double?> speed = Numeric.Option<double?>("--speed", "Speed forward, mm/s (default: the gait's own).",
            new Bounds(-5000, 5000, "mm/s"));
        Option<double> turn = Numeric.Option("--turn", "Turning speed to the left, degrees/s.", new Bounds(-360, 360, "degrees/s"), 0.0);
        Option<double> cadence = Numeric.Option("--cadence", "Factor on the frequency of steps.", new Bounds(0.5, 2), 1.0);
        Option<double> amplitude = Numeric.Option("--amplitude", "Factor on lift and body motion.", new Bounds(0, 1.5), 1.0);
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run the virtual board as fast as the machine can (needs " +
                "--seconds)."
        };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.BoardTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        Option<bool> json = CommonOptions.Json();
        Option<string?> listen = PageChoice.ListenOption();
        Option<bool> noPage = PageChoice.OffOption();
        var play = new Command("play",
            "Gives a board a gait and lets it walk by itself: it stands up, walks, and at the end brings its feet together and is " +
                "disarmed. A virtual board walks on a stand, its torso upright. " +
            "Refused before anything moves if a slew bound, a limit or a joint's range would clip it.\n\n" +
            "Example: ganglion gait play walk --speed 300 --turn 5 --seconds 20")
        {
            file, robot, port, seconds, speed, turn, cadence, amplitude, virtualTime, seed, log, foxglove, json, listen,
            noPage,
        };
        play.SetAction(result =>
        {
            string path = ShippedFiles.Find(FileKind.Gait, result.GetValue(file)!);
            RobotDescription description = result.GetValue(robot) is { } own ? Descriptions.Robot(own)
                : Descriptions.Robot(GaitFile.RobotOf(path), path);
            GaitDescription gait = GaitFile.Load(path, description);
            return Run(new Options(
                description, gait, result.GetValue(port), result.GetValue(seconds), result.GetValue(speed) / 1e3 ?? gait.Speed,
                result.GetValue(turn) / DegreesPerRadian, result.GetValue(cadence), result.GetValue(amplitude),
                result.GetValue(virtualTime), result.GetValue(seed),
                new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)), result.GetValue(json),
                new PageChoice(result.GetValue(listen), result.GetValue(noPage))));
        });
        return new Command("gait", "Gaits that a board walks by itself.\n\nExample: ganglion gait play walk --seconds 20") { play };
    }

    private static int Run(Options options)
    {
        OneBoard.Check(options.Port, options.Seconds, options.VirtualTime);

        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.VirtualTime);
        WalkPreview preview = GaitBounds.Check(options.Gait, options.Robot, options.Speed, options.Turn, options.Cadence,
            options.Amplitude);
        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, options.Recording),
            RobotConfiguration.Of(options.Robot, 0).With(options.Gait, options.Robot), interrupt.Token, (board, clock) =>
                Play(options, place, preview, board, clock, interrupt.End));
    }

    private static int Play(Options options, DashboardOptions? place, WalkPreview preview, BoardSession board, IClock clock, EndRequest end)
    {
        var viewer = new OwnMotionViewer(board, clock, new EventLog());
        var page = new WatchedMotion(options.Robot, options.Gait.Name, Rhythm: null, IsVirtual: options.Port == null);
        var run = new WalkRunOptions(options.Seconds ?? double.PositiveInfinity, options.Speed, options.Turn, options.Cadence,
            options.Amplitude);
        WalkRunResult result = page.Show(options.Page, place, viewer, end, ends => Output.Progress(options.Json, options.Gait.Name,
            $" on {options.Robot.Name}: the board walks by itself; Ctrl-C brings its feet together.", show =>
                WalkRun.Play(board, clock, run, (time, walk) => show(Line(time, walk)), ends, viewer)));
        Report(options, preview, result);
        return result.Overruns > 0 || result.I2cErrors > 0 ? Errors.Missed : Errors.Ok;
    }

    private static string Line(double seconds, WalkTelemetry walk) =>
        $"{seconds,5:0.0} s  {StateWords.Stage(walk.Stage)}  {walk.Speed * 1e3,4:0} mm/s  " +
        $"left {walk.LeftPhase,5:0.00}{(walk.LeftSwings ? " up  " : " down")} " +
        $"right {walk.RightPhase,5:0.00}{(walk.RightSwings ? " up  " : " down")}  " +
        $"knees {walk.Angles[3] * DegreesPerRadian,3:0} {walk.Angles[9] * DegreesPerRadian,3:0} degrees";

    private static void Report(Options options, WalkPreview preview, WalkRunResult result)
    {
        var joints = preview.Joints.Select(joint => new
        {
            joint.Joint.Name,
            joint.Joint.Channel,
            LeastDeg = Output.Round(result.Least[joint.Joint.Index] * DegreesPerRadian, 1) + 0.0,
            MostDeg = Output.Round(result.Most[joint.Joint.Index] * DegreesPerRadian, 1) + 0.0,
            PeakSpeed = Output.Round(joint.PeakSpeed, 3),
            SlewBound = joint.Channel.Slew,
        }).ToArray();
        if (options.Json)
        {
            Output.Json(new
            {
                Gait = options.Gait.Name,
                GaitHash = options.Gait.FileHash,
                Robot = options.Robot.Name,
                SpeedMmS = Output.Round(options.Speed * 1e3, 1),
                TurnDegS = Output.Round(options.Turn * DegreesPerRadian, 2),
                options.Cadence,
                options.Amplitude,
                Seconds = Output.Round(result.Seconds, 2),
                DistanceMm = Output.Round(result.Distance * 1e3, 1),
                CycleS = Output.Round(result.Cycle),
                ExpectedCycleS = Output.Round(preview.Cycle),
                StepMm = Output.Round(preview.Step * 1e3, 1),
                Duty = Output.Round(result.Duty),
                result.Overruns,
                result.I2cErrors,
                Joints = joints,
            });
            return;
        }

        Output.Table(["joint", " channel", " least deg", " most deg", " peak travels/s", " slew bound"],
            joints.Select(joint => new[] { joint.Name, $"{joint.Channel}", $"{joint.LeastDeg:0.0}", $"{joint.MostDeg:0.0}",
                $"{joint.PeakSpeed:0.00}", $"{joint.SlewBound:0.00}" }));
        string rhythm = double.IsNaN(result.Cycle)
            ? $"too short at full steps to measure a cycle (the network's: {preview.Cycle:0.000} s); give --seconds more"
            : $"cycle {result.Cycle:0.000} s (the network's: {preview.Cycle:0.000} s), a foot stands {100 * result.Duty:0} % of the time";
        Output.Line($"{result.Distance * 1e3:0} mm in {result.Seconds:0.0} s, steps {preview.Step * 1e3:0} mm; {rhythm}. Feet together " +
            $"and disarmed; {result.Overruns} missed deadlines, {result.I2cErrors} I2C errors.");
    }
}
