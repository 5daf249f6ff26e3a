namespace Ganglion.Robots.Trunk;

/// <summary>One dimension of a joint module: its key in a description, its bounds there, and what the design's drawings say.</summary>
/// <param name="Key">Key, with the unit.</param>
/// <param name="Meaning">For people.</param>
/// <param name="Min">Smallest value in the file's unit.</param>
/// <param name="Max">Largest value in the file's unit.</param>
/// <param name="Standard">Value of the design, SI.</param>
/// <param name="Unit">SI for one of the file's unit: 1e-3 for mm, pi/180 for degrees.</param>
/// <param name="Spread">How far built joints may be from the drawings (one standard deviation), SI: what a calibration starts
/// from.</param>
public sealed record TrunkDimension(string Key, string Meaning, double Min, double Max, double Standard, double Unit, double Spread)
{
    private const double Millimetre = 1e-3, Degree = Math.PI / 180;

    /// <summary>From the last module's origin to the tool tip, along the trunk, m: of the arm, not of a joint.</summary>
    public static TrunkDimension FourGearedTool { get; } = Tool(FourGearedJoint.ToolLength);

    /// <summary>The same of the 3-geared arm.</summary>
    public static TrunkDimension ThreeGearedTool { get; } = Tool(ThreeGearedJoint.ToolLength);

    /// <summary>Bound of a gear's offset, and its usual spread, parts of the travel.</summary>
    public const double MostOffset = 0.25, OffsetSpread = 0.03;

    /// <summary>Of a 4-geared joint, in the order that <see cref="FourGearedJoint"/> takes them in.</summary>
    public static IReadOnlyList<TrunkDimension> FourGeared { get; } =
    [
        new("neutral_mm", "Distance to the next module with all gears in the middle, mm", 5, 500, FourGearedJoint.NeutralDistance,
            Millimetre, 2e-3),
        new("travel_mm", "Travel of a gear, mm", 1, 500, FourGearedJoint.Travel, Millimetre, 1.5e-3),
        new("tilt_deg", "Tilt about each axis with one gear in and its opposite out, degrees", 1, 60, FourGearedJoint.MaxTilt, Degree,
            1.5 * Degree),
        new("side_shift_mm", "So far the plate's centre moves sideways at full tilt, mm", -50, 50, FourGearedJoint.SideShift, Millimetre,
            0.5e-3),
        new("sink_mm", "So far it sinks at full tilt, mm", -50, 50, FourGearedJoint.Sink, Millimetre, 0.3e-3),
    ];

    /// <summary>Of a 3-geared joint, in the order that <see cref="ThreeGearedJoint"/> takes them in.</summary>
    public static IReadOnlyList<TrunkDimension> ThreeGeared { get; } =
    [
        new("tip_height_mm", "Height of a gear's tip at stroke 0, mm", 5, 500, ThreeGearedJoint.TipHeight, Millimetre, 2e-3),
        new("travel_mm", "Travel of a gear, mm", 1, 500, ThreeGearedJoint.Travel, Millimetre, 1.5e-3),
        new("gear_radius_mm", "Distance of the gears' axes from the trunk's axis (pitch radius), mm", 5, 500, ThreeGearedJoint.GearRadius,
            Millimetre, 2e-3),
        new("plate_depth_mm", "So far the plate of the sliders is below the next module's origin, mm", 0, 500,
            ThreeGearedJoint.PlateDepth, Millimetre, 2e-3),
    ];

    /// <summary>Of a joint of a design.</summary>
    public static IReadOnlyList<TrunkDimension> Of(JointDesign design) => design == JointDesign.FourGeared ? FourGeared : ThreeGeared;

    /// <summary>The tool of a design.</summary>
    public static TrunkDimension ToolOf(JointDesign design) => design == JointDesign.FourGeared ? FourGearedTool : ThreeGearedTool;

    private static TrunkDimension Tool(double length) =>
        new("tool_mm", "From the last module's origin to the tool tip, along the trunk, mm", 0, 2000, length, Millimetre, 10e-3);
}
