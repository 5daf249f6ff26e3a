using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench gait`: the evaluation of gaits against the same genetic algorithm in Debian's python3-deap with
/// numpy.</summary>
internal static class BenchGait
{
    private const string Script = "bench_gait_deap.py";

    public static Command Create()
    {
        Option<int> threads = Numeric.Threads("Our threads; DEAP has one.");
        var alone = new Option<bool>("--no-deap") { Description = "Leave DEAP out." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("gait",
            "Judges 10 000 gaits by a genetic search, and some of the same kind by DEAP with numpy (Debian: apt install python3-deap); " +
                "compares their fitness.\n\nExample: ganglion bench gait --json")
        {
            threads, alone, json,
        };
        command.SetAction(result => Run(result.GetValue(threads), result.GetValue(alone), result.GetValue(json)));
        return command;
    }

    private static int Run(int threads, bool alone, bool json)
    {
        var figure = GaitBench.Measure(threads, alone ? null : ShippedFiles.Tool(Script));
        Bar[] bars = [.. figure.Bars()];
        if (json)
        {
            Output.Json(new
            {
                figure.Evaluations,
                figure.Threads,
                WallSeconds = Output.Round(figure.WallSeconds),
                ProcessorSeconds = Output.Round(figure.ProcessorSeconds),
                DeapMsPerGait = figure.Peer is { } deap ? Output.Round(1000 * deap.SecondsPerIndividual, 2) : double.NaN,
                TimesDeapPerCore = Output.Round(figure.Ratio ?? double.NaN, 0),
                LargestDifferenceOfFitness = Output.Round(figure.Peer?.LargestDifference ?? double.NaN, 5),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        Output.Line($"{figure.Evaluations} gaits (3 settling and 9 judged cycles each) on {figure.Threads} thread(s): " +
            $"{figure.WallSeconds:0.00} s on the wall, {figure.ProcessorSeconds:0.00} s of processor time.");
        if (figure.Peer is { } peer)
        {
            Output.Line($"DEAP with numpy {peer.Numpy}: {1000 * peer.SecondsPerIndividual:0.0} ms of processor time a gait, " +
                $"{figure.Ratio:0} times ours; fitness of the same gaits differs by {peer.LargestDifference:0.00000} at most.");
        }
        else
        {
            Output.Line(alone ? "DEAP was left out."
                : "DEAP is not installed (Debian: apt install python3-deap python3-numpy), so there is no ratio.");
        }

        return BenchVerb.Judge(bars);
    }
}
