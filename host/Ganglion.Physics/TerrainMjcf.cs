using System.Text;

namespace Ganglion.Physics;

/// <summary>MuJoCo's model (MJCF) of a terrain.</summary>
internal static class TerrainMjcf
{
    // How far the outer stretches go on, so that no trial reaches their ends [m].
    private const double Beyond = 60.0;

    /// <summary>The height field as an asset, if there is one.</summary>
    public static void Field(StringBuilder xml, Terrain terrain)
    {
        if (FieldOf(terrain) is { } field)
        {
            xml.Append($"<asset><hfield name='rough' file='{WalkerMjcf.FieldFile}' size='" +
                $"{WalkerMjcf.Text(0.5 * field.Length, HeightField.HalfWidth, field.Height, 0.5)}'/></asset>\n");
        }
    }

    /// <summary>The height field of a terrain; null if it has none.</summary>
    public static HeightField? FieldOf(Terrain terrain) =>
        terrain.Stretches.Select(stretch => stretch.Field).FirstOrDefault(field => field != null);

    /// <summary>Slabs whose upper faces are the stretches, cut where the friction changes.</summary>
    public static void Ground(StringBuilder xml, Terrain terrain)
    {
        for (int i = 0; i < terrain.Stretches.Count; i++)
        {
            TerrainStretch stretch = terrain.Stretches[i];
            (double x, double z) = terrain.Start(i);
            if (stretch.Field is { } field)
            {
                xml.Append($"<geom class='ground' type='hfield' hfield='rough' pos='" +
                    $"{WalkerMjcf.Text(x + 0.5 * field.Length, 0.0, z - 0.5 * field.Height)}'/>\n");
                if (i == 0)
                {
                    Slab(xml, stretch, x, z, x - Beyond, x, null);
                }

                continue;
            }

            double from = i == 0 ? x - Beyond : x, to = i == terrain.Stretches.Count - 1 ? x + Beyond : x + stretch.Length;
            foreach (FrictionPatch patch in terrain.Patches.OrderBy(patch => patch.From))
            {
                double begin = Math.Max(from, patch.From), end = Math.Min(to, patch.To);
                if (begin >= end)
                {
                    continue;
                }

                Slab(xml, stretch, x, z, from, begin, null);
                Slab(xml, stretch, x, z, begin, end, patch.Friction);
                from = end;
            }

            Slab(xml, stretch, x, z, from, to, null);
        }
    }

    private static void Slab(StringBuilder xml, TerrainStretch stretch, double x, double z, double from, double to, double? friction)
    {
        if (to <= from)
        {
            return;
        }

        const double halfWidth = 20.0, halfThick = 0.5;
        double cos = Math.Cos(stretch.Slope), sin = Math.Sin(stretch.Slope), tan = sin / cos, middle = 0.5 * (from + to) - x;
        string place = WalkerMjcf.Text(x + middle + halfThick * sin, 0.0, z + middle * tan - halfThick * cos);

        // Of two surfaces MuJoCo takes the rougher one, unless one has priority. Up along x is a negative turn about y.
        string surface = friction is { } own ? $" priority='1' friction='{WalkerMjcf.Text(own, 0.005, 0.0001)}'" : "";
        xml.Append($"<geom class='ground' pos='{place}' euler='0 {WalkerMjcf.Text(-stretch.Slope)} 0' " +
            $"size='{WalkerMjcf.Text(0.5 * (to - from) / cos, halfWidth, halfThick)}'{surface}/>\n");
    }
}
