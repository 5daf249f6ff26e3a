using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bodies;

/// <summary>Reads what a simulated arm is really like.</summary>
internal static class TrunkBodyReader
{
    /// <param name="entry">The section.</param>
    /// <param name="described">What holds where it says nothing.</param>
    public static TrunkBodyDescription Read(Entry entry, TrunkDimensions described)
    {
        TrunkDimensions dimensions = DimensionReader.Read(entry, described);
        var flaws = new GearFlaw[dimensions.Offsets.Length];
        foreach ((Entry gear, int index) in DimensionReader.Gears(entry, dimensions))
        {
            flaws[index] = new GearFlaw(gear.Number("backlash"), gear.Has("dead_at") ? gear.Number("dead_at") : null);
        }

        return new TrunkBodyDescription(dimensions, [.. flaws], entry.Number("sag_deg_per_nm") * Math.PI / 180,
            1e-3 * entry.Number("module_g"), 1e-3 * entry.Number("load_g"));
    }
}
