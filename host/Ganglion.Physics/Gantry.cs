using Ganglion.Basics.Space;

namespace Ganglion.Physics;

/// <summary>
/// A harness that a walker stands up in, as one does in a laboratory: it holds the torso upright and where it hangs, and carries half of
/// the weight. Then it lets go, before the first step. What the feet stand on is left to the walker.
/// </summary>
internal static class Gantry
{
    /// <summary>Until when it holds, and when it has let go [s].</summary>
    public const double Holds = 1.3, Gone = 2.1;

    // Ropes of a metre or so to the side, hands that turn the torso: [N/m], [N s/m], also up and down, [N m/rad], [N m s/rad]; share of
    // the weight that it carries.
    private const double Stiffness = 150.0, Damping = 100.0, UpDamping = 400.0, Turning = 800.0, TurnDamping = 60.0, Carried = 0.5;

    /// <summary>Attitude of a torso that is upright and looks along x.</summary>
    /// <param name="up">Upward, in the ground's frame.</param>
    public static Quat Upright(Vec3 up)
    {
        // About y by the pitch, after about x by the roll.
        (double sinRoll, double cosRoll) = Math.SinCos(-0.5 * Math.Asin(up.Y));
        (double sinPitch, double cosPitch) = Math.SinCos(0.5 * Math.Atan2(up.X, up.Z));
        return new(cosPitch * cosRoll, cosPitch * sinRoll, sinPitch * cosRoll, -sinPitch * sinRoll);
    }

    /// <summary>Force on the hips in the ground's frame [N] and torque in the torso's [N m].</summary>
    /// <param name="time">Since the walker was set down [s].</param>
    /// <param name="away">Of the hips from where they hung [m].</param>
    /// <param name="velocity">Of the hips [m/s].</param>
    /// <param name="up">Upward, in the ground's frame.</param>
    /// <param name="upInTorso">Upward, in the torso's.</param>
    /// <param name="turning">Angular rate in the torso's frame [rad/s].</param>
    /// <param name="weight">Of the walker [N].</param>
    public static (Vec3 Force, Vec3 Torque) At(double time, Vec3 away, Vec3 velocity, Vec3 up, Vec3 upInTorso, Vec3 turning, double weight)
    {
        double share = Math.Clamp((Gone - time) / (Gone - Holds), 0.0, 1.0);
        double rising = Vec3.Dot(velocity, up);
        Vec3 aside = away - Vec3.Dot(away, up) * up, drifting = velocity - rising * up;
        Vec3 force = (Carried * weight - UpDamping * rising) * up - Stiffness * aside - Damping * drifting;
        Vec3 torque = Turning * new Vec3(-upInTorso.Y, upInTorso.X, 0.0) - TurnDamping * turning;
        return (share * force, share * torque);
    }
}
