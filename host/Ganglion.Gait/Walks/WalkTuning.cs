using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ganglion.Gait.Search;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Walkers;

namespace Ganglion.Gait.Walks;

/// <summary>Where a search for a walk looks, and what it judges by.</summary>
/// <param name="RobotHash"><see cref="WalkHash"/> of the robot.</param>
/// <param name="Tasks">As <see cref="WalkTask.ParseAll"/> reads them.</param>
/// <param name="Seconds">Length on level ground [s].</param>
/// <param name="Push">Momentum of the pushes [N s].</param>
/// <param name="NoiseSeeds">Noise seeds of each task in the first generation.</param>
/// <param name="Low">Range of each gene; equal bounds keep it.</param>
/// <param name="High">As Low.</param>
/// <param name="Clock">The chess clock that times all walks; null: oscillators do.</param>
public sealed record WalkProblem(string RobotHash, string Tasks, double Seconds, double Push, int[] NoiseSeeds, double[] Low, double[] High,
    GaitClock? Clock = null)
{
    /// <summary>Identifies it in checkpoints.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new { RobotHash, Tasks, Seconds, Push, NoiseSeeds, Low, High })
            + (Clock == null ? "" : JsonSerializer.Serialize(Clock)))));

    /// <summary>The ranges around a walk.</summary>
    /// <param name="genes">The walk.</param>
    /// <param name="span">Width of the search as a share of the whole ranges, above 0..1.</param>
    public static (double[] Low, double[] High) Around(double[] genes, double span)
    {
        double[] low = new double[WalkGenes.Count];
        double[] high = new double[WalkGenes.Count];
        for (int i = 0; i < low.Length; i++)
        {
            // In the middle of its range, so that the search begins there, as far as the whole range allows.
            double half = 0.5 * span * (WalkGenes.High[i] - WalkGenes.Low[i]);
            double middle = Math.Clamp(genes[i], WalkGenes.Low[i], WalkGenes.High[i]);
            low[i] = Math.Max(WalkGenes.Low[i], middle - half);
            high[i] = Math.Min(WalkGenes.High[i], middle + half);
        }
        return (low, high);
    }
}

/// <summary>A tuning run in physics on disk, or between two generations.</summary>
/// <param name="Problem">Hash of what it is judged by.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="State">The search.</param>
/// <param name="History">Mean worth of each generation.</param>
public sealed record WalkCheckpoint(string Problem, int Seed, SearchState State, double[] History)
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Checkpoint<WalkCheckpoint>.Save(path, this);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another run; the message says what to do.</exception>
    public static WalkCheckpoint Load(string path, WalkProblem problem, int seed) => Checkpoint<WalkCheckpoint>.Load(path,
        read => read.State is { Name: not null, Numbers: not null } && read.History != null,
        read => read.Problem == problem.Hash && read.Seed == seed ? null : $"seed {read.Seed}, or other tasks, ranges or robot");
}

/// <summary>
/// A search for a walk in physics, generation by generation. Its outcome is the middle of the search, not the best walk that it
/// met: with the noise of a few seeds the best is the luckiest.
/// </summary>
public sealed class WalkTuning
{
    private readonly WalkProblem _problem;
    private readonly CmaSearch _search;
    private readonly WalkEvaluator _evaluator;
    private readonly int _seed;
    private readonly double[] _points, _genes, _fitness;

    /// <param name="problem">Ranges and tasks.</param>
    /// <param name="evaluator">Judges by the problem's tasks and noise seeds.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="population">Walks of a generation, at least 4.</param>
    public WalkTuning(WalkProblem problem, WalkEvaluator evaluator, int seed, int population)
    {
        (_problem, _evaluator, _seed) = (problem, evaluator, seed);
        _search = new CmaSearch(WalkGenes.Count, seed, population);
        _points = new double[population * WalkGenes.Count];
        _genes = new double[_points.Length];
        _fitness = new double[population];
    }

    /// <summary>The walk in the middle of the search.</summary>
    public double[] Genes
    {
        get
        {
            double[] genes = _search.Middle;
            Stretch(genes, genes);
            return genes;
        }
    }

    /// <summary>Mean worth of each generation.</summary>
    public List<double> History { get; } = [];

    /// <summary>Walks judged.</summary>
    public long Evaluations => (long)_search.Generation * _search.Population;

    /// <summary>Does one generation.</summary>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; it is then as if it had not begun.</param>
    public void Step(CancellationToken cancellation = default)
    {
        _search.Ask(_points);
        Stretch(_points, _genes);
        _evaluator.Evaluate(_genes, _search.Generation, _fitness, cancellation);
        _search.Tell(_points, _fitness);
        History.Add(_fitness.Average());
    }

    /// <summary>What a checkpoint keeps; call it after a generation.</summary>
    public WalkCheckpoint Save() => new(_problem.Hash, _seed, _search.Save(), [.. History]);

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="ArgumentException">It is of another search.</exception>
    public void Load(WalkCheckpoint checkpoint)
    {
        if (checkpoint.History.Length != checkpoint.State.Generation)
        {
            throw new ArgumentException($"It has {checkpoint.History.Length} generations of history for {checkpoint.State.Generation}.",
                nameof(checkpoint));
        }

        _search.Load(checkpoint.State);
        History.Clear();
        History.AddRange(checkpoint.History);
    }

    // From the unit cube to the ranges.
    private void Stretch(double[] points, double[] genes)
    {
        for (int i = 0; i < points.Length; i++)
        {
            int g = i % WalkGenes.Count;
            genes[i] = _problem.Low[g] + (_problem.High[g] - _problem.Low[g]) * Math.Clamp(points[i], 0, 1);
        }
    }
}
