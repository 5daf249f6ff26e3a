using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Export;

/// <summary>`ganglion export parts`: what the printed parts of a described arm are drawn by.</summary>
internal static class PartsExport
{
    public static Command Create()
    {
        var robot = new Argument<string>("robot")
        {
            Description = "Robot description of an arm: a file, or the name of one in hardware/robots.",
            HelpName = "FILE|NAME",
        };
        var joint = new Option<int?>("--joint")
        {
            Description = "The joint to draw, from 1 at the base: needed where joints have different dimensions.",
        };
        Option<FileInfo?> output = ExportVerb.Out("FILE.scad");
        var command = new Command("parts",
            "The parameter file of the printed parts for an arm: its travel, radii, heights and turns of servos in the place of those " +
            "of the drawings. tools/parts --parameters FILE renders the parts by it.\n\n" +
            "Example: ganglion export parts trunk10-4g -o my-arm.scad")
        {
            robot, joint, output,
        };
        command.SetAction(result => Run(Descriptions.Arm(result.GetValue(robot)!), result.GetValue(joint),
            result.GetValue(output)?.FullName));
        return command;
    }

    private static int Run(RobotDescription robot, int? joint, string? path)
    {
        TrunkDimensions arm = robot.TrunkArm!.Dimensions;
        int[] unlike = [.. PartsParameters.Unlike(arm)];
        if (joint == null && unlike.Length > 0)
        {
            throw new UserException($"joint {unlike[0] + 1} of '{robot.Name}' has other dimensions than joint 1, and one file draws one " +
                "joint. Say which with --joint.");
        }

        if (joint is < 1 || joint > arm.Joints)
        {
            throw new UserException($"'{robot.Name}' has joints 1 to {arm.Joints}, and no joint {joint}.");
        }

        try
        {
            return ExportVerb.Write(PartsParameters.Of(robot, (joint ?? 1) - 1), path, $"Parameters of {(int)arm.Design}-geared joints");
        }
        catch (ArgumentException fault)
        {
            throw new UserException($"'{robot.Name}': {fault.Words()}. Change the dimension, or the drawings in hardware/parts.");
        }
    }
}
