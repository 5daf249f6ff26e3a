using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Trunk;
using Xunit.Abstractions;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>Both joints, assembled by OpenSCAD from the rendered parts: they fit, and they move as the kinematics say.</summary>
public sealed class JointAssemblyTests(ITestOutputHelper output)
{
    private const double Spacing = 0.4e-3;

    /// <summary>Names of poses, strokes, and strokes of the module above, whose gears reach lowest when they are drawn in.</summary>
    private static IReadOnlyList<(string Name, double[] Strokes, double[] Upper)> Poses(JointDesign design)
    {
        int gears = (int)design;
        double[] All(double stroke) => [.. Enumerable.Repeat(stroke, gears)];
        var poses = new List<(string, double[], double[])>
        {
            ("straight", All(0.5), All(0.5)), ("full stretch", All(1), All(0)), ("drawn in", All(0), All(0)),
        };
        for (int eighth = 0; eighth < 8; eighth++)
        {
            double[] strokes = new double[gears];
            (double sine, double cosine) = Math.SinCos(eighth * Math.PI / 4);
            if (design == JointDesign.FourGeared)
            {
                double most = Math.Max(Math.Abs(sine), Math.Abs(cosine));
                FourGearedJoint.Strokes(new Vec3(cosine / most, sine / most, 0), strokes);
            }
            else
            {
                // As steep as the gears allow in that direction: the highest all the way out, the lowest all the way in.
                double[] heights = [.. Enumerable.Range(0, gears).Select(gear => Math.Cos(eighth * Math.PI / 4 - gear * 2 * Math.PI / 3))];
                double low = heights.Min(), high = heights.Max();
                strokes = [.. heights.Select(height => (height - low) / (high - low))];
            }

            poses.Add(($"tilted to {45 * eighth}", strokes, All(0)));
        }

        return poses;
    }

    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void Rigid_parts_do_not_share_any_volume(JointDesign design)
    {
        IReadOnlyList<(string Name, double[] Strokes, double[] Upper)> poses = Poses(design);
        IReadOnlyList<AssembledJoint> joints = RenderedParts.Assemble(design, [.. poses.Select(pose => (pose.Strokes, pose.Upper))]);
        var faults = new List<string>();
        for (int i = 0; i < poses.Count; i++)
        {
            (int pairs, double shared) = (0, 0);
            IReadOnlyList<AssembledPart> parts = joints[i].Parts;
            for (int a = 0; a < parts.Count; a++)
            {
                for (int b = a + 1; b < parts.Count; b++)
                {
                    double volume = MeshOverlap.Volume(parts[a].Mesh, parts[b].Mesh, Spacing);
                    bool cross = MeshOverlap.SurfacesCross(parts[a].Mesh, parts[b].Mesh);
                    (pairs, shared) = (pairs + 1, shared + volume);
                    if (volume > 0 || cross)
                    {
                        faults.Add($"{poses[i].Name}: {parts[a].Name} {a} and {parts[b].Name} {b} share {1e9 * volume:0.000} mm^3" +
                            (cross ? ", surfaces cross" : ""));
                    }
                }
            }

            output.WriteLine($"{(int)design}-geared, {poses[i].Name}: {pairs} pairs share {1e9 * shared:0.000} mm^3");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
