using Ganglion.Basics.Space;
using Ganglion.Robots.Walkers;

namespace Ganglion.Physics;

/// <summary>Where a walker is at a moment: enough to draw it.</summary>
/// <param name="Time">Since the start [s].</param>
/// <param name="Hips">Middle between the hips [m].</param>
/// <param name="Attitude">Of the torso, in the ground's frame.</param>
/// <param name="Angles">Joint angles [rad], numbered as in <see cref="IWalkerPhysics"/>.</param>
public sealed record WalkerPose(double Time, Vec3 Hips, Quat Attitude, double[] Angles)
{
    /// <summary>The pose of a body now.</summary>
    public static WalkerPose Of(IWalkerPhysics body) => new(body.Time, body.Hips, body.Attitude, body.Angles.ToArray());

    /// <summary>Hip, knee, ankle, centre of the sole, toe and heel of a leg [m]; the inverse of
    /// <see cref="Shared.Legs.LegKinematics"/>.</summary>
    /// <param name="walker">Its links.</param>
    /// <param name="leg">0 left, 1 right.</param>
    public Vec3[] Leg(WalkerLayout walker, int leg)
    {
        int at = 6 * leg;
        Mat3 torso = Attitude.ToMatrix();
        Mat3 thigh = torso * (Mat3.AboutZ(Angles[at]) * (Mat3.AboutX(Angles[at + 1]) * Mat3.AboutY(Angles[at + 2])));
        Mat3 shank = thigh * Mat3.AboutY(Angles[at + 3]);
        Mat3 foot = shank * (Mat3.AboutY(Angles[at + 4]) * Mat3.AboutX(Angles[at + 5]));
        Vec3 hip = Hips + torso * new Vec3(0, leg == 0 ? walker.HipHalfWidth : -walker.HipHalfWidth, 0);
        Vec3 knee = hip + thigh * new Vec3(0, 0, -walker.Thigh), ankle = knee + shank * new Vec3(0, 0, -walker.Shank);
        Vec3 sole = ankle + foot * new Vec3(0, 0, -walker.Ankle), forward = foot * new Vec3(0.5 * walker.Body.Sole.Length, 0, 0);
        return [hip, knee, ankle, sole, sole + forward, sole - forward];
    }

    /// <summary>Top of the torso [m].</summary>
    public Vec3 Shoulders(WalkerLayout walker) => Hips + Attitude.ToMatrix() * new Vec3(0, 0, walker.Body.Torso.Height);
}
