using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Online;
using Ganglion.Basics.Space;
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

    /// <summary>Where a gear stands that died, poses from before do not say: they stay as they were made. An arm built as drawn, whose
    /// samples the described geometry knows to a few millimetres, and would not if all of them had the gear where it stands.</summary>
    [Fact]
    public void Poses_from_before_a_gear_died_stay_what_they_were()
    {
        const int before = 60, after = 30, gear = 4;
        SpikingPoseModel network = Network();
        TrunkArm arm = network.Arm;
        var body = TrunkBodyDescription.Faithful(arm.Dimensions);
        TrunkBodyDescription broken = body with { Gears = body.Gears.SetItem(gear, new GearFlaw(0, 0.95)) };
        using Experience experience = new(network, 1);
        foreach (TipRow row in MadeUpArm.Record(arm, body, before, 3).Concat(MadeUpArm.Record(arm, broken, after, 4)))
        {
            experience.Add(row.Strokes, row.Tip, 0.1e-3, judges: false);
            if (experience.Calibration.Dead.Count == 1 && !network.Held.Any)
            {
                network.Held.Hold(experience.Calibration.Dead[0].Gear, experience.Calibration.Dead[0].At);
            }
        }

        Assert.Equal((gear, true), (Assert.Single(experience.Calibration.Dead).Gear, network.Held.Any));
        float[] inputs = new float[experience.InputLength], targets = new float[experience.TargetLength];
        double[] posture = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        double worst = 0, held = 0;
        for (long index = 0; index < 400; index++)
        {
            experience.Fill(index, inputs, targets);
            arm.CommandsToInputs([.. inputs.Select(value => (double)value)], posture);
            ReadOnlySpan<float> place = targets.AsSpan(^PoseSamples.TargetsPerJoint..);
            Vec3 told = arm.NormalisingLength * new Vec3(place[0], place[1], place[2] + 1);
            worst = Math.Max(worst, (arm.Forward(posture).Position - told).Length);
            arm.InputsToStrokes(posture, strokes);
            network.Held.Apply(strokes);
            held = Math.Max(held, (arm.ForwardFromStrokes(strokes, []).Position - told).Length);
        }

        Assert.True(worst < 5e-3, $"{1e3 * worst:0.0} mm between a sample's posture and its place");
        Assert.True(held > 20e-3, $"{1e3 * held:0.0} mm if the gear were held in all of them");
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
