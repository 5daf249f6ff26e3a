using Ganglion.Basics.Space;
using Ganglion.Shared.Legs;

namespace Ganglion.Robots.Walkers;

/// <summary>Where the links of a walker are, from its hips and the angles of its joints: the inverse of
/// <see cref="LegKinematics"/>.</summary>
public static class WalkerFrames
{
    /// <summary>Torso, then thigh, shank and sole of the left leg, then of the right one.</summary>
    public const int Count = 1 + 2 * LinksOfALeg;

    /// <summary>Within a leg.</summary>
    public const int Thigh = 0, Shank = 1, Sole = 2, LinksOfALeg = 3;

    /// <summary>Index of a link of a leg.</summary>
    /// <param name="leg">0 left, 1 right.</param>
    /// <param name="link"><see cref="Thigh"/>, <see cref="Shank"/> or <see cref="Sole"/>.</param>
    public static int Of(int leg, int link) => 1 + LinksOfALeg * leg + link;

    /// <summary>The frames: the torso's in the middle between the hips, a thigh's in its hip, a shank's in its knee, a sole's in its
    /// centre; with straight legs all turned alike.</summary>
    /// <param name="walker">Lengths.</param>
    /// <param name="torso">Its frame, m.</param>
    /// <param name="angles">Of the joints, rad, by <see cref="WalkerLayout.JointNames"/>.</param>
    /// <param name="frames">Receives <see cref="Count"/> of them.</param>
    public static void Place(WalkerLayout walker, in Pose torso, ReadOnlySpan<double> angles, Span<Pose> frames)
    {
        frames[0] = torso;
        for (int leg = 0; leg < 2; leg++)
        {
            ReadOnlySpan<double> joint = angles.Slice(LegGeometry.Slots * leg, LegGeometry.Slots);
            double side = leg == 0 ? walker.HipHalfWidth : -walker.HipHalfWidth;
            Quat thigh = torso.Orientation * Turn(joint[LegGeometry.HipYaw], Vec3.UnitZ) * Turn(joint[LegGeometry.HipRoll], Vec3.UnitX)
                * Turn(joint[LegGeometry.HipPitch], Vec3.UnitY);
            Quat shank = thigh * Turn(joint[LegGeometry.Knee], Vec3.UnitY);
            Quat sole = shank * Turn(joint[LegGeometry.AnklePitch], Vec3.UnitY) * Turn(joint[LegGeometry.AnkleRoll], Vec3.UnitX);
            Vec3 hip = torso.Position + torso.Orientation.ToMatrix() * new Vec3(0, side, 0);
            Vec3 knee = hip + thigh.ToMatrix() * new Vec3(0, 0, -walker.Thigh);
            Vec3 ankle = knee + shank.ToMatrix() * new Vec3(0, 0, -walker.Shank);
            frames[Of(leg, Thigh)] = new Pose(hip, thigh);
            frames[Of(leg, Shank)] = new Pose(knee, shank);
            frames[Of(leg, Sole)] = new Pose(ankle + sole.ToMatrix() * new Vec3(0, 0, -walker.Ankle), sole);
        }
    }

    /// <summary>Height of the lowest corner of both soles, m.</summary>
    public static double Lowest(WalkerLayout walker, ReadOnlySpan<Pose> frames)
    {
        double lowest = double.PositiveInfinity;
        (double length, double width) = (walker.Body.Sole.Length / 2, walker.Body.Sole.Width / 2);
        for (int leg = 0; leg < 2; leg++)
        {
            Pose sole = frames[Of(leg, Sole)];
            Mat3 turn = sole.Orientation.ToMatrix();
            for (int corner = 0; corner < 4; corner++)
            {
                Vec3 place = turn * new Vec3(corner < 2 ? length : -length, corner % 2 == 0 ? width : -width, 0);
                lowest = Math.Min(lowest, sole.Position.Z + place.Z);
            }
        }

        return lowest;
    }

    /// <summary>Centre of mass of a body of even boxes, as <see cref="WalkerBody"/> has it, m.</summary>
    public static Vec3 CentreOfMass(WalkerLayout walker, ReadOnlySpan<Pose> frames)
    {
        WalkerBody body = walker.Body;
        Vec3 moment = body.Torso.Mass * At(frames[0], body.Torso.Height / 2);
        for (int leg = 0; leg < 2; leg++)
        {
            moment += body.ThighMass * At(frames[Of(leg, Thigh)], -walker.Thigh / 2)
                + body.ShankMass * At(frames[Of(leg, Shank)], -walker.Shank / 2)
                + body.Sole.Mass * At(frames[Of(leg, Sole)], walker.SoleThickness / 2);
        }

        return 1 / body.Mass * moment;
    }

    private static Vec3 At(in Pose frame, double height) => frame.Position + frame.Orientation.ToMatrix() * new Vec3(0, 0, height);

    private static Quat Turn(double angle, in Vec3 axis) => Quat.FromRotationVector(angle * axis);
}
