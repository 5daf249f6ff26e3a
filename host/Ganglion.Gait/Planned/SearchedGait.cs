using Ganglion.Gait.Search;

namespace Ganglion.Gait.Planned;

/// <summary>A gait that the genetic search found at the paper's settings.</summary>
/// <param name="Problem">What it was judged by.</param>
/// <param name="Search">The search.</param>
/// <param name="Trace">Its best gait.</param>
public sealed record SearchedGait(GaitProblem Problem, GaitTuning Search, GaitTrace Trace)
{
    private const int Generations = 100;

    /// <summary>Searches.</summary>
    /// <param name="problem">What gaits are judged by.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    public static SearchedGait Find(GaitProblem problem, int seed, int threads)
    {
        GeneticSearch genetic = new(GaitGenes.Count, seed);
        using PopulationEvaluator evaluator = new(problem, genetic.Population, threads);
        GaitTuning search = new(genetic, evaluator);
        for (int i = 0; i < Generations; i++)
        {
            search.Step();
        }

        return new SearchedGait(problem, search, GaitPlanner.Trace(problem, search.BestGenes, problem.MaxTicks + 2));
    }
}
