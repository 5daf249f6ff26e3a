using System.Diagnostics;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Trials;

namespace Ganglion.Sim.Walking;

/// <summary>A run with where it belongs.</summary>
/// <param name="Condition">What was compared.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Run">What came of it.</param>
public sealed record TrialEntry(TrialCondition Condition, int Seed, TrialRun Run);

/// <summary>A run in detail, to be drawn.</summary>
/// <param name="Entry">What came of it.</param>
/// <param name="Samples">By tick.</param>
/// <param name="Poses">By tick.</param>
public sealed record ShownRun(TrialEntry Entry, IReadOnlyList<WalkSample> Samples, IReadOnlyList<WalkerPose> Poses);

/// <summary>All runs of a trial: every condition with every seed.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Entries">By condition, then by seed.</param>
/// <param name="Shown">The first seed of each condition in detail.</param>
/// <param name="WallSeconds">Real time.</param>
/// <param name="ProcessorSeconds">Of all threads of this program meanwhile.</param>
public sealed record TrialResult(TrialPlan Plan, IReadOnlyList<TrialEntry> Entries, IReadOnlyList<ShownRun> Shown, double WallSeconds,
    double ProcessorSeconds)
{
    /// <summary>Virtual time of all runs over processor time.</summary>
    public double TimesRealTimePerCore => Entries.Sum(entry => entry.Run.Seconds) / ProcessorSeconds;

    /// <summary>Runs everything.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="record">Gives the observer of a shown run's session; null: none is recorded.</param>
    /// <param name="progress">Is told of every finished run; from several threads, one at a time.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    public static TrialResult Of(
        TrialPlan plan, int threads, Func<TrialCondition, BoardTrialLog?>? record, Action<TrialEntry> progress,
        CancellationToken cancellation)
    {
        TrialDescription trial = plan.Trial;
        (TrialCondition condition, int seed)[] jobs = (from condition in trial.Conditions
                                                       from seed in Enumerable.Range(trial.FirstSeed, trial.LastSeed - trial.FirstSeed
                                               + 1)
                                                       select (condition, seed)).ToArray();
        var entries = new TrialEntry[jobs.Length];
        var shown = new ShownRun?[jobs.Length];
        var gate = new Lock();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, jobs.Length, options, i =>
        {
            (TrialCondition condition, int seed) = jobs[i];
            bool show = seed == trial.FirstSeed;
            List<WalkSample>? samples = show ? [] : null;
            List<WalkerPose>? poses = show ? [] : null;
            using BoardTrialLog? log = show ? record?.Invoke(condition) : null;
            using BoardTrial run = plan.Prepare(condition, seed, log == null ? null : log.Observe);
            entries[i] = new TrialEntry(condition, seed, run.Run(samples, poses, cancellation));
            if (show)
            {
                shown[i] = new ShownRun(entries[i], samples!, poses!);
                log?.Add(poses!, run.ReleasedNs);
            }

            lock (gate)
            {
                progress(entries[i]);
            }
        });
        process.Refresh();
        return new TrialResult(plan, entries, [.. shown.OfType<ShownRun>()], Stopwatch.GetElapsedTime(began).TotalSeconds,
            (process.TotalProcessorTime - before).TotalSeconds);
    }
}
