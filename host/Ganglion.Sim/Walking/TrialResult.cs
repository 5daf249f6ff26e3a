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
/// <param name="Entries">By condition, then by seed; of a trial that was ended early, those that were finished.</param>
/// <param name="Shown">The first seed of each condition in detail.</param>
/// <param name="WallSeconds">Real time.</param>
/// <param name="ProcessorSeconds">Of all threads of this program meanwhile.</param>
public sealed record TrialResult(TrialPlan Plan, IReadOnlyList<TrialEntry> Entries, IReadOnlyList<ShownRun> Shown, double WallSeconds,
    double ProcessorSeconds)
{
    /// <summary>Behind which a real walker walked: what no sensor of it tells is NaN, there are no poses; null: in physics.</summary>
    public string? Port { get; init; }

    /// <summary>Whether every run was finished.</summary>
    public bool IsComplete => Entries.Count == Plan.Runs;

    /// <summary>Virtual time of all runs over processor time.</summary>
    public double TimesRealTimePerCore => Entries.Sum(entry => entry.Run.Seconds) / ProcessorSeconds;

    /// <summary>Runs everything.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="record">Gives the observer of a shown run's session; null: none is recorded.</param>
    /// <param name="progress">Is told of every finished run; from several threads, one at a time.</param>
    /// <param name="cancellation">Ends it early: the result then holds the runs that were finished.</param>
    public static TrialResult Of(
        TrialPlan plan, int threads, Func<TrialCondition, BoardTrialLog?>? record, Action<TrialEntry> progress,
        CancellationToken cancellation)
    {
        TrialDescription trial = plan.Trial;
        (TrialCondition condition, int seed)[] jobs = [.. from condition in trial.Conditions
            from seed in Enumerable.Range(trial.FirstSeed, trial.LastSeed - trial.FirstSeed + 1)
            select (condition, seed)];
        var entries = new TrialEntry?[jobs.Length];
        var shown = new ShownRun?[jobs.Length];
        var gate = new Lock();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, jobs.Length, options, i =>
            {
                (TrialCondition condition, int seed) = jobs[i];
                TrialEntry entry = seed == trial.FirstSeed ? Show(i, condition, seed)
                    : new TrialEntry(condition, seed, Walk(condition, seed));
                entries[i] = entry;
                lock (gate)
                {
                    progress(entry);
                }
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was finished stands.
        }

        process.Refresh();
        return new TrialResult(plan, [.. entries.OfType<TrialEntry>()], [.. shown.OfType<ShownRun>()],
            Stopwatch.GetElapsedTime(began).TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);

        TrialRun Walk(TrialCondition condition, int seed)
        {
            using BoardTrial run = plan.Prepare(condition, seed);
            return run.Run(cancellation: cancellation);
        }

        TrialEntry Show(int i, TrialCondition condition, int seed)
        {
            var samples = new List<WalkSample>();
            var poses = new List<WalkerPose>();
            using BoardTrialLog? log = record?.Invoke(condition);
            using BoardTrial run = plan.Prepare(condition, seed, log == null ? null : log.Observe);
            TrialEntry entry;
            try
            {
                entry = new TrialEntry(condition, seed, run.Run(samples, poses, cancellation));
            }
            catch (OperationCanceledException)
            {
                log?.Discard();
                throw;
            }

            shown[i] = new ShownRun(entry, samples, poses);
            log?.Add(poses, samples, run.ReleasedNs);
            return entry;
        }
    }
}
