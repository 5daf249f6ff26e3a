using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Ganglion.Gait.Search;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Ranks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>
/// Finds a gait's atlas: on one slope after the other, outward from level ground, CMA-ES looks around what was found on the slope before
/// (on the first, around the gait itself), set down there in physics with noise and pushes. Where a test falls a side ends before. The
/// outcome of a slope is the middle of its search. It does not depend on the number of threads, nor of ranks.
/// </summary>
public sealed class AtlasTuning : IDisposable
{
    /// <summary>From when on speed and felt slope count [s], and the share of the told speed below which a walk is too slow.</summary>
    private const double Settle = 8, SlowShare = 0.85;

    private const double WorstShare = 0.5;

    private readonly AtlasProblem _problem;
    private readonly RobotDescription _robot;
    private readonly GaitDescription _gait;
    private readonly int _seed, _threads;
    private readonly Farm _farm;
    private readonly ConcurrentDictionary<int, ConcurrentBag<WalkTrial>> _trials = new();
    private readonly List<AtlasResult> _results = [];
    private CmaSearch? _search;
    private double[] _low = [], _high = [];
    private CancellationToken _stop;

    /// <param name="problem">What to look for.</param>
    /// <param name="robot">A walker.</param>
    /// <param name="gait">Its gait: what holds on level ground. Speeds and an atlas that it has are left aside.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="threads">1..64.</param>
    /// <param name="ranks">Who judges together; null: this process alone. Rank 0 calls <see cref="Step"/>, the others
    /// <see cref="Serve"/>.</param>
    public AtlasTuning(AtlasProblem problem, RobotDescription robot, GaitDescription gait, int seed, int threads, IRanks? ranks = null)
    {
        (_problem, _robot, _gait, _seed, _threads) = (problem, robot, gait with { Speeds = [], Atlas = [] }, seed, threads);
        _farm = new Farm(ranks ?? new SoloRanks(), threads, Work);
    }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<AtlasResult> Results => _results;

    /// <summary>The slope that comes next; null: there is no more to do.</summary>
    public AtlasGround? Next => Grounds.Cast<AtlasGround?>().FirstOrDefault(one => _results.All(done => done.Ground != one));

    /// <summary>Generations that are done or need not be, of all.</summary>
    public (int Done, int All) Progress
    {
        get
        {
            int left = Grounds.Count(one => _results.All(done => done.Ground != one));
            return ((_problem.Grounds.Length - left) * _problem.Generations + (_search?.Generation ?? 0),
                _problem.Grounds.Length * _problem.Generations);
        }
    }

    /// <summary>The gait with its atlas, level ground included, as far as it was found; without one if nothing was.</summary>
    public GaitDescription Gait
    {
        get
        {
            AtlasResult[] walked = [.. _results.Where(Walks).OrderBy(one => one.Felt)];
            WalkGround[] entries = [.. walked.Select(one => Entry(one.Values, one.Felt)), Entry(Own(), 0)];
            return walked.Length == 0 ? _gait : _gait with { Atlas = [.. entries.OrderBy(entry => entry.Slope)] };
        }
    }

    // Those that are beyond a fall are not looked at.
    private IEnumerable<AtlasGround> Grounds => _problem.Grounds.Where(one => !_results.Any(done => !Walks(done)
        && Math.Sign(done.Ground.Slope) == Math.Sign(one.Slope) && Math.Abs(one.Slope) > Math.Abs(done.Ground.Slope)));

    /// <summary>Does one generation, and after the last of a slope its test.</summary>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; it is then as if it had not begun.</param>
    /// <returns>False if there was nothing to do.</returns>
    public bool Step(CancellationToken cancellation = default)
    {
        if (Next is not { } ground)
        {
            return false;
        }

        Begin(ground);
        CmaSearch search = _search!;
        int at = Array.IndexOf(_problem.Grounds, ground), genes = _problem.Genes.Length, population = _problem.Population;
        if (search.Generation < _problem.Generations)
        {
            double[] points = new double[population * genes], worths = new double[population];
            search.Ask(points);
            _stop = cancellation;
            _farm.Run([.. Enumerable.Range(0, population)], k => Told(at, search.Generation * _problem.NoiseSeeds.Length,
                Stretch(points.AsSpan(k * genes, genes))), (k, worth) => worths[k] = BitConverter.ToDouble(worth), cancellation);
            cancellation.ThrowIfCancellationRequested();
            search.Tell(points, worths);
        }

        if (search.Generation >= _problem.Generations)
        {
            double[] values = Stretch(search.Middle);
            var test = WalkTest.Run("", _robot, On(ground, values), Conditions(ground), _problem.Tests, _threads, cancellation);
            _results.Add(new AtlasResult(ground, values, test.Walked, test.Mean(one => one.FeltSlope), test.Mean(one => one.Speed),
                test.Mean(one => one.Step)));
            _search = null;
        }

        return true;
    }

