namespace Ganglion.Robots.Wiring;

/// <summary>Standard wires and fuses.</summary>
public static class WireTable
{
    /// <summary>Of copper at 20 degrees C, ohm m: 1/58 ohm mm2/m (IEC 60028).</summary>
    public const double Resistivity = 1e-6 / 58;

    /// <summary>Of signals, m2.</summary>
    public const double SignalSection = 0.25e-6;

    // From 4 mm2 on: IEC 60364-5-52, method B2, PVC, 30 degrees C, as the manual of a compressor prints it that names the table
    // (https://www.easymanua.ls/atlas-copco/ga-75plus/manual?p=192); below that the customary ratings of flexible cords, which we have
    // not seen in print.
    private static readonly (double Section, double Ampacity)[] Wires = [(0.14e-6, 1), (0.25e-6, 2), (0.5e-6, 3), (0.75e-6, 6),
        (1e-6, 10), (1.5e-6, 15), (2.5e-6, 20), (4e-6, 27), (6e-6, 34), (10e-6, 46), (16e-6, 62)];

    // Blade fuses as vehicles have them.
    private static readonly double[] Fuses = [1, 2, 3, 5, 7.5, 10, 15, 20, 25, 30, 40];

    /// <summary>Smallest standard wire that bears a current, m2; null: none does.</summary>
    /// <param name="current">A.</param>
    public static double? SectionFor(double current) => Array.Find(Wires, wire => wire.Ampacity >= current) is { Section: > 0 } found
        ? found.Section : null;

    /// <summary>The thickest standard wire, m2.</summary>
    public static double Thickest => Wires[^1].Section;

    /// <summary>The next thicker wire, m2; null: there is none.</summary>
    public static double? Thicker(double section) => Array.Find(Wires, wire => wire.Section > 1.001 * section) is { Section: > 0 } found
        ? found.Section : null;

    /// <summary>What a standard wire bears, A.</summary>
    public static double Ampacity(double section) => Array.Find(Wires, wire => wire.Section > 0.999 * section).Ampacity;

    /// <summary>Smallest standard fuse of at least a rating, A; null: there is none.</summary>
    public static double? FuseFor(double current) => Array.Find(Fuses, fuse => fuse >= current) is > 0 and var found ? found : null;

    /// <summary>Resistance of a wire there and of the one back, ohm.</summary>
    /// <param name="length">One way, m.</param>
    /// <param name="section">m2.</param>
    public static double Loop(double length, double section) => 2 * Resistivity * length / section;
}
