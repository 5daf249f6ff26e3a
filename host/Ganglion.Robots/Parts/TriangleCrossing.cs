using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>The box around a triangle.</summary>
internal readonly record struct TriangleBox(Vec3 Least, Vec3 Most)
{
    public static TriangleBox Of(TriangleMesh mesh, int triangle)
    {
        Vec3 a = mesh[triangle, 0], b = mesh[triangle, 1], c = mesh[triangle, 2];
        return new(new(Math.Min(a.X, Math.Min(b.X, c.X)), Math.Min(a.Y, Math.Min(b.Y, c.Y)), Math.Min(a.Z, Math.Min(b.Z, c.Z))),
            new(Math.Max(a.X, Math.Max(b.X, c.X)), Math.Max(a.Y, Math.Max(b.Y, c.Y)), Math.Max(a.Z, Math.Max(b.Z, c.Z))));
    }

    public bool Meets(in TriangleBox other) => Least.X <= other.Most.X && Most.X >= other.Least.X && Least.Y <= other.Most.Y
        && Most.Y >= other.Least.Y && Least.Z <= other.Most.Z && Most.Z >= other.Least.Z;
}

/// <summary>Whether an edge of one triangle goes through another one's inside. Touching is no crossing: what is nearer than 0.1 um, more
/// than what a STL's floats are off at the rim of a bed, does not count.</summary>
internal static class TriangleCrossing
{
    private const double Touch = 1e-7;

    /// <summary>Of one mesh twice, corners that both have are no crossing.</summary>
    public static bool Crosses(TriangleMesh a, int i, TriangleMesh b, int j)
    {
        for (int edge = 0; edge < 3; edge++)
        {
            int next = (edge + 1) % 3;
            if (Pierces(a, i, edge, next, b, j) || Pierces(b, j, edge, next, a, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Pierces(TriangleMesh mesh, int triangle, int from, int to, TriangleMesh other, int pierced)
    {
        Vec3 p = mesh[triangle, from], q = mesh[triangle, to], a = other[pierced, 0], normal = other.Normal(pierced);
        double length = normal.Length;
        if (length == 0)
        {
            return false;
        }

        Vec3 n = 1 / length * normal;
        double before = Vec3.Dot(n, p - a), after = Vec3.Dot(n, q - a);
        if (Math.Abs(before) < Touch || Math.Abs(after) < Touch || before > 0 == after > 0)
        {
            return false;
        }

        Vec3 at = p + before / (before - after) * (q - p);
        for (int k = 0; k < 3; k++)
        {
            Vec3 corner = other[pierced, k], edge = other[pierced, (k + 1) % 3] - corner;
            if (Vec3.Dot(Vec3.Cross(edge, at - corner), n) < Touch * edge.Length)
            {
                return false;
            }
        }

        return true;
    }
}
