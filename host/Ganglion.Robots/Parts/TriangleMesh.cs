using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>A body by its surface: triangles whose corners go round counter-clockwise as seen from outside. Metres.</summary>
public sealed class TriangleMesh
{
    private readonly Vec3[] _vertices;
    private readonly int[] _corners;

    /// <param name="vertices">Points, each once [m].</param>
    /// <param name="corners">Three indices a triangle.</param>
    public TriangleMesh(Vec3[] vertices, int[] corners)
    {
        (_vertices, _corners) = (vertices, corners);
        Vec3 least = vertices.Length > 0 ? vertices[0] : default, most = least;
        foreach (Vec3 v in vertices)
        {
            least = new(Math.Min(least.X, v.X), Math.Min(least.Y, v.Y), Math.Min(least.Z, v.Z));
            most = new(Math.Max(most.X, v.X), Math.Max(most.Y, v.Y), Math.Max(most.Z, v.Z));
        }

        (Least, Most) = (least, most);
    }

    /// <summary>Number of triangles.</summary>
    public int Count => _corners.Length / 3;

    /// <summary>Points, each once [m].</summary>
    public ReadOnlySpan<Vec3> Vertices => _vertices;

    /// <summary>Three indices of <see cref="Vertices"/> a triangle.</summary>
    public ReadOnlySpan<int> Corners => _corners;

    /// <summary>Corners of the box around it with its edges along the axes [m].</summary>
    public Vec3 Least { get; }

    /// <inheritdoc cref="Least"/>
    public Vec3 Most { get; }

    /// <summary>A corner of a triangle.</summary>
    /// <param name="triangle">From 0.</param>
    /// <param name="corner">0 to 2.</param>
    public Vec3 this[int triangle, int corner] => _vertices[_corners[3 * triangle + corner]];

    /// <summary>Normal of a triangle, outwards, as long as twice its area.</summary>
    public Vec3 Normal(int triangle)
    {
        Vec3 a = this[triangle, 0];
        return Vec3.Cross(this[triangle, 1] - a, this[triangle, 2] - a);
    }

    /// <summary>The same body elsewhere.</summary>
    /// <param name="turn">A rotation.</param>
    /// <param name="shift">Added after it [m].</param>
    public TriangleMesh Moved(Mat3 turn, Vec3 shift) => new([.. _vertices.Select(v => turn * v + shift)], _corners);

    /// <summary>Volume, centre and second moments of an evenly filled body, by the tetrahedra from the origin to each triangle.</summary>
    public MassProperties Properties()
    {
        double volume = 0;
        Vec3 first = default;
        double xx = 0, yy = 0, zz = 0, xy = 0, yz = 0, zx = 0;
        for (int i = 0; i < Count; i++)
        {
            Vec3 a = this[i, 0], b = this[i, 1], c = this[i, 2], sum = a + b + c;
            double v = Vec3.Dot(a, Vec3.Cross(b, c)) / 6;
            volume += v;
            first += v / 4 * sum;

            // Of a tetrahedron with a corner at the origin: v/20 (sum of squares of corners, and of their sum).
            xx += v / 20 * (a.X * a.X + b.X * b.X + c.X * c.X + sum.X * sum.X);
            yy += v / 20 * (a.Y * a.Y + b.Y * b.Y + c.Y * c.Y + sum.Y * sum.Y);
            zz += v / 20 * (a.Z * a.Z + b.Z * b.Z + c.Z * c.Z + sum.Z * sum.Z);
            xy += v / 20 * (a.X * a.Y + b.X * b.Y + c.X * c.Y + sum.X * sum.Y);
            yz += v / 20 * (a.Y * a.Z + b.Y * b.Z + c.Y * c.Z + sum.Y * sum.Z);
            zx += v / 20 * (a.Z * a.X + b.Z * b.X + c.Z * c.X + sum.Z * sum.X);
        }

        var about = new Mat3(yy + zz, -xy, -zx, -xy, xx + zz, -yz, -zx, -yz, xx + yy);
        return MassProperties.AboutOrigin(volume, first, about);
    }
}
