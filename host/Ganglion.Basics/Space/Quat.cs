using System.Globalization;

namespace Ganglion.Basics.Space;

/// <summary>A unit quaternion (w, x, y, z) for a rotation. What this project hands out has w >= 0, so each rotation has one
/// quaternion.</summary>
public readonly record struct Quat(double W, double X, double Y, double Z)
{
    public static readonly Quat Identity = new(1, 0, 0, 0);

    /// <summary>The four numbers. A record would print its properties too, and of its conjugate the conjugate, without an end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({W}, {X}, {Y}, {Z})");

    /// <summary>The quaternion of a rotation matrix, with w >= 0. Shepperd's method: the largest component is found first, so no division
    /// is small.</summary>
    public static Quat FromMatrix(in Mat3 m)
    {
        double trace = m.M00 + m.M11 + m.M22, largest = Math.Max(Math.Max(m.M00, m.M11), Math.Max(m.M22, trace));
        Quat q;
        if (largest == trace)
        {
            q = new(1 + trace, m.M21 - m.M12, m.M02 - m.M20, m.M10 - m.M01);
        }
        else if (largest == m.M00)
        {
            q = new(m.M21 - m.M12, 1 + m.M00 - m.M11 - m.M22, m.M01 + m.M10, m.M02 + m.M20);
        }
        else if (largest == m.M11)
        {
            q = new(m.M02 - m.M20, m.M01 + m.M10, 1 - m.M00 + m.M11 - m.M22, m.M12 + m.M21);
        }
        else
        {
            q = new(m.M10 - m.M01, m.M02 + m.M20, m.M12 + m.M21, 1 - m.M00 - m.M11 + m.M22);
        }

        return q.Normalized();
    }

    /// <summary>The same rotation as a unit quaternion with w >= 0. The components must not all be zero.</summary>
    public Quat Normalized()
    {
        double scale = 1 / Math.Sqrt(W * W + X * X + Y * Y + Z * Z);
        if (W < 0)
        {
            scale = -scale;
        }

        return new(W * scale, X * scale, Y * scale, Z * scale);
    }

    public Mat3 ToMatrix() => new(
        1 - 2 * (Y * Y + Z * Z), 2 * (X * Y - W * Z), 2 * (X * Z + W * Y),
        2 * (X * Y + W * Z), 1 - 2 * (X * X + Z * Z), 2 * (Y * Z - W * X),
        2 * (X * Z - W * Y), 2 * (Y * Z + W * X), 1 - 2 * (X * X + Y * Y));

    public static Quat operator *(in Quat a, in Quat b) => new(
        a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z,
        a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
        a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
        a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W);

    public Quat Conjugate => new(W, -X, -Y, -Z);

    /// <summary>Axis times angle, rad, angle 0..pi: the logarithm of the rotation.</summary>
    public Vec3 RotationVector
    {
        get
        {
            Quat q = W < 0 ? new(-W, -X, -Y, -Z) : this;
            double sine = Math.Sqrt(q.X * q.X + q.Y * q.Y + q.Z * q.Z);
            // angle / sin(angle / 2) tends to 2 for small angles.
            double scale = sine < 1e-12 ? 2 : 2 * Math.Atan2(sine, q.W) / sine;
            return new(scale * q.X, scale * q.Y, scale * q.Z);
        }
    }

    /// <summary>The rotation about an axis by its length: the inverse of <see cref="RotationVector"/>.</summary>
    /// <param name="turn">Axis times angle, rad.</param>
    public static Quat FromRotationVector(in Vec3 turn)
    {
        double angle = turn.Length;
        // sin(angle / 2) / angle tends to 1/2 for small angles.
        double scale = angle < 1e-12 ? 0.5 : Math.Sin(angle / 2) / angle;
        return new Quat(Math.Cos(angle / 2), scale * turn.X, scale * turn.Y, scale * turn.Z).Normalized();
    }

    /// <summary>Angle between two orientations, rad, 0..pi.</summary>
    public static double Angle(in Quat a, in Quat b) => (a * b.Conjugate).RotationVector.Length;
}
