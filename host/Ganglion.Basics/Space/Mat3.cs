namespace Ganglion.Basics.Space;

/// <summary>A 3x3 matrix, row by row; here always a rotation.</summary>
public readonly record struct Mat3(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22)
{
    public static readonly Mat3 Identity = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Rotation about the x axis by an angle in rad, right-handed.</summary>
    public static Mat3 AboutX(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(1, 0, 0, 0, c, -s, 0, s, c);
    }

    /// <summary>Rotation about the y axis by an angle in rad, right-handed.</summary>
    public static Mat3 AboutY(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(c, 0, s, 0, 1, 0, -s, 0, c);
    }

    /// <summary>Rotation about the z axis by an angle in rad, right-handed.</summary>
    public static Mat3 AboutZ(double angle)
    {
        (double s, double c) = Math.SinCos(angle);
        return new(c, -s, 0, s, c, 0, 0, 0, 1);
    }

    public static Mat3 operator *(in Mat3 a, in Mat3 b) => new(
        a.M00 * b.M00 + a.M01 * b.M10 + a.M02 * b.M20,
        a.M00 * b.M01 + a.M01 * b.M11 + a.M02 * b.M21,
        a.M00 * b.M02 + a.M01 * b.M12 + a.M02 * b.M22,
        a.M10 * b.M00 + a.M11 * b.M10 + a.M12 * b.M20,
        a.M10 * b.M01 + a.M11 * b.M11 + a.M12 * b.M21,
        a.M10 * b.M02 + a.M11 * b.M12 + a.M12 * b.M22,
        a.M20 * b.M00 + a.M21 * b.M10 + a.M22 * b.M20,
        a.M20 * b.M01 + a.M21 * b.M11 + a.M22 * b.M21,
        a.M20 * b.M02 + a.M21 * b.M12 + a.M22 * b.M22);

    public static Vec3 operator *(in Mat3 a, in Vec3 v) => new(
        a.M00 * v.X + a.M01 * v.Y + a.M02 * v.Z,
        a.M10 * v.X + a.M11 * v.Y + a.M12 * v.Z,
        a.M20 * v.X + a.M21 * v.Y + a.M22 * v.Z);

    /// <summary>The transpose, which is the inverse of a rotation.</summary>
    public Mat3 Transposed => new(M00, M10, M20, M01, M11, M21, M02, M12, M22);
}
