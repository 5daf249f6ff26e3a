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
    private static readonly Func<bool, Part>[] Parts = [Spiking];

    public static Command Create()
    {
        var alone = new Option<bool>("--no-peers") { Description = "Leave other people's programs out." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("rhythm",
            "Runs the spiking pattern generator, and times Brian2 at the same network in the same run (apt install python3-brian).\n\n" +
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
