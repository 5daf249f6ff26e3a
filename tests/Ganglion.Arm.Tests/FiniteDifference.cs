using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests;

/// <summary>Central differences of a joint's pose: the oracle for its derivatives.</summary>
internal static class FiniteDifference
{
    private const double Step = 1e-6;

    public static void Check(Vec3 input, Func<Vec3, JointPose> pose, JointMotion motion, double tolerance)
    {
        Check(input, new Vec3(Step, 0, 0), pose, motion.V0, motion.W0, tolerance);
        Check(input, new Vec3(0, Step, 0), pose, motion.V1, motion.W1, tolerance);
        Check(input, new Vec3(0, 0, Step), pose, motion.V2, motion.W2, tolerance);
    }

    private static void Check(Vec3 input, Vec3 step, Func<Vec3, JointPose> pose, Vec3 v, Vec3 w, double tolerance)
    {
        JointPose up = pose(input + step), down = pose(input - step);
        double scale = 1 / (2 * Step);
        Arms.Near(scale * (up.Translation - down.Translation), v, tolerance);
        Vec3 turn = Quat.FromMatrix(up.Rotation * down.Rotation.Transposed).RotationVector;
        Arms.Near(scale * turn, w, tolerance);
    }
}
