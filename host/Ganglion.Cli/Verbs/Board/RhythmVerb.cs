using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Verbs.Rhythm;
using Ganglion.Cli.Verbs.Rhythm.Learned;
using Ganglion.Cli.Verbs.Rhythm.Show;
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
        GaitChange? Change, bool VirtualTime, int Seed, RecordingOptions Recording, bool Json, PageChoice Page);

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
        var to = new Option<string?>("--to")
        {
            Description = "Go into this gait while playing; of a rhythm of limbs as phases.",
            HelpName = "GAIT",
        };
        to.AcceptOnlyFromAmong([.. LimbGait.All.Select(gait => gait.Name)]);
        Option<double> after = Numeric.Option("--after", "When, from the start.", Bounds.Seconds, 5.0);
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
            "Example: ganglion rhythm play walk7 --frequency 0.8 --seconds 20\n" +
            "         ganglion rhythm play trot --to pace --after 5 --seconds 20")
        {
            file, robot, port, seconds, frequency, amplitude, to, after, virtualTime, seed, log, foxglove, json, listen, noPage,
        };
        play.SetAction(result =>
        {
            RobotDescription description = Descriptions.Robot(result.GetValue(robot)!);
            return Run(new Options(
                description, RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, result.GetValue(file)!), description),
                result.GetValue(port), result.GetValue(seconds),
                result.GetValue(frequency), result.GetValue(amplitude),
                result.GetValue(to) is { } gait
                    ? new GaitChange(LimbGait.All.First(one => one.Name == gait), result.GetValue(after)) : null,
                result.GetValue(virtualTime), result.GetValue(seed),
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
            RhythmShowVerb.Create(),
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

        CheckChange(options);
        RhythmPreview preview = Preview(options, options.Rhythm);
        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, options.Recording)
        {
            Made = OneBoardOptions.MadeFrom(options.Rhythm),
        },
            RobotConfiguration.Of(options.Robot, 0).With(options.Rhythm), interrupt.Token, (board, clock) =>
                Play(options, place, preview, board, clock, interrupt.End));
    }

    /// <summary>Refuses a gait that cannot be gone into, or that a slew bound or a limit would clip.</summary>
    private static void CheckChange(Options options)
    {
        if (options.Change is not { } change)
        {
            return;
        }

        if (GaitWatch.Problem(options.Rhythm) is { } problem)
        {
            throw new UserException($"{problem}.");
        }

        double settled = options.Rhythm.Ramp + RhythmRun.Settling, end = options.Seconds ?? double.PositiveInfinity;
        if (change.After < settled || change.After >= end)
        {
            throw new UsageException($"--after {change.After:0.#} is before the rhythm has settled, {settled:0.#} s from its start, or " +
                "not before --seconds.");
        }

        Preview(options, options.Rhythm with
        {
            Phases = [.. options.Rhythm.Phases.Select((phase, i) => phase with { Delay = change.To.Delays[i], Duty = change.To.Duty })],
        });
    }

    private static RhythmPreview Preview(Options options, RhythmDescription rhythm)
    {
        RhythmPreview preview;
        try
        {
            preview = RhythmPreview.Play(rhythm, options.Robot, 0, options.Frequency, options.Amplitude);
        }
        catch (RhythmRefusedException e)
        {
            throw new UserException($"{options.Rhythm.Name}: {e.Problem}");
        }

        // At amplitude 0 nothing moves, as was asked.
        if (preview.Diverges || options.Amplitude > 0)
        {
            Refuse(preview.Trouble(rhythm), preview.Diverges ? "Lower its couplings or its gains."
                : !options.Rhythm.Clocks.IsEmpty ? "Raise --frequency."
                : !options.Rhythm.Cells.IsEmpty ? "Change current or inhibition; `ganglion rhythm pair` shows what two cells do."
                : "Change its parameters.");
        }

        Refuse(preview.Clipping(), "Lower the gain, --frequency or --amplitude, or move the offset.");
        return preview;

        void Refuse(string? why, string remedy)
        {
            if (why != null)
            {
                throw new UserException($"{options.Rhythm.Name}: {why}. {remedy}");
            }
        }
    }

    private static int Play(Options options, DashboardOptions? place, RhythmPreview preview, BoardSession board, IClock clock,
        EndRequest end)
    {
        var viewer = new OwnMotionViewer(board, clock, new EventLog());
        var page = new WatchedMotion(options.Robot, options.Rhythm.Name, options.Rhythm, IsVirtual: options.Port == null);
        var run = new RhythmRunOptions(options.Seconds ?? double.PositiveInfinity, options.Frequency, options.Amplitude)
        {
            Pendulum = options.Robot.Pendulum,
            Change = options.Change,
        };
        RhythmRunResult result = page.Show(options.Page, place, viewer, end, ends => Output.Progress(options.Json, options.Rhythm.Name,
            $" on {options.Robot.Name}: the board plays by itself; Ctrl-C stops it.", show =>
                RhythmRun.Play(board, clock, options.Rhythm, run, (seconds, now) => show(Line(seconds, options.Rhythm, now)), ends,
                    viewer)));
        PlayReport.Print(new PlayReport(options.Robot, options.Rhythm, options.Frequency, options.Amplitude, options.Change,
            preview, result), options.Json);
        return result.Overruns > 0 || result.I2cErrors > 0 ? Errors.Missed : Errors.Ok;
    }

    private static string Line(double seconds, RhythmDescription rhythm, double[] now) =>
        $"{seconds,5:0.0} s  " + string.Join(' ', rhythm.Map.Take(12).Select(entry => $"{now[entry.Channel]:0.00}"));
}
