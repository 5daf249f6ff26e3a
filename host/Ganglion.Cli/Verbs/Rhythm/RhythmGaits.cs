using System.CommandLine;
using System.Globalization;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Gaits;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm gaits`: the gaits of four limbs, from random starts and from one into another.</summary>
internal static class RhythmGaits
{
    private const string Every = "all";

    private sealed record Options(
        LimbGait[] From, LimbGait[] To, double Frequency, double Coupling, int Starts, int Seed, string? Csv, string? Svg, bool Json);

    public static Command Create()
    {
        string[] names = [Every, .. LimbGait.All.Select(gait => gait.Name)];
        Option<string> from = Choice("--gait", "Gait to look at, and that a transition begins in.", names);
        Option<string> to = Choice("--to", "Gait that a transition ends in.", names);
        Option<double> frequency = Numeric.Option("--frequency", "Cycles a second.", new Bounds(0.05, 5), 1.0);
        Option<double> coupling = Numeric.Option("--coupling", "What each limb does to each other, as a share of the frequency.",
            new Bounds(0.01, 0.31), 0.25);
        Option<int> starts = Numeric.Option("--starts", "Random starts of each gait.", new Bounds(1, 10_000), 200);
        Option<int> seed = CommonOptions.Seed();
        var csv = new Option<FileInfo?>("--csv")
        {
            Description = "Write the phases of a transition (--gait and --to) to this table.",
            HelpName = "FILE",
        };
        var svg = new Option<FileInfo?>("--svg") { Description = "Draw when each limb stands into this picture.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("gaits",
            "Walk, trot, pace, bound, both gallops and pronk of four limbs as coupled phases, with the code and the tick of the board: " +
                "lags, convergence from random starts, transitions; and which of them four Kimura oscillators have too.\n\n" +
            "Example: ganglion rhythm gaits --gait trot --to pace --svg trot-pace.svg")
        {
            from, to, frequency, coupling, starts, seed, csv, svg, json,
        };
        command.SetAction(result => Run(new Options(
            Chosen(result.GetValue(from)!), Chosen(result.GetValue(to)!), result.GetValue(frequency), result.GetValue(coupling),
            result.GetValue(starts), result.GetValue(seed), result.GetValue(csv)?.FullName, result.GetValue(svg)?.FullName,
            result.GetValue(json))));
        return command;
    }

    private static Option<string> Choice(string name, string about, string[] names)
    {
        var option = new Option<string>(name) { Description = about, DefaultValueFactory = _ => Every };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static LimbGait[] Chosen(string name) => [.. LimbGait.All.Where(gait => name == Every || gait.Name == name)];

    private static int Run(Options options)
    {
        if (options.Csv != null && (options.From.Length != 1 || options.To.Length != 1))
        {
            throw new UsageException("--csv writes one transition: name its gaits with --gait and --to.");
        }

        Files.Check(options.Csv);
        Files.Check(options.Svg);
        GaitTrial[] trials = [.. options.From.Select(gait =>
            GaitTrial.Run(gait, options.Frequency, options.Coupling, options.Starts, options.Seed))];
        GaitTransition[] transitions = [.. from before in options.From
            from after in options.To
            where before != after || options.From.Length == 1 && options.To.Length == 1
            select GaitTransition.Run(before, after, options.Frequency, options.Coupling)];
        KimuraGait[] neurons = [.. options.From.Select(gait => KimuraGait.Run(gait, KimuraGait.Starts, options.Seed))];
        if (options.Csv != null)
        {
            Files.WriteWhole(options.Csv, Rows(transitions[0]));
        }

        if (options.Svg != null)
        {
            Files.WriteWhole(options.Svg, Picture(options, transitions));
        }

        if (options.Json)
        {
            PrintJson(options, trials, transitions, neurons);
        }
        else
        {
            PrintText(options, trials, transitions, neurons);
        }

        bool kept = trials.All(trial => trial.Converged == trial.Starts)
            && transitions.All(one => one.LeastSpeed > 0 && double.IsFinite(one.Cycles));
        return kept ? Errors.Ok : Errors.Missed;
    }

    private static string Rows(GaitTransition transition)
    {
        var text = new StringBuilder($"time,{string.Join(',', LimbGait.Limbs)}\n");
        for (int k = 0; k < transition.Times.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{transition.Times[k]:0.###}");
            foreach (double[] limb in transition.Phases)
            {
                text.Append(CultureInfo.InvariantCulture, $",{limb[k]:0.######}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Picture(Options options, GaitTransition[] transitions)
    {
        var diagram = new GaitDiagram();
        if (options.From.Length == 1 && options.To.Length == 1 && options.From[0] != options.To[0])
        {
            Panel(diagram, transitions[0], $"{options.From[0].Name} to {options.To[0].Name}");
            return diagram.Render();
        }

        foreach (LimbGait gait in options.From)
        {
            Panel(diagram, GaitTransition.Run(gait, gait, options.Frequency, options.Coupling), gait.Name);
        }

        return diagram.Render();
    }

    private static void Panel(GaitDiagram diagram, GaitTransition shown, string title) =>
        diagram.Add(title, shown.Times, shown.Stands);

    private static void PrintJson(Options options, GaitTrial[] trials, GaitTransition[] transitions, KimuraGait[] neurons) =>
        Output.Json(new
        {
            options.Frequency,
            options.Coupling,
            options.Starts,
            options.Seed,
            Converged = trials.Sum(trial => trial.Converged),
            Tried = trials.Sum(trial => trial.Starts),
            WorstDeg = Output.Round(trials.Max(trial => trial.WorstDeg)),
            LeastSpeed = Output.Round(transitions.Length == 0 ? double.NaN : transitions.Min(one => one.LeastSpeed)),
            Gaits = trials.Zip(neurons).Select(pair => new
            {
                pair.First.Gait.Name,
                pair.First.Gait.Duty,
                LagsDeg = pair.First.LagsDeg.Select(lag => Output.Round(lag, 2)),
                pair.First.Converged,
                WorstDeg = Output.Round(pair.First.WorstDeg),
                MedianCycles = Output.Round(pair.First.MedianCycles, 2),
                MostCycles = Output.Round(pair.First.MostCycles, 2),
                KimuraConverged = pair.Second.Converged,
                KimuraStarts = pair.Second.Tried,
                KimuraWorstDeg = Output.Round(pair.Second.WorstDeg, 2),
                KimuraPeriodS = Output.Round(pair.Second.Period),
            }),
            Transitions = transitions.Select(one => new
            {
                From = one.From.Name,
                To = one.To.Name,
                LeastSpeed = Output.Round(one.LeastSpeed),
                Cycles = Output.Round(one.Cycles, 2),
            }),
        });

    private static void PrintText(Options options, GaitTrial[] trials, GaitTransition[] transitions, KimuraGait[] neurons)
    {
        Output.Line($"Four phases at {options.Frequency:0.###} Hz, coupling {options.Coupling:0.###}, from {options.Starts} random " +
            $"starts each; lags behind the left hind limb.");
        Output.Table(["gait", " duty", .. LimbGait.Limbs.Select(limb => $" {limb} deg"), " converged", " worst deg", " cycles, median",
            " most"], trials.Select(trial => (string[])[trial.Gait.Name, $"{trial.Gait.Duty:0.00}",
            .. trial.LagsDeg.Select(lag => $"{(lag > 359.95 ? 0 : lag):0.0}"), $"{trial.Converged}/{trial.Starts}",
            $"{trial.WorstDeg:0.000}", $"{trial.MedianCycles:0.0}", $"{trial.MostCycles:0.0}"]));
        Output.Line("Transitions: slowest that a limb became, as a share of its frequency (below 0 it would have gone backward), and " +
            $"cycles until all limbs stayed within {GaitTrial.ToleranceDeg:0} deg.");
        Output.Table(["from", "to", " least speed", " cycles"], transitions.Select(one => (string[])
            [one.From.Name, one.To.Name, $"{one.LeastSpeed:0.000}", $"{one.Cycles:0.0}"]));
        Output.Line($"As a network of four Kimura oscillators, from {KimuraGait.Starts} random starts:");
        Output.Table(["gait", "had by", " converged", " worst deg", " period s"], neurons.Select(one => (string[])
            [one.Gait.Name, one.How, one.Tried == 0 ? "-" : $"{one.Converged}/{one.Tried}", $"{one.WorstDeg:0.0}", $"{one.Period:0.000}"]));
    }
}
