using System.Globalization;
using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;

namespace Ganglion.Robots.Urdf;

/// <summary>How a joint lets its child move.</summary>
public enum UrdfJointType
{
    /// <summary>Not at all.</summary>
    Fixed,

    /// <summary>It turns about the axis, rad.</summary>
    Revolute,

    /// <summary>It slides along the axis, m.</summary>
    Prismatic,
}

/// <summary>What bounds a joint.</summary>
/// <param name="Lower">Smallest value, rad or m.</param>
/// <param name="Upper">Largest value.</param>
/// <param name="Effort">Largest torque or force, N m or N.</param>
/// <param name="Velocity">Largest speed, rad/s or m/s.</param>
public readonly record struct UrdfLimit(double Lower, double Upper, double Effort, double Velocity);

/// <summary>A joint between two links.</summary>
/// <param name="Name">Its name; joint states carry it.</param>
/// <param name="Type">How it moves.</param>
/// <param name="Parent">Name of the link that carries it.</param>
/// <param name="Child">Name of the link that it moves.</param>
/// <param name="Origin">The child's frame at value 0, in the parent's, m.</param>
/// <param name="Yaw">By which it is turned there about z, rad.</param>
/// <param name="Axis">In the child's frame, of length 1.</param>
/// <param name="Limit">Its bounds; none of a fixed joint.</param>
/// <param name="Mimics">The joint that it follows, and the factor; null: it moves by itself.</param>
public sealed record UrdfJoint(string Name, UrdfJointType Type, string Parent, string Child, Vec3 Origin, double Yaw, Vec3 Axis,
    UrdfLimit? Limit = null, (string Joint, double Factor)? Mimics = null)
{
    /// <summary>The child's frame in the parent's.</summary>
    /// <param name="value">Of the joint, rad or m; of a fixed one any.</param>
    public Pose At(double value)
    {
        var turned = Quat.FromRotationVector(Yaw * Vec3.UnitZ);
        return Type switch
        {
            UrdfJointType.Revolute => new Pose(Origin, (turned * Quat.FromRotationVector(value * Axis)).Normalized()),
            UrdfJointType.Prismatic => new Pose(Origin + turned.ToMatrix() * (value * Axis), turned),
            _ => new Pose(Origin, turned),
        };
    }
}

/// <summary>A body as a box or a cylinder about z.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Edges of the box, or diameter, diameter and length of the cylinder, m; null: it has no body.</param>
/// <param name="IsBox">Box or cylinder.</param>
/// <param name="Middle">Of the body, in the link's frame, m.</param>
/// <param name="Mass">Spread evenly, kg; null: not known.</param>
/// <param name="Body">Mass, centre and inertia where they are known, instead of an evenly filled body's; in the link's frame.</param>
/// <param name="Meshes">How it looks instead of the box or cylinder; null: like that.</param>
public sealed record UrdfLink(string Name, Vec3? Size = null, bool IsBox = true, Vec3 Middle = default, double? Mass = null,
    MassProperties? Body = null, IReadOnlyList<UrdfMesh>? Meshes = null)
{
    /// <summary>Its mass, centre and inertia; null: not known.</summary>
    public MassProperties? Properties => Body ?? (Mass is { } mass && Size is { } size
        ? IsBox ? MassProperties.Box(mass, size, Middle) : MassProperties.Cylinder(mass, size.X, size.Z, Middle) : null);
}

/// <summary>A robot as links and joints, for what reads URDF (wiki.ros.org/urdf/XML). Lengths in m, angles in rad, axes by
/// REP-103.</summary>
/// <param name="Name">The robot's name.</param>
/// <param name="Links">The first is the root.</param>
/// <param name="Joints">One a link but the root.</param>
public sealed record UrdfModel(string Name, IReadOnlyList<UrdfLink> Links, IReadOnlyList<UrdfJoint> Joints)
{
    private const string Colour = "plastic";

