using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Tests.Inference;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Tests.Paper;

public class MotorTrialTests
{
    /// <summary>Before the first iteration the tip is where the start puts it, and the targets are those of the seed wherever that
    /// is.</summary>
    [Theory]
    [InlineData(MotorStart.Straight)]
    [InlineData(MotorStart.Retracted)]
    [InlineData(MotorStart.Random)]
    public void A_trial_begins_where_it_is_told(MotorStart start)
    {
        const int Poses = 20, Seed = 7;
        SpikingPoseModel model = SpikingPoseModelTests.TenJoints();
        var inference = new MotorInference(model, new AmsGradOptimizer(30, signDamped: true));
        var trial = MotorTrial.Run(model.Arm, inference, Poses, [0, 1], Seed, start);
        PoseSampler sampler = new(model.Arm, Seed);
        double[] from = new double[30], goal = new double[30];
        Vec3 straight = new(0, 0, 1e-3 * (10 * 44.2 + 92.5)), retracted = new(0, 0, 1e-3 * (10 * (44.2 - 21.46 / 2) + 92.5));
        for (int i = 0; i < Poses; i++)
        {
            sampler.Sample(from);
            sampler.Sample(goal);
            Vec3 tip = start switch
            {
                MotorStart.Straight => straight,
                MotorStart.Retracted => retracted,
                _ => model.Arm.Forward(from).Position,
            };
            Assert.Equal((model.Arm.Forward(goal).Position - tip).Length, trial.Errors[0][i], 1e-12);
        }
    }
}
