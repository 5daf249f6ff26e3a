using System.CommandLine;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Urdf;

namespace Ganglion.Cli.Verbs.Export;

/// <summary>`ganglion export urdf`: a described robot for other programs.</summary>
internal static class ExportVerb
{
    public static Command Create() => new("export", "A described robot in the form of other programs, and the states of boards.\n\n" +
        "Example: ganglion export urdf trunk10-4g -o trunk10-4g.urdf")
    {
        Urdf(),
        StatesExport.Create(),
    };

    private static Command Urdf()
    {
        var robot = new Argument<string>("robot")
        {
            Description = "Robot description of an arm or a walker: a file, or the name of one in hardware/robots.",
            HelpName = "FILE|NAME",
        };
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write to this file (default: print it).",
            HelpName = "FILE.urdf",
        };
        var command = new Command("urdf",
            "Links, joints, limits and, of walkers, masses as URDF, as RViz, Foxglove, MuJoCo and others read it; the joints' names are " +
            "those of logs and of the live stream. Joints that follow others say so (mimic).\n\n" +
            "Example: ganglion export urdf walker12 -o walker12.urdf")
        {
            robot, output,
        };
        command.SetAction(result => Run(Descriptions.Robot(result.GetValue(robot)!), result.GetValue(output)?.FullName));
        return command;
    }

    private static int Run(RobotDescription robot, string? path)
    {
        UrdfModel model = robot.Kind switch
        {
            RobotKind.TrunkArm => TrunkUrdf.Of(robot),
            RobotKind.Walker => WalkerUrdf.Of(robot),
            _ => throw new UserException($"'{robot.Name}' is a plain list of servos and valves: its description has no links and joints " +
                "that could be written. Give an arm or a walker."),
        };
        string xml = model.ToXml($"{robot.Name}, made by Ganglion {Output.Version} from the description with SHA-256 {robot.FileHash}");
        if (path == null)
        {
            Console.Out.Write(xml);
            return Errors.Ok;
        }

        Files.WriteWhole(path, xml);
        Output.Line($"{model.Links.Count} links and {model.Joints.Count} joints written to {path}.");
        return Errors.Ok;
    }
}
