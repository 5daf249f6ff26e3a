namespace Ganglion.Robots.Trunk;

/// <summary>How thick the arm is.</summary>
public sealed partial class TrunkArm
{
    /// <summary>Of the rod within which the modules' drives are, m.</summary>
    private const double FourGearedRadius = 0.025, ThreeGearedRadius = 0.045;

    /// <summary>Of the printed modules (hardware/parts), m: from the trunk's axis to what reaches out farthest, the rim of a 4-geared
    /// joint's deck and shell, and the arms with the slots of a 3-geared one.</summary>
    private const double FourGearedReach = 0.048, ThreeGearedReach = 0.078;

    /// <summary>Radius of the tool, a rod from the last module to the tip, m.</summary>
    public const double ToolRadius = 0.006;

    /// <summary>Tilt between two modules at most, rad: both tilts of a 4-geared joint at once, or the steepest plate of a 3-geared
    /// one.</summary>
    private const double FourGearedBend = 23.3 * Math.PI / 180, ThreeGearedBend = 41.5 * Math.PI / 180;

    /// <summary>Radius of the rod that stands for every module where its neighbours are near, m.</summary>
    public double ModuleRadius => IsFourGeared ? FourGearedRadius : ThreeGearedRadius;

    /// <summary>Greatest distance of a part of a module from the trunk's axis, m: what has to be kept clear of anything else.</summary>
    public double ModuleReach => IsFourGeared ? FourGearedReach : ThreeGearedReach;

    /// <summary>The largest angle between two neighbouring modules as drawn, rad.</summary>
    public double MostBend => IsFourGeared ? FourGearedBend : ThreeGearedBend;
}
