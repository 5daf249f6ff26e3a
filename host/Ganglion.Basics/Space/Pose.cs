namespace Ganglion.Basics.Space;

/// <summary>Where a body is and how it is turned. REP-103: x forward, y left, z up.</summary>
/// <param name="Position">Origin of the body, m.</param>
/// <param name="Orientation">From the body's axes to the reference axes; unit, w >= 0.</param>
public readonly record struct Pose(Vec3 Position, Quat Orientation);
