using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Dashboard;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion pressure`: a board makes pressures, and tells what it measures.</summary>
internal static class PressureVerb
{
    private sealed record Options(RobotDescription Robot, string? Port, PressureRunOptions Run, bool VirtualTime, int Seed,
        RecordingOptions Recording, bool Json, PageChoice Page);

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("muscle-rig");
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of the board; without it a virtual board with " +
                "virtual valves is used.",
            HelpName = "PORT"
        };
        Option<double> middle = Numeric.Option("--kpa", "Pressure in the middle, kPa.", new Bounds(-10_000, 10_000, "kPa"), 250.0);
        Option<double> swing = Numeric.Option("--swing", "To either side of it, kPa; neighbouring valves go opposite ways, like the " +
            "muscles of a joint. 0: stand still.", new Bounds(0, 10_000, "kPa"), 80.0);
        Option<double> frequency = Numeric.Option("--hz", "Frequency of the sine, Hz.", new Bounds(0.01, 5, "Hz"), 0.5);
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "Stop after this time (default: at Ctrl-C).", Bounds.Seconds);
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
        var command = new Command("pressure",
            "Streams a sine of pressure to the valves of a board, whose pressure loops make it, and shows what its sensors measure: " +
                "middle and swing of the " +
            "sine that fits best, how far it is behind the setpoints (the board's tick, and readings up to four ticks old), and what is " +
                "left. Ctrl-C vents.\n\n" +
            "For faults, start the board with ganglion sim and give its port.\n\n" +
            "Example: ganglion pressure --kpa 300 --swing 100 --seconds 20 --virtual-time")
        {
            robot, port, middle, swing, frequency, seconds, virtualTime, seed, log, foxglove, json, listen, noPage,
        };
        command.SetAction(result => Run(new Options(
            Descriptions.Robot(result.GetValue(robot)!), result.GetValue(port),
            new PressureRunOptions(result.GetValue(seconds) ?? double.PositiveInfinity, result.GetValue(middle), result.GetValue(swing),
                result.GetValue(frequency)),
            result.GetValue(virtualTime), result.GetValue(seed), new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
            result.GetValue(json),
            new PageChoice(result.GetValue(listen), result.GetValue(noPage)))));
        return command;
    }

    private static int Run(Options options)
    {
        PressureRunOptions run = options.Run;
        OneBoard.Check(options.Port, double.IsPositiveInfinity(run.Seconds) ? null : run.Seconds, options.VirtualTime);
        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.VirtualTime);
        if (PressureRun.Refusal(options.Robot, run) is { } refusal)
        {
            throw new UserException($"{refusal}.");
        }

        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, options.Recording),
            RobotConfiguration.Of(options.Robot, 0), interrupt.Token, (board, clock) => Play(options, place, board, clock, interrupt.End));
    }

    private static int Play(Options options, DashboardOptions? place, BoardSession board, IClock clock, EndRequest end)
    {
        var viewer = new OwnMotionViewer(board, clock, new EventLog());
        var page = new WatchedMotion(options.Robot, "", Rhythm: null, IsVirtual: options.Port == null);
        PressureRunResult result = page.Show(options.Page, place, viewer, end, ends => Output.Progress(options.Json, options.Robot.Name,
            $": {options.Run.Middle:0} kPa, {options.Run.Swing:0} to either side at {options.Run.Frequency:0.##} Hz; Ctrl-C vents.", show =>
                PressureRun.Play(board, clock, options.Robot, options.Run, (seconds, now) => show(Line(options.Robot, seconds, now)), ends,
                    viewer)));
        Report(options, result);
        return result.MissedFrames > 0 || result.I2cErrors > 0 ? Errors.Missed : Errors.Ok;
    }

    private static string Line(RobotDescription robot, double seconds, IReadOnlyList<(int Channel, double Wanted, double Measured)> now) =>
        $"{seconds,6:0.0} s  " + string.Join("   ", now.Take(8).Select(look => $"{Name(robot, look.Channel)} {look.Measured,4:0} kPa " +
            $"(wanted {look.Wanted,4:0})"));

    private static string Name(RobotDescription robot, int channel) =>
        robot.Channels[channel].Name.Length > 0 ? robot.Channels[channel].Name : $"channel {channel}";

    private static void Report(Options options, PressureRunResult result)
    {
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Robot.Name,
                WantedKpa = options.Run.Middle,
                WantedSwingKpa = options.Run.Swing,
                Hz = options.Run.Frequency,
                Seconds = Output.Round(result.Seconds, 2),
                Channels = result.Channels.Select(channel => new
                {
                    channel.Channel,
                    Name = Name(options.Robot, channel.Channel),
                    MiddleKpa = Output.Round(channel.Middle, 2),
                    SwingKpa = Output.Round(channel.Swing, 2),
                    BehindMs = options.Run.Swing > 0 ? Output.Round(1000 * channel.Behind, 1) : (double?)null,
                    ScatterKpa = Output.Round(channel.Scatter, 2),
                }),
                result.MissedFrames,
                result.I2cErrors,
                options.Seed,
            });
            return;
        }

        if (result.Channels.Count == 0)
        {
            Output.Line($"{options.Robot.Name} has no pressure sensors: nothing was measured.");
        }
        else
        {
            Output.Table([" channel", "name", " middle kPa", " swing kPa", " behind ms", " beside kPa"], result.Channels.Select(channel =>
                BenchVerb.Cells(
                $"{channel.Channel}", $"{Name(options.Robot, channel.Channel)}", $"{channel.Middle:0.0}", $"{channel.Swing:0.0}",
                $"{(options.Run.Swing > 0 ? 1000 * channel.Behind : double.NaN):0}", $"{channel.Scatter:0.0}")));
            if (result.Channels.Any(channel => !double.IsFinite(channel.Middle)))
            {
                Output.Line("-: too short to measure a sine after the pressures have risen; give --seconds more.");
            }
        }

        Output.Line($"{result.Seconds:0.0} s, disarmed and vented; {result.MissedFrames} missed frames, {result.I2cErrors} I2C errors.");
    }
}
