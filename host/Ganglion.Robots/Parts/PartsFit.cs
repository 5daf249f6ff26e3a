using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Parts;

/// <summary>
/// Where the balls of a joint have to run under the plate of the next module, for upright gears to carry it as the joint's formulas say.
/// The 3-geared formulas are those of such a mechanism: its balls stay in the plate's plane. The 4-geared ones are an approximation of
/// one: a ball leaves the plane by a few tenths of a millimetre and, of gears 1 and 3, goes aside by 3, since the tilts follow each
/// other. That room the slots have to give.
/// </summary>
public static class PartsFit
{
    private const int Steps = 12;

    /// <summary>Room for the balls of a 4-geared joint, all in m.</summary>
    /// <param name="Depth">Of the balls' plane below the next module's origin.</param>
    /// <param name="Radius">Of the gears' balls about the trunk's axis.</param>
    /// <param name="Out">So far outwards from that radius, under the plate.</param>
    /// <param name="Aside">So far to each side, gears 1 and 3.</param>
    /// <param name="AsideOfOthers">Gears 2 and 4.</param>
    /// <param name="Lift">So far above or below the plane.</param>
    public readonly record struct FourGeared(double Depth, double Radius, double Out, double Aside, double AsideOfOthers, double Lift);

    /// <summary>The radius at which the balls leave the plate's plane least, and the room that is needed there.</summary>
    /// <param name="dimensions">In the order of <see cref="TrunkDimension.FourGeared"/>, SI.</param>
    public static FourGeared Of(ReadOnlySpan<double> dimensions)
    {
        var joint = new FourGearedJoint(dimensions, new double[4]);
        (double neutral, double travel, double tilt, double shift) = (dimensions[0], dimensions[1], dimensions[2], dimensions[3]);
        double depth = shift / Math.Sin(tilt), middle = travel / 2 / Math.Tan(tilt);

        // A tilt's plate turns about a point this far below its origin, whence the shift: there its slots cross.
        FourGeared best = Room(joint, neutral, travel, depth, 0.95 * middle);
        for (int step = 1; step <= 60; step++)
        {
            FourGeared other = Room(joint, neutral, travel, depth, (0.95 + step * 0.001) * middle);
            best = other.Lift < best.Lift ? other : best;
        }

        return best;
    }

    /// <summary>Least and greatest distance of a 3-geared joint's balls from the plate's centre [m].</summary>
    /// <param name="dimensions">In the order of <see cref="TrunkDimension.ThreeGeared"/>, m.</param>
    public static (double Least, double Most) Sliders(ReadOnlySpan<double> dimensions)
    {
        var joint = new ThreeGearedJoint(dimensions, new double[3]);
        (double least, double most) = (double.PositiveInfinity, 0);
        for (int i = 0; i < (Steps + 1) * (Steps + 1) * (Steps + 1); i++)
        {
            // Gears alike: the first one's ball sees all that the others see.
            var strokes = new Vec3(i % (Steps + 1), i / (Steps + 1) % (Steps + 1), i / (Steps + 1) / (Steps + 1));
            double at = joint.Sliders(1.0 / Steps * strokes).X + ThreeGearedJoint.SliderZero;
            (least, most) = (Math.Min(least, at), Math.Max(most, at));
        }

        return (least, most);
    }

    private static FourGeared Room(FourGearedJoint joint, double neutral, double travel, double depth, double radius)
    {
        Span<double> strokes = stackalloc double[4];
        (double most, double aside, double others, double lift) = (radius, 0, 0, 0);
        for (int i = 0; i < 3 * (Steps + 1) * (Steps + 1); i++)
        {
            var input = new Vec3(2.0 / Steps * (i / 3 % (Steps + 1)) - 1, 2.0 / Steps * (i / 3 / (Steps + 1)) - 1, i % 3 - 1);
            FourGearedJoint.Strokes(input, strokes);
            JointPose pose = PaperFrame.ToRep103(joint.Pose(input));
            Mat3 tilted = pose.Rotation * Mat3.AboutZ(-FourGearedJoint.MountingYaw);
            for (int gear = 0; gear < 4; gear++)
            {
                var towards = Mat3.AboutZ(gear * Math.PI / 2);
                Vec3 ball = towards * new Vec3(radius, 0, neutral - depth + travel * (strokes[gear] - 0.5));
                Vec3 under = (tilted * towards).Transposed * (ball - pose.Translation);
                most = Math.Max(most, under.X);
                lift = Math.Max(lift, Math.Abs(under.Z + depth));
                (aside, others) = gear % 2 == 0 ? (Math.Max(aside, Math.Abs(under.Y)), others)
                    : (aside, Math.Max(others, Math.Abs(under.Y)));
            }
        }

        return new(depth, radius, most - radius, aside, others, lift);
    }
}
