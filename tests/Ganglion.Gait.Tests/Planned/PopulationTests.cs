using Ganglion.Basics;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Search;
using Ganglion.Gait.Stability;
using Ganglion.Ranks;
using Ganglion.Shared.Tests;

namespace Ganglion.Gait.Tests.Planned;

/// <summary>The evaluation of populations against its readable twin, and its promises.</summary>
public class PopulationTests
{
    private static double[] Any(int count)
    {
        var random = SeededRandom.OfHalves(5, 0);
        double[] genes = new double[count * GaitGenes.Count];
        for (int i = 0; i < genes.Length; i++)
        {
            int g = i % GaitGenes.Count;
            genes[i] = GaitGenes.Low[g] + (GaitGenes.High[g] - GaitGenes.Low[g]) * random.NextUnit();
        }

        return genes;
    }

    private static readonly GaitProblem Problem = new();

    [Fact]
    public void LanesAgreeWithTheReadableAnalysis()
    {
        // The ends of short searches: gaits that are judged, of all kinds.
        const int count = 6;
        double[] genes = new double[count * GaitGenes.Count];
        for (int i = 0; i < count; i++)
        {
            Tune(new CmaSearch(GaitGenes.Count, i + 1), i < 3 ? 8 : 60).BestGenes.CopyTo(genes, i * GaitGenes.Count);
        }

        var scores = new GaitScore[count];
        using PopulationEvaluator evaluator = new(Problem, count, 1);
        evaluator.Evaluate(genes, count, scores);
        for (int i = 0; i < count; i++)
        {
            GaitTrace trace = GaitPlanner.Trace(Problem, genes.AsSpan(i * GaitGenes.Count, GaitGenes.Count), Problem.MaxTicks + 2);
            GaitScore twin = GaitAnalysis.Score(trace, Problem);
            GaitScore score = scores[i];
            Assert.Equal(twin.Period, score.Period, 2e-4);
            Assert.Equal(twin.Duty, score.Duty, 2e-4);
            Assert.Equal(twin.StepLength, score.StepLength, 2e-4);
            Assert.Equal(twin.Lift, score.Lift, 1e-4);
            Assert.Equal(twin.MeanDistance, score.MeanDistance, 5e-4);
            Assert.Equal(twin.MaxDistance, score.MaxDistance, 2e-3);
            Assert.Equal(twin.SwayDeviation, score.SwayDeviation, 2e-4);
            Assert.Equal(twin.LongestLeg, score.LongestLeg, 2e-4);
            Assert.Equal(twin.LowestBody, score.LowestBody, 1e-4);
            // Outside a corner the lanes take the larger of two distances to lines, the twin the distance to the corner.
            if (twin.MinMargin >= 0)
            {
                Assert.Equal(twin.MinMargin, score.MinMargin, 1e-3);
            }
            else
            {
                Assert.InRange(score.MinMargin, twin.MinMargin - 1e-3, 0);
            }
        }
        Assert.Contains(scores, score => score.MinMargin >= 0);
    }

