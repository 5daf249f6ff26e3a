using Ganglion.Basics.Space;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// The one border between the papers' axes (y along the trunk, x and z across) and REP-103 (z up, x forward, y left):
/// x = z', y = x', z = y' (primes: the papers'). A cyclic exchange, hence a proper rotation: handedness stays.
/// </summary>
public static class PaperFrame
{
    public static Vec3 ToRep103(in Vec3 v) => new(v.Z, v.X, v.Y);

    public static Vec3 FromRep103(in Vec3 v) => new(v.Y, v.Z, v.X);

    public static Mat3 ToRep103(in Mat3 r) => new(
        r.M22, r.M20, r.M21,
        r.M02, r.M00, r.M01,
        r.M12, r.M10, r.M11);

    public static Mat3 FromRep103(in Mat3 r) => new(
        r.M11, r.M12, r.M10,
        r.M21, r.M22, r.M20,
        r.M01, r.M02, r.M00);

    internal static JointPose ToRep103(in JointPose pose) => new(ToRep103(pose.Rotation), ToRep103(pose.Translation));

    internal static void ToRep103(ref JointMotion motion)
    {
        motion.Pose = ToRep103(motion.Pose);
        motion.V0 = ToRep103(motion.V0);
        motion.V1 = ToRep103(motion.V1);
        motion.V2 = ToRep103(motion.V2);
        motion.W0 = ToRep103(motion.W0);
        motion.W1 = ToRep103(motion.W1);
        motion.W2 = ToRep103(motion.W2);
    }
}
