using System.Text;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Tests.Walks;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Gait.Tests.Planned;

/// <summary>A gait that was tuned by its zero-moment point alone walks in physics as it is handed over.</summary>
public class GaitHandoverTests
{
    private const int Seeds = 5;

    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly GaitDescription Found = GaitFile.Parse(Encoding.UTF8.GetBytes(GaitFileTests.Tuned.Value), "found.yaml", Robot);

    [Fact]
    public void It_walks_in_physics_at_the_handed_over_speed_and_falls_at_that_of_its_plan()
    {
        TrialConditions conditions = new(Terrain.Flat(), 20) { Push = 2, ImuBias = 0.02 };
        int[] seeds = [.. Enumerable.Range(901, Seeds)];
        var walked = WalkTest.Run("", Robot, Found, conditions, seeds, 2);
        Assert.Equal(Seeds, walked.Walked);
        Assert.InRange(walked.Mean(one => one.Speed), 0.9 * Found.Speed, 1.2 * Found.Speed);
        Assert.Equal(0, WalkTest.Run("", Robot, Found with { Speed = Found.Walk.MaxSpeed }, conditions, seeds, 2).Walked);
    }

    [Fact]
    public void Soles_of_successive_steps_overlap_by_the_margin_at_both_ends_and_the_plan_is_never_outrun()
    {
        var problem = GaitProblem.Of(Robot);
        Assert.Equal(0.2 - 2 * 0.023, GaitHandover.Speed(problem, 1.3, 2) * 1.3 / 2, 1e-12);
        Assert.Equal(0.1, GaitHandover.Speed(problem, 1.3, 0.1));
    }

    /// <summary>A tick of 20 ms, half of one more, and 15 N m s/rad over 600 N m/rad; legs without ankle roll have no such gain.</summary>
    [Theory]
    [InlineData("walker12", 0.055f)]
    [InlineData("walker10", 0)]
    public void Ankles_answer_the_rate_over_the_lag_of_board_and_servo(string name, float roll)
    {
        ReflexParameters gains = GaitHandover.Reflexes(RobotFile.Load(
            GaitFileTests.InRepository($"hardware/robots/{name}.yaml")));
        Assert.Equal((0.055f, roll, 0f, 0f), (gains.AnklePitchRate, gains.AnkleRollRate, gains.HipRoll, gains.Adapt));
    }
}