    [Fact]
    public void ScoresDoNotDependOnThreadsNorOnNeighbours()
    {
        const int count = 43;
        double[] genes = Any(count);
        var one = new GaitScore[count];
        var three = new GaitScore[count];
        using (PopulationEvaluator evaluator = new(Problem, count, 1))
        {
            evaluator.Evaluate(genes, count, one);
        }

        using (PopulationEvaluator evaluator = new(Problem, count, 3))
        {
            evaluator.Evaluate(genes, count, three);
        }

        Assert.Equal(one, three);
        using PopulationEvaluator alone = new(Problem, 1, 1);
        var single = new GaitScore[1];
        alone.Evaluate(genes[(7 * GaitGenes.Count)..], 1, single);
        Assert.Equal(one[7], single[0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ScoresDoNotDependOnRanks(int ranks)
    {
        const int count = 43, fewer = 11;
        double[] genes = Any(count);
        var whole = new GaitScore[count];
        using PopulationEvaluator alone = new(Problem, count, 1);
        alone.Evaluate(genes, count, whole);
        ThreadRanks.Run(ranks, all =>
        {
            using PopulationEvaluator evaluator = new(Problem, count, 1, all);
            (GaitScore[] mine, GaitScore[] mineOfFew) = (new GaitScore[count], new GaitScore[fewer]);
            evaluator.Evaluate(genes, count, mine);
            evaluator.Evaluate(genes, fewer, mineOfFew);
            Assert.Equal(whole, mine);
            Assert.Equal(whole[..fewer], mineOfFew);
        });
    }

    /// <summary>Another C library, or another version: the searches would part.</summary>
    [Fact]
    public void RanksThatDrawOtherGaitsAreTold()
    {
        const int count = 16;
        double[] genes = Any(count), others = [.. genes];
        others[5] = Math.BitIncrement(others[5]);
        ThreadRanks.Run(2, all =>
        {
            using PopulationEvaluator evaluator = new(Problem, count, 1, all);
            RanksException error = Assert.Throws<RanksException>(() => evaluator.Evaluate(all.Rank == 0 ? genes : others, count,
                new GaitScore[count]));
            Assert.Contains($"other gaits than rank {1 - all.Rank}'s", error.Message, StringComparison.Ordinal);
        });
    }

    /// <summary>Each rank makes the same search, also from where that of rank 0 is alone.</summary>
    [Theory]
    [InlineData("ga")]
    [InlineData("cma")]
    public void ATuningDoesNotDependOnRanksNorOnWhereTheyBegan(string name)
    {
        ISearch Make() => name == "ga" ? new GeneticSearch(GaitGenes.Count, 3, 24) : new CmaSearch(GaitGenes.Count, 3, 24);
        GaitTuning whole = Tune(Make(), 12);
        TuningState state = Tune(Make(), 5).Save();
        ThreadRanks.Run(2, all =>
        {
            using PopulationEvaluator evaluator = new(Problem, 24, 1, all);
            GaitTuning tuning = new(Make(), evaluator);
            if (all.Rank == 0)
            {
                tuning.Load(state);
            }

            tuning.GoOnFromFirst(all);
            while (tuning.Generation < 12)
            {
                tuning.Step();
            }

            Assert.Equal(whole.Save().Search.Numbers, tuning.Save().Search.Numbers);
            if (all.Rank == 0)
            {
                Assert.Equal(whole.History, tuning.History);
                Assert.Equal(whole.BestGenes, tuning.BestGenes);
            }
        });
    }

    [Fact]
    public void EvaluationAllocatesNothing()
    {
        const int count = 16;
        double[] genes = new double[count * GaitGenes.Count];
        for (int i = 0; i < count; i++)
        {
            GaitGenes.Paper().CopyTo(genes, i * GaitGenes.Count);
        }

        var scores = new GaitScore[count];
        using PopulationEvaluator evaluator = new(Problem, count, 1);
        for (int i = 0; i < 3; i++)
        {
            evaluator.Evaluate(genes, count, scores);
        }

        Assert.Equal(0, Allocation.Of(() => evaluator.Evaluate(genes, count, scores)));
    }

    [Fact]
    public void InfeasibleGaitsAreNotJudged()
    {
        double[] genes = GaitGenes.Paper();
        genes[GaitGenes.FootOscillator + GaitGenes.Inhibition] = 1.2;
        var scores = new GaitScore[1];
        using PopulationEvaluator evaluator = new(Problem, 1, 1);
        evaluator.Evaluate(genes, 1, scores);
        Assert.Equal(GaitProblem.Unfit - GaitGenes.Missing(genes), scores[0].Fitness, 1e-12);
        genes[0] = double.NaN;
        evaluator.Evaluate(genes, 1, scores);
        Assert.True(scores[0].Fitness <= GaitProblem.Unfit);
        Assert.Throws<ArgumentException>(() => evaluator.Evaluate(genes, 2, scores));
        Assert.Throws<ArgumentException>(() => evaluator.Evaluate(genes[..5], 1, scores));
    }

    internal static GaitTuning Tune(ISearch search, int generations)
    {
        using PopulationEvaluator evaluator = new(Problem, search.Population);
        GaitTuning tuning = new(search, evaluator);
        for (int i = 0; i < generations; i++)
        {
            tuning.Step();
        }

        return tuning;
    }
}
