using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Online;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Online;

/// <summary>A network that is trained while poses come in: what it did not learn from judges it.</summary>
public class OnlineLearningTests
{
    private const int Poses = 60, UpdatesPerPose = 20;

    [Theory]
    [InlineData(LearningRule.EligibilityTraces)]
    [InlineData(LearningRule.BackpropagationThroughTime)]
    public void Both_rules_come_nearer_to_an_arm_that_nobody_described(LearningRule rule)
    {
        (double before, double after, _) = Work(rule, dead: null);
        Assert.True(after < 0.75 * before, $"{1e3 * before} mm before, {1e3 * after} after");
    }

    [Fact]
    public void A_gear_that_dies_is_kept_in_front_of_the_network()
    {
        (_, _, OnlineLearning learning) = Work(LearningRule.BackpropagationThroughTime, dead: 4);
        Assert.Equal(4, Assert.Single(learning.Calibration.Dead).Gear);
    }

    [Fact]
    public void The_same_poses_give_the_same_network()
    {
        double first = Work(LearningRule.BackpropagationThroughTime, dead: null).After;
        Assert.Equal(first, Work(LearningRule.BackpropagationThroughTime, dead: null).After);
    }

    /// <summary>Too doubtful poses, poses that are no numbers and the same pose again teach nothing.</summary>
    [Fact]
    public void What_tells_nothing_is_left_out()
    {
        using OnlineLearning learning = new(Network(), LearningRule.BackpropagationThroughTime, 1);
        double[] strokes = [.. Enumerable.Repeat(0.5, 12)];
        learning.Take(strokes, new(0, 0, 0.2), 0.1);
        learning.Take(strokes, new(0, double.NaN, 0.2), 0);
        Assert.Equal(0, learning.Poses);
        learning.Take(strokes, new(0, 0, 0.2), 1e-3);
        learning.Take(strokes, new(0, 0, 0.2), 1e-3);
        Assert.Equal(1, learning.Poses);
        learning.Work();
        Assert.Equal(0, learning.Updates);
    }

    private static (double Before, double After, OnlineLearning Learning) Work(LearningRule rule, int? dead)
    {
        SpikingPoseModel network = Network();
        TrunkBodyDescription body = MadeUpArm.Draw(JointDesign.FourGeared, 3, 2, sags: false), then = dead is { } gear
            ? body with { Gears = body.Gears.SetItem(gear, new GearFlaw(0, 0.7)) } : body;
        using OnlineLearning learning = new(network, rule, 1);
        foreach (TipRow row in MadeUpArm.Record(network.Arm, body, Poses, 3).Concat(MadeUpArm.Record(network.Arm, then, 16, 4)))
        {
            learning.Take(row.Strokes, row.Tip, 0.1e-3);
            for (int i = 0; i < UpdatesPerPose; i++)
            {
                learning.Work();
            }
        }

        OnlineErrors errors = learning.HeldOut();
        return (errors.Before, errors.After, learning);
    }

    /// <summary>One that knows nothing yet.</summary>
    private static SpikingPoseModel Network()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 3);
        LsnnWeights weights = new(ArmModel.Shape(arm, 32), new NeuronConstants());
        weights.Initialise(1, 0.5, 0.5);
        return new SpikingPoseModel(arm, weights, new TargetForm());
    }
}
