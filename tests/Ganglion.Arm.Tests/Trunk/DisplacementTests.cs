using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

public class DisplacementTests
{
    /// <summary>Four gears have one direction that moves nothing: opposite pairs against each other.</summary>
    [Fact]
    public void They_are_linear_in_the_strokes_and_all_that_the_pose_depends_on()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 3);
        Random random = new(1);
        double[] strokes = new double[12], other = new double[12], first = new double[9], second = new double[9], sum = new double[9],
            both = new double[12];
        for (int trial = 0; trial < 20; trial++)
        {
            for (int i = 0; i < 12; i++)
            {
                (strokes[i], other[i]) = (random.NextDouble(), random.NextDouble());
            }

            for (int i = 0; i < 12; i++)
            {
                both[i] = 0.3 * strokes[i] + 0.7 * other[i];
            }

            arm.StrokesToDisplacements(strokes, first);
            arm.StrokesToDisplacements(other, second);
            arm.StrokesToDisplacements(both, sum);
            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(0.3 * first[i] + 0.7 * second[i], sum[i], 1e-14);
            }

            for (int i = 0; i < 12; i++)
            {
                other[i] = strokes[i] + (i % 2 == 0 ? 0.1 : -0.1);
            }

            arm.StrokesToDisplacements(other, second);
            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(first[i], second[i], 1e-14);
            }

            Arms.Near(arm.ForwardFromStrokes(strokes, []).Position, arm.ForwardFromStrokes(other, []).Position, 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Inputs_and_their_strokes_have_the_same(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        PoseSampler sampler = new(arm, 6);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount], fromInputs = new double[arm.InputCount],
            fromStrokes = new double[arm.InputCount];
        for (int trial = 0; trial < 50; trial++)
        {
            sampler.Sample(inputs);
            arm.InputsToStrokes(inputs, strokes);
            arm.InputsToDisplacements(inputs, fromInputs);
            arm.StrokesToDisplacements(strokes, fromStrokes);
            for (int i = 0; i < inputs.Length; i++)
            {
                Assert.Equal(fromInputs[i], fromStrokes[i], 1e-12);
            }
        }
    }

    /// <summary>Gears are moved as each displacement asks for, also where a tilt leaves no stretch free.</summary>
    [Theory]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Jacobian_matches_finite_differences_of_the_strokes(double tilt)
    {
        const double step = 1e-6;
        TrunkArm arm = new(JointDesign.FourGeared, 4);
        double[] inputs = [tilt, 0.3, 0.5, -0.2, -tilt, 0.4, 0.1, 0.2, -0.9, tilt, -0.5, 0], jacobian = new double[72], strokes =
            new double[16];
        arm.Jacobian(inputs, jacobian, byDisplacements: true);
        arm.InputsToStrokes(inputs, strokes);
        double[][] gears = [[-0.5, 0, 0.5, 0], [0, 0.5, 0, -0.5], [0.5, 0.5, 0.5, 0.5]];
        for (int i = 0; i < 12; i++)
        {
            // The crease of the sink, |ax| = |ay|, is not near.
            Pose high = Moved(step), low = Moved(-step);
            Vec3 v = 1 / (2 * step) * (high.Position - low.Position), w = 1 / (2 * step)
                * (high.Orientation * low.Orientation.Conjugate).RotationVector;
            Arms.Near(v, new Vec3(jacobian[i], jacobian[12 + i], jacobian[24 + i]), 1e-7);
            Arms.Near(w, new Vec3(jacobian[36 + i], jacobian[48 + i], jacobian[60 + i]), 1e-7);

            Pose Moved(double by)
            {
                double[] moved = [.. strokes];
                for (int gear = 0; gear < 4; gear++)
                {
                    moved[4 * (i / 3) + gear] += by * gears[i % 3][gear];
                }

                return arm.ForwardFromStrokes(moved, []);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Gradients_follow_the_chain_rule_both_ways(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        int n = arm.InputCount;
        double[] inputs = new double[n], byInputs = new double[6 * n], byDisplacements = new double[6 * n], row = new double[n];
        Random random = new(7);
        for (int i = 0; i < n; i++)
        {
            inputs[i] = arm.InputMin + (arm.InputMax - arm.InputMin) * (0.25 + 0.5 * random.NextDouble());
        }

        arm.Jacobian(inputs, byInputs);
        arm.Jacobian(inputs, byDisplacements, byDisplacements: true);
        for (int axis = 0; axis < 6; axis++)
        {
            byDisplacements.AsSpan(axis * n, n).CopyTo(row);
            arm.DisplacementGradientToInputs(inputs, row);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(byInputs[axis * n + i], row[i], 1e-12);
            }

            arm.InputGradientToDisplacements(inputs, row);
            // Half of the stretch is free at least: the fading takes 4 % of its entry, which is 11 mm at most.
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(byDisplacements[axis * n + i], row[i], 0.5e-3);
            }
        }
    }

    [Fact]
    public void Nothing_is_said_of_a_stretch_that_is_not_free()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 1);
        double[] gradient = [0.2, -0.1, 3];
        arm.InputGradientToDisplacements([1, 0, 0.5], gradient);
        Assert.Equal([0.2, -0.1, 0], gradient);
    }
}
