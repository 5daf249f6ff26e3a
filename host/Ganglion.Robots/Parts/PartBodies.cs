using System.Globalization;
using System.Text.RegularExpressions;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>A part within a body.</summary>
/// <param name="Name">Of the part; its mesh is in the file of that name.</param>
/// <param name="Turn">Of the part's frame in the body's.</param>
/// <param name="Shift">m.</param>
public sealed record PlacedPart(string Name, Mat3 Turn, Vec3 Shift);

/// <summary>
/// Rigid bodies of an arm as the drawings assemble them, gears in the middle of their travel: four_first (the module on the stand),
/// four_module (each further one), four_last (that which carries the tool), four_tool, the same of the 3-geared arm, and gripper_body and
/// gripper_finger. Masses are those of solid PLA and of servos of the SG90 class.
/// </summary>
public static partial class PartBodies
{
    /// <summary>PLA, kg/m^3.</summary>
    public const double Density = 1240;

    /// <summary>Servo of the SG90 class with its cable, kg.</summary>
    public const double ServoMass = 0.009;

    /// <summary>File of places within a folder of parts in their frames.</summary>
    public const string PlacesFile = "bodies.echo";

    /// <summary>Mass, centre and inertia of each body as drawn, SI, in the frame of its module: hardware/parts/masses.csv.</summary>
    public static IReadOnlyDictionary<string, MassProperties> Standard { get; } = Parse(PartsData.Text("masses.csv"));

    /// <summary>What OpenSCAD tells of the bodies: lines `ECHO: "body", "four_module", "four_gear", [[...], ...]`, in mm.</summary>
    /// <param name="folder">With <see cref="PlacesFile"/>; tools/parts --frame makes it.</param>
    /// <exception cref="IOException">It is not there.</exception>
    public static IReadOnlyDictionary<string, PlacedPart[]> Places(string folder) => File.ReadAllLines(Path.Combine(folder, PlacesFile))
        .Where(line => line.StartsWith("ECHO: \"body\"", StringComparison.Ordinal))
        .Select(line => (Body: line.Split('"')[3], Part: Place(line)))
        .GroupBy(entry => entry.Body).ToDictionary(group => group.Key, group => group.Select(entry => entry.Part).ToArray());

    /// <summary>Mass, centre and inertia of each body from its meshes.</summary>
    /// <param name="folder">Of parts in their frames, with their places.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IReadOnlyDictionary<string, MassProperties> Measured(string folder)
    {
        var parts = new Dictionary<string, MassProperties>();
        MassProperties Of(string name)
        {
            if (!parts.TryGetValue(name, out MassProperties own))
            {
                own = StlFile.Load(Path.Combine(folder, name + ".stl")).Properties();
                parts[name] = own = own.Times(name == "servo" ? ServoMass / own.Mass : Density);
            }

            return own;
        }

        return Places(folder).ToDictionary(body => body.Key, body => body.Value
            .Select(part => Of(part.Name).Moved(part.Turn, part.Shift)).Aggregate((sum, part) => sum + part));
    }

    /// <summary>As a table: g, mm and g mm^2.</summary>
    public static string ToText(IReadOnlyDictionary<string, MassProperties> bodies) => "body,mass_g,x_mm,y_mm,z_mm,xx,xy,xz,yy,yz,zz\n" +
        string.Concat(bodies.OrderBy(body => body.Key, StringComparer.Ordinal).Select(body => body.Key + "," + string.Join(",", Numbers(
            body.Value).Select(number => (Math.Round(number, 3) + 0.0).ToString("0.###", CultureInfo.InvariantCulture))) + "\n"));

    private static IReadOnlyDictionary<string, MassProperties> Parse(string table) => table.Split('\n').Skip(1)
        .Where(line => line.Length > 0).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells =>
        {
            double[] n = [.. cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            (double m, double i) = (1e-3, 1e-9);
            return new MassProperties(1e-3 * n[0], m * new Vec3(n[1], n[2], n[3]),
                new Mat3(i * n[4], i * n[5], i * n[6], i * n[5], i * n[7], i * n[8], i * n[6], i * n[8], i * n[9]));
        });

    private static double[] Numbers(in MassProperties body)
    {
        Mat3 j = body.Inertia;
        return [1e3 * body.Mass, 1e3 * body.Centre.X, 1e3 * body.Centre.Y, 1e3 * body.Centre.Z, 1e9 * j.M00, 1e9 * j.M01, 1e9 * j.M02,
            1e9 * j.M11, 1e9 * j.M12, 1e9 * j.M22];
    }

    private static PlacedPart Place(string line)
    {
        double[] m = [.. Number().Matches(line[line.IndexOf("[[", StringComparison.Ordinal)..])
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        return new(line.Split('"')[5], new Mat3(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]), 1e-3 * new Vec3(m[3], m[7], m[11]));
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?(e[-+]?\d+)?")]
    private static partial Regex Number();
}
