using System.Globalization;
using System.Xml.Linq;
using Ganglion.Basics.Space;

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
public sealed record UrdfLink(string Name, Vec3? Size = null, bool IsBox = true, Vec3 Middle = default, double? Mass = null);

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

        XElement origin = Origin(link.Middle, 0);
        var geometry = new XElement("geometry", link.IsBox
            ? new XElement("box", new XAttribute("size", Text(size)))
            : new XElement("cylinder", new XAttribute("radius", Text(size.X / 2)), new XAttribute("length", Text(size.Z))));
        if (link.Mass is { } mass)
        {
            element.Add(new XElement("inertial", origin, new XElement("mass", new XAttribute("value", Text(mass))),
                Inertia(link, size, mass)));
        }

        element.Add(new XElement("visual", origin, geometry, new XElement("material", new XAttribute("name", Colour))));
        return element;
    }

    /// <summary>Of an even body about its middle.</summary>
    private static XElement Inertia(UrdfLink link, in Vec3 size, double mass)
    {
        double x = size.X * size.X / 12, y = size.Y * size.Y / 12, z = size.Z * size.Z / 12;
        if (!link.IsBox)
        {
            (x, y) = (size.X * size.X / 16, size.X * size.X / 16);
        }

        return new XElement("inertia", new XAttribute("ixx", Text(mass * (y + z))), new XAttribute("ixy", "0"), new XAttribute("ixz", "0"),
            new XAttribute("iyy", Text(mass * (x + z))), new XAttribute("iyz", "0"), new XAttribute("izz", Text(mass * (x + y))));
    }

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
