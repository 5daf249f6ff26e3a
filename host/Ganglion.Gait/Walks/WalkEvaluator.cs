using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Ganglion.Gait.Trials;
using Ganglion.Ranks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Gait.Walks;

/// <summary>
/// Judges walks in physics, several at a time. A walk's worth is the mean over tasks and noise seeds of that of its trials, and half of the
/// worst besides, so that no task is given up for the others. Behind a task that it falls in with every seed a walk is not tried further:
/// what follows counts as a fall at the first step. It does not depend on the number of threads, nor of ranks. Each generation has noise
/// of its own, so that a search cannot learn one by heart.
/// </summary>
public sealed class WalkEvaluator : IDisposable
{
    private const double WorstShare = 0.5;

    private readonly RobotDescription _robot;
    private readonly GaitClock? _clock;
    private readonly WalkTask[] _tasks;
    private readonly int[] _seeds;
    private readonly Farm _farm;
    private readonly ConcurrentBag<WalkTrial[]> _trials = [];
    private CancellationToken _stop;

    /// <param name="robot">A walker.</param>
    /// <param name="tasks">At least one; the easiest first.</param>
    /// <param name="seeds">Noise seeds of the first generation, two or more; each generation goes on with the numbers behind those of the
    /// one before.</param>
    /// <param name="threads">1..64.</param>
    /// <param name="clock">The chess clock of all walks; null: oscillators time them.</param>
    /// <param name="ranks">Who judges together; null: this process alone. Rank 0 calls <see cref="Evaluate"/>, the others
    /// <see cref="Serve"/>.</param>
    public WalkEvaluator(RobotDescription robot, WalkTask[] tasks, int[] seeds, int threads, GaitClock? clock = null, IRanks? ranks = null)
    {
        (_robot, _tasks, _seeds, _clock) = (robot, tasks, seeds, clock);
        _farm = new Farm(ranks ?? new SoloRanks(), threads, Work);
    }

    /// <summary>Judges points.</summary>
    /// <param name="genes"><see cref="WalkGenes.Count"/> a walk.</param>
    /// <param name="generation">From 0: sets the noise.</param>
    /// <param name="fitness">Receives the worth of each.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    public void Evaluate(double[] genes, int generation, double[] fitness, CancellationToken cancellation = default)
    {
        _stop = cancellation;
        _farm.Run([.. Enumerable.Range(0, fitness.Length)],
            k => Told(genes.AsSpan(k * WalkGenes.Count, WalkGenes.Count), generation * _seeds.Length),
            (k, worth) => fitness[k] = BitConverter.ToDouble(worth), cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Judges for rank 0 until it has no more.</summary>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Serve() => _farm.Serve();

    /// <inheritdoc/>
    public void Dispose()
    {
        _farm.Dispose();
        foreach (WalkTrial trial in _trials.SelectMany(trials => trials))
        {
            trial.Dispose();
        }
    }

    /// <summary>What has to be told of a walk: how far the noise is shifted, and its genes.</summary>
    private static byte[] Told(ReadOnlySpan<double> genes, int shift)
    {
        double[] told = [shift, .. genes];
        return MemoryMarshal.AsBytes(told.AsSpan()).ToArray();
    }

    private byte[] Work(byte[] told)
    {
        ReadOnlySpan<double> walk = MemoryMarshal.Cast<byte, double>(told);
        if (!_trials.TryTake(out WalkTrial[]? trials))
        {
            trials = [.. _tasks.Select(task => new WalkTrial(_robot, task.Conditions))];
        }

        try
        {
            return BitConverter.GetBytes(Judge(trials, walk[1..], (int)walk[0], _stop));
        }
        finally
        {
            _trials.Add(trials);
        }
    }

    private double Judge(WalkTrial[] trials, ReadOnlySpan<double> genes, int shift, CancellationToken cancellation)
    {
        try
        {
            GaitDescription gait = WalkGenes.Build(genes, _robot, _clock);
            double sum = 0, worst = 0;
            bool hopeless = false;
            for (int t = 0; t < _tasks.Length; t++)
            {
                int falls = 0;
                foreach (int seed in _seeds)
                {
                    double worth = WalkFitness.Fall;
                    if (!hopeless)
                    {
                        WalkMeasures measures = trials[t].Run(gait, seed + shift, null, cancellation);
                        worth = WalkFitness.Of(measures, _tasks[t], gait.Speed);
                        if (measures.Fell != null)
                        {
                            falls++;
                        }
                    }
                    sum += worth;
                    worst = Math.Min(worst, worth);
                }
                hopeless |= falls == _seeds.Length;
            }
            return sum / (_tasks.Length * _seeds.Length) + WorstShare * worst;
        }
        catch (GaitRefusedException)
        {
            // Beyond what a board takes: worse than any fall.
            return 2 * (1 + WorstShare) * WalkFitness.Fall;
        }
    }
}
