using Ganglion.Basics.Space;

namespace Ganglion.Arm.Avoidance;

/// <summary>A place where an arm's body is near something.</summary>
/// <param name="Slack">Distance beyond the stated clearance, m; below 0: too near.</param>
/// <param name="Normal">Unit vector from there to the body.</param>
/// <param name="Link">Part of the body: 0 for the first module, <see cref="Ganglion.Robots.Trunk.TrunkArm.Joints"/> for the tool,
/// above it for the gripper.</param>
/// <param name="Share">Where on its axis, 0..1.</param>
/// <param name="Other">A part of the body as well; -1 the table; -2 and below the obstacles in their order.</param>
/// <param name="OtherShare">Where on that part's axis, 0..1.</param>
public readonly record struct Touch(double Slack, Vec3 Normal, int Link, double Share, int Other, double OtherShare)
{
    /// <summary><see cref="Other"/> of the table and of the first obstacle.</summary>
    public const int Table = -1, FirstObstacle = -2;
}
