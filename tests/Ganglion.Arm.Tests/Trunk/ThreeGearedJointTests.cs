using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

public class ThreeGearedJointTests
{
    /// <summary>Corners, the middle, and random strokes.</summary>
    private static IEnumerable<Vec3> Strokes(int count)
    {
        for (int corner = 0; corner < 8; corner++)
        {
            yield return new Vec3(corner & 1, corner >> 1 & 1, corner >> 2);
        }

        yield return new Vec3(0.5, 0.5, 0.5);
        Random random = new(1);
        for (int i = 0; i < count; i++)
        {
            yield return Arms.Uniform(random, 0, 1);
        }
    }

    [Fact]
    public void Closed_form_equals_the_generic_solver_to_a_picometre()
    {
        foreach (Vec3 strokes in Strokes(200))
        {
            (JointPose pose, Vec3 sliders, double residual) = GenericJointSolver.Solve(strokes);
            Assert.True(residual < 1e-12, $"the solver left {residual} m at {strokes}");
            JointPose closed = ThreeGearedJoint.Standard.Pose(strokes);
            Arms.Near(pose.Translation, closed.Translation, 1e-12);
            Arms.Near(pose.Rotation, closed.Rotation, 1e-11);
            Arms.Near(sliders, ThreeGearedJoint.Standard.Sliders(strokes), 1e-12);
        }
    }

    /// <summary>The plate's centre by the textbook: barycentric weights a / sin(A + 60 degrees) of the Fermat-Torricelli point.</summary>
    [Fact]
    public void Plate_centre_is_the_fermat_point_of_the_gear_tips()
    {
        foreach (Vec3 strokes in Strokes(1000))
        {
            Vec3[] tips = [ThreeGearedJoint.Standard.Tip(0, strokes.X), ThreeGearedJoint.Standard.Tip(1, strokes.Y),
                ThreeGearedJoint.Standard.Tip(2, strokes.Z)];
            Vec3 sum = default;
            double weights = 0;
            for (int k = 0; k < 3; k++)
            {
                Vec3 left = tips[(k + 1) % 3] - tips[k], right = tips[(k + 2) % 3] - tips[k];
                double angle = Math.Acos(Vec3.Dot(left, right) / (left.Length * right.Length));
                double weight = (right - left).Length / Math.Sin(angle + Math.PI / 3);
                sum += weight * tips[k];
                weights += weight;
            }
            JointPose pose = ThreeGearedJoint.Standard.Pose(strokes);
            Vec3 centre = pose.Translation - pose.Rotation * new Vec3(0, ThreeGearedJoint.PlateDepth, 0);
            Arms.Near(1 / weights * sum, centre, 1e-15);
        }
    }

    [Fact]
    public void Strokes_to_pose_and_back_is_exact()
    {
        foreach (Vec3 strokes in Strokes(1000))
        {
            Arms.Near(strokes, ThreeGearedJoint.Standard.Inputs(ThreeGearedJoint.Standard.Pose(strokes)), 1e-14);
        }
    }

    [Fact]
    public void Pose_to_strokes_and_back_is_exact_to_a_picometre()
    {
        foreach (Vec3 strokes in Strokes(1000))
        {
            JointPose pose = ThreeGearedJoint.Standard.Pose(strokes),
                again = ThreeGearedJoint.Standard.Pose(ThreeGearedJoint.Standard.Inputs(pose));
            Arms.Near(pose.Translation, again.Translation, 1e-15);
            Arms.Near(pose.Rotation, again.Rotation, 1e-14);
        }
    }

    /// <summary>host/Ganglion.Robots/Trunk/README.md: at most 41.5 degrees of tilt, sliders -5.3..+20.3 mm (the mechanism has -7..26),
    /// centre at most 5.24 mm aside.</summary>
    [Fact]
    public void Extremes_are_the_published_ones()
    {
        double tilt = 0, inmost = 1, outmost = -1;
        foreach (Vec3 inner in Strokes(20_000))
        {
            // The extremes lie on the edges of the strokes' cube.
            Vec3 strokes = inner with { X = Math.Round(inner.X), Y = Math.Round(inner.Y) };
            Vec3 sliders = ThreeGearedJoint.Standard.Sliders(strokes);
            tilt = Math.Max(tilt, Math.Acos(Math.Min(1, ThreeGearedJoint.Standard.Pose(strokes).Rotation.M11)));
            inmost = Math.Min(inmost, Math.Min(sliders.X, Math.Min(sliders.Y, sliders.Z)));
            outmost = Math.Max(outmost, Math.Max(sliders.X, Math.Max(sliders.Y, sliders.Z)));
        }
        Assert.Equal(41.5, tilt * 180 / Math.PI, 0.05);
        Assert.Equal(-5.3e-3, inmost, 0.05e-3);
        Assert.Equal(20.3e-3, outmost, 0.05e-3);
    }

    [Fact]
    public void Level_plate_stands_on_its_tips()
    {
        JointPose low = ThreeGearedJoint.Standard.Pose(default), high = ThreeGearedJoint.Standard.Pose(new Vec3(1, 1, 1));
        Arms.Near(new Vec3(0, 44e-3 + 38.875e-3, 0), low.Translation, 1e-16);
        Arms.Near(new Vec3(0, 53.75e-3, 0), high.Translation - low.Translation, 1e-16);
        Arms.Near(Mat3.AboutY(Math.PI), low.Rotation, 1e-15);
    }

    [Fact]
    public void Derivatives_match_finite_differences()
    {
        foreach (Vec3 strokes in Strokes(200))
        {
            ThreeGearedJoint.Standard.Motion(strokes, out JointMotion motion);
            Assert.Equal(ThreeGearedJoint.Standard.Pose(strokes), motion.Pose);
            FiniteDifference.Check(strokes, value => ThreeGearedJoint.Standard.Pose(value), motion, 1e-8);
        }
    }
}