    /// <summary>Judges for rank 0 until it has no more.</summary>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Serve() => _farm.Serve();

    /// <summary>What a checkpoint keeps; call it after a generation.</summary>
    public AtlasCheckpoint Save() => new(_problem.Hash, _seed, [.. _results], _search?.Save());

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="ArgumentException">It is of another search.</exception>
    public void Load(AtlasCheckpoint checkpoint)
    {
        _results.Clear();
        _results.AddRange(checkpoint.Results);
        _search = null;
        if (checkpoint.State is { } state && Next is { } ground)
        {
            Begin(ground);
            _search!.Load(state);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _farm.Dispose();
        foreach (WalkTrial trial in _trials.Values.SelectMany(trials => trials))
        {
            trial.Dispose();
        }
    }

    private bool Walks(AtlasResult result) => result.Walked == _problem.Tests.Length;

    // The search on a slope, around what was found on the one before it on the same side.
    private void Begin(AtlasGround ground)
    {
        if (_search != null)
        {
            return;
        }

        double[] middle = _results.LastOrDefault(done => Math.Sign(done.Ground.Slope) == Math.Sign(ground.Slope))?.Values ?? Own();
        (_low, _high) = (new double[middle.Length], new double[middle.Length]);
        for (int i = 0; i < middle.Length; i++)
        {
            int gene = Array.IndexOf(WalkGenes.Names, _problem.Genes[i]);
            double half = 0.5 * _problem.Span * (WalkGenes.High[gene] - WalkGenes.Low[gene]);
            (_low[i], _high[i]) = (middle[i] - half, middle[i] + half);
        }

        _search = new CmaSearch(middle.Length, _seed + Array.IndexOf(_problem.Grounds, ground), _problem.Population);
    }

    private double[] Own()
    {
        WalkGround own = GaitAtlasKeys.Own(_gait.Walk, _gait.Reflexes, 0);
        return [.. _problem.Genes.Select(gene => (double)(float)typeof(WalkGround).GetField(AtlasProblem.Field(gene))!.GetValue(own)!)];
    }

    private WalkGround Entry(ReadOnlySpan<double> values, double slope)
    {
        WalkGround entry = GaitAtlasKeys.Own(_gait.Walk, _gait.Reflexes, slope);
        for (int i = 0; i < values.Length; i++)
        {
            typeof(WalkGround).GetField(AtlasProblem.Field(_problem.Genes[i]))!.SetValue(entry, (float)values[i]);
        }

        return entry;
    }

    // One entry holds on every slope.
    private GaitDescription On(AtlasGround ground, ReadOnlySpan<double> values) =>
        _gait with { Speed = ground.Speed, Atlas = [Entry(values, ground.Slope)] };

    private TrialConditions Conditions(AtlasGround ground) =>
        new(Terrain.Belt(new BeltSlope(0, ground.Slope)), _problem.Seconds) { Push = _problem.Push, Settle = Settle };

    // From the unit cube to the ranges.
    private double[] Stretch(ReadOnlySpan<double> point)
    {
        double[] values = new double[point.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _low[i] + (_high[i] - _low[i]) * Math.Clamp(point[i], 0, 1);
        }

        return values;
    }

    /// <summary>What has to be told of a walk: the slope's number, how far the noise is shifted, and the values.</summary>
    private static byte[] Told(int ground, int shift, double[] values)
    {
        double[] told = [ground, shift, .. values];
        return MemoryMarshal.AsBytes(told.AsSpan()).ToArray();
    }

    private byte[] Work(byte[] told)
    {
        ReadOnlySpan<double> walk = MemoryMarshal.Cast<byte, double>(told);
        AtlasGround ground = _problem.Grounds[(int)walk[0]];
        ConcurrentBag<WalkTrial> free = _trials.GetOrAdd((int)walk[0], _ => []);
        if (!free.TryTake(out WalkTrial? trial))
        {
            trial = new WalkTrial(_robot, Conditions(ground));
        }

        try
        {
            return BitConverter.GetBytes(Judge(trial, ground, walk[2..], (int)walk[1]));
        }
        finally
        {
            free.Add(trial);
        }
    }

    private double Judge(WalkTrial trial, AtlasGround ground, ReadOnlySpan<double> values, int shift)
    {
        GaitDescription gait = On(ground, values);
        var task = new WalkTask("", Conditions(ground), SlowShare * ground.Speed);
        double sum = 0, worst = 0;
        try
        {
            foreach (int seed in _problem.NoiseSeeds)
            {
                double worth = WalkFitness.Of(trial.Run(gait, seed + shift, null, _stop), task, ground.Speed);
                (sum, worst) = (sum + worth, Math.Min(worst, worth));
            }
        }
        catch (GaitRefusedException)
        {
            // Beyond what a board takes: worse than any fall.
            return 2 * (1 + WorstShare) * WalkFitness.Fall;
        }

        return sum / _problem.NoiseSeeds.Length + WorstShare * worst;
    }
}
