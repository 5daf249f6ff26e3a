using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Tests.Parts;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Urdf;

namespace Ganglion.Robots.Tests.Urdf;

/// <summary>Exported arms with the masses and meshes of their printed parts.</summary>
public sealed class ArmModelTests
{
    private const double Exact = 1e-9;

    public static TheoryData<string, bool> Models() => new()
    {
        { "trunk10-4g", false }, { "trunk6-3g", false }, { "trunk6-3g-gripper", false }, { "trunk10-4g", true },
        { "trunk6-3g-gripper", true }, { "walker12", false },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void MuJoCo_reads_the_model_and_has_its_links_where_ours_are(string name, bool withMeshes)
    {
        RobotDescription robot = Shipped.Description(name);
        UrdfModel model = Model(robot, withMeshes);
        using var reader = UrdfReader.OfMjcf(MjcfWriter.ToXml(model, "test"));
        string[] names = [.. model.Joints.Where(joint => joint.Type != UrdfJointType.Fixed).Select(joint => joint.Name)];
        var random = new Random(20261130);
        for (int posture = 0; posture < 10; posture++)
        {
            double[] values = Values(robot, model, random);
            reader.Move(names.Zip(values).ToDictionary());
            foreach (UrdfLink link in model.Links.Where(link => link.Properties != null))
            {
                Pose expected = Chained(model, link.Name, names, values), actual = reader.Link(link.Name);
                Assert.True((expected.Position - actual.Position).Length < Exact, $"{link.Name}: {expected} and {actual}");
                Assert.True(Quat.Angle(expected.Orientation, actual.Orientation) < Exact, $"{link.Name}: {expected} and {actual}");
            }
        }
    }

    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    [InlineData("trunk6-3g-gripper")]
    public void Every_body_has_a_mass_and_an_inertia_that_a_rigid_body_can_have(string name)
    {
        RobotDescription robot = Shipped.Description(name);
        UrdfModel model = Model(robot, withMeshes: false);
        UrdfLink[] bodies = [.. model.Links.Where(link => link.Size != null)];
        Assert.Equal(robot.TrunkArm!.Joints + 2 + (robot.TrunkArm.Gripper == null ? 0 : 2), bodies.Length);
        foreach (UrdfLink link in bodies)
        {
            MassProperties body = link.Properties!.Value;
            Mat3 i = body.Inertia;
            Assert.True(body.Mass > 0);

            // Sylvester's criterion, of the inertia and of the second moments, whose sums of two are the inertia.
            double half = (i.M00 + i.M11 + i.M22) / 2;
            var second = new Mat3(half - i.M00, -i.M01, -i.M02, -i.M10, half - i.M11, -i.M12, -i.M20, -i.M21, half - i.M22);
            foreach (Mat3 m in new[] { i, second })
            {
                double minor = m.M00 * m.M11 - m.M01 * m.M10;
                Assert.True(m.M00 > 0 && minor > 0 && m.M22 * minor - m.M00 * m.M12 * m.M21 - m.M11 * m.M02 * m.M20
                    + m.M01 * m.M12 * m.M20 + m.M02 * m.M10 * m.M21 > 0, link.Name);
            }
        }

        // The file says the same of a module.
        XElement written = XDocument.Parse(model.ToXml("test")).Root!.Elements("link")
            .First(link => (string)link.Attribute("name")! == "module-1").Element("inertial")!;
        MassProperties module = bodies[1].Properties!.Value;
        Assert.Equal(module.Mass, (double)written.Element("mass")!.Attribute("value")!, 1e-12);
        Assert.Equal(module.Inertia.M01, (double)written.Element("inertia")!.Attribute("ixy")!, 1e-15);
    }

    /// <summary>The table in the repository is that of the meshes, and a folder of meshes gives the same model.</summary>
    [Fact]
    public void The_masses_are_those_of_the_rendered_parts()
    {
        string fresh = PartBodies.ToText(PartBodies.Measured(RenderedParts.InFrames));
        string file = Path.Combine(RenderedParts.InFrames, "masses.csv");
        if (File.ReadAllText(Path.Combine(RenderedParts.Drawings, "masses.csv")) != fresh)
        {
            File.WriteAllText(file, fresh);
            Assert.Fail($"hardware/parts/masses.csv is out of date: copy {file} over it");
        }

        UrdfModel model = Model(Shipped.Description("trunk10-4g"), withMeshes: true);
        string[] files = [.. model.Links.SelectMany(link => link.Meshes ?? []).Select(mesh => mesh.File).Distinct()];
        Assert.Contains(files, file => file.EndsWith("/four_base.stl", StringComparison.Ordinal));
        Assert.All(files, file => Assert.True(File.Exists(file)));
    }

    private static UrdfModel Model(RobotDescription robot, bool withMeshes) => robot.Walker != null ? WalkerUrdf.Of(robot)
        : TrunkUrdf.Of(robot, withMeshes ? TrunkLooks.Rendered(RenderedParts.InFrames, RenderedParts.InFrames) : TrunkLooks.Standard);

    private static double[] Values(RobotDescription robot, UrdfModel model, Random random)
    {
        UrdfJoint[] moving = [.. model.Joints.Where(joint => joint.Type != UrdfJointType.Fixed)];
        if (robot.Walker != null)
        {
            return [.. moving.Select(joint => joint.Limit!.Value)
                .Select(limit => limit.Lower + (limit.Upper - limit.Lower) * random.NextDouble())];
        }

        var arm = TrunkArm.FromDescription(robot);
        double[] inputs = [.. Enumerable.Range(0, arm.InputCount)
            .Select(_ => arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble())];
        double[] values = new double[moving.Length];
        TrunkUrdf.JointValues(arm, inputs, values);
        if (robot.TrunkArm!.Gripper is { } gripper)
        {
            values[^2] = values[^1] = TrunkUrdf.FingerValue(gripper, random.NextDouble());
        }

        return values;
    }

    /// <summary>A link by the joints' own frames.</summary>
    private static Pose Chained(UrdfModel model, string link, string[] names, double[] values)
    {
        UrdfJoint? joint = model.Joints.FirstOrDefault(candidate => candidate.Child == link);
        if (joint == null)
        {
            return new Pose(default, Quat.Identity);
        }

        Pose before = Chained(model, joint.Parent, names, values);
        int value = Array.IndexOf(names, joint.Name);
        Pose step = joint.At(value < 0 ? 0 : values[value]);
        return new Pose(before.Position + before.Orientation.ToMatrix() * step.Position,
            (before.Orientation * step.Orientation).Normalized());
    }
}
