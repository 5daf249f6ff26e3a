using System.Collections.Immutable;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Gaits;

/// <summary>How fast a walker walked with steps of a speed on a slope.</summary>
/// <param name="Slope">As the board believed it, uphill above 0 [rad].</param>
/// <param name="Steps">Speed of the steps [m/s].</param>
/// <param name="Walked">Speed over ground [m/s].</param>
public readonly record struct GroundSpeed(double Slope, double Steps, double Walked)
{
    /// <summary>The list `speeds` of a gait; empty if it has none.</summary>
    internal static ImmutableArray<GroundSpeed> Read(Entry file) => file.Has("speeds") ?
    [
        .. file.List("speeds").Select(entry => new GroundSpeed(entry.Number("slope_deg") * Math.PI / 180,
            1e-3 * entry.Number("steps_mm_per_s"), 1e-3 * entry.Number("walked_mm_per_s"))),
    ] : [];
}
