using System.CommandLine;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Urdf;

namespace Ganglion.Cli.Verbs.Export;

/// <summary>`ganglion export urdf` and `ganglion export mjcf`: links and joints for simulators and viewers.</summary>
internal static class ModelExport
{
    public static Command Urdf() => Create("urdf", "FILE.urdf",
        "Links, joints, limits, masses and inertias as URDF, as RViz, Foxglove, MuJoCo and others read it; the joints' names are " +
        "those of logs and of the live stream. Joints that follow others say so (mimic). An arm has the masses of its printed parts and " +
        "servos, a walker those of its description.\n\nExample: ganglion export urdf walker12 -o walker12.urdf",
        (model, comment) => model.ToXml(comment));

    public static Command Mjcf() => Create("mjcf", "FILE.xml",
        "The same links and joints as a model of MuJoCo (MJCF), whose bodies fall under their weight: joints have limits and no drives, " +
        "those that follow others are held to them.\n\nExample: ganglion export mjcf trunk10-4g --parts artifacts/parts -o arm.xml",
        MjcfWriter.ToXml);

    private static Command Create(string name, string ending, string description, Func<UrdfModel, string, string> text)
    {
        var robot = new Argument<string>("robot")
        {
            Description = "Robot description of an arm or a walker: a file, or the name of one in hardware/robots.",
            HelpName = "FILE|NAME",
        };
        var parts = new Option<DirectoryInfo?>("--parts")
        {
            Description = "Folder of an arm's rendered parts (tools/parts --frame --out DIR): the model shows their meshes, and weighs " +
                "what they weigh (default: plain shapes, and the weight of the parts as drawn).",
            HelpName = "DIR",
        };
        Option<FileInfo?> output = ExportVerb.Out(ending);
        var command = new Command(name, description) { robot, parts, output };
        command.SetAction(result =>
        {
            RobotDescription described = Descriptions.Robot(result.GetValue(robot)!);
            string? path = result.GetValue(output)?.FullName;
            UrdfModel model = Model(described, result.GetValue(parts)?.FullName, path);
            return ExportVerb.Write(text(model, $"{described.Name}, made by Ganglion {Output.Version} from the description with SHA-256 " +
                described.FileHash), path, $"{model.Links.Count} links and {model.Joints.Count} joints");
        });
        return command;
    }

    private static UrdfModel Model(RobotDescription robot, string? parts, string? path) => robot.Kind switch
    {
        RobotKind.TrunkArm => TrunkUrdf.Of(robot, Looks(parts, path)),
        RobotKind.Walker when parts != null => throw new UserException($"'{robot.Name}' is a walker, of which no parts are drawn. Leave " +
            "--parts out."),
        RobotKind.Walker => WalkerUrdf.Of(robot),
        _ => throw new UserException($"'{robot.Name}' is a plain list of servos and valves: its description has no links and joints " +
            "that could be written. Give an arm or a walker."),
    };

    private static TrunkLooks Looks(string? parts, string? path)
    {
        if (parts == null)
        {
            return TrunkLooks.Standard;
        }

        try
        {
            // Files are named from where the model lies.
            string from = path == null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(path)!;
            return TrunkLooks.Rendered(parts, Path.GetRelativePath(from, parts).Replace('\\', '/'));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new UserException($"{parts} is no folder of rendered parts: {fault.Message}. Render them with " +
                $"tools/parts --frame --out {parts}");
        }
    }
}
