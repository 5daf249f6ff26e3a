using System.CommandLine;
using Ganglion.Lab.Pictures.Wiring;
using Ganglion.Robots.Wiring;

namespace Ganglion.Cli.Verbs.Building;

/// <summary>`ganglion wiring`: what one board of a robot is wired to, checked, worked out and drawn.</summary>
internal static class WiringVerb
{
    public static Command Create()
    {
        var wiring = new Argument<string>("wiring")
        {
            Description = "Netlist: a file, or the name of one in hardware/wiring.",
            HelpName = "FILE|NAME",
        };
        var robot = new Option<string?>("--robot")
        {
            Description = "Robot description: a file, or a name (default: the one that the netlist is drawn for).",
            HelpName = "FILE|NAME",
        };
        var board = new Option<string?>("--board")
        {
            Description = "Which of its boards, by id (default: the first).",
            HelpName = "ID",
        };
        var picture = new Option<FileInfo?>("--picture")
        {
            Description = "Draw the wiring into this file.",
            HelpName = "FILE.svg",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print one JSON object.",
        };
        var command = new Command("wiring",
            "What one board of a robot is wired to: parts, nets, and what they bear. The netlist is laid out for the robot's drivers and " +
            "servos and held against its description; currents at rest, moving, stalled and at the start, fuses, wires by current and " +
            "voltage drop, the pull-ups of I2C and /OE are worked out. What is wrong with it is refused in words.\n\n" +
            "Example: ganglion wiring trunk-wroom --robot trunk6-3g --picture wiring.svg")
        {
            wiring, robot, board, picture, json,
        };
        command.SetAction(result => Run(result.GetValue(wiring)!, result.GetValue(robot), result.GetValue(board),
            result.GetValue(picture)?.FullName, result.GetValue(json)));
        return command;
    }

    private static int Run(string name, string? robotName, string? boardId, string? picture, bool json)
    {
        Files.Check(picture);
        Harness harness = Descriptions.Harness(name, robotName, boardId);
        if (HarnessCheck.Faults(harness) is { Count: > 0 } faults)
        {
            throw new UserException($"{harness.Wiring.Name} for {harness.Robot.Name}: {string.Join(". ", faults)}.");
        }

        if (picture != null)
        {
            Files.WriteWhole(picture, WiringPicture.Render(harness, MadeBy(harness)));
        }

        WiringReport.Print(harness, json);
        if (picture != null && !json)
        {
            Output.Line($"Drawn: {picture}");
        }

        return Errors.Ok;
    }

    /// <summary>The line at the foot of a picture: the same as long as netlist and description are.</summary>
    private static string MadeBy(Harness harness) =>
        $"ganglion wiring {harness.Wiring.Name} --robot {harness.Robot.Name} --board {harness.Robot.Boards[harness.Board].Id} " +
        $"--picture FILE.svg";
}
