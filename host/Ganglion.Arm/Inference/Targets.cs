using Ganglion.Basics.Space;

namespace Ganglion.Arm.Inference;

/// <summary>Refuses targets that are no poses.</summary>
internal static class Targets
{
    /// <summary>The target with a unit quaternion.</summary>
    /// <exception cref="ArgumentException">A number is not finite, or the quaternion is zero.</exception>
    public static Pose Checked(in Pose target)
    {
        Pose goal = target with { Orientation = target.Orientation.Normalized() };
        return double.IsFinite(goal.Position.LengthSquared + goal.Orientation.W) ? goal
            : throw new ArgumentException("the target is not finite; give a position in metres and a non-zero quaternion", nameof(target));
    }
}
