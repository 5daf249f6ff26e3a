using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

/// <summary>Joints that are not as drawn: derivatives, inverses, and that a model knows whose it is.</summary>
public class OwnDimensionTests
{
    [Fact]
    public void Derivatives_and_inverse_of_4_geared_joints_hold_for_any_dimensions()
    {
        Random random = new(11);
        TrunkDimensions made = MadeUpArm.Draw(JointDesign.FourGeared, 20, 5, sags: false).Dimensions;
        for (int i = 0; i < 20; i++)
        {
            FourGearedJoint joint = new(made.Joint(i), made.OffsetsOf(i));
            Vec3 input = new(0.2 + 0.3 * random.NextDouble(), 0.6 + 0.2 * random.NextDouble(), 2 * random.NextDouble() - 1);
            joint.Motion(input, byDisplacements: false, out JointMotion motion);
            Assert.Equal(joint.Pose(input), motion.Pose);
            FiniteDifference.Check(input, value => joint.Pose(value), motion, 1e-9);
            Arms.Near(input, joint.InputsFromPose(joint.Pose(input)), 1e-12);
        }
    }

    [Fact]
    public void Derivatives_and_inverse_of_3_geared_joints_hold_for_any_dimensions()
    {
        Random random = new(12);
        TrunkDimensions made = MadeUpArm.Draw(JointDesign.ThreeGeared, 20, 6, sags: false).Dimensions;
        for (int i = 0; i < 20; i++)
        {
            ThreeGearedJoint joint = new(made.Joint(i), made.OffsetsOf(i));
            Vec3 strokes = Arms.Uniform(random, 0, 1);
            joint.Motion(strokes, out JointMotion motion);
            FiniteDifference.Check(strokes, value => joint.Pose(value), motion, 1e-8);
            Arms.Near(strokes, joint.Inputs(joint.Pose(strokes)), 1e-13);
        }
    }

    /// <summary>Offsets are strokes: an arm whose gears stand off is the drawn one with those strokes added.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void An_offset_is_a_stroke_more(JointDesign design)
    {
        var drawn = TrunkDimensions.Standard(design, 4);
        Random random = new(13);
        double[] strokes = [.. drawn.Offsets.ToArray().Select(_ => random.NextDouble())],
            offsets = [.. strokes.Select(_ => 0.1 * (random.NextDouble() - 0.5))];
        double[] joints = [.. Enumerable.Range(0, 4).SelectMany(joint => drawn.Joint(joint).ToArray())];
        TrunkArm own = new(TrunkDimensions.Of(design, joints, drawn.Tool, offsets)), nominal = new(drawn);
        Arms.Near(nominal.ForwardFromStrokes([.. strokes.Zip(offsets, (stroke, offset) => stroke + offset)], []).Position,
            own.ForwardFromStrokes(strokes, []).Position, 1e-14);
    }

    [Fact]
    public void A_model_belongs_to_an_arm_of_its_dimensions()
    {
        TrunkArm drawn = new(JointDesign.FourGeared, 3), same = new(TrunkDimensions.Standard(JointDesign.FourGeared, 3)),
            own = new(MadeUpArm.Draw(JointDesign.FourGeared, 3, 1, sags: false).Dimensions);
        Assert.Equal(ArmModel.Hash(drawn), ArmModel.Hash(same));
        Assert.NotEqual(ArmModel.Hash(drawn), ArmModel.Hash(own));
    }
}
