using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Inference;

/// <summary>Gears that stand still in front of a model. The oracle is the exact arm with such strokes, and its central
/// differences.</summary>
public class HeldGearsTests
{
    [Theory]
    [InlineData(JointDesign.FourGeared, 0, 0.7)]
    [InlineData(JointDesign.FourGeared, 6, 0.4)]
    [InlineData(JointDesign.ThreeGeared, 4, 0.55)]
    public void Poses_and_gradients_are_those_of_the_arm_with_the_dead_gear(JointDesign design, int gear, double at)
    {
        TrunkArm arm = new(design, 3);
        HeldGears held = new(arm);
        held.Hold(gear, at);
        PoseSampler sampler = new(arm, 4);
        double[] told = new double[arm.InputCount], done = new double[arm.InputCount], jacobian = new double[6 * arm.InputCount];
        int compared = 0;
        for (int i = 0; i < 40; i++)
        {
            sampler.Sample(told);
            foreach (ref double input in told.AsSpan())
            {
                // Away from the limits and from creases of the stretch, where differences are one-sided.
                input = (arm.InputMin + arm.InputMax) / 2 + 0.4 * (input - (arm.InputMin + arm.InputMax) / 2);
            }

            held.Apply(told, done);
            Arms.Near(Dead(told).Position, arm.Forward(done).Position, 1e-9);
            arm.Jacobian(done, jacobian);
            double[] row = jacobian[..arm.InputCount];
            held.GradientToTold(told, done, row);
            int joint = 3 * (gear / arm.GearsPerJoint);
            for (int k = joint; k < joint + 3; k++)
            {
                double input = told[k];
                const double Step = 1e-5;
                told[k] = input + Step;
                double above = Dead(told).Position.X;
                told[k] = input - Step;
                double difference = (above - Dead(told).Position.X) / (2 * Step);
                told[k] = input;

                // Little freedom of the stretch lets a gradient by inputs fade (TrunkArm.InputGradientToDisplacements).
                if (design == JointDesign.FourGeared && (Crease(told, joint) || Crease(done, joint)))
                {
                    continue;
                }

                Assert.Equal(difference, row[k], 0.04 * Math.Abs(difference) + 2e-4);
                compared++;
            }
        }

        Assert.InRange(compared, 30, 120);

        Pose Dead(double[] inputs)
        {
            double[] strokes = new double[arm.StrokeCount];
            arm.InputsToStrokes(inputs, strokes);
            strokes[gear] = at;
            return arm.ForwardFromStrokes(strokes, []);
        }
    }

    [Fact]
    public void They_are_written_and_read()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 2);
        HeldGears one = new(arm), other = new(arm);
        one.Hold(3, 0.25);
        one.Hold(5, 0.75);
        other.Read(one.ToText());
        Assert.Equal("3 0.25; 5 0.75", other.ToText());
        Assert.Throws<InvalidDataException>(() => other.Read("8 0.5"));
        Assert.Throws<InvalidDataException>(() => other.Read("1 2"));
    }

    private static bool Crease(double[] inputs, int joint)
    {
        double x = Math.Abs(inputs[joint]), y = Math.Abs(inputs[joint + 1]);
        return Math.Abs(x - y) < 0.01 || Math.Max(x, y) > 0.5 || Math.Min(x, y) < 0.01;
    }
}
