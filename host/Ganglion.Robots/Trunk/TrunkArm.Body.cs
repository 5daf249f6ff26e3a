namespace Ganglion.Robots.Trunk;

/// <summary>How thick the arm is.</summary>
public sealed partial class TrunkArm
{
    /// <summary>Of the printed modules, m: from the trunk's axis to their rim.</summary>
    private const double FourGearedRadius = 0.025, ThreeGearedRadius = 0.045;

    /// <summary>Radius of the tool, a rod from the last module to the tip, m.</summary>
    public const double ToolRadius = 0.006;

    /// <summary>Tilt between two modules at most, rad: both tilts of a 4-geared joint at once, or the steepest plate of a 3-geared
    /// one.</summary>
    private const double FourGearedBend = 23.3 * Math.PI / 180, ThreeGearedBend = 41.5 * Math.PI / 180;

    /// <summary>Radius of every module about the trunk's axis, m.</summary>
    public double ModuleRadius => IsFourGeared ? FourGearedRadius : ThreeGearedRadius;

    /// <summary>The largest angle between two neighbouring modules as drawn, rad.</summary>
    public double MostBend => IsFourGeared ? FourGearedBend : ThreeGearedBend;
}
