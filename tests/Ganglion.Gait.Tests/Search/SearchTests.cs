using Ganglion.Gait.Planned;
using Ganglion.Gait.Search;
using Ganglion.Gait.Tests.Planned;

namespace Ganglion.Gait.Tests.Search;

public class SearchTests
{
    /// <summary>The paper's settings, in full; ten seeds are reported, two are tested.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void TheGeneticSearchFindsAWalkInAHundredGenerations(int seed)
    {
        GaitTuning tuning = PopulationTests.Tune(new GeneticSearch(GaitGenes.Count, seed), 100);
        Assert.Equal(10_000, tuning.Evaluations);
        Walks(tuning.Best);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CmaFindsOneWithFewerEvaluations(int seed)
    {
        CmaSearch search = new(GaitGenes.Count, seed);
        GaitTuning tuning = PopulationTests.Tune(search, 9000 / search.Population);
        Assert.InRange(tuning.Evaluations, 1, 9000);
        Walks(tuning.Best);
    }

    [Theory]
    [InlineData("ga")]
    [InlineData("cma")]
    public void ASearchGoesOnFromACheckpointAsIfItHadNotStopped(string name)
    {
        ISearch Make() => name == "ga" ? new GeneticSearch(GaitGenes.Count, 3, 24) : new CmaSearch(GaitGenes.Count, 3, 24);
        GaitTuning whole = PopulationTests.Tune(Make(), 12);
        TuningState state = PopulationTests.Tune(Make(), 5).Save();
        using PopulationEvaluator evaluator = new(new GaitProblem(), 24, 2);
        GaitTuning resumed = new(Make(), evaluator);
        resumed.Load(state);
        while (resumed.Generation < 12)
        {
            resumed.Step();
        }

        Assert.Equal(whole.BestGenes, resumed.BestGenes);
        Assert.Equal(whole.History, resumed.History);
        Assert.Equal(whole.Best, resumed.Best);
    }

    [Fact]
    public void AStateOfAnotherSearchIsRefused()
    {
        GeneticSearch ga = new(4, 1, 8);
        Assert.Throws<ArgumentException>(() => ga.Load(new CmaSearch(4, 1, 8).Save()));
        Assert.Throws<ArgumentException>(() => ga.Load(new GeneticSearch(5, 1, 8).Save()));
    }

    /// <summary>A function whose maximum is known: a narrow, turned valley (Rosenbrock).</summary>
    [Fact]
    public void CmaFindsTheEndOfATurnedValley()
    {
        CmaSearch search = new(4, 1, 16);
        double[] points = new double[16 * 4];
        double[] fitness = new double[16];
        double best = double.NegativeInfinity;
        for (int generation = 0; generation < 250; generation++)
        {
            search.Ask(points);
            for (int k = 0; k < 16; k++)
            {
                double sum = 0;
                for (int i = 0; i < 3; i++)
                {
                    double x = 4 * points[4 * k + i] - 2, y = 4 * points[4 * k + i + 1] - 2;
                    sum += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
                }
                fitness[k] = -sum;
                best = Math.Max(best, -sum);
            }
            search.Tell(points, fitness);
        }
        Assert.InRange(best, -1e-3, 0);
    }

    private static void Walks(GaitScore best)
    {
        Assert.InRange(best.Fitness, 16, 25);
        Assert.InRange(best.MinMargin, 0.02, 0.06);
        Assert.Equal(1, best.Inside);
        Assert.InRange(best.StepLength, 0.25, 0.34);
    }
}