    /// <summary>The file.</summary>
    /// <param name="comment">Stands at its beginning: what it was made from.</param>
    public string ToXml(string comment) => new XDocument(
        new XComment($" {comment} "),
        new XElement("robot", new XAttribute("name", Name),
            new XElement("material", new XAttribute("name", Colour), new XElement("color", new XAttribute("rgba", "0.8 0.8 0.78 1"))),
            Links.Select(Element),
            Joints.Select(Element))).ToString() + "\n";

    private static XElement Element(UrdfLink link)
    {
        var element = new XElement("link", new XAttribute("name", link.Name));
        if (link.Size is not { } size)
        {
            return element;
        }

        if (link.Properties is { } body)
        {
            element.Add(new XElement("inertial", Origin(body.Centre, 0), new XElement("mass", new XAttribute("value", Text(body.Mass))),
                Inertia(body.Inertia)));
        }

        if (link.Meshes == null)
        {
            element.Add(Visual(Origin(link.Middle, 0), link.IsBox
                ? new XElement("box", new XAttribute("size", Text(size)))
                : new XElement("cylinder", new XAttribute("radius", Text(size.X / 2)), new XAttribute("length", Text(size.Z)))));
        }

        foreach (UrdfMesh mesh in link.Meshes ?? [])
        {
            element.Add(Visual(new XElement("origin", new XAttribute("xyz", Text(mesh.At)), new XAttribute("rpy", Text(Angles(mesh.Turn)))),
                new XElement("mesh", new XAttribute("filename", mesh.File),
                    new XAttribute("scale", Text(new Vec3(UrdfMesh.Scale, UrdfMesh.Scale, UrdfMesh.Scale))))));
        }

        return element;
    }

    private static XElement Visual(XElement origin, XElement shape) => new("visual", origin, new XElement("geometry", shape),
        new XElement("material", new XAttribute("name", Colour)));

    private static XElement Inertia(in Mat3 i) => new("inertia", new XAttribute("ixx", Text(i.M00)), new XAttribute("ixy", Text(i.M01)),
        new XAttribute("ixz", Text(i.M02)), new XAttribute("iyy", Text(i.M11)), new XAttribute("iyz", Text(i.M12)),
        new XAttribute("izz", Text(i.M22)));

    /// <summary>Roll, pitch and yaw: turns about x, y and z of the fixed axes, in this order.</summary>
    private static Vec3 Angles(in Mat3 m) => Math.Abs(m.M20) > 1 - 1e-9
        ? new(Math.Atan2(-m.M20 * m.M01, m.M11), -Math.Sign(m.M20) * Math.PI / 2, 0)
        : new(Math.Atan2(m.M21, m.M22), -Math.Asin(m.M20), Math.Atan2(m.M10, m.M00));

    private static XElement Element(UrdfJoint joint)
    {
        var element = new XElement("joint", new XAttribute("name", joint.Name),
            new XAttribute("type", joint.Type.ToString().ToLowerInvariant()),
            Origin(joint.Origin, joint.Yaw),
            new XElement("parent", new XAttribute("link", joint.Parent)),
            new XElement("child", new XAttribute("link", joint.Child)));
        if (joint.Type == UrdfJointType.Fixed)
        {
            return element;
        }

        element.Add(new XElement("axis", new XAttribute("xyz", Text(joint.Axis))));
        if (joint.Limit is { } limit)
        {
            element.Add(new XElement("limit", new XAttribute("lower", Text(limit.Lower)), new XAttribute("upper", Text(limit.Upper)),
                new XAttribute("effort", Text(limit.Effort)), new XAttribute("velocity", Text(limit.Velocity))));
        }

        if (joint.Mimics is { } leader)
        {
            element.Add(new XElement("mimic", new XAttribute("joint", leader.Joint), new XAttribute("multiplier", Text(leader.Factor))));
        }

        return element;
    }

    private static XElement Origin(in Vec3 at, double yaw) => new("origin", new XAttribute("xyz", Text(at)),
        new XAttribute("rpy", $"0 0 {Text(yaw)}"));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(in Vec3 v) => $"{Text(v.X)} {Text(v.Y)} {Text(v.Z)}";
}
