using Ganglion.Arm.Body;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Body;

/// <summary>The numbers in which a joint is learned, against kinematics and finite differences.</summary>
public class JointFormTests
{
    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void What_is_written_is_read(JointDesign design)
    {
        var form = new JointForm(design);
        using var samples = new JointSamples(form, 3);
        var random = new Random(4);
        double[] inputs = new double[3], strokes = new double[form.One.StrokeCount], displacements = new double[3];
        float[] outputs = new float[6], taken = new float[3], told = new float[3];
        var module = new Pose[1];
        double most = 0;
        for (int i = 0; i < 200; i++)
        {
            samples.Fill(i, taken, outputs);
            Assert.All(taken, value => Assert.InRange(value, -1.0001f, 1.0001f));
            most = Math.Max(most, outputs.Max(Math.Abs));
            for (int k = 0; k < 3; k++)
            {
                inputs[k] = form.One.InputMin + (form.One.InputMax - form.One.InputMin) * random.NextDouble();
            }

            form.One.InputsToStrokes(inputs, strokes);
            form.One.ForwardFromStrokes(strokes, module);
            form.Write(module[0], outputs);
            JointPose read = form.Read(outputs);
            Arms.Near(module[0].Position, read.Translation, 1e-7);
            Assert.InRange(Quat.Angle(module[0].Orientation, Quat.FromMatrix(read.Rotation)), 0, 1e-6);
            form.One.StrokesToDisplacements(strokes, displacements);
            form.WriteInputs(displacements, told);
            Assert.All(told, value => Assert.InRange(value, -1.0001f, 1.0001f));
        }

        // Of the size of 1 where nothing weighs, of 3 where turns do.
        Assert.InRange(most, 1, 5);
    }

    [Fact]
    public void Changes_of_outputs_are_finite_differences()
    {
        var form = new JointForm(JointDesign.ThreeGeared);
        float[] outputs = [0.3f, -0.2f, 0.5f, 1.1f, -1.7f, 0.4f];
        for (int k = 0; k < 6; k++)
        {
            // Steps of a float's own spacing would be lost in its rounding.
            const float step = 1f / 256;
            double[] changes = new double[6];
            changes[k] = 1;
            (Vec3 way, Vec3 turn) = form.Change(outputs, changes);
            float[] above = [.. outputs], below = [.. outputs];
            (above[k], below[k]) = (outputs[k] + step, outputs[k] - step);
            (JointPose up, JointPose down) = (form.Read(above), form.Read(below));
            double scale = 1 / (2.0 * step);
            Arms.Near(scale * (up.Translation - down.Translation), way, 1e-6);
            Arms.Near(scale * Quat.FromMatrix(up.Rotation * down.Rotation.Transposed).RotationVector, turn, 1e-4);
        }
    }
}
