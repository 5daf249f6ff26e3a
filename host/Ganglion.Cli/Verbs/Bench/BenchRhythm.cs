using System.CommandLine;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Rhythms;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench rhythm`: what the rhythm laboratory is held to, part by part, against the same in other people's
/// programs.</summary>
internal static class BenchRhythm
{
    /// <summary>A part: its figures under plain keys, its lines for people, and its bars.</summary>
    private sealed record Part(Dictionary<string, object> Figures, string[] Lines, Bar[] Bars);

    /// <summary>The parts in their order; each is told whether to leave its peer out.</summary>
    private static readonly Func<bool, Part>[] Parts = [ChessClock, Spiking];

    public static Command Create()
    {
        var alone = new Option<bool>("--no-peers") { Description = "Leave other people's programs out." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("rhythm",
            "Fits a chess clock to the cat and runs the spiking pattern generator, and times scipy and Brian2 at the same in the same " +
                "run (Debian: apt install python3-scipy python3-brian).\n\n" +
            "Example: ganglion bench rhythm --json")
        {
            alone, json,
        };
        command.SetAction(result => Run(result.GetValue(alone), result.GetValue(json)));
        return command;
    }

    private static int Run(bool alone, bool json)
    {
        Part[] parts = [.. Parts.Select(part => part(alone))];
        Bar[] bars = [.. parts.SelectMany(part => part.Bars)];
        if (json)
        {
            var figures = parts.SelectMany(part => part.Figures).ToDictionary();
            figures["missedBars"] = BenchVerb.Missed(bars);
            Output.Json(figures);
            return BenchVerb.Code(bars);
        }

        foreach (string line in parts.SelectMany(part => part.Lines))
        {
            Output.Line(line);
        }

        return BenchVerb.Judge(bars);
    }

    private static Part ChessClock(bool alone)
    {
        var figure = ClockFitBench.Measure(alone ? null : ShippedFiles.Tool("bench_rhythm_scipy.py"));
        ClockPeer? peer = figure.Peer;
        return new Part(
            new Dictionary<string, object>
            {
                ["fitEvaluations"] = figure.Evaluations,
                ["fitSeconds"] = Output.Round(figure.WallSeconds),
                ["fitProcessorSeconds"] = Output.Round(figure.ProcessorSeconds),
                ["fitSwingRSquared"] = Output.Round(figure.Score.SwingRSquared, 6),
                ["fitStanceRSquared"] = Output.Round(figure.Score.StanceRSquared, 6),
                ["fitLargestPhaseError"] = Output.Round(figure.Score.LargestPhaseError),
                ["scipyMsPerEvaluation"] = Output.Round(1000 * peer?.SecondsPerEvaluation ?? double.NaN, 2),
                ["scipyEvaluations"] = peer?.Evaluations ?? 0,
                ["timesScipy"] = Output.Round(figure.Ratio ?? double.NaN, 0),
                ["scipyLargestDifference"] = Output.Round(peer?.LargestDifference ?? double.NaN, 6),
            },
            [
                $"Chess clock, antiphase, for the cat's 15 speeds from {Ganglion.Rhythm.ChessClock.ClockFit.UsualStarts} points: " +
                    $"{figure.Evaluations} evaluations in {figure.WallSeconds:0.00} s " +
                    $"({figure.ProcessorSeconds:0.00} s of processor time).",
                peer != null
                    ? $"{peer.Versions}: {1000 * peer.SecondsPerEvaluation:0} ms of processor time an evaluation of the same descent " +
                        $"({peer.Evaluations} timed), {figure.Ratio:0} times ours; losses of the same clocks differ by " +
                        $"{peer.LargestDifference:0.0000} of themselves at most."
                    : alone ? "scipy was left out."
                    : "scipy is not installed (Debian: apt install python3-scipy), so there is no ratio.",
            ],
            [.. figure.Bars()]);
    }

    private static Part Spiking(bool alone)
    {
        var figure = SpikingBench.Measure(alone ? null : ShippedFiles.Tool("bench_rhythm_brian.py"));
        SpikingPeer? peer = figure.Peer;
        return new Part(
            new Dictionary<string, object>
            {
                ["spikingNeurons"] = figure.Neurons,
                ["spikesPerStep"] = Output.Round(figure.SpikesPerStep, 1),
                ["spikingTimesRealTime"] = Output.Round(figure.TimesRealTime, 0),
                ["spikingCycleS"] = Output.Round(figure.Period),
                ["brianTimesRealTime"] = Output.Round(1 / peer?.SecondsPerSecond ?? double.NaN, 1),
                ["brianCycleS"] = Output.Round(peer?.Period ?? double.NaN),
                ["timesBrian"] = Output.Round(figure.Ratio ?? double.NaN, 1),
            },
            [
                $"Spiking pattern generator, {figure.Neurons} neurons, {figure.SpikesPerStep:0.0} spikes a step of 1 ms: " +
                    $"{1e6 * figure.SecondsPerSecond / 1000:0.00} us of processor time a step, {figure.TimesRealTime:0} x real time.",
                peer != null
                    ? $"{peer.Version}: {1e6 * peer.SecondsPerSecond / 1000:0.0} us a step, {figure.Ratio:0.0} times ours; cycle " +
                        $"{peer.Period:0.000} s at a tenth of the step, ours {figure.Period:0.000} s."
                    : alone ? "Brian2 was left out."
                    : "Brian2 is not installed (Debian: apt install python3-brian), so there is no ratio.",
            ],
            [.. figure.Bars()]);
    }
}
