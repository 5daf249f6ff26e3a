using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

public class TrunkArmTests
{
    [Fact]
    public void Straight_arm_points_up_along_z()
    {
        TrunkArm four = new(JointDesign.FourGeared, 10), three = new(JointDesign.ThreeGeared, 6);
        Arms.Near(new Vec3(0, 0, 10 * 44.2e-3 + 92.5e-3), four.Forward(new double[30]).Position, 1e-15);
        double[] half = new double[18];
        Array.Fill(half, 0.5);
        Arms.Near(new Vec3(0, 0, 6 * (82.875e-3 + 53.75e-3 / 2) + 216.85e-3), three.Forward(half).Position, 1e-15);
        // Six half turns about z are none; ten of 45 degrees are 90.
        Assert.Equal(0, Quat.Angle(Quat.Identity, three.Forward(half).Orientation), 1e-12);
        Arms.Near(new Vec3(0, 0, Math.PI / 2), four.Forward(new double[30]).Orientation.RotationVector, 1e-12);
    }

    /// <summary>Tip heights from the modules' own lengths: 44.2 mm less half the travel of 21.46 mm, and 82.875 mm.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 10, 10 * (44.2 - 21.46 / 2) + 92.5)]
    [InlineData(JointDesign.ThreeGeared, 6, 6 * 82.875 + 216.85)]
    public void Retracted_arm_is_straight_with_all_gears_in(JointDesign design, int joints, double heightInMm)
    {
        TrunkArm arm = new(design, joints);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        Array.Fill(inputs, 0.7);
        arm.Retract(inputs);
        arm.InputsToStrokes(inputs, strokes);
        Assert.All(strokes, stroke => Assert.Equal(0, stroke, 1e-15));
        Arms.Near(new Vec3(0, 0, 1e-3 * heightInMm), arm.Forward(inputs).Position, 1e-15);
    }

    /// <summary>The chain in the papers' own axes, multiplied out with matrices, and turned to REP-103 only at the end.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 10)]
    [InlineData(JointDesign.ThreeGeared, 6)]
    public void Chain_equals_the_papers_chain_turned_to_rep_103(JointDesign design, int joints)
    {
        TrunkArm arm = new(design, joints);
        PoseSampler sampler = new(arm, 1);
        double[] inputs = new double[arm.InputCount];
        var modules = new Pose[joints];
        for (int trial = 0; trial < 100; trial++)
        {
            sampler.Sample(inputs);
            Pose tip = arm.Forward(inputs, modules);
            Mat3 rotation = Mat3.Identity;
            Vec3 position = default;
            for (int joint = 0; joint < joints; joint++)
            {
                Vec3 input = new(inputs[3 * joint], inputs[3 * joint + 1], inputs[3 * joint + 2]);
                JointPose step = design == JointDesign.FourGeared ? FourGearedJoint.Standard.Pose(input)
                    : ThreeGearedJoint.Standard.Pose(input);
                position += rotation * step.Translation;
                rotation *= step.Rotation;
                // x forward = the papers' z, y left = their x, z up = their y.
                Arms.Near(new Vec3(position.Z, position.X, position.Y), modules[joint].Position, 1e-14);
            }
            Vec3 tool = position + rotation * new Vec3(0, design == JointDesign.FourGeared ? 92.5e-3 : 216.85e-3, 0);
            Arms.Near(new Vec3(tool.Z, tool.X, tool.Y), tip.Position, 1e-14);
            Arms.Near(PaperFrame.ToRep103(rotation), tip.Orientation.ToMatrix(), 1e-13);
            Assert.Equal(tip.Orientation, modules[^1].Orientation);
            Assert.True(tip.Orientation.W >= 0);
        }
    }

