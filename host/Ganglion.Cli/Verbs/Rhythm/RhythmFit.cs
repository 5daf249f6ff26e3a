using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm fit`: a chess clock for the durations of swing and stance that somebody measured.</summary>
internal static class RhythmFit
{
    /// <summary>Where the right side is begun to see in how many ways a clock settles.</summary>
    private static readonly ClockStart[] Basin =
        [.. from flexor in new[] { true, false } from at in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 } select new ClockStart(flexor, at)];

    private sealed record Options(
        string? Table, ClockCoupling Coupling, double SwingWeight, ClockStart Start, double[] From, int Starts, int Seed, string? Csv,
        string? Svg, bool Json);

    public static Command Create()
    {
        var table = new Argument<FileInfo?>("table")
        {
            Description = "CSV with the columns speed [m/s], swing [s] and stance [s]; without it the cat's law at 15 speeds.",
            HelpName = "FILE.csv",
            DefaultValueFactory = _ => null,
        };
        var coupling = new Option<string>("--coupling")
        {
            Description = "none: each side by itself; free: coupled, whatever phase comes; antiphase: coupled, the sides alternate evenly.",
            DefaultValueFactory = _ => "antiphase",
        };
        coupling.AcceptOnlyFromAmong("none", "free", "antiphase");
        Option<double> weight = Numeric.Option("--swing-weight", "What the swing counts beside the stance.", new Bounds(0.001, 0.999),
            ClockLoss.UsualSwingWeight);
        var clock = new Option<string>("--start-clock")
        {
            Description = "Which clock of the right side runs while the left flexor's begins.",
            DefaultValueFactory = _ => "extensor",
        };
        clock.AcceptOnlyFromAmong("flexor", "extensor");
        Option<double> at = Numeric.Option("--start-at", "Where that clock stands then.", new Bounds(0, 0.999), 0.5);
        var from = new Option<double[]>("--from")
        {
            Description = $"Begin at these parameters alone: {string.Join(' ', ClockParameters.Names)}, the last four with coupling only.",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => Numeric.Row(result, "--from", _ => new Bounds(-100, 100)),
        };
        Option<int> starts = Numeric.Option("--starts", "Points that the simplex begins at.", new Bounds(1, 200), ClockFit.UsualStarts);
        Option<int> seed = Numeric.Option("--seed", "Of those points behind the first.", Bounds.Seed, ClockFit.UsualSeed);
        var csv = new Option<FileInfo?>("--csv") { Description = "Write data and clock by speed to this table.", HelpName = "FILE" };
        var svg = new Option<FileInfo?>("--svg") { Description = "Draw data and clock over speed into this picture.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("fit",
            "Fits a chess-clock oscillator (two half-centers of two clocks each) to the durations of swing and stance over speed by " +
                "Nelder and Mead's simplex from several points, and tells in how many ways the clock found settles.\n\n" +
            "Example: ganglion rhythm fit --coupling antiphase --svg cat.svg")
        {
            table, coupling, weight, clock, at, from, starts, seed, csv, svg, json,
        };
        command.SetAction(result => Run(new Options(
            result.GetValue(table)?.FullName, Enum.Parse<ClockCoupling>(result.GetValue(coupling)!, ignoreCase: true),
            result.GetValue(weight), new ClockStart(result.GetValue(clock) == "flexor", result.GetValue(at)),
            result.GetValue(from) ?? [], result.GetValue(starts), result.GetValue(seed), result.GetValue(csv)?.FullName,
            result.GetValue(svg)?.FullName, result.GetValue(json))));
        return command;
    }

    private static int Run(Options options)
    {
        Files.Check(options.Csv);
        Files.Check(options.Svg);
        PhaseDurations data = options.Table == null ? PhaseDurations.Cat : DurationTable.Load(options.Table);
        var loss = new ClockLoss(data, options.Coupling, options.SwingWeight, options.Start);
        long begun = Stopwatch.GetTimestamp();
        ClockFit fit = options.From.Length == 0
            ? ClockFit.Run(loss, data, options.Coupling, options.Starts, options.Seed)
            : ClockFit.From(loss, options.Coupling, [Given(options, data)]);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        ClockScore score = ClockScore.Of(fit.Best.To, data, options.Start, out double stalled) ?? throw new UserException(
            $"no chess clock was found that oscillates at {stalled:0.###} m/s. Give more --starts, another --seed, or look for rows of " +
            "the table that do not fit the others.");
        if (options.Csv != null)
        {
            Files.WriteWhole(options.Csv, Rows(data, score));
        }

        if (options.Svg != null)
        {
            Files.WriteWhole(options.Svg, ChessClockPicture.Of(Title(options), data, score));
        }

        Report report = new(options, data, loss.Evaluations, seconds, fit, score);
        if (options.Json)
        {
            PrintJson(report);
        }
        else
        {
            PrintText(report);
        }

        return Errors.Ok;
    }

    private sealed record Report(
        Options Options, PhaseDurations Data, int Evaluations, double Seconds, ClockFit Fit, ClockScore Score);

    private static ClockParameters Given(Options options, PhaseDurations data)
    {
        int wanted = options.Coupling == ClockCoupling.None ? ClockParameters.UncoupledCount : ClockParameters.Count;
        if (options.From.Length != wanted)
        {
            throw new UsageException($"--from takes {wanted} numbers with this coupling, not {options.From.Length}: " +
                $"{string.Join(' ', ClockParameters.Names.Take(wanted))}.");
        }

        var given = ClockParameters.From(options.From);
        return ClockScore.Of(given, data, options.Start, out double stalled) != null ? given : throw new UserException(
            $"--from: these parameters do not oscillate at {stalled:0.###} m/s: a clock never comes to 1, or runs backward. Each needs " +
            "a drive x0 + g u above its leak r; lower r or the couplings below 0.");
    }

    private static string Title(Options options) =>
        $"Chess clock, coupling {options.Coupling.ToString().ToLowerInvariant()}, for {DataName(options)}";

    private static string DataName(Options options) => options.Table == null ? "the cat's law" : Path.GetFileName(options.Table);

    private static string Rows(PhaseDurations data, ClockScore score)
    {
        var text = new StringBuilder("speed,swing,stance,clock_swing,clock_stance,phase\n");
        for (int i = 0; i < data.Count; i++)
        {
            ClockOrbit orbit = score.Orbits[i];
            text.Append(CultureInfo.InvariantCulture,
                $"{data.Speed[i]:R},{data.Swing[i]:R},{data.Stance[i]:R},{orbit.Swing:R},{orbit.Stance:R},{Cell(orbit.Phase)}\n");
        }

        return text.ToString();
    }

    private static string Cell(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<(ClockStart Start, ClockScore? Score)> Ways(Report report) => report.Fit.Best.To.IsUncoupled ? []
        : Basin.Select(start => (start, ClockScore.Of(report.Fit.Best.To, report.Data, start, out _)));

    private static void PrintJson(Report report) => Output.Json(new
    {
        Data = DataName(report.Options),
        Rows = report.Data.Count,
        Coupling = report.Options.Coupling.ToString().ToLowerInvariant(),
        report.Options.SwingWeight,
        StartClock = Name(report.Options.Start),
        StartAt = report.Options.Start.At,
        Parameters = Parameters(report.Fit.Best.To),
        SwingRSquared = Output.Round(report.Score.SwingRSquared, 6),
        StanceRSquared = Output.Round(report.Score.StanceRSquared, 6),
        LeastPhase = Output.Round(report.Score.LeastPhase),
        MostPhase = Output.Round(report.Score.MostPhase),
        report.Score.Settles,
        report.Evaluations,
        Seconds = Output.Round(report.Seconds),
        Descents = report.Fit.Descents.Select(descent => new
        {
            From = Parameters(descent.From),
            To = Parameters(descent.To),
            Loss = Output.Round(descent.Loss, 8),
            descent.Evaluations,
        }),
        Basin = Ways(report).Select(way => new
        {
            Clock = Name(way.Start),
            way.Start.At,
            SwingRSquared = Output.Round(way.Score?.SwingRSquared ?? double.NaN, 6),
            StanceRSquared = Output.Round(way.Score?.StanceRSquared ?? double.NaN, 6),
            LeastPhase = Output.Round(way.Score?.LeastPhase ?? double.NaN),
            MostPhase = Output.Round(way.Score?.MostPhase ?? double.NaN),
        }),
    });

    private static Dictionary<string, double> Parameters(ClockParameters parameters) =>
        ClockParameters.Names.Zip(parameters.ToArray()).ToDictionary(pair => pair.First, pair => Output.Round(pair.Second, 6));

    private static void PrintText(Report report)
    {
        Output.Line($"{Title(report.Options)}: {report.Data.Count} rows, {report.Evaluations} evaluations in {report.Seconds:0.00} s.");
        Output.Table(["descent", " loss", " evaluations", .. ClockParameters.Names.Select(name => $" {name}")],
            report.Fit.Descents.Select((descent, i) => (string[])
            [
                descent == report.Fit.Best ? $"{i + 1} (best)" : $"{i + 1}", $"{descent.Loss:0.00000}", $"{descent.Evaluations}",
                .. descent.To.ToArray().Select(value => $"{value:0.0000}"),
            ]));
        Output.Table([" speed", " swing s", " its clock", " stance s", " its clock", " phase"], report.Score.Orbits.Select((orbit, i) =>
            (string[])[$"{report.Data.Speed[i]:0.###}", $"{report.Data.Swing[i]:0.0000}", $"{orbit.Swing:0.0000}",
                $"{report.Data.Stance[i]:0.0000}", $"{orbit.Stance:0.0000}", $"{orbit.Phase:0.000}"]));
        Output.Line($"R2 of swing {report.Score.SwingRSquared:0.0000}, of stance {report.Score.StanceRSquared:0.0000}" +
            (report.Fit.Best.To.IsUncoupled ? "; the sides do not see each other."
                : $"; phase {report.Score.LeastPhase:0.000} to {report.Score.MostPhase:0.000}, begun with the right " +
                    $"{Name(report.Options.Start)} at {report.Options.Start.At:0.###}."));
        (ClockStart Start, ClockScore? Score)[] ways = [.. Ways(report)];
        if (ways.Length == 0)
        {
            return;
        }

        Output.Line("The same clock from other starts of the right side:");
        Output.Table(["clock", " at", " R2 swing", " R2 stance", " least phase", " most phase"], ways.Select(way => (string[])
        [
            Name(way.Start), $"{way.Start.At:0.0}", $"{way.Score?.SwingRSquared ?? double.NaN:0.0000}",
            $"{way.Score?.StanceRSquared ?? double.NaN:0.0000}", $"{way.Score?.LeastPhase ?? double.NaN:0.000}",
            $"{way.Score?.MostPhase ?? double.NaN:0.000}",
        ]));
    }

    private static string Name(ClockStart start) => start.Flexor ? "flexor" : "extensor";
}
