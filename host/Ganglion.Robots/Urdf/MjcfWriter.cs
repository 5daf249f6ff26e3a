using System.Globalization;
using System.Xml.Linq;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Urdf;

/// <summary>
/// The same links and joints as MuJoCo's own model (MJCF). A body with a mass carries all joints of the chain that leads to it, since
/// MuJoCo allows no body without mass to move; what follows another joint is held to it by an equality. Nothing collides and nothing
/// drives: ends of joints are limits.
/// </summary>
public static class MjcfWriter
{
    /// <summary>The file.</summary>
    /// <param name="model">Links with masses at the end of every chain that moves, as arms and walkers have them.</param>
    /// <param name="comment">Stands at its beginning: what it was made from.</param>
    public static string ToXml(UrdfModel model, string comment)
    {
        string[] meshes = [.. model.Links.SelectMany(link => link.Meshes ?? []).Select(mesh => mesh.File).Distinct()];
        UrdfJoint[] followers = [.. model.Joints.Where(joint => joint.Mimics != null)];
        return new XDocument(new XComment($" {comment} "), new XElement("mujoco", new XAttribute("model", model.Name),
            new XElement("compiler", new XAttribute("angle", "radian"), new XAttribute("autolimits", "true"),
                new XAttribute("inertiafromgeom", "false")),
            new XElement("default", new XElement("geom", new XAttribute("contype", "0"), new XAttribute("conaffinity", "0"),
                new XAttribute("rgba", "0.8 0.8 0.78 1"))),
            meshes.Length == 0 ? null : new XElement("asset", meshes.Select(file => new XElement("mesh", new XAttribute("name", Name(file)),
                new XAttribute("file", file), new XAttribute("scale", Text(UrdfMesh.Scale, UrdfMesh.Scale, UrdfMesh.Scale))))),
            new XElement("worldbody", Body(model, model.Links[0], [])),
            followers.Length == 0 ? null : new XElement("equality", followers.Select(joint => new XElement("joint",
                new XAttribute("joint1", joint.Name), new XAttribute("joint2", joint.Mimics!.Value.Joint),
                new XAttribute("polycoef", Text(0, joint.Mimics.Value.Factor, 0, 0, 0))))))).ToString() + "\n";
    }

    /// <summary>A link with the chain of joints that leads to it from the body before; massless ones are passed on.</summary>
    private static object[] Body(UrdfModel model, UrdfLink link, UrdfJoint[] chain)
    {
        UrdfJoint[] next = [.. model.Joints.Where(joint => joint.Parent == link.Name)];
        if (link.Properties is not { } body)
        {
            return next.Length > 0 ? [.. next.SelectMany(joint => Body(model, Child(model, joint), [.. chain, joint]))]
                : [new XElement("site", new XAttribute("name", link.Name), Place(Total(chain)))];
        }

        (Mat3 turn, Vec3 at) = Total(chain);
        var element = new XElement("body", new XAttribute("name", link.Name), Place((turn, at)), new XElement("inertial",
            new XAttribute("pos", Text(body.Centre)), new XAttribute("mass", Text(body.Mass)), new XAttribute("fullinertia", Text(
                body.Inertia.M00, body.Inertia.M11, body.Inertia.M22, body.Inertia.M01, body.Inertia.M02, body.Inertia.M12))));
        (Mat3 Turn, Vec3 At) frame = (Mat3.Identity, default);
        foreach (UrdfJoint joint in chain)
        {
            frame = Then(frame, joint);
            if (joint.Type == UrdfJointType.Fixed)
            {
                continue;
            }

            // Axis and anchor in the body's own frame, which is that of the chain's end.
            Vec3 axis = turn.Transposed * (frame.Turn * joint.Axis), anchor = turn.Transposed * (frame.At - at);
            element.Add(new XElement("joint", new XAttribute("name", joint.Name),
                new XAttribute("type", joint.Type == UrdfJointType.Revolute ? "hinge" : "slide"), new XAttribute("axis", Text(axis)),
                new XAttribute("pos", Text(anchor)),
                joint.Limit is { } limit ? new XAttribute("range", Text(limit.Lower, limit.Upper)) : null));
        }

        element.Add(Shapes(link));
        element.Add(next.SelectMany(joint => Body(model, Child(model, joint), [joint])));
        return [element];
    }

    private static object[] Shapes(UrdfLink link)
    {
        if (link.Meshes is { } meshes)
        {
            return [.. meshes.Select(mesh => new XElement("geom", new XAttribute("type", "mesh"), new XAttribute("mesh", Name(mesh.File)),
                Place((mesh.Turn, mesh.At))))];
        }

        return link.Size is not { } size ? [] : [new XElement("geom", new XAttribute("type", link.IsBox ? "box" : "cylinder"),
            new XAttribute("pos", Text(link.Middle)),
            new XAttribute("size", link.IsBox ? Text(size.X / 2, size.Y / 2, size.Z / 2) : Text(size.X / 2, size.Z / 2)))];
    }

    private static UrdfLink Child(UrdfModel model, UrdfJoint joint) => model.Links.Single(link => link.Name == joint.Child);

    private static (Mat3 Turn, Vec3 At) Total(UrdfJoint[] chain) => chain.Aggregate((Mat3.Identity, default(Vec3)), Then);

    private static (Mat3 Turn, Vec3 At) Then((Mat3 Turn, Vec3 At) frame, UrdfJoint joint) =>
        (frame.Turn * Mat3.AboutZ(joint.Yaw), frame.At + frame.Turn * joint.Origin);

    private static XAttribute[] Place((Mat3 Turn, Vec3 At) frame)
    {
        var turn = Quat.FromMatrix(frame.Turn);
        return [new XAttribute("pos", Text(frame.At)), new XAttribute("quat", Text(turn.W, turn.X, turn.Y, turn.Z))];
    }

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Text(in Vec3 v) => Text(v.X, v.Y, v.Z);

    private static string Text(params ReadOnlySpan<double> values)
    {
        string text = values[0].ToString("R", CultureInfo.InvariantCulture);
        for (int i = 1; i < values.Length; i++)
        {
            text += " " + values[i].ToString("R", CultureInfo.InvariantCulture);
        }

        return text;
    }
}
