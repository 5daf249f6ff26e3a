using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Ranks;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>The runs of a slope reproduction, each a piece of work for a thread or a rank that is free, the longest first.</summary>
internal sealed class SlopeRuns : IDisposable
{
    private readonly IReadOnlyList<TrialPlan> _plans;
    private readonly (int Plan, TrialCondition Condition, int Seed)[] _runs;
    private readonly Farm _farm;
    private readonly CancellationToken _stop;

    /// <param name="plans">Trials, alike on all ranks.</param>
    /// <param name="ranks">Who walks. Rank 0 calls <see cref="Walk"/>, the others <see cref="Serve"/>.</param>
    /// <param name="threads">Runs at a time of rank 0, at least 1.</param>
    /// <param name="stop">Ends runs early.</param>
    public SlopeRuns(IReadOnlyList<TrialPlan> plans, IRanks ranks, int threads, CancellationToken stop)
    {
        (_plans, _stop) = (plans, stop);
        _runs = [.. from plan in Enumerable.Range(0, plans.Count)
            from condition in plans[plan].Trial.Conditions
            from seed in Enumerable.Range(plans[plan].Trial.FirstSeed, plans[plan].Trial.LastSeed - plans[plan].Trial.FirstSeed + 1)
            select (plan, condition, seed)];
        _farm = new Farm(ranks, threads, told => Work(BitConverter.ToInt32(told)));
    }

    /// <summary>Walks what rank 0 hands out until it has no more.</summary>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Serve() => _farm.Serve();

    /// <summary>Has everything walked.</summary>
    /// <param name="progress">Is told the name of each trial and what came of a run; one call at a time.</param>
    /// <param name="store">Has kept runs, and keeps those that are walked; null: nothing is kept.</param>
    /// <returns>By trial. Their times are not numbers, since runs of several trials go on at once.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public TrialResult[] Walk(Action<string, TrialEntry> progress, PartStore? store)
    {
        var came = new ShownRun?[_runs.Length];
        var open = new List<int>();
        for (int i = 0; i < _runs.Length; i++)
        {
            if (!IsShown(i) && store?.Has(NameOf(i)) == true)
            {
                Take(i, new ShownRun(Entry(i, store.Part<TrialRun>(NameOf(i), () => throw new InvalidOperationException())), [], []));
            }
            else
            {
                open.Add(i);
            }
        }

        _farm.Run([.. open.OrderByDescending(i => _plans[_runs[i].Plan].Trial.Seconds)], BitConverter.GetBytes, (i, bytes) =>
        {
            if (bytes.Length == 0)
            {
                return;
            }

            (TrialRun run, WalkSample[] samples, WalkerPose[] poses) = RunBytes.Read(bytes);
            Take(i, new ShownRun(Entry(i, IsShown(i) || store == null ? run : store.Part(NameOf(i), () => run)), samples, poses));
        }, _stop);
        if (came.Contains(null))
        {
            throw new OperationCanceledException(_stop);
        }

        return [.. _plans.Select((plan, p) =>
        {
            int[] all = [.. Enumerable.Range(0, _runs.Length).Where(i => _runs[i].Plan == p)];
            return new TrialResult(plan, [.. all.Select(i => came[i]!.Entry)], [.. all.Where(IsShown).Select(i => came[i]!)], double.NaN,
                double.NaN);
        })];

        void Take(int i, ShownRun run)
        {
            came[i] = run;
            progress(_plans[_runs[i].Plan].Trial.Name, run.Entry);
        }
    }

    /// <summary>Lets the other ranks go.</summary>
    public void Dispose() => _farm.Dispose();

    /// <summary>The first seed of each condition is drawn: it walks again, and tells every tick.</summary>
    private bool IsShown(int i) => _runs[i].Seed == _plans[_runs[i].Plan].Trial.FirstSeed;

    private string NameOf(int i) => $"{_plans[_runs[i].Plan].Trial.Name}/{_runs[i].Condition.Name}/{_runs[i].Seed}";

    private TrialEntry Entry(int i, TrialRun run) => new(_runs[i].Condition, _runs[i].Seed, run);

    /// <returns>What came of a run; nothing if it was stopped.</returns>
    private byte[] Work(int i)
    {
        (int plan, TrialCondition condition, int seed) = _runs[i];
        var samples = new List<WalkSample>();
        var poses = new List<WalkerPose>();
        try
        {
            using BoardTrial trial = _plans[plan].Prepare(condition, seed);
            TrialRun run = IsShown(i) ? trial.Run(samples, poses, _stop) : trial.Run(cancellation: _stop);
            return RunBytes.Of(run, samples, poses);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }
}
