using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Bodies;

/// <summary>A straight piece of a body with round ends, in the frame of the tip.</summary>
/// <param name="From">One end of its axis, m.</param>
/// <param name="To">The other, m.</param>
/// <param name="Radius">m.</param>
public readonly record struct BodyRod(Vec3 From, Vec3 To, double Radius);

/// <summary>
/// The room that the printed gripper takes (hardware/parts/gripper.scad), for what has to be kept clear of it. It is the worst case:
/// everything that its fingers pass through between closed and wide open, so that they may move at any time and wherever the arm is; what
/// is between them counts as theirs. Lengths along the tool are the drawing's, the width is that of the widest pinion that it takes.
/// </summary>
public static class GripperBody
{
    /// <summary>Below the tip, m: foot, floor that carries the racks, and the middle of all that moves on it.</summary>
    private const double Foot = 0.0747, Floor = 0.047, Racks = 0.0406;

    /// <summary>Below the tip, m: rods across the tool between which the fingers' blades have no gap.</summary>
    private const double Blades = 0.008, BladesBelow = 0.023;

    /// <summary>Of the rods, m: cheeks with the servo between them, base with racks, blades.</summary>
    private const double CheekRadius = 0.023, RackRadius = 0.012, BladeRadius = 0.010;

    /// <summary>Between the rods that stand for the base, m.</summary>
    private const double Aside = 0.020;

    /// <summary>So far the base and the racks reach beyond half the opening, m.</summary>
    private const double BaseMore = 0.007, RackMore = 0.006;

    /// <summary>Its rods.</summary>
    /// <param name="gripper">Gives how far it opens.</param>
    public static BodyRod[] Of(GripperDescription gripper)
    {
        double half = gripper.Opening / 2;
        return
        [
            new(new Vec3(0, 0, -Foot), new Vec3(0, 0, -Floor), CheekRadius),
            Across(-Aside, half + BaseMore, Racks, RackRadius),
            Across(0, half + BaseMore, Racks, RackRadius),
            Across(Aside, half + BaseMore, Racks, RackRadius),
            Across(0, half + RackMore, BladesBelow, BladeRadius),
            Across(0, half + RackMore, Blades, BladeRadius),
        ];
    }

    /// <summary>Greatest distance of its rods' axes from the tip, m: by what a turn of the tip puts them aside.</summary>
    public static double Reach(GripperDescription gripper) => Of(gripper).Max(rod => Math.Max(rod.From.Length, rod.To.Length));

    private static BodyRod Across(double forward, double half, double below, double radius) =>
        new(new Vec3(forward, -half, -below), new Vec3(forward, half, -below), radius);
}
