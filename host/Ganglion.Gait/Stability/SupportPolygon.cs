namespace Ganglion.Gait.Stability;

/// <summary>
/// The convex hull of the standing soles, upright rectangles in the ground plane (x forward, z right), as in the paper's
/// Figure 6b, with the signed distance of a point to its edge.
/// </summary>
public sealed class SupportPolygon
{
    // Corners counter-clockwise.
    private readonly List<(double X, double Z)> _corners = [];

    /// <param name="centres">Centre of each standing sole; none for a robot in the air.</param>
    /// <param name="halfLength">Half length of a sole along x [m].</param>
    /// <param name="halfWidth">Half width along z [m].</param>
    public SupportPolygon(ReadOnlySpan<(double X, double Z)> centres, double halfLength, double halfWidth)
    {
        var points = new List<(double X, double Z)>();
        foreach ((double x, double z) in centres)
        {
            foreach (int side in (ReadOnlySpan<int>)[-1, 1])
            {
                points.Add((x + halfLength, z + side * halfWidth));
                points.Add((x - halfLength, z + side * halfWidth));
            }
        }

        if (centres.Length == 0)
        {
            return;
        }

        Centre = (points.Average(p => p.X), points.Average(p => p.Z));
        Wrap(points);
    }

    /// <summary>Centre of the standing soles.</summary>
    public (double X, double Z) Centre { get; }

    /// <summary>Corners in order.</summary>
    public IReadOnlyList<(double X, double Z)> Corners => _corners;

    /// <summary>Equation (12): distance to the nearest edge [m], negative outside; -infinity where nothing stands.</summary>
    public double Margin(double x, double z)
    {
        if (_corners.Count == 0)
        {
            return double.NegativeInfinity;
        }

        double least = double.PositiveInfinity;
        bool inside = true;
        for (int i = 0; i < _corners.Count; i++)
        {
            (double ax, double az) = _corners[i];
            (double bx, double bz) = _corners[(i + 1) % _corners.Count];
            double ex = bx - ax, ez = bz - az, px = x - ax, pz = z - az;
            inside &= ex * pz - ez * px >= 0;
            double along = Math.Clamp((px * ex + pz * ez) / (ex * ex + ez * ez), 0, 1), dx = px - along * ex, dz = pz - along * ez;
            least = Math.Min(least, Math.Sqrt(dx * dx + dz * dz));
        }
        return inside ? least : -least;
    }

    // Andrew's monotone chain.
    private void Wrap(List<(double X, double Z)> points)
    {
        points.Sort();
        for (int pass = 0; pass < 2; pass++)
        {
            int floor = _corners.Count;
            foreach ((double X, double Z) p in points)
            {
                while (_corners.Count >= floor + 2 && Turn(_corners[^2], _corners[^1], p) <= 1e-15)
                {
                    _corners.RemoveAt(_corners.Count - 1);
                }

                _corners.Add(p);
            }
            _corners.RemoveAt(_corners.Count - 1);
            points.Reverse();
        }
    }

    private static double Turn((double X, double Z) a, (double X, double Z) b, (double X, double Z) c) =>
        (b.X - a.X) * (c.Z - a.Z) - (b.Z - a.Z) * (c.X - a.X);
}
