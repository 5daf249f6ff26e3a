using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Urdf;

/// <summary>What an arm's links weigh and look like: the bodies of the printed parts.</summary>
public sealed class TrunkLooks
{
    private readonly IReadOnlyDictionary<string, MassProperties> _bodies;
    private readonly IReadOnlyDictionary<string, PlacedPart[]>? _parts;
    private readonly string _folder;

    private TrunkLooks(IReadOnlyDictionary<string, MassProperties> bodies, IReadOnlyDictionary<string, PlacedPart[]>? parts, string folder)
    {
        (_bodies, _parts, _folder) = (bodies, parts, folder);
    }

    /// <summary>Masses and inertias of the parts as drawn, plain shapes.</summary>
    public static TrunkLooks Standard { get; } = new(PartBodies.Standard, null, "");

    /// <summary>Masses, inertias and meshes of rendered parts.</summary>
    /// <param name="folder">Of tools/parts --frame.</param>
    /// <param name="named">The folder as the model's file names it.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static TrunkLooks Rendered(string folder, string named) =>
        new(PartBodies.Measured(folder), PartBodies.Places(folder), named);

    /// <summary>The links with their bodies.</summary>
    /// <param name="links">Of <see cref="TrunkUrdf"/>.</param>
    /// <param name="arm">The arm.</param>
    internal IReadOnlyList<UrdfLink> Give(IReadOnlyList<UrdfLink> links, TrunkArm arm)
    {
        string design = arm.Design == JointDesign.FourGeared ? "four" : "three";
        bool grips = links.Any(link => link.Name.EndsWith("-finger", StringComparison.Ordinal));
        return [.. links.Select(link => link.Name == TrunkUrdf.Base ? With(link, design + "_first", default, Mat3.Identity)
            : link.Name == $"{TrunkUrdf.ModulePrefix}{arm.Joints}" ? With(link, design + "_last", default, Mat3.Identity)
            : link.Name.StartsWith(TrunkUrdf.ModulePrefix, StringComparison.Ordinal)
                ? With(link, design + "_module", default, Mat3.Identity)
            : link.Name == TrunkUrdf.Tip ? With(link, design + (grips ? "_gripper" : "_tool"), -arm.ToolOffset, Mat3.Identity)
            : link.Name.EndsWith("left-finger", StringComparison.Ordinal) ? With(link, "gripper_finger", default, Mat3.Identity)
            : link.Name.EndsWith("right-finger", StringComparison.Ordinal) ? With(link, "gripper_finger", default, Mat3.AboutZ(Math.PI))
            : link)];
    }

    private UrdfLink With(UrdfLink link, string body, in Vec3 shift, in Mat3 turn)
    {
        (Vec3 by, Mat3 about) = (shift, turn);
        return link with
        {
            Body = _bodies[body].Moved(turn, shift),
            Meshes = _parts == null ? null : [.. _parts[body].Select(part =>
                new UrdfMesh($"{_folder}/{part.Name}.stl", about * part.Turn, about * part.Shift + by))],
        };
    }
}
