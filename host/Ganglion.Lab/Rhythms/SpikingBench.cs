using System.Diagnostics;
using System.Text.Json;
using Ganglion.Lab.Bench;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>How fast the spiking pattern generator runs here and in Brian2: the same neurons and decoders in one run.</summary>
/// <param name="Neurons">Neurons.</param>
/// <param name="SpikesPerStep">Mean number that fire in a step of 1 ms.</param>
/// <param name="SecondsPerSecond">Processor time for a second of the network.</param>
/// <param name="Period">Its cycle at the speed of the comparison [s].</param>
/// <param name="Peer">Brian2, or null where it is not installed or was left out.</param>
public sealed record SpikingBench(int Neurons, double SpikesPerStep, double SecondsPerSecond, double Period, SpikingPeer? Peer)
{
    private const double Speed = 0.6, Seconds = 200, PeerSeconds = 10, PeerWatched = 20;

    /// <summary>Seconds of the network in a second of processor time.</summary>
    public double TimesRealTime => 1 / SecondsPerSecond;

    /// <summary>Processor time of Brian2 for the same, times ours.</summary>
    public double? Ratio => Peer?.SecondsPerSecond / SecondsPerSecond;

    /// <summary>Measures.</summary>
    /// <param name="script">tools/bench_rhythm_brian.py, or null to leave the peer out.</param>
    /// <exception cref="InvalidOperationException">The peer is there and fails; the message has what it said.</exception>
    public static SpikingBench Measure(string? script)
    {
        CpgDesign design = CpgCalibration.Build(new CpgSettings());
        var cpg = new SpikingCpg(design) { Place = SpeedScale.Of(Speed) };
        int steps = (int)(Seconds / LifPopulation.Step);
        long spikes = 0;
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int k = 0; k < steps; k++)
        {
            cpg.Advance();
            spikes += cpg.Fired.Length;
        }

        process.Refresh();
        double used = (process.TotalProcessorTime - before).TotalSeconds;
        return new SpikingBench(design.Settings.Neurons, spikes / (double)steps, used / Seconds,
            CpgCalibration.Measure(design, Speed).Cycle, script == null ? null : Ask(script, design));
    }

    /// <summary>What it is held to.</summary>
    public IEnumerable<Bar> Bars()
    {
        yield return Bar.AtLeast("spiking pattern generator on one core, times real time", TimesRealTime, 100);
        if (Ratio is { } ratio)
        {
            yield return Bar.AtLeast("the same network, times Brian2's speed on one core", ratio, 20);
            double off = 100 * Math.Abs(Peer!.Period / Period - 1);
            yield return Bar.AtMost("its cycle in Brian2 at a tenth of the step, off ours, %", off, 3);
        }
    }

    private static SpikingPeer? Ask(string script, CpgDesign design)
    {
        LifPopulation population = design.Population;
        int count = population.Count;
        double[] zero = new double[population.Dimensions];
        int[] neurons = [.. Enumerable.Range(0, count)];
        double[] bias = [.. neurons.Select(i => population.Current(i, zero))];
        using JsonDocument? result = PythonPeer.Run(script, new
        {
            LifPopulation.Step,
            LifPopulation.MembraneTime,
            LifPopulation.RefractoryTime,
            design.Settings.Synapse,
            SpikingCpg.KickSeconds,
            SpikingCpg.Kick,
            Place = SpeedScale.Of(Speed),
            Seconds = PeerSeconds,
            WatchedSeconds = PeerWatched,
            Bias = bias,
            Currents = Enumerable.Range(0, zero.Length).Select(d => neurons.Select(i =>
                population.Current(i, [.. zero.Select((_, k) => k == d ? 1.0 : 0)]) - bias[i])),
            Decoders = neurons.Select(i => Enumerable.Range(0, design.Decoders.GetLength(1)).Select(k => design.Decoders[i, k])),
        });
        return result == null ? null : new SpikingPeer(
            result.RootElement.GetProperty("seconds").GetDouble() / PeerSeconds, result.RootElement.GetProperty("period").GetDouble(),
            $"Brian2 {result.RootElement.GetProperty("version").GetString()}, {result.RootElement.GetProperty("target").GetString()}");
    }
}

/// <summary>Brian2 on one core.</summary>
/// <param name="SecondsPerSecond">Processor time for a second of the network.</param>
/// <param name="Period">Cycle of its cosine, at a tenth of the step [s].</param>
/// <param name="Version">Of Brian2, and what its code is generated for.</param>
public sealed record SpikingPeer(double SecondsPerSecond, double Period, string Version);
