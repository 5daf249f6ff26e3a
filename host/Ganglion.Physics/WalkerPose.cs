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

    /// <summary>Hip, knee, ankle, centre of the sole, toe and heel of a leg [m].</summary>
    /// <param name="walker">Its links.</param>
    /// <param name="leg">0 left, 1 right.</param>
    public Vec3[] Leg(WalkerLayout walker, int leg)
    {
        Span<Pose> frames = stackalloc Pose[WalkerFrames.Count];
        WalkerFrames.Place(walker, new Pose(Hips, Attitude), Angles, frames);
        Pose sole = frames[WalkerFrames.Of(leg, WalkerFrames.Sole)];
        Mat3 foot = sole.Orientation.ToMatrix();
        Vec3 forward = foot * new Vec3(0.5 * walker.Body.Sole.Length, 0, 0);
        return [frames[WalkerFrames.Of(leg, WalkerFrames.Thigh)].Position, frames[WalkerFrames.Of(leg, WalkerFrames.Shank)].Position,
            sole.Position + foot * new Vec3(0, 0, walker.Ankle), sole.Position, sole.Position + forward, sole.Position - forward];
    }

    /// <summary>Top of the torso [m].</summary>
    public Vec3 Shoulders(WalkerLayout walker) => Hips + Attitude.ToMatrix() * new Vec3(0, 0, walker.Body.Torso.Height);
}
