using System.Diagnostics;
using System.Text.Json;
using Ganglion.Bridge.Timing;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Search;

namespace Ganglion.Lab.Bench;

/// <summary>How fast gaits are judged here and by DEAP with numpy, on the same gaits in one run.</summary>
/// <param name="Evaluations">Gaits judged by us: the genetic search at the paper's settings.</param>
/// <param name="WallSeconds">Time on the wall, all threads.</param>
/// <param name="ProcessorSeconds">Processor time of this process in it.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Peer">DEAP with numpy, or null where it is not installed.</param>
public sealed record GaitBench(long Evaluations, double WallSeconds, double ProcessorSeconds, int Threads, GaitPeer? Peer)
{
    private const int PeerIndividuals = 16, SettledEvaluations = 10_000;

    /// <summary>Processor time per gait, times ours: what one core of each gives.</summary>
    public double? Ratio => Peer?.SecondsPerIndividual / (ProcessorSeconds / Evaluations);

    /// <summary>Measures.</summary>
    /// <param name="threads">Threads for us; the peer has one.</param>
    /// <param name="script">tools/bench_gait_deap.py, or null to leave the peer out.</param>
    /// <exception cref="InvalidOperationException">The peer is there and fails; the message has what it said.</exception>
    public static GaitBench Measure(int threads, string? script)
    {
        GaitProblem problem = new();
        GeneticSearch search = new(GaitGenes.Count, 1);
        using PopulationEvaluator evaluator = new(problem, search.Population, threads);

        // Gaits of a population that has got somewhere: none falls out early, on either side.
        GaitTuning warm = new(search, evaluator);
        for (int i = 0; i < 100; i++)
        {
            warm.Step();
        }

        double[] points = new double[search.Population * GaitGenes.Count];
        search.Ask(points);
        double[] genes = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            int g = i % GaitGenes.Count;
            genes[i] = GaitGenes.Low[g] + (GaitGenes.High[g] - GaitGenes.Low[g]) * points[i];
        }
        var scores = new GaitScore[search.Population];
        evaluator.Evaluate(genes, search.Population, scores);

        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long wall = Stopwatch.GetTimestamp();
        GaitTuning tuning = new(new GeneticSearch(GaitGenes.Count, 2), evaluator);
        while (tuning.Evaluations < SettledEvaluations)
        {
            tuning.Step();
        }

        double seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        process.Refresh();
        GaitPeer? peer = script == null ? null : GaitPeer.Run(script, problem, genes, scores, PeerIndividuals);
        return new GaitBench(tuning.Evaluations, seconds, (process.TotalProcessorTime - processor).TotalSeconds, threads, peer);
    }

    /// <summary>What it is held to.</summary>
    public IEnumerable<Bar> Bars()
    {
        yield return Bar.AtMost("10 000 gaits of nine judged cycles on two cores, millions of multiplications", ProcessorSeconds / 2
            * 10_000 / Evaluations / Yardstick.Seconds, 1000);
        if (Peer is not { } peer)
        {
            yield break;
        }

        yield return Bar.AtLeast("gaits a second of one core, times DEAP with numpy", Ratio!.Value, 100);
        yield return Bar.AtMost("largest difference of fitness between the two", peer.LargestDifference, 0.1);
    }
}

/// <summary>DEAP with numpy on one core.</summary>
/// <param name="SecondsPerIndividual">Processor time for one gait.</param>
/// <param name="LargestDifference">Largest difference of fitness from ours over the gaits that both judged.</param>
/// <param name="Numpy">Version of numpy.</param>
public sealed record GaitPeer(double SecondsPerIndividual, double LargestDifference, string Numpy)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Runs the script; null where Python has no DEAP.</summary>
    internal static GaitPeer? Run(string script, GaitProblem problem, double[] genes, GaitScore[] scores, int individuals)
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-gait-").FullName;
        try
        {
            string input = Path.Combine(folder, "problem.json"), output = Path.Combine(folder, "result.json");
            File.WriteAllText(input, JsonSerializer.Serialize(Describe(problem, genes, individuals), Options));
            (int code, string said) = Python(script, input, output);
            if (code != 0 && said.Contains("No module named", StringComparison.Ordinal))
            {
                return null;
            }

            if (code != 0)
            {
                throw new InvalidOperationException($"{Path.GetFileName(script)} failed: {said.Trim()}");
            }

            using var result = JsonDocument.Parse(File.ReadAllText(output));
            double[] check = [.. result.RootElement.GetProperty("check").EnumerateArray().Select(value => value.GetDouble())];
            double largest = check.Select((value, i) => Math.Abs(value - scores[i].Fitness)).Max();
            return new GaitPeer(result.RootElement.GetProperty("seconds_per_individual").GetDouble(), largest,
                result.RootElement.GetProperty("numpy").GetString()!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object Describe(GaitProblem p, double[] genes, int individuals) => new
    {
        p.Tick,
        p.Ring,
        p.Filter,
        p.MaxTicks,
        Settle = p.SettleCycles,
        p.Cycles,
        p.HalfLength,
        p.HalfWidth,
        p.Spacing,
        p.BodyOverHips,
        p.Ankle,
        p.Reach,
        GaitProblem.Unfit,
        GaitProblem.MarginCost,
        GaitProblem.MinMargin,
        GaitProblem.LiftCost,
        GaitProblem.MinLift,
        p.MaxLift,
        GaitProblem.DutyCost,
        GaitProblem.MinDuty,
        GaitProblem.MaxDuty,
        GaitProblem.PeriodCost,
        GaitProblem.MinPeriod,
        GaitProblem.MaxPeriod,
        p.StepCost,
        p.MinStep,
        p.MaxStep,
        p.ReachCost,
        GaitProblem.StepSlope,
        GaitProblem.StepOffset,
        GaitProblem.LowestBody,
        GaitGenes.Low,
        GaitGenes.High,
        Individuals = individuals,
        Check = Enumerable.Range(0, individuals).Select(i => genes[(i * GaitGenes.Count)..((i + 1) * GaitGenes.Count)]),
    };

    private static (int Code, string Said) Python(string script, string input, string output)
    {
        ProcessStartInfo start = new("/usr/bin/python3") { RedirectStandardError = true, ArgumentList = { script, input, output } };

        // One thread: arrays of seven numbers gain nothing from more.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (1, "No module named deap: there is no python3");
        }
    }
}
