using System.Runtime.InteropServices;
using Ganglion.Gait.Search;
using Ganglion.Ranks;

namespace Ganglion.Gait.Planned;

/// <summary>One tuning run: a search on a gait problem, generation by generation, with its best gait so far. Several ranks each make the
/// same search, and share what takes long: to judge its gaits.</summary>
public sealed class GaitTuning
{
    private readonly ISearch _search;
    private readonly PopulationEvaluator _evaluator;
    private readonly double[] _points, _genes, _fitness;
    private readonly GaitScore[] _scores;

    /// <param name="search">In <see cref="GaitGenes.Count"/> dimensions.</param>
    /// <param name="evaluator">With room for the search's population.</param>
    public GaitTuning(ISearch search, PopulationEvaluator evaluator)
    {
        _search = search;
        _evaluator = evaluator;
        _points = new double[search.Population * GaitGenes.Count];
        _genes = new double[_points.Length];
        _fitness = new double[search.Population];
        _scores = new GaitScore[search.Population];
        Best = new GaitScore { Fitness = double.NegativeInfinity };
    }

    /// <summary>Score of the best gait so far, and its genes.</summary>
    public GaitScore Best { get; private set; }

    /// <inheritdoc cref="Best"/>
    public double[] BestGenes { get; } = new double[GaitGenes.Count];

    /// <summary>Best fitness after each generation.</summary>
    public List<double> History { get; } = [];

    /// <summary>Generations done.</summary>
    public int Generation => _search.Generation;

    /// <summary>Gaits judged.</summary>
    public long Evaluations => (long)_search.Generation * _search.Population;

    /// <summary>Does one generation. Concerns all ranks of the evaluator.</summary>
    public void Step()
    {
        _search.Ask(_points);
        for (int i = 0; i < _points.Length; i++)
        {
            int g = i % GaitGenes.Count;
            _genes[i] = GaitGenes.Low[g] + (GaitGenes.High[g] - GaitGenes.Low[g]) * _points[i];
        }
        _evaluator.Evaluate(_genes, _search.Population, _scores);
        for (int k = 0; k < _search.Population; k++)
        {
            _fitness[k] = _scores[k].Fitness;
            if (!(_fitness[k] > Best.Fitness))
            {
                continue;
            }

            Best = _scores[k];
            _genes.AsSpan(k * GaitGenes.Count, GaitGenes.Count).CopyTo(BestGenes);
        }
        _search.Tell(_points, _fitness);
        History.Add(Best.Fitness);
    }

    /// <summary>What a checkpoint keeps.</summary>
    public TuningState Save() => new(_search.Save(), BestGenes.ToArray(), Best, [.. History]);

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="ArgumentException">It is of another search.</exception>
    public void Load(TuningState state)
    {
        if (state.BestGenes.Length != GaitGenes.Count || state.History.Length != state.Search.Generation)
        {
            throw new ArgumentException($"The checkpoint has {state.BestGenes.Length} genes and {state.History.Length} generations of " +
                $"history for {state.Search.Generation} generations.", nameof(state));
        }

        for (int g = 0; g < GaitGenes.Count; g++)
        {
            if (!(state.BestGenes[g] >= GaitGenes.Low[g] && state.BestGenes[g] <= GaitGenes.High[g]) && state.Search.Generation > 0)
            {
                throw new ArgumentException($"Its best {GaitGenes.Names[g]} is {state.BestGenes[g]}.", nameof(state));
            }
        }

        _search.Load(state.Search);
        state.BestGenes.CopyTo(BestGenes, 0);
        Best = state.Best;
        History.Clear();
        History.AddRange(state.History);
    }

    /// <summary>The searches of all ranks go on from where that of rank 0 is; what it found so far stays there. Concerns all.</summary>
    public void GoOnFromFirst(IRanks ranks)
    {
        int generation = (int)ranks.FromFirst(_search.Generation);
        if (generation == 0)
        {
            return;
        }

        double[] numbers = _search.Save().Numbers;
        ranks.FromFirst(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (ranks.Rank > 0)
        {
            _search.Load(new SearchState(_search.Name, generation, numbers));
        }
    }
}

/// <summary>A tuning run between two generations.</summary>
public sealed record TuningState(SearchState Search, double[] BestGenes, GaitScore Best, double[] History);