    [Fact]
    public void Change_of_axes_is_a_proper_rotation_and_has_an_inverse()
    {
        Vec3 a = new(1, 2, 3), b = new(-2, 0.5, 4);
        Assert.Equal(PaperFrame.ToRep103(Vec3.Cross(a, b)), Vec3.Cross(PaperFrame.ToRep103(a), PaperFrame.ToRep103(b)));
        Assert.Equal(new Vec3(0, 0, 1), PaperFrame.ToRep103(new Vec3(0, 1, 0)));
        Assert.Equal(a, PaperFrame.FromRep103(PaperFrame.ToRep103(a)));
        Mat3 turn = Mat3.AboutX(0.3) * Mat3.AboutY(1) * Mat3.AboutZ(-2);
        Assert.Equal(turn, PaperFrame.FromRep103(PaperFrame.ToRep103(turn)));
        Arms.Near(PaperFrame.ToRep103(turn * a), PaperFrame.ToRep103(turn) * PaperFrame.ToRep103(a), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Jacobian_matches_finite_differences(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        int n = arm.InputCount;
        double[] inputs = new double[n], jacobian = new double[6 * n];
        Random random = new(4);
        for (int trial = 0; trial < 5; trial++)
        {
            for (int i = 0; i < n; i++)
            {
                inputs[i] = arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble();
            }

            Pose tip = arm.Jacobian(inputs, jacobian);
            Assert.Equal(arm.Forward(inputs), tip);
            for (int i = 0; i < n; i++)
            {
                const double step = 1e-6;
                double[] up = [.. inputs], down = [.. inputs];
                up[i] += step;
                down[i] -= step;
                Pose high = arm.Forward(up), low = arm.Forward(down);
                Vec3 v = 1 / (2 * step) * (high.Position - low.Position);
                Vec3 w = 1 / (2 * step) * (high.Orientation * low.Orientation.Conjugate).RotationVector;
                Arms.Near(v, new Vec3(jacobian[i], jacobian[n + i], jacobian[2 * n + i]), 1e-7);
                Arms.Near(w, new Vec3(jacobian[3 * n + i], jacobian[4 * n + i], jacobian[5 * n + i]), 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Strokes_give_the_same_pose_as_the_inputs_they_came_from(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        PoseSampler sampler = new(arm, 5);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount], again = new double[arm.InputCount];
        Pose[] modules = new Pose[arm.Joints], fromStrokes = new Pose[arm.Joints];
        for (int trial = 0; trial < 100; trial++)
        {
            sampler.Sample(inputs);
            arm.InputsToStrokes(inputs, strokes);
            Pose tip = arm.Forward(inputs, modules);
            Pose measured = arm.ForwardFromStrokes(strokes, fromStrokes);
            Arms.Near(tip.Position, measured.Position, 1e-12);
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                Arms.Near(modules[joint].Position, fromStrokes[joint].Position, 1e-12);
            }

            Assert.Equal(measured, arm.ForwardFromStrokes(strokes, []));
            arm.StrokesToInputs(strokes, again);
            Arms.Near(tip.Position, arm.Forward(again).Position, 1e-12);
        }
    }

    /// <summary>A common tilt bends the arm in one plane: the 45 and 180 degrees of mounting are undone by the change of frames.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, new[] { 0.6, 0, 0.2 }, 10 * 0.6 * 16.5)]
    [InlineData(JointDesign.FourGeared, new[] { 0, -0.6, 0.2 }, 10 * 0.6 * 16.5)]
    [InlineData(JointDesign.ThreeGeared, new[] { 0.6, 0.4, 0.4 }, 10 * 10.04)]
    public void Equal_commands_bend_the_arm_in_one_plane(JointDesign design, double[] command, double bendInDegrees)
    {
        TrunkArm arm = new(design, 10);
        double[] inputs = [.. Enumerable.Repeat(command, 10).SelectMany(values => values)];
        arm.CommandsToInputs(inputs, inputs);
        var modules = new Pose[10];
        Pose tip = arm.Forward(inputs, modules);
        var side = Vec3.Cross(new Vec3(0, 0, 1), modules[0].Orientation.ToMatrix() * new Vec3(0, 0, 1));
        side = 1 / side.Length * side;
        // In a plane up to the small sideways shift of tilted plates: 1 mm on half a metre.
        Assert.All(modules, module => Assert.True(Math.Abs(Vec3.Dot(side, module.Position)) < 1e-3));
        Vec3 end = tip.Orientation.ToMatrix() * new Vec3(0, 0, 1);
        Assert.Equal(bendInDegrees, Math.Acos(end.Z) * 180 / Math.PI, 0.5);
    }

    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void Commands_to_inputs_has_an_inverse(JointDesign design)
    {
        TrunkArm arm = new(design, 7);
        Random random = new(6);
        double[] inputs = new double[21], commands = new double[21], again = new double[21];
        for (int i = 0; i < 21; i++)
        {
            inputs[i] = arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble();
        }

        arm.InputsToCommands(inputs, commands);
        arm.CommandsToInputs(commands, again);
        for (int i = 0; i < 21; i++)
        {
            Assert.Equal(inputs[i], again[i], 1e-14);
        }
    }

    [Fact]
    public void Gears_stay_inside_their_travel_whatever_is_asked()
    {
        foreach (JointDesign design in Enum.GetValues<JointDesign>())
        {
            TrunkArm arm = new(design, 3);
            double[] strokes = new double[arm.StrokeCount];
            arm.InputsToStrokes([5, -7, 2, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, 1, 1], strokes);
            Assert.All(strokes, stroke => Assert.InRange(stroke, -1e-15, 1 + 1e-15));
        }
    }

    [Fact]
    public void Wrong_lengths_and_robots_are_refused_in_words()
    {
        TrunkArm arm = new(JointDesign.ThreeGeared, 2);
        Assert.Contains("needs 6", Assert.Throws<ArgumentException>(() => arm.Forward(new double[5])).Message);
        Assert.Contains("needs 36", Assert.Throws<ArgumentException>(() => arm.Jacobian(new double[6], new double[35])).Message);
        Assert.Contains("needs 2", Assert.Throws<ArgumentException>(() => arm.Forward(new double[6], new Pose[3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrunkArm(JointDesign.ThreeGeared, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrunkArm((JointDesign)5, 1));
        RobotDescription other = Arms.Shipped("trunk6-3g") with { TrunkArm = null };
        Assert.Contains("is not a trunk arm", Assert.Throws<ArgumentException>(() => TrunkArm.FromDescription(other)).Message);
    }
}
