using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>What a rigid body weighs, and where.</summary>
/// <param name="Mass">kg; of a mesh its volume, m^3.</param>
/// <param name="Centre">Of mass [m].</param>
/// <param name="Inertia">Tensor about that centre [kg m^2]; of a mesh [m^5].</param>
public readonly record struct MassProperties(double Mass, Vec3 Centre, Mat3 Inertia)
{
    /// <param name="mass">kg.</param>
    /// <param name="moment">Mass times centre [kg m].</param>
    /// <param name="inertia">About the origin [kg m^2].</param>
    public static MassProperties AboutOrigin(double mass, in Vec3 moment, in Mat3 inertia)
    {
        Vec3 centre = 1 / mass * moment;
        return new(mass, centre, Plus(inertia, Point(-mass, centre)));
    }

    /// <summary>Of another density.</summary>
    public MassProperties Times(double factor) => new(factor * Mass, Centre, Scaled(Inertia, factor));

    /// <summary>The same body elsewhere.</summary>
    public MassProperties Moved(in Mat3 turn, in Vec3 shift) => new(Mass, turn * Centre + shift, turn * Inertia * turn.Transposed);

    /// <summary>Two bodies as one (Steiner).</summary>
    public static MassProperties operator +(in MassProperties a, in MassProperties b)
    {
        Mat3 about = Plus(Plus(a.Inertia, Point(a.Mass, a.Centre)), Plus(b.Inertia, Point(b.Mass, b.Centre)));
        return AboutOrigin(a.Mass + b.Mass, a.Mass * a.Centre + b.Mass * b.Centre, about);
    }

    /// <summary>An even box about its centre, edges along the axes.</summary>
    /// <param name="mass">kg.</param>
    /// <param name="size">Edges [m].</param>
    /// <param name="centre">m.</param>
    public static MassProperties Box(double mass, in Vec3 size, in Vec3 centre)
    {
        double x = mass / 12 * size.X * size.X, y = mass / 12 * size.Y * size.Y, z = mass / 12 * size.Z * size.Z;
        return new(mass, centre, new Mat3(y + z, 0, 0, 0, x + z, 0, 0, 0, x + y));
    }

    /// <summary>An even cylinder along z about its centre.</summary>
    /// <param name="mass">kg.</param>
    /// <param name="diameter">m.</param>
    /// <param name="length">m.</param>
    /// <param name="centre">m.</param>
    public static MassProperties Cylinder(double mass, double diameter, double length, in Vec3 centre)
    {
        double across = mass * (diameter * diameter / 16 + length * length / 12);
        return new(mass, centre, new Mat3(across, 0, 0, 0, across, 0, 0, 0, mass * diameter * diameter / 8));
    }

    private static Mat3 Point(double mass, in Vec3 at) => new(
        mass * (at.Y * at.Y + at.Z * at.Z), -mass * at.X * at.Y, -mass * at.X * at.Z,
        -mass * at.X * at.Y, mass * (at.X * at.X + at.Z * at.Z), -mass * at.Y * at.Z,
        -mass * at.X * at.Z, -mass * at.Y * at.Z, mass * (at.X * at.X + at.Y * at.Y));

    private static Mat3 Plus(in Mat3 a, in Mat3 b) => new(a.M00 + b.M00, a.M01 + b.M01, a.M02 + b.M02, a.M10 + b.M10, a.M11 + b.M11,
        a.M12 + b.M12, a.M20 + b.M20, a.M21 + b.M21, a.M22 + b.M22);

    private static Mat3 Scaled(in Mat3 a, double by) => new(by * a.M00, by * a.M01, by * a.M02, by * a.M10, by * a.M11, by * a.M12,
        by * a.M20, by * a.M21, by * a.M22);
}
