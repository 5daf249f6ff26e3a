using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>
/// The volume that two bodies share. Lines along x through a grid of points are inside each body between its crossings with the surface,
/// taken two by two: the shared stretches times the grid's cell. Surfaces that merely touch share stretches of rounding errors, which do
/// not count.
/// </summary>
public static class MeshOverlap
{
    private const double Touch = 1e-6;

    /// <summary>The shared volume [m^3].</summary>
    /// <param name="a">Closed.</param>
    /// <param name="b">Closed.</param>
    /// <param name="spacing">Of the lines [m].</param>
    public static double Volume(TriangleMesh a, TriangleMesh b, double spacing)
    {
        double lowY = Math.Max(a.Least.Y, b.Least.Y), lowZ = Math.Max(a.Least.Z, b.Least.Z);
        int rows = Lines(lowY, Math.Min(a.Most.Y, b.Most.Y), spacing), columns = Lines(lowZ, Math.Min(a.Most.Z, b.Most.Z), spacing);
        if (rows <= 0 || columns <= 0 || a.Least.X >= b.Most.X || b.Least.X >= a.Most.X)
        {
            return 0;
        }

        // Off the round figures that drawings have, so that no line runs along a face.
        var grid = new Grid(lowY + 0.43817 * spacing, lowZ + 0.51763 * spacing, spacing, rows, columns);
        List<double>?[] first = Crossings(a, grid), second = Crossings(b, grid);
        double shared = 0;
        for (int line = 0; line < first.Length; line++)
        {
            if (first[line] is { } one && second[line] is { } two)
            {
                shared += Shared(one, two);
            }
        }

        return shared * spacing * spacing;
    }

    /// <summary>True where a triangle of one pierces one of the other: exact, but blind where one body lies within the other.</summary>
    public static bool SurfacesCross(TriangleMesh a, TriangleMesh b)
    {
        var room = new TriangleBox(b.Least, b.Most);
        (int Index, TriangleBox Box)[] near = Near(b, new TriangleBox(a.Least, a.Most));
        foreach ((int i, TriangleBox box) in Near(a, room))
        {
            foreach ((int j, TriangleBox other) in near)
            {
                if (box.Meets(other) && TriangleCrossing.Crosses(a, i, b, j))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static (int, TriangleBox)[] Near(TriangleMesh mesh, TriangleBox room) => [.. Enumerable.Range(0, mesh.Count)
        .Select(i => (i, TriangleBox.Of(mesh, i))).Where(entry => entry.Item2.Meets(room))];

    private static int Lines(double from, double to, double spacing) => (int)Math.Ceiling((to - from) / spacing);

    private static List<double>?[] Crossings(TriangleMesh mesh, in Grid grid)
    {
        var lines = new List<double>?[grid.Rows * grid.Columns];
        for (int i = 0; i < mesh.Count; i++)
        {
            Vec3 a = mesh[i, 0], b = mesh[i, 1], c = mesh[i, 2];
            double area = (b.Y - a.Y) * (c.Z - a.Z) - (c.Y - a.Y) * (b.Z - a.Z);
            if (area == 0)
            {
                continue;
            }

            var box = TriangleBox.Of(mesh, i);
            int firstRow = grid.First(box.Least.Y, grid.Y), lastRow = Math.Min(grid.Rows - 1, grid.Last(box.Most.Y, grid.Y));
            int firstColumn = grid.First(box.Least.Z, grid.Z), lastColumn = Math.Min(grid.Columns - 1, grid.Last(box.Most.Z, grid.Z));
            for (int row = firstRow; row <= lastRow; row++)
            {
                for (int column = firstColumn; column <= lastColumn; column++)
                {
                    double y = grid.Y + row * grid.Spacing - a.Y, z = grid.Z + column * grid.Spacing - a.Z;
                    double u = (y * (c.Z - a.Z) - (c.Y - a.Y) * z) / area, v = ((b.Y - a.Y) * z - y * (b.Z - a.Z)) / area;
                    if (u >= 0 && v >= 0 && u + v <= 1)
                    {
                        (lines[row * grid.Columns + column] ??= []).Add(a.X + u * (b.X - a.X) + v * (c.X - a.X));
                    }
                }
            }
        }

        return lines;
    }

    /// <summary>Length that both are inside.</summary>
    private static double Shared(List<double> one, List<double> two)
    {
        one.Sort();
        two.Sort();
        double length = 0;
        for (int i = 0; i + 1 < one.Count; i += 2)
        {
            for (int j = 0; j + 1 < two.Count; j += 2)
            {
                double both = Math.Min(one[i + 1], two[j + 1]) - Math.Max(one[i], two[j]);
                length += both > Touch ? both : 0;
            }
        }

        return length;
    }

    private readonly record struct Grid(double Y, double Z, double Spacing, int Rows, int Columns)
    {
        public int First(double least, double origin) => Math.Max(0, (int)Math.Ceiling((least - origin) / Spacing));

        public int Last(double most, double origin) => (int)Math.Floor((most - origin) / Spacing);
    }
}
