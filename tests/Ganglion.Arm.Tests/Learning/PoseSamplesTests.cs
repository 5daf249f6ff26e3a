using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

public class PoseSamplesTests
{
    private const int Samples = 200;

    public static TheoryData<JointDesign, int> Designs => new() { { JointDesign.FourGeared, 5 }, { JointDesign.ThreeGeared, 4 } };

    /// <summary>A resumed run asks for the same indices again, in whatever order its threads get to them.</summary>
    [Theory]
    [MemberData(nameof(Designs))]
    public void Same_index_same_sample_in_any_order_and_from_any_thread(JointDesign design, int joints)
    {
        TrunkArm arm = new(design, joints);
        using PoseSamples samples = new(arm, new TargetForm(), 5), again = new(arm, new TargetForm(), 5);
        float[][] forward = [.. Enumerable.Range(0, Samples).Select(i => Sample(samples, i))];
        float[][] backward = new float[Samples][];
        Parallel.For(0, Samples, i => backward[Samples - 1 - i] = Sample(again, Samples - 1 - i));
        Assert.Equal(forward, backward);
        // Some are one of the few corner postures.
        Assert.InRange(forward.Select(sample => string.Join(' ', sample)).Distinct().Count(), Samples * 9 / 10, Samples);
        using PoseSamples other = new(arm, new TargetForm(), 6);
        Assert.NotEqual(forward[0], Sample(other, 0));
    }

    /// <summary>Targets follow from the inputs alone through the exact kinematics, so there is nothing that a network could not
    /// learn.</summary>
    [Theory]
    [MemberData(nameof(Designs))]
    public void Targets_are_the_poses_that_the_commands_lead_to(JointDesign design, int joints)
    {
        TrunkArm arm = new(design, joints);
        using PoseSamples samples = new(arm, new TargetForm(), 5);
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        double[] local = new double[arm.InputCount];
        var modules = new Pose[joints];
        double yaw = design == JointDesign.FourGeared ? Math.PI / 4 : Math.PI;
        for (int i = 0; i < Samples; i++)
        {
            samples.Fill(i, inputs, targets);
            arm.CommandsToInputs([.. inputs.Select(x => (double)x)], local);
            Pose tip = arm.Forward(local, modules);
            Quat before = Quat.Identity;
            for (int joint = 0; joint < joints; joint++)
            {
                ReadOnlySpan<float> target = targets.AsSpan(7 * joint, 7);
                Vec3 position = joint == joints - 1 ? tip.Position : modules[joint].Position;
                Arms.Near(1 / arm.NormalisingLength * position - new Vec3(0, 0, 1), new Vec3(target[0], target[1], target[2]), 1e-4);
                Quat told = new(target[3], target[4], target[5], target[6]);
                Assert.Equal(1, told.W * told.W + told.X * told.X + told.Y * told.Y + told.Z * told.Z, 1e-5);
                Assert.True(told.W * before.W + told.X * before.X + told.Y * before.Y + told.Z * before.Z >= 0, "the sign jumps");
                before = told;
                // With the mounting turns put back it is the module's own orientation.
                Assert.Equal(0, Quat.Angle(told * Quat.FromMatrix(Mat3.AboutZ(yaw * (joint + 1))), modules[joint].Orientation), 1e-4);
            }
        }
    }

    [Fact]
    public void The_authors_form_reports_the_next_module_and_the_orientation_as_it_is()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 4);
        using PoseSamples samples = new(arm, new TargetForm(PositionTarget.Next, OrientationTarget.Raw), 5);
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        double[] local = new double[arm.InputCount];
        var modules = new Pose[4];
        samples.Fill(3, inputs, targets);
        arm.CommandsToInputs([.. inputs.Select(x => (double)x)], local);
        Pose tip = arm.Forward(local, modules);
        for (int joint = 0; joint < 4; joint++)
        {
            Vec3 position = joint == 3 ? tip.Position : modules[joint + 1].Position;
            Assert.Equal(position.X / arm.NormalisingLength, targets[7 * joint], 1e-4);
            Quat q = modules[joint].Orientation;
            double[] expected = [q.W, q.X, q.Y, q.Z];
            Assert.Equal(expected, targets.Skip(7 * joint + 3).Take(4).Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    /// <summary>Tilts are limited before the network sees them, so equal inputs always mean equal poses.</summary>
    [Fact]
    public void Inputs_are_what_the_gears_follow()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 8);
        using PoseSamples samples = new(arm, new TargetForm(), 9);
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        double[] limited = new double[arm.InputCount], back = new double[arm.InputCount];
        for (int i = 0; i < Samples; i++)
        {
            samples.Fill(i, inputs, targets);
            arm.CommandsToInputs([.. inputs.Select(x => (double)x)], limited);
            arm.InputsToCommands(limited, back);
            Assert.Equal(inputs.Select(x => (double)x), back, (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    private static float[] Sample(PoseSamples samples, long index)
    {
        float[] both = new float[samples.InputLength + samples.TargetLength];
        samples.Fill(index, both.AsSpan(0, samples.InputLength), both.AsSpan(samples.InputLength));
        return both;
    }
}
