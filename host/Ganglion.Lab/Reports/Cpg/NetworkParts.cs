using System.Diagnostics;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>What is found out about the spiking network.</summary>
internal static class NetworkParts
{
    private const double EnduranceSpeed = 0.6, Tenth = 0.1;
    private const int ShownNeuron = 5;

    /// <summary>At the plan's speeds, the command given all the time.</summary>
    public static GeneratorRow Durations(CpgDesign design, CpgPlan plan, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        CpgPart[] parts = [.. plan.Speeds.Select(speed =>
        {
            cancellation.ThrowIfCancellationRequested();
            return new CpgRun(design, null).Play(speed, plan.Seconds);
        })];
        return new GeneratorRow(design.Settings.Seed, design.Settings.Rounds, [.. parts.Select(part => part.Left.Swing)],
            [.. parts.Select(part => part.Left.Stance)], [.. parts.Select(part => part.Left.LagOf(part.Right))],
            parts.Average(part => part.OscillatorSpikesPerSecond),
            Stopwatch.GetElapsedTime(began).TotalSeconds / (plan.Seconds * parts.Length));
    }

    /// <summary>At the plan's speeds, the command given once, one after the other without a break.</summary>
    public static HeldRow[] Held(CpgDesign design, CpgPlan plan)
    {
        var run = new CpgRun(design, new SpeedMemory(design.Settings.Seed));
        return [.. plan.Speeds.Select(speed => run.Play(speed, plan.HeldSeconds)).Select(part =>
            new HeldRow(part.Speed, part.HeldSpeed, part.WorstHeld, part.Drift, part.Left.Swing, part.Left.Stance))];
    }

    public static EnduranceRow Endurance(CpgDesign design, double seconds)
    {
        IReadOnlyList<double> onsets = new CpgRun(design, null).Play(EnduranceSpeed, seconds).Left.Onsets;
        double[] cycles = [.. onsets.Zip(onsets.Skip(1), (a, b) => b - a)];
        int tenth = Math.Max(1, (int)(Tenth * cycles.Length));
        double mean = cycles.Average();
        return new EnduranceRow(EnduranceSpeed, cycles.Length, cycles.Take(tenth).Average(), cycles.TakeLast(tenth).Average(),
            Math.Sqrt(cycles.Average(cycle => (cycle - mean) * (cycle - mean))) / mean);
    }

    /// <summary>Four seconds, the speed from 0.3 to 1.2 m/s in the middle.</summary>
    public static string Trace(CpgDesign design)
    {
        var run = new CpgRun(design, null);
        var trace = new CpgTrace((int)(4 / LifPopulation.Step));
        run.Play(0.3, 5, () => trace.Add(run));
        run.Play(1.2, 2, () => trace.Add(run));
        return trace.Render(design.Settings.Neurons, ShownNeuron);
    }

    public static SimilarityPart Similarity(CpgDesign design)
    {
        const double speed = 0.6;
        return new SimilarityPart(CpgSimilarity.Measure(design, CpgSimilarity.Clock),
            Table([.. CpgSimilarity.States(CpgSimilarity.Clock, speed)]), Table(CpgSimilarity.Rates(design, speed)));

        static double[][] Table(double[][] patterns) => [.. patterns.Select(a => patterns.Select(b =>
            Math.Round(Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()), 5)).ToArray())];
    }
}
