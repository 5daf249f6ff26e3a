using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Inference;

/// <summary>
/// What a solver makes small: the way from a tip pose to the target, as rows in metres. Angles count as the arc at the arm's normalising
/// length.
/// </summary>
/// <param name="rows">3 (position) or 6 (position and rotation).</param>
/// <param name="metresPerRadian">Scale of the rotational rows.</param>
internal sealed class TipTask(int rows, double metresPerRadian)
{
    /// <summary>Longest row count.</summary>
    public const int MostRows = 6;

    /// <summary>Wanted tip pose, with a unit quaternion.</summary>
    public Pose Target { get; set; }

    /// <summary>What is missing at a tip pose.</summary>
    public Deviation From(in Pose tip) =>
        new(Target.Position - tip.Position, (Target.Orientation * tip.Orientation.Conjugate).RotationVector);

    /// <summary>Square of what is missing, m^2.</summary>
    public double Square(in Deviation deviation) =>
        deviation.Position.LengthSquared + (rows == 6 ? metresPerRadian * metresPerRadian * deviation.Rotation.LengthSquared : 0);

    /// <summary>The same for a tip pose.</summary>
    public double Square(in Pose tip) => Square(From(tip));

    /// <summary>Position and rotation vector as rows in metres; rotation 0 where only the position counts.</summary>
    /// <param name="position">m.</param>
    /// <param name="rotation">rad.</param>
    /// <param name="to">Receives <see cref="MostRows"/> numbers.</param>
    public void Write(in Vec3 position, in Vec3 rotation, Span<double> to)
    {
        double scale = rows == 6 ? metresPerRadian : 0;
        (to[0], to[1], to[2]) = (position.X, position.Y, position.Z);
        (to[3], to[4], to[5]) = (scale * rotation.X, scale * rotation.Y, scale * rotation.Z);
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    public Deviation Read(ReadOnlySpan<double> rows) =>
        new(new Vec3(rows[0], rows[1], rows[2]), 1 / metresPerRadian * new Vec3(rows[3], rows[4], rows[5]));
}
