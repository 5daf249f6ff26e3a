using Ganglion.Basics.Space;

namespace Ganglion.Robots.Trunk;

/// <summary>Pose of the next module in this module's frame (papers' axes: y along the trunk; metres).</summary>
public readonly record struct JointPose(Mat3 Rotation, Vec3 Translation);

/// <summary>
/// A joint's pose with its derivatives: per unit of input i the next module moves by Vi (m) and turns by Wi (rad), both in
/// this module's axes.
/// </summary>
public struct JointMotion
{
    public JointPose Pose;
    public Vec3 V0, V1, V2;
    public Vec3 W0, W1, W2;
}
