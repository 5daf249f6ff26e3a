using System.Text;
using Ganglion.Basics;
using Ganglion.Gait.Tests.Walks;
using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Tests.Trials;

/// <summary>The shipped gaits in physics: they walk, their reflexes are what keeps them up, and a trial comes out the same each
/// time.</summary>
public class WalkTrialTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly GaitDescription Slopes = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/slopes12.yaml"), Robot);

    [Fact]
    public void TheShippedGaitWalksUpARampOfFiveDegreesAndATrialRepeatsItself()
    {
        TrialConditions conditions = new(Terrain.Ramp(5 * Math.PI / 180, 0.5, 1), 30) { Push = 1, Goal = 1.2 };
        using WalkTrial trial = new(Robot, conditions), other = new(Robot, conditions);
        WalkMeasures first = trial.Run(Slopes, 701);
        Assert.Null(first.Fell);
        Assert.True(first.Arrived);
        Assert.InRange(first.Distance, 1.2, 1.3);
        Assert.InRange(first.LargestSlope, 3 * Math.PI / 180, 12 * Math.PI / 180);
        Assert.InRange(first.InsideShare, 0.5, 1);
        Assert.Equal(first, trial.Run(Slopes, 701));
        Assert.Equal(first, other.Run(Slopes, 701));
        Assert.NotEqual(first.Drift, trial.Run(Slopes, 702).Drift);
    }

    [Fact]
    public void WithoutReflexesItFallsWhereItWalksWithThem()
    {
        TrialConditions conditions = new(Terrain.Ramp(5 * Math.PI / 180, 0.5, 1), 30) { Goal = 1.2 };
        using WalkTrial trial = new(Robot, conditions);
        WalkMeasures none = trial.Run(Slopes with { Reflexes = new ReflexParameters() }, 701);
        Assert.NotNull(none.Fell);
        Assert.False(none.Arrived);
        Assert.Equal(0, none.LargestShift);
    }

    [Fact]
    public void TheBoardTakesAnImuThatIsAskewForItsOwnLevel()
    {
        using WalkTrial level = new(Robot, new TrialConditions(Terrain.Flat(), 12)), askew =
            new(Robot, new TrialConditions(Terrain.Flat(), 12) { ImuBias = 3 * Math.PI / 180 });
        WalkMeasures straight = level.Run(Slopes, 703), tilted = askew.Run(Slopes, 703);
        Assert.Null(straight.Fell);
        Assert.Null(tilted.Fell);
        // Learned at rest to half a degree: what it walks is nearly the same.
        Assert.Equal(straight.Speed, tilted.Speed, 0.02);
    }

    /// <summary>A slope that it was never told of, from its first step on: toes and heels feel it in the gantry.</summary>
    [Theory]
    [InlineData(15)]
    [InlineData(-15)]
    public void ItStartsOnASlope(double degrees)
    {
        double slope = degrees * Math.PI / 180;
        using WalkTrial trial = new(Robot, new TrialConditions(Terrain.Belt(new BeltSlope(0, slope)), 10));
        List<WalkSample> samples = [];
        Assert.Null(trial.Run(Slopes, 705, samples).Fell);
        Assert.Equal(slope, samples.Last(sample => sample.Time < 3).EstimatedSlope, 0.03);
    }

    /// <summary>Legs without ankle roll, set down on a slope: noise, and pushes of 2 N s.</summary>
    [Theory]
    [InlineData(8.9)]
    [InlineData(-8.9)]
    [InlineData(15)]
    public void TenJointsWalkOnASlope(double degrees)
    {
        RobotDescription legs = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker10.yaml"));
        GaitDescription gait = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/slopes10.yaml"), legs);
        TrialConditions conditions = new(Terrain.Belt(new BeltSlope(0, degrees * Math.PI / 180)), 14) { Push = 2, ImuBias = 0.02 };
        var walked = WalkTest.Run("", legs, gait, conditions, [911, 912, 913], 2);
        Assert.Equal(3, walked.Walked);
        Assert.InRange(walked.Mean(one => one.Speed), 0.06, 0.2);
    }

    /// <summary>A belt from 8.9 degrees up to 8.9 down within two seconds, as hardware/trials/belts/belt-fast.yaml has it.</summary>
    [Fact]
    public void ABeltThatTurnsOverIsWalked()
    {
        const double slope = 8.9 * Math.PI / 180;
        var belt = Terrain.Belt(new(0, 0), new(4, 0), new(8, slope), new(12, slope), new(14, -slope));
        TrialConditions conditions = new(belt, 20) { Push = 2 };
        var walked = WalkTest.Run("", Robot, Slopes with { Speed = 0.12 }, conditions, [921, 922, 923, 924], 2);
        Assert.Equal(4, walked.Walked);
    }

    /// <summary>Level ground that turns into 8.9 degrees down, at 0.4 m/s: what toes and heels say keeps it up.</summary>
    [Fact]
    public void SolesOnTheirEdgeAreNotReadWhereTheGroundTurnsDown()
    {
        GaitDescription gait = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/ramps12.yaml"), Robot) with { Speed = 0.4 };
        TrialConditions conditions = new(Terrain.Ramp(-8.9 * Math.PI / 180, 1.2, 3), 20) { Goal = 3.4, Push = 2 };
        int[] seeds = [.. Enumerable.Range(911, 8)];
        var walked = WalkTest.Run("", Robot, gait, conditions, seeds, 2);
        Assert.InRange(walked.Walked, 6, 8);
        Assert.InRange(walked.Mean(one => one.SpeedOnSlope), 0.36, 0.44);
        ReflexParameters blind = gait.Reflexes.Copy();
        blind.ToeStrike = 0;
        Assert.InRange(WalkTest.Run("", Robot, gait with { Reflexes = blind }, conditions, seeds, 2).Walked, 0, 2);
    }

    /// <summary>Random steps of 25 mm: a sole that stands on its heel is not taken for a hill.</summary>
    [Fact]
    public void SolesOnTheirEdgeAreNotReadOnSteps()
    {
        GaitDescription gait = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/steps12.yaml"), Robot);
        TrialConditions conditions = new(Terrain.Steps(0.025, 0.4, 40, 6), 24) { Push = 2 };
        int[] seeds = [.. Enumerable.Range(911, 8)];
        Assert.InRange(WalkTest.Run("", Robot, gait, conditions, seeds, 2).Walked, 7, 8);
        ReflexParameters blind = gait.Reflexes.Copy();
        blind.ToeStrike = 0;
        Assert.InRange(WalkTest.Run("", Robot, gait with { Reflexes = blind }, conditions, seeds, 2).Walked, 0, 4);
    }

    /// <summary>Where the board is told that the weight is, MuJoCo has the centre of mass.</summary>
    [Fact]
    public void TheBalanceOnLevelGroundIsThatOfTheMasses()
    {
        WalkPlayer player = BoardWalk.Build(Slopes, Robot);
        player.Walker.Stand();
        using MuJoCoWalker body = new(Robot.Walker!, Terrain.Flat());
        body.Reset([.. player.Walker.Angles.Select(angle => (double)angle)]);
        // The gait leans the torso, and with it the legs: turned back about the ankle.
        double lean = Slopes.Walk.Lean, height = body.CentreOfMass.Z - Robot.Walker!.Ankle;
        double ahead = body.CentreOfMass.X - 0.5 * (body.Sole(0).X + body.Sole(1).X);
        Assert.Equal((ahead + lean * height) / (0.5 * Robot.Walker.Body.Sole.Length), player.Reflexes.Balance, 0.02);
    }

    [Fact]
    public void WorkIsThatOfTheJointsAndTheCostFollowsFromIt()
    {
        using WalkTrial trial = new(Robot, new TrialConditions(Terrain.Flat(), 12));
        List<WalkSample> samples = [];
        WalkMeasures measures = trial.Run(Slopes, 704, samples);
        double seconds = samples[^1].Time - samples.First(sample => sample.Time >= TrialConditions.SettleSeconds).Time;
        double work = measures.Hip.Magnitude + measures.Knee.Magnitude + measures.Ankle.Magnitude;
        Assert.Equal(measures.CostOfTransport * Robot.Walker!.Body.Mass * Gravity.OfBodies * measures.Speed * seconds, work, 0.03 * work);
        // Once settled the feet carry the weight, in the mean.
        Assert.Equal(1, samples.Where(sample => sample.Time > 4).Average(sample =>
            sample.LeftLoad + sample.RightLoad) / (Robot.Walker.Body.Mass * Gravity.OfBodies), 0.03);
        // Fractions of a second between samples: a tick.
        Assert.Equal(0.02, samples[1].Time - samples[0].Time, 1e-6);
    }

    [Fact]
    public void AGaitWithReflexesComesBackFromItsText()
    {
        string text = GaitText.Of(Slopes, "version: 0.1.0, search: cma, seed: 1, evaluations: 10, fitness: -1, step_mm: 50, tasks: " +
            "flat@0.25+hill8.9@0.2, noise_seeds: 2", "A walk.");
        GaitDescription read = GaitFile.Parse(Encoding.UTF8.GetBytes(text), "walk.yaml", Robot);
        Assert.Equal(Slopes.Speed, read.Speed, 1e-6);
        Assert.Equal(Slopes.Walk.SwayCross, read.Walk.SwayCross, 1e-6);
        Assert.Equal(Slopes.Walk.Lean, read.Walk.Lean, 1e-5);
        foreach (System.Reflection.FieldInfo gain in typeof(ReflexParameters).GetFields(System.Reflection.BindingFlags.Public
            | System.Reflection.BindingFlags.Instance))
        {
            Assert.Equal((float)gain.GetValue(Slopes.Reflexes)!, (float)gain.GetValue(read.Reflexes)!, 1e-5);
        }
    }
}
