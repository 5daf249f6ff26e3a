using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>Thickness of a body's walls by sampling: from points of the surface straight inwards to the opposite face. A face that is not
/// nearly parallel (30 degrees) makes an edge and no wall.</summary>
public static class WallThickness
{
    private static readonly double Parallel = Math.Cos(Math.PI / 6);

    /// <summary>The thinnest wall that was found [m], and a point of its surface; infinite if there is none.</summary>
    /// <param name="mesh">Closed.</param>
    /// <param name="spacing">Of the points, about [m]; every triangle has at least one.</param>
    public static (double Thickness, Vec3 At) Least(TriangleMesh mesh, double spacing)
    {
        (double Thickness, Vec3 At) least = (double.PositiveInfinity, default);
        for (int i = 0; i < mesh.Count; i++)
        {
            Vec3 a = mesh[i, 0], ab = mesh[i, 1] - a, ac = mesh[i, 2] - a, normal = mesh.Normal(i);
            double area = normal.Length / 2;

            // Slivers of rounding have no direction to go by.
            if (area < 1e-9)
            {
                continue;
            }

            Vec3 inwards = -0.5 / area * normal;
            int points = 1 + Math.Min(400, (int)(area / (spacing * spacing)));
            for (int k = 0; k < points; k++)
            {
                // Halton's points of bases 2 and 3, folded into the triangle.
                (double u, double v) = (Halton(k + 1, 2), Halton(k + 1, 3));
                (u, v) = u + v > 1 ? (1 - u, 1 - v) : (u, v);
                Vec3 at = a + u * ab + v * ac;
                double depth = Depth(mesh, at, inwards, i, out int opposite);
                if (depth < least.Thickness && Vec3.Dot(mesh.Normal(opposite), inwards) > Parallel * mesh.Normal(opposite).Length)
                {
                    least = (depth, at);
                }
            }
        }

        return least;
    }

    /// <summary>Distance to the first other triangle on a ray.</summary>
    private static double Depth(TriangleMesh mesh, in Vec3 from, in Vec3 along, int but, out int hit)
    {
        (double nearest, hit) = (double.PositiveInfinity, but);
        for (int i = 0; i < mesh.Count; i++)
        {
            if (i == but)
            {
                continue;
            }

            // Moeller and Trumbore's test.
            Vec3 a = mesh[i, 0], ab = mesh[i, 1] - a, ac = mesh[i, 2] - a, p = Vec3.Cross(along, ac), t = from - a;
            double det = Vec3.Dot(ab, p);
            if (Math.Abs(det) < 1e-18)
            {
                continue;
            }

            double u = Vec3.Dot(t, p) / det;
            var q = Vec3.Cross(t, ab);
            double v = Vec3.Dot(along, q) / det, distance = Vec3.Dot(ac, q) / det;
            if (u >= 0 && v >= 0 && u + v <= 1 && distance > 1e-7 && distance < nearest)
            {
                (nearest, hit) = (distance, i);
            }
        }

        return nearest;
    }

    private static double Halton(int index, int radix)
    {
        double value = 0;
        for (double share = 1.0 / radix; index > 0; index /= radix, share /= radix)
        {
            value += share * (index % radix);
        }

        return value;
    }
}
