using Ganglion.Basics.Space;

namespace Ganglion.Arm.Avoidance;

/// <summary>Where the axis of a capsule comes nearest to something.</summary>
/// <param name="Distance">From the axis to it, m; below 0 inside a box.</param>
/// <param name="Normal">Unit vector from it to the axis.</param>
/// <param name="Share">Where on the axis, 0..1.</param>
/// <param name="OtherShare">Where on the other axis, 0..1; 0 where there is none.</param>
public readonly record struct Nearest(double Distance, Vec3 Normal, double Share, double OtherShare)
{
    /// <summary>A length below which a direction is not known, m.</summary>
    private const double Tiny = 1e-12;

    /// <summary>From a line segment to a point.</summary>
    /// <param name="from">One end, m.</param>
    /// <param name="to">The other, m.</param>
    /// <param name="point">m.</param>
    public static Nearest ToPoint(in Vec3 from, in Vec3 to, in Vec3 point)
    {
        Vec3 along = to - from;
        double share = Clamped(Vec3.Dot(point - from, along), along.LengthSquared);
        return Between(from + share * along, point, along, share, 0);
    }

    /// <summary>From one line segment to another: the least of a quadratic over the unit square.</summary>
    /// <param name="from">One end of the first, m.</param>
    /// <param name="to">The other, m.</param>
    /// <param name="otherFrom">One end of the second, m.</param>
    /// <param name="otherTo">The other, m.</param>
    public static Nearest ToSegment(in Vec3 from, in Vec3 to, in Vec3 otherFrom, in Vec3 otherTo)
    {
        Vec3 u = to - from, v = otherTo - otherFrom, w = from - otherFrom;
        double a = u.LengthSquared, b = Vec3.Dot(u, v), c = v.LengthSquared, d = Vec3.Dot(u, w), e = Vec3.Dot(v, w);
        double share = Clamped(b * e - c * d, a * c - b * b), other = Clamped(b * share + e, c);

        // Where the other end stops the line, the first one's place is found anew.
        share = Clamped(b * other - d, a);
        return Between(from + share * u, otherFrom + other * v, Vec3.Cross(u, v), share, other);
    }

    /// <summary>From a line segment to a box. The square of the distance is convex along the segment, and a parabola between the places
    /// where it crosses the planes of the faces.</summary>
    /// <param name="from">One end in the box's frame, m.</param>
    /// <param name="to">The other, m.</param>
    /// <param name="half">Half the lengths of the box's edges, m.</param>
    public static Nearest ToBox(in Vec3 from, in Vec3 to, in Vec3 half)
    {
        Vec3 along = to - from;
        Span<double> places = stackalloc double[8];
        int count = 0;
        places[count++] = 0;
        Cross(from.X, along.X, half.X, places, ref count);
        Cross(from.Y, along.Y, half.Y, places, ref count);
        Cross(from.Z, along.Z, half.Z, places, ref count);
        places[count++] = 1;
        places[..count].Sort();

        // The first place from which the square does not fall any more, and the last up to which it has not risen.
        double first = 1, last = 0;
        for (int i = 0; i + 1 < count; i++)
        {
            double low = Slope(from, along, half, places[i]), high = Slope(from, along, half, places[i + 1]);
            double zero = low >= 0 ? places[i] : high < 0 ? places[i + 1] : places[i] + (places[i + 1] - places[i]) * low / (low - high);
            first = low >= 0 || high >= 0 ? Math.Min(first, zero) : first;
            last = high <= 0 ? places[i + 1] : low <= 0 ? Math.Max(last, zero) : last;
        }

        double share = Math.Clamp(0.5 * (first + Math.Max(first, last)), 0, 1);
        Vec3 place = from + share * along;
        Vec3 inside = new(Math.Clamp(place.X, -half.X, half.X), Math.Clamp(place.Y, -half.Y, half.Y), Math.Clamp(place.Z, -half.Z, half.Z));
        double distance = (place - inside).Length;
        if (distance > Tiny)
        {
            return new Nearest(distance, 1 / distance * (place - inside), share, 0);
        }

        // Inside: out by the nearest face.
        double x = Math.Abs(place.X) - half.X, y = Math.Abs(place.Y) - half.Y, z = Math.Abs(place.Z) - half.Z;
        return x >= y && x >= z ? new Nearest(x, new Vec3(Sign(place.X), 0, 0), share, 0)
            : y >= z ? new Nearest(y, new Vec3(0, Sign(place.Y), 0), share, 0) : new Nearest(z, new Vec3(0, 0, Sign(place.Z)), share, 0);
    }

    private static Nearest Between(in Vec3 place, in Vec3 other, in Vec3 fallback, double share, double otherShare)
    {
        Vec3 way = place - other;
        double distance = way.Length;
        if (distance > Tiny)
        {
            return new Nearest(distance, 1 / distance * way, share, otherShare);
        }

        // Axes that meet have no direction of their own: any one will do.
        double length = fallback.Length;
        return new Nearest(0, length > Tiny ? 1 / length * fallback : Vec3.UnitZ, share, otherShare);
    }

    private static void Cross(double from, double along, double half, Span<double> places, ref int count)
    {
        if (Math.Abs(along) <= Tiny)
        {
            return;
        }

        double enters = (-half - from) / along, leaves = (half - from) / along;
        if (enters is > 0 and < 1)
        {
            places[count++] = enters;
        }

        if (leaves is > 0 and < 1)
        {
            places[count++] = leaves;
        }
    }

    /// <summary>Half the derivative of the square of the distance along the segment.</summary>
    private static double Slope(in Vec3 from, in Vec3 along, in Vec3 half, double share)
    {
        Vec3 place = from + share * along;
        return along.X * Beyond(place.X, half.X) + along.Y * Beyond(place.Y, half.Y) + along.Z * Beyond(place.Z, half.Z);
    }

    private static double Beyond(double place, double half) => place - Math.Clamp(place, -half, half);

    private static double Sign(double value) => value < 0 ? -1 : 1;

    private static double Clamped(double upper, double lower) => lower <= Tiny * Tiny ? 0 : Math.Clamp(upper / lower, 0, 1);
}
