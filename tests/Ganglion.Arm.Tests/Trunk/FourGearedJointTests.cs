using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

public class FourGearedJointTests
{
    private static IEnumerable<Vec3> Inputs(int count)
    {
        Random random = new(1);
        for (int i = 0; i < count; i++)
        {
            yield return Arms.Uniform(random, -1, 1);
        }
    }

    /// <summary>The formulas of host/Ganglion.Robots/Trunk/README.md as they stand there, in millimetres and degrees.</summary>
    [Fact]
    public void Pose_and_strokes_follow_the_published_formulas()
    {
        Span<double> strokes = stackalloc double[4];
        foreach (Vec3 input in Inputs(1000))
        {
            double x = input.X / 2 + 0.5, y = input.Y / 2 + 0.5;
            double h = Math.Min(Math.Min(x, y), Math.Min(1 - x, 1 - y)) * input.Z;
            JointPose pose = FourGearedJoint.Standard.Pose(input);
            Vec3 millimetres = new(-2.25 * input.Y, 44.2 + 21.46 * h - 0.4 * Math.Max(Math.Abs(input.X), Math.Abs(input.Y)),
                2.25 * input.X);
            Arms.Near(1e-3 * millimetres, pose.Translation, 1e-16);
            Mat3 rotation = Mat3.AboutZ(16.5 * input.Y * Math.PI / 180) * Mat3.AboutX(16.5 * input.X * Math.PI / 180)
                * Mat3.AboutY(Math.PI / 4);
            Arms.Near(rotation, pose.Rotation, 1e-15);
            FourGearedJoint.Strokes(input, strokes);
            double[] expected = [1 - x + h, y + h, x + h, 1 - y + h];
            for (int gear = 0; gear < 4; gear++)
            {
                Assert.Equal(expected[gear], strokes[gear], 1e-15);
            }
        }
    }

    /// <summary>The box of the inputs is the box of the gears: inside, all strokes are in [0, 1]; outside, at least one is not.</summary>
    [Fact]
    public void Limits_of_the_inputs_are_exactly_those_of_the_gears()
    {
        Random random = new(2);
        double[] strokes = new double[4];
        int outside = 0;
        for (int i = 0; i < 20_000; i++)
        {
            Vec3 input = Arms.Uniform(random, -1.5, 1.5);
            // Beyond full tilt the papers' stretch formula changes sign; what matters there is the tilt alone.
            if (Math.Max(Math.Abs(input.X), Math.Abs(input.Y)) > 1)
            {
                input = input with { Z = 0 };
            }

            FourGearedJoint.Strokes(input, strokes);
            bool inBox = Math.Max(Math.Abs(input.X), Math.Max(Math.Abs(input.Y), Math.Abs(input.Z))) <= 1;
            bool inTravel = strokes.All(stroke => stroke is >= -1e-15 and <= 1 + 1e-15);
            Assert.True(inBox == inTravel, $"{input}: {string.Join(' ', strokes)}");
            if (!inBox)
            {
                outside++;
            }
        }
        Assert.InRange(outside, 5_000, 19_000);
    }

    [Fact]
    public void Inputs_to_strokes_to_inputs_is_exact()
    {
        Span<double> strokes = stackalloc double[4];
        foreach (Vec3 input in Inputs(1000))
        {
            FourGearedJoint.Strokes(input, strokes);
            double free = (1 - Math.Max(Math.Abs(input.X), Math.Abs(input.Y))) / 2;
            Arms.Near(input, FourGearedJoint.Inputs(strokes), 1e-15 / free);
        }
    }

    [Fact]
    public void Pose_to_strokes_to_pose_is_exact_to_a_picometre()
    {
        Span<double> strokes = stackalloc double[4];
        foreach (Vec3 input in Inputs(1000))
        {
            JointPose pose = FourGearedJoint.Standard.Pose(input);
            FourGearedJoint.Strokes(FourGearedJoint.Standard.InputsFromPose(pose), strokes);
            JointPose again = FourGearedJoint.Standard.PoseFromStrokes(strokes);
            Arms.Near(pose.Translation, again.Translation, 1e-15);
            Arms.Near(pose.Rotation, again.Rotation, 1e-14);
        }
    }

    /// <summary>The fit to inconsistent strokes is the least-squares one: no neighbour is nearer to the strokes.</summary>
    [Fact]
    public void Inconsistent_strokes_are_fitted_by_least_squares()
    {
        Random random = new(3);
        double[] measured = new double[4], fitted = new double[4];
        for (int i = 0; i < 300; i++)
        {
            Vec3 input = 0.8 * Arms.Uniform(random, -1, 1);
            FourGearedJoint.Strokes(input, measured);
            for (int gear = 0; gear < 4; gear++)
            {
                measured[gear] += 0.02 * (random.NextDouble() - 0.5);
            }

            Vec3 fit = FourGearedJoint.Inputs(measured);
            double best = Distance(fit);
            for (int trial = 0; trial < 20; trial++)
            {
                Assert.True(Distance(fit + 1e-3 * Arms.Uniform(random, -1, 1)) >= best - 1e-15);
            }

            Arms.Near(FourGearedJoint.Standard.Pose(fit).Translation,
                FourGearedJoint.Standard.PoseFromStrokes(measured).Translation, 1e-15);
        }

        double Distance(in Vec3 candidate)
        {
            FourGearedJoint.Strokes(candidate, fitted);
            return Math.Sqrt(measured.Zip(fitted, (a, b) => (a - b) * (a - b)).Sum());
        }
    }

    [Fact]
    public void Full_tilt_leaves_no_stretch_and_no_tilt_leaves_all()
    {
        Assert.Equal(FourGearedJoint.Standard.Pose(new Vec3(1, 0.3, 1)), FourGearedJoint.Standard.Pose(new Vec3(1, 0.3, -1)));
        double stretch = FourGearedJoint.Standard.Pose(new Vec3(0, 0, 1)).Translation.Y
            - FourGearedJoint.Standard.Pose(new Vec3(0, 0, -1)).Translation.Y;
        Assert.Equal(21.46e-3, stretch, 1e-15);
        Assert.Equal(44.2e-3, FourGearedJoint.Standard.Pose(default).Translation.Y, 1e-15);
    }

    [Fact]
    public void Derivatives_match_finite_differences_away_from_the_creases()
    {
        foreach (Vec3 input in Inputs(300))
        {
            double x = Math.Abs(input.X), y = Math.Abs(input.Y);
            if (Math.Abs(x - y) < 1e-4 || Math.Max(x, y) < 1e-4)
            {
                continue;
            }

            FourGearedJoint.Standard.Motion(input, byDisplacements: false, out JointMotion motion);
            Assert.Equal(FourGearedJoint.Standard.Pose(input), motion.Pose);
            FiniteDifference.Check(input, value => FourGearedJoint.Standard.Pose(value), motion, 1e-9);
        }
    }
}
