using System.CommandLine;
using Ganglion.Lab.Pictures.States;

namespace Ganglion.Cli.Verbs.Export;

/// <summary>`ganglion export states`: the states of a board in one picture.</summary>
internal static class StatesExport
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write to this file (default: print it).",
            HelpName = "FILE.svg",
        };
        var command = new Command("states",
            "The states of a board and what leads from one to another, as SVG: found by letting everything happen to the firmware's own " +
            "safety machine.\n\n" +
            "Example: ganglion export states -o states.svg")
        {
            output,
        };
        command.SetAction(result => Run(result.GetValue(output)?.FullName));
        return command;
    }

    private static int Run(string? path)
    {
        string svg = StatePicture.Render();
        if (path == null)
        {
            Console.Out.Write(svg);
            return Errors.Ok;
        }

        Files.WriteWhole(path, svg);
        Output.Line($"Drawn: {path}");
        return Errors.Ok;
    }
}
