using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Verbs.Rhythm;
using Ganglion.Cli.Verbs.Rhythm.Learned;
using Ganglion.Dashboard;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion rhythm play`: a board plays a rhythm by itself.</summary>
internal static class RhythmVerb
{
    private sealed record Options(
        RobotDescription Robot, RhythmDescription Rhythm, string? Port, double? Seconds, double Frequency, double Amplitude,
        bool VirtualTime, int Seed, RecordingOptions Recording, bool Json, PageChoice Page);

    public static Command Create()
    {
        var file = new Argument<string>("rhythm")
        {
            Description = "Rhythm description: a file, or the name of one in hardware/rhythms.",
            HelpName = "FILE|NAME"
        };
        Option<string> robot = CommonOptions.Robot("rig12");
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of the board; without it a virtual board plays.",
            HelpName = "PORT"
        };
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "Stop after this time (default: at Ctrl-C).", Bounds.Seconds);
        Option<double> frequency = Numeric.Option("--frequency", "Factor on the frequency.", new Bounds(0.02, 10), 1.0);
        Option<double> amplitude = Numeric.Option("--amplitude", "Factor on the amplitude.", new Bounds(0, 10), 1.0);
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
            "Gives a board a rhythm, lets it play by itself, and measures what its channels do. Refused before anything moves if a slew " +
                "bound or a limit would clip it.\n\n" +
            "Example: ganglion rhythm play walk7 --frequency 0.8 --seconds 20")
        {
            file, robot, port, seconds, frequency, amplitude, virtualTime, seed, log, foxglove, json, listen, noPage,
        };
        play.SetAction(result =>
        {
            RobotDescription description = Descriptions.Robot(result.GetValue(robot)!);
            return Run(new Options(
                description, RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, result.GetValue(file)!), description),
                result.GetValue(port), result.GetValue(seconds),
                result.GetValue(frequency), result.GetValue(amplitude), result.GetValue(virtualTime), result.GetValue(seed),
                new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)), result.GetValue(json),
                new PageChoice(result.GetValue(listen), result.GetValue(noPage))));
        });
        return new Command("rhythm", "Rhythms: played by a board by itself, fitted to what somebody measured, made by spiking " +
            "neurons, learned from muscles.\n\nExample: ganglion rhythm play half-center --seconds 10")
        {
            play,
            RhythmFit.Create(),
            RhythmGaits.Create(),
            RhythmSpiking.Create(),
            EmgVerb.Create(),
            LearnVerb.Create(),
            LearnedVerb.Create(),
            RhythmCells.Create(),
            RhythmPair.Create(),
            RhythmPendulum.Create(),
        };
    }

    private static int Run(Options options)
    {
        OneBoard.Check(options.Port, options.Seconds, options.VirtualTime);
        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.VirtualTime);
        if (options.Robot.Boards.Length != 1)
        {
            throw new UsageException($"{options.Robot.Name} has {options.Robot.Boards.Length} boards; a rhythm is played by one. Give a " +
                $"robot with one board, such as rig12.");
        }

        RhythmPreview preview = Preview(options);
        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, options.Recording),
            RobotConfiguration.Of(options.Robot, 0).With(options.Rhythm), interrupt.Token, (board, clock) =>
                Play(options, place, preview, board, clock, interrupt.End));
    }

    private static RhythmPreview Preview(Options options)
    {
        RhythmPreview preview;
        try
        {
            preview = RhythmPreview.Play(options.Rhythm, options.Robot, 0, options.Frequency, options.Amplitude);
        }
        catch (RhythmRefusedException e)
        {
            throw new UserException($"{options.Rhythm.Name}: {e.Problem}");
        }

        if (preview.Diverges)
        {
            throw new UserException($"{options.Rhythm.Name}: the network's outputs grow without bound. Lower its couplings or its gains.");
        }

        if (preview.Stalls && !options.Rhythm.Clocks.IsEmpty)
        {
            throw new UserException($"{options.Rhythm.Name}: at {options.Frequency:0.###} times its speed a clock does not come to " +
                "its end: raise --frequency.");
        }

        if (preview.Channels.FirstOrDefault(channel => channel.SlewClips) is { } fast)
        {
            throw new UserException($"{options.Rhythm.Name}: channel {fast.Channel} would have to move at {fast.PeakSpeed:0.0} travels/s " +
                $"and its slew bound is {fast.Slew:0.0}. Lower the gain, --frequency or --amplitude.");
        }

        if (preview.Channels.FirstOrDefault(channel => channel.LimitsClip) is { } wide)
        {
            throw new UserException($"{options.Rhythm.Name}: channel {wide.Channel} would go from {wide.Low:0.00} to {wide.High:0.00} of " +
                $"its travel and its limits are {wide.LimitMin:0.00} and {wide.LimitMax:0.00}. Lower the gain or --amplitude, or move " +
                    $"the offset.");
        }

        return preview;
    }

    private static int Play(Options options, DashboardOptions? place, RhythmPreview preview, BoardSession board, IClock clock,
        EndRequest end)
    {
        var viewer = new OwnMotionViewer(board, clock, new EventLog());
        var page = new WatchedMotion(options.Robot, options.Rhythm.Name, options.Rhythm, IsVirtual: options.Port == null);
        var run = new RhythmRunOptions(options.Seconds ?? double.PositiveInfinity, options.Frequency, options.Amplitude);
        RhythmRunResult result = page.Show(options.Page, place, viewer, end, ends => Output.Progress(options.Json, options.Rhythm.Name,
            $" on {options.Robot.Name}: the board plays by itself; Ctrl-C stops it.", show =>
                RhythmRun.Play(board, clock, options.Rhythm, run, (seconds, now) => show(Line(seconds, options.Rhythm, now)), ends,
                    viewer)));
        Report(options, preview, result);
        return result.Overruns > 0 || result.I2cErrors > 0 ? Errors.Missed : Errors.Ok;
    }

    private static string Line(double seconds, RhythmDescription rhythm, double[] now) =>
        $"{seconds,5:0.0} s  " + string.Join(' ', rhythm.Map.Take(12).Select(entry => $"{now[entry.Channel]:0.00}"));

    private static void Report(Options options, RhythmPreview preview, RhythmRunResult result)
    {
        var channels = options.Rhythm.Map.Zip(result.Channels, preview.Channels).Select(pair =>
        {
            (RhythmChannel entry, ChannelMotion measured, ChannelPreview expected) = pair;
            OscillatorPreview oscillator = preview.Oscillators[entry.Oscillator];
            return new
            {
                entry.Channel,
                Oscillator = oscillator.Name,
                PeriodS = Output.Round(measured.Period),
                ExpectedPeriodS = Output.Round(oscillator.Period),
                PeakToPeak = Output.Round(measured.PeakToPeak),
                ExpectedPeakToPeak = Output.Round(expected.High - expected.Low),
            };
        }).ToArray();
        if (options.Json)
        {
            Output.Json(new
            {
                Rhythm = options.Rhythm.Name,
                Robot = options.Robot.Name,
                options.Frequency,
                options.Amplitude,
                Seconds = Output.Round(result.Seconds, 2),
                result.Overruns,
                result.I2cErrors,
                Channels = channels,
            });
            return;
        }

        Output.Table([" channel", "oscillator", " period s", " expected", " peak to peak", " expected"], channels.Select(c => new[]
        {
            $"{c.Channel}", c.Oscillator, $"{c.PeriodS:0.000}", $"{c.ExpectedPeriodS:0.000}", $"{c.PeakToPeak:0.000}",
            $"{c.ExpectedPeakToPeak:0.000}",
        }));
        if (channels.Any(c => !double.IsFinite(c.PeriodS)))
        {
            Output.Line("-: too short to see two cycles of it at its full size; give --seconds more.");
        }

        Output.Line($"stopped at rest after {result.Seconds:0.0} s and disarmed; {result.Overruns} missed " +
            $"deadlines, {result.I2cErrors} I2C errors.");
    }
}
