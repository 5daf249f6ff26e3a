using Ganglion.Basics.Space;

namespace Ganglion.Robots.Scenes;

/// <summary>A half line, and where it first meets a solid. Answers are distances from its start, m: 0 where it begins inside, infinite
/// where it passes by.</summary>
/// <param name="From">Where it begins, m.</param>
/// <param name="Along">Unit vector.</param>
public readonly record struct Ray(Vec3 From, Vec3 Along)
{
    /// <summary>To an obstacle.</summary>
    public double To(Obstacle obstacle) => obstacle switch
    {
        SphereObstacle sphere => ToSphere(sphere.Centre, sphere.Radius),
        CapsuleObstacle capsule => ToCapsule(capsule.From, capsule.To, capsule.Radius),
        BoxObstacle box => ToBox(box),
        _ => throw new ArgumentException($"There are no rays to a {obstacle.GetType().Name}.", nameof(obstacle)),
    };

    /// <summary>To a level plane with all below it solid.</summary>
    /// <param name="height">m.</param>
    public double ToTable(double height) => From.Z <= height ? 0 : Along.Z < 0 ? (height - From.Z) / Along.Z : double.PositiveInfinity;

    public double ToSphere(in Vec3 centre, double radius)
    {
        Vec3 away = From - centre;
        return First(1, Vec3.Dot(away, Along), away.LengthSquared - radius * radius);
    }

    /// <summary>To a rod with round ends: its cylinder where the ray meets it between the ends, else the nearer ball.</summary>
    public double ToCapsule(in Vec3 from, in Vec3 to, double radius)
    {
        Vec3 axis = to - from, away = From - from;
        double length = axis.LengthSquared, along = Vec3.Dot(axis, Along), start = Vec3.Dot(axis, away);
        double ends = Math.Min(ToSphere(from, radius), ToSphere(to, radius));
        if (length == 0)
        {
            return ends;
        }

        // The quadratic of the distance from the axis, times the square of the axis' length.
        double cylinder = First(length - along * along, length * Vec3.Dot(away, Along) - start * along,
            length * (away.LengthSquared - radius * radius) - start * start);
        double place = start + cylinder * along;
        return double.IsFinite(cylinder) && place >= 0 && place <= length ? Math.Min(cylinder, ends) : ends;
    }

    /// <summary>To a box: where the last of three pairs of planes is entered, if none has been left before.</summary>
    public double ToBox(BoxObstacle box)
    {
        var back = Mat3.AboutZ(-box.Yaw);
        Vec3 from = back * (From - box.Centre), along = back * Along;
        double enters = 0, leaves = double.PositiveInfinity;
        Cut(from.X, along.X, box.Size.X / 2, ref enters, ref leaves);
        Cut(from.Y, along.Y, box.Size.Y / 2, ref enters, ref leaves);
        Cut(from.Z, along.Z, box.Size.Z / 2, ref enters, ref leaves);
        return enters <= leaves ? enters : double.PositiveInfinity;
    }

    private static void Cut(double from, double along, double half, ref double enters, ref double leaves)
    {
        if (along == 0)
        {
            leaves = Math.Abs(from) > half ? -1 : leaves;
            return;
        }

        double one = (-half - from) / along, other = (half - from) / along;
        enters = Math.Max(enters, Math.Min(one, other));
        leaves = Math.Min(leaves, Math.Max(one, other));
    }

    /// <summary>The first t from 0 on at which a t^2 + 2 b t + c is not above 0.</summary>
    private static double First(double a, double b, double c)
    {
        if (c <= 0)
        {
            return 0;
        }

        double root = b * b - a * c;
        return a <= 0 || root < 0 || b >= 0 ? double.PositiveInfinity : c / (-b + Math.Sqrt(root));
    }
}
