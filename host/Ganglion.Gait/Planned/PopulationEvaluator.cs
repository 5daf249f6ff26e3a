using System.Runtime.ExceptionServices;
using Ganglion.Ranks;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Judges whole populations of gaits, spread over threads that wait between populations, and over ranks. Evaluation allocates nothing,
/// and the scores do not depend on the number of threads or ranks: gaits are put into blocks by their expected period, so that those of a
/// block end together, and each gait is computed alone in its lane.
/// </summary>
public sealed class PopulationEvaluator : IDisposable
{
    private readonly LaneBlock[] _blocks;
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _work = new(0), _done = new(0);
    private readonly int[] _order;
    private readonly double[] _keys;
    private readonly RankedPopulation _shared;
    private double[] _genes = [];
    private GaitScore[] _scores = [];
    private int _count, _next;
    private volatile Exception? _failure;
    private volatile bool _closed;

    /// <param name="problem">What gaits are judged by.</param>
    /// <param name="capacity">Most gaits of a population, at least 1.</param>
    /// <param name="threads">Threads, 1..64; 0 for one a core.</param>
    /// <param name="ranks">Who judges together; null: this process alone. All have the same problem and capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PopulationEvaluator(GaitProblem problem, int capacity, int threads = 0, IRanks? ranks = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 64);
        if (threads == 0)
        {
            threads = Math.Clamp(Environment.ProcessorCount, 1, 64);
        }

        _shared = new RankedPopulation(ranks ?? new SoloRanks(), capacity);
        _order = new int[capacity];
        _keys = new double[capacity];
        _blocks = new LaneBlock[threads];
        for (int i = 0; i < threads; i++)
        {
            _blocks[i] = new LaneBlock(problem);
        }

        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            LaneBlock block = _blocks[i + 1];
            _threads[i] = new Thread(() => Attend(block)) { IsBackground = true, Name = "gait evaluation" };
            _threads[i].Start();
        }
    }

    /// <summary>Gaits that a SIMD register holds here.</summary>
    public static int Lanes => LaneBlock.Lanes;

    /// <summary>Ranks beyond these have nothing to judge.</summary>
    /// <param name="count">Gaits of a population.</param>
    public static int MostRanks(int count) => (count + Lanes - 1) / Lanes;

    /// <summary>Gaits judged so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Judges gaits. Concerns all ranks, which give the same genes.</summary>
    /// <param name="genes">Genes, <see cref="GaitGenes.Count"/> a gait.</param>
    /// <param name="count">Number of gaits, at most the capacity.</param>
    /// <param name="scores">Receives a score a gait.</param>
    /// <exception cref="ArgumentException">An array is too short or there are too many gaits.</exception>
    /// <exception cref="RanksException">A rank is lost, or computes otherwise than this one.</exception>
    public void Evaluate(double[] genes, int count, GaitScore[] scores)
    {
        if (count < 1 || count > _order.Length)
        {
            throw new ArgumentException($"{count} gaits do not fit an evaluator for 1 to {_order.Length}.", nameof(count));
        }

        if (genes.Length < count * GaitGenes.Count)
        {
            throw new ArgumentException($"{genes.Length} genes are fewer than {count} gaits have.", nameof(genes));
        }

        if (scores.Length < count)
        {
            throw new ArgumentException($"{scores.Length} scores are fewer than {count} gaits.", nameof(scores));
        }

        Judge(genes, count, scores);
        Evaluations += count;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        if (_threads.Length > 0)
        {
            _work.Release(_threads.Length);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _work.Dispose();
        _done.Dispose();
    }

    private void Judge(double[] genes, int count, GaitScore[] scores)
    {
        for (int i = 0; i < count; i++)
        {
            _order[i] = i;
            _keys[i] = ExpectedPeriod(genes.AsSpan(i * GaitGenes.Count + GaitGenes.FootOscillator, 5));
        }

        Array.Sort(_keys, _order, 0, count);
        (_genes, _scores, _count, _next) = (genes, scores, count, 0);
        if (_threads.Length > 0)
        {
            _work.Release(_threads.Length);
        }

        Take(_blocks[0]);
        for (int i = 0; i < _threads.Length; i++)
        {
            _done.Wait();
        }

        if (_failure != null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        _shared.ShareScores(genes.AsSpan(0, count * GaitGenes.Count), _order.AsSpan(0, count), scores);
    }

    // Matsuoka's formula (shared/README.md A3), slowest first; what does not oscillate comes last.
    private static double ExpectedPeriod(ReadOnlySpan<double> o)
    {
        double tr = o[GaitGenes.RiseTime], ta = o[GaitGenes.AdaptationTime], a = o[GaitGenes.Inhibition];
        double square = ((tr + ta) * o[GaitGenes.Adaptation] - tr * a) / (tr * a);
        return square > 0 ? -ta / Math.Sqrt(square) : 0;
    }

    private void Attend(LaneBlock block)
    {
        while (true)
        {
            _work.Wait();
            if (_closed)
            {
                return;
            }

            try
            {
                Take(block);
            }
            catch (Exception error)
            {
                _failure = error;
            }
            _done.Release();
        }
    }

    private void Take(LaneBlock block)
    {
        int lanes = LaneBlock.Lanes;
        while (true)
        {
            int number = Interlocked.Increment(ref _next) - 1, first = number * lanes;
            if (first >= _count)
            {
                return;
            }

            if (_shared.Owns(number))
            {
                block.Evaluate(_genes, _order.AsSpan(first, Math.Min(lanes, _count - first)), _scores);
            }
        }
    }
}
