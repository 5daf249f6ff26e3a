using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>The search for walks in physics: tasks, genes, and runs that go on as if they had not stopped.</summary>
public class WalkTuningTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly double[] Slopes =
        WalkGenes.Of(GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/slopes12.yaml"), Robot));

    [Fact]
    public void ARunGoesOnFromItsCheckpointWhateverTheThreads()
    {
        (double[] low, double[] high) = WalkProblem.Around(Slopes, 0.2);
        WalkProblem problem = new(WalkHash.Of(Robot), "flat@0.2", 8, 0, [11, 12], low, high);
        WalkTask[] tasks = WalkTask.ParseAll(problem.Tasks, problem.Seconds, problem.Push);
        using WalkEvaluator one = new(Robot, tasks, problem.NoiseSeeds, 1), two = new(Robot, tasks, problem.NoiseSeeds, 2);
        WalkTuning whole = new(problem, one, 5, 4), begun = new(problem, two, 5, 4), resumed = new(problem, two, 5, 4);
        for (int i = 0; i < 3; i++)
        {
            whole.Step();
        }

        begun.Step();
        string path = Path.Combine(Path.GetTempPath(), $"walk-{Guid.NewGuid():N}.json");
        try
        {
            begun.Save().Save(path);
            resumed.Load(WalkCheckpoint.Load(path, problem, 5));
            Assert.Throws<InvalidDataException>(() => WalkCheckpoint.Load(path, problem, 6));
            Assert.Throws<InvalidDataException>(() => WalkCheckpoint.Load(path, problem with { Tasks = "flat@0.3" }, 5));
        }
        finally
        {
            File.Delete(path);
        }
        resumed.Step();
        resumed.Step();
        Assert.Equal(whole.History, resumed.History);
        Assert.Equal(whole.Genes, resumed.Genes);
        Assert.Equal(12, resumed.Evaluations);
        Assert.All(whole.History, worth => Assert.InRange(worth, 3 * WalkFitness.Fall, 0));
        Assert.All(whole.Genes.Zip(low.Zip(high)), g => Assert.InRange(g.First, g.Second.First, g.Second.Second));
    }

    [Fact]
    public void EachGenerationHasNoiseOfItsOwn()
    {
        WalkTask[] tasks = WalkTask.ParseAll("flat@0.1", 8, 0);
        using WalkEvaluator evaluator = new(Robot, tasks, [31, 32], 1), later = new(Robot, tasks, [33, 34], 1);
        double[] first = new double[1], second = new double[1], same = new double[1];
        evaluator.Evaluate(Slopes, 0, first);
        evaluator.Evaluate(Slopes, 1, second);
        later.Evaluate(Slopes, 0, same);
        Assert.NotEqual(first[0], second[0]);
        Assert.Equal(second[0], same[0]);
    }

    [Fact]
    public void GenesComeBackFromTheGaitTheyMade()
    {
        double[] genes = [.. WalkGenes.Low.Zip(WalkGenes.High, (low, high) => low + 0.4 * (high - low))];
        double[] read = WalkGenes.Of(WalkGenes.Build(genes, Robot));
        for (int i = 0; i < genes.Length; i++)
        {
            if (i != WalkGenes.Height)
            {
                Assert.Equal(genes[i], read[i], 1e-5);
            }
        }
        // Never higher than asked for: the legs must reach.
        Assert.InRange(read[WalkGenes.Height], 0.5, genes[WalkGenes.Height] + 1e-6);
    }

    [Theory]
    [InlineData("hill15@0.2", 0.2618, 4.8)]
    [InlineData("dip5@0.1", -0.0873, 4.8)]
    public void ATaskOverAHillHasItsSlopesAndItsGoal(string text, double slope, double goal)
    {
        var task = WalkTask.Parse(text, 12, 1);
        Assert.Equal(goal, task.Conditions.Goal, 1e-9);
        Assert.Equal(slope, task.Conditions.Terrain.SlopeAt(1, 0), 1e-3);
        Assert.Equal(-slope, task.Conditions.Terrain.SlopeAt(3, 0), 1e-3);
        Assert.Equal(0, task.Conditions.Terrain.HeightAt(goal), 1e-9);
    }

    [Theory]
    [InlineData("up15@0.1", 15)]
    [InlineData("down3@0.1", -3)]
    public void ATaskAlongARampEndsOnLevelGroundBehindIt(string text, double degrees)
    {
        TrialConditions ramp = WalkTask.Parse(text, 12, 1).Conditions;
        Assert.Equal(0, ramp.Terrain.SlopeAt(0.5, 0), 1e-12);
        Assert.Equal(degrees, ramp.Terrain.SlopeAt(1, 0) * 180 / Math.PI, 1e-9);
        Assert.Equal(0, ramp.Terrain.SlopeAt(ramp.Goal - 0.5, 0), 1e-12);
    }

    [Fact]
    public void TheBeltGoesUpAndBack()
    {
        TrialConditions belt = WalkTask.Parse("belt8.9@0.15", 12, 0).Conditions;
        Assert.Equal(0, belt.Terrain.SlopeAt(0, 3), 1e-12);
        Assert.Equal(8.9, belt.Terrain.SlopeAt(0, 16) * 180 / Math.PI, 1e-9);
        Assert.Equal(0, belt.Terrain.SlopeAt(0, 28), 1e-12);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("hill30@0.2")]
    [InlineData("flat5@0.2")]
    [InlineData("stairs@0.2")]
    [InlineData("flat@fast")]
    public void WhatIsNoTaskIsRefused(string text) => Assert.Throws<FormatException>(() => WalkTask.Parse(text, 12, 0));

    [Fact]
    public void AFallIsWorthLessTheSoonerItComesAndLessThanAnyWalk()
    {
        var task = WalkTask.Parse("hill8.9@0.2", 12, 0);
        WalkMeasures walk = new() { Arrived = true, Distance = task.Conditions.Goal, Seconds = 30, Speed = 0.2, CostOfTransport = 1 };
        WalkMeasures late = walk with { Fell = 20, Arrived = false, Distance = 4 }, soon = late with { Distance = 1 };
        double best = WalkFitness.Of(walk, task, 0.2);
        Assert.True(best > WalkFitness.Of(late, task, 0.2));
        Assert.True(WalkFitness.Of(late, task, 0.2) > WalkFitness.Of(soon, task, 0.2));
        Assert.InRange(WalkFitness.Of(soon, task, 0.2), WalkFitness.Fall, WalkFitness.FallAtTheEnd);
        Assert.True(best > WalkFitness.Of(walk with { Speed = 0.1 }, task, 0.1));
        Assert.True(best > WalkFitness.Of(walk, task, 0.3));
    }
}
