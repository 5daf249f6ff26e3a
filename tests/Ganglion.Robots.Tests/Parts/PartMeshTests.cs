using System.Globalization;
using System.Text.RegularExpressions;
using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Xunit.Abstractions;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>Every printed part is a body that a printer of 220 mm can print; admesh, which we did not write, says the same.</summary>
public sealed partial class PartMeshTests(ITestOutputHelper output)
{
    private const double Bed = 0.220, LeastWall = 1.2e-3;

    /// <summary>Parts that hang over somewhere by more than 45 degrees, as hardware/parts/README.md names them.</summary>
    private static readonly string[] HangOver = [.. OverhangRow().Matches(File.ReadAllText(Path.Combine(RenderedParts.Drawings,
        "README.md"))).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Parts() => [.. RenderedParts.Printed];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_is_a_closed_body_that_fits_the_bed_with_walls_that_carry(string part)
    {
        TriangleMesh mesh = RenderedParts.OnBed(part);
        MassProperties solid = mesh.Properties();
        (double wall, Vec3 at) = WallThickness.Least(mesh, 2e-3);
        double overhang = MeshCheck.Overhang(mesh);
        Vec3 size = mesh.Most - mesh.Least;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part}: {mesh.Count} triangles, " +
            $"{1e3 * size.X:0.0} x {1e3 * size.Y:0.0} x {1e3 * size.Z:0.0} mm, {1e6 * solid.Mass:0.00} cm^3, walls from " +
            $"{1e3 * wall:0.00} mm, overhang {1e6 * overhang:0} mm^2"));
        Assert.Equal(0, MeshCheck.OpenEdges(mesh));
        Assert.Equal(0, MeshCheck.SelfIntersections(mesh));
        Assert.Equal(part.Contains("ball_joint") || part == "gripper_lid" ? 2 : 1, MeshCheck.Bodies(mesh));
        Assert.InRange(size.X, 0, Bed);
        Assert.InRange(size.Y, 0, Bed);
        Assert.InRange(size.Z, 0, Bed);
        Assert.True(wall >= LeastWall - 1e-6, $"{1e3 * wall:0.000} mm at {at}");
        Assert.Equal(HangOver.Contains(part), overhang > 2e-6);

        string told = RenderedParts.Run("admesh", RenderedParts.FileOf(part));
        Assert.Equal(1e9 * solid.Mass, Figure(told, "Volume"), 1e-3 * 1e9 * solid.Mass);
        Assert.Equal((0, 0, 0),
            (Figure(told, "Total disconnected facets"), Figure(told, "Facets reversed"), Figure(told, "Backwards edges")));
        Assert.Equal(MeshCheck.Bodies(mesh), Figure(told, "Number of parts"));
    }

    private static double Figure(string told, string name) => double.Parse(
        Regex.Match(told, Regex.Escape(name) + @"\s*:\s*([-\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(\w+)` \| hangs over", RegexOptions.Multiline)]
    private static partial Regex OverhangRow();
}
