using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Robot;
using Spectre.Console;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion pressure`: a board makes pressures, and tells what it measures.</summary>
internal static class PressureVerb
{
    private sealed record Options(RobotDescription Robot, string? Port, PressureRunOptions Run, bool VirtualTime, int Seed, bool Json);

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("muscle-rig");
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of the board; without it a virtual board with " +
                "virtual valves is used.",
            HelpName = "PORT"
        };
        var middle = new Option<double>("--kpa") { Description = "Pressure in the middle, kPa.", DefaultValueFactory = _ => 250 };
        var swing = new Option<double>("--swing")
        {
            Description = "To either side of it, kPa; neighbouring valves go opposite ways, like " +
                "the muscles of a joint. 0: stand still.",
            DefaultValueFactory = _ => 80
        };
        var frequency = new Option<double>("--hz") { Description = "Frequency of the sine, Hz.", DefaultValueFactory = _ => 0.5 };
        var seconds = new Option<double?>("--seconds") { Description = "Stop after this time (default: at Ctrl-C)." };
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run the virtual board as fast as the machine can (needs " +
                "--seconds)."
        };
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("pressure",
            "Streams a sine of pressure to the valves of a board, whose pressure loops make it, and shows what its sensors measure: " +
                "middle and swing of the " +
            "sine that fits best, how far it is behind the setpoints (the board's tick, and readings up to four ticks old), and what is " +
                "left. Ctrl-C vents.\n\n" +
            "For faults, start the board with ganglion sim and give its port.\n\n" +
            "Example: ganglion pressure --kpa 300 --swing 100 --seconds 20 --virtual-time")
        {
            robot, port, middle, swing, frequency, seconds, virtualTime, seed, json,
        };
        command.SetAction(result => Run(new Options(
            Descriptions.Robot(result.GetValue(robot)!), result.GetValue(port),
            new PressureRunOptions(result.GetValue(seconds) ?? double.PositiveInfinity, result.GetValue(middle), result.GetValue(swing),
                result.GetValue(frequency)),
            result.GetValue(virtualTime), result.GetValue(seed), result.GetValue(json))));
        return command;
    }

    private static int Run(Options options)
    {
        PressureRunOptions run = options.Run;
        OneBoard.Check(options.Port, double.IsPositiveInfinity(run.Seconds) ? null : run.Seconds, options.VirtualTime);
        if (!(run.Frequency is >= 0.01 and <= 5))
        {
            throw new UsageException("--hz is a frequency from 0.01 to 5.");
        }

        if (!(run.Swing >= 0) || !double.IsFinite(run.Middle))
        {
            throw new UsageException("--kpa is a pressure and --swing one of at least 0.");
        }

        if (PressureRun.Refusal(options.Robot, run) is { } refusal)
        {
            throw new UserException($"{refusal}.");
        }

        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, Log: null),
            RobotConfiguration.Of(options.Robot, 0), interrupt.Token, (board, clock) => Play(options, board, clock, interrupt.End));
    }

    private static int Play(Options options, BoardSession board, IClock clock, EndRequest end)
    {
        PressureRunResult? result = null;
        if (options.Json || Console.IsOutputRedirected)
        {
            result = PressureRun.Play(board, clock, options.Robot, options.Run, (_, _) => { }, end);
        }
        else
        {
            Output.Titled(options.Robot.Name, $": {options.Run.Middle:0} kPa, {options.Run.Swing:0} to " +
                $"either side at {options.Run.Frequency:0.##} Hz; Ctrl-C vents.");
            AnsiConsole.Status().Start("starting", status =>
                result = PressureRun.Play(board, clock, options.Robot, options.Run, (seconds, now) =>
                    status.Status(Line(options.Robot, seconds, now)), end));
        }

        Report(options, result!);
        return result!.MissedFrames > 0 || result.I2cErrors > 0 ? Errors.Missed : Errors.Ok;
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
        }

        Output.Line($"{result.Seconds:0.0} s, disarmed and vented; {result.MissedFrames} missed frames, {result.I2cErrors} I2C errors.");
    }
}
