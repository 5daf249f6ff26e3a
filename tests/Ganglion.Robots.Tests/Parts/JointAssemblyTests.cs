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

        // tools/parts --check asks for more: corners and insides of the gears' box, above any.
        var random = new Random(20261130);
        int more = int.TryParse(Environment.GetEnvironmentVariable("GANGLION_PARTS_POSES"), out int asked) ? asked : 0;
        for (int i = 0; i < more; i++)
        {
            double Stroke() => i % 2 == 0 ? random.NextDouble() : random.Next(2);
            double[] strokes = [.. Enumerable.Range(0, gears).Select(_ => Stroke())];
            if (design == JointDesign.FourGeared)
            {
                FourGearedJoint.Strokes(new Vec3(2 * Stroke() - 1, 2 * Stroke() - 1, 2 * Stroke() - 1), strokes);
            }

            poses.Add(($"random {i + 1}", strokes, [.. Enumerable.Range(0, gears).Select(_ => Stroke())]));
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
        var known = new HashSet<(string, string, Vec3, Vec3, Vec3)>();
        for (int i = 0; i < poses.Count; i++)
        {
            (int pairs, double shared) = (0, 0);
            IReadOnlyList<AssembledPart> parts = joints[i].Parts;
            for (int a = 0; a < parts.Count; a++)
            {
                for (int b = a + 1; b < parts.Count; b++)
                {
                    // Where two parts stand to each other as they did, once is enough.
                    if (!known.Add(Standing(parts[a], parts[b])))
                    {
                        continue;
                    }

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

    /// <summary>Where the straight arm's next module and tip are by the meshes, and where the kinematics have them.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void The_tool_is_where_the_kinematics_say(JointDesign design)
    {
        var arm = new TrunkArm(design, 1);
        TriangleMesh tool = RenderedParts.Of(design == JointDesign.FourGeared ? "four_tool" : "three_tool");
        Vec3 drawn = tool.Vertices.ToArray().MaxBy(v => v.Z);
        IReadOnlyList<(string Name, double[] Strokes, double[] Upper)> poses = Poses(design);
        IReadOnlyList<AssembledJoint> joints = RenderedParts.Assemble(design, [.. poses.Select(pose => (pose.Strokes, pose.Upper))]);
        double furthest = 0;
        for (int i = 0; i < poses.Count; i++)
        {
            (Mat3 turn, Vec3 shift) = joints[i].Module;
            Pose tip = arm.ForwardFromStrokes(poses[i].Strokes, []);

            // The tip, and a point 100 mm aside of it for the orientation.
            Vec3 aside = drawn + 0.1 * Vec3.UnitX;
            double distance = Math.Max((turn * drawn + shift - tip.Position).Length,
                (turn * aside + shift - tip.Position - tip.Orientation.ToMatrix() * (0.1 * Vec3.UnitX)).Length);
            furthest = Math.Max(furthest, distance);
            output.WriteLine($"{(int)design}-geared, {poses[i].Name}: {1e6 * distance:0.000} um");
        }

        Assert.InRange(furthest, 0, 0.05e-3);
    }

    /// <summary>Both parts and the motion from one to the other, to a micrometre.</summary>
    private static (string, string, Vec3, Vec3, Vec3) Standing(AssembledPart a, AssembledPart b)
    {
        Vec3 In(Vec3 own)
        {
            Vec3 v = a.Motion.Turn.Transposed * (b.Motion.Turn * own + b.Motion.Shift - a.Motion.Shift);
            return new(Math.Round(v.X, 6), Math.Round(v.Y, 6), Math.Round(v.Z, 6));
        }

        return (a.Name, b.Name, In(default), In(0.1 * Vec3.UnitX), In(0.1 * Vec3.UnitZ));
    }
}
