using System.CommandLine;

namespace Ganglion.Cli.Verbs.Export;

/// <summary>`ganglion export`: a described robot for other programs.</summary>
internal static class ExportVerb
{
    public static Command Create() => new("export", "A described robot in the form of other programs, and the states of boards.\n\n" +
        "Example: ganglion export urdf trunk10-4g -o trunk10-4g.urdf")
    {
        ModelExport.Urdf(), ModelExport.Mjcf(), PartsExport.Create(), StatesExport.Create(),
    };

    /// <summary>Where the file goes.</summary>
    /// <param name="ending">As the help shows it, such as FILE.urdf.</param>
    internal static Option<FileInfo?> Out(string ending) => new("--out", "-o")
    {
        Description = "Write to this file (default: print it).",
        HelpName = ending,
    };

    /// <summary>To the file, with a line of what it holds, or to the screen.</summary>
    internal static int Write(string text, string? path, string what)
    {
        if (path == null)
        {
            Console.Out.Write(text);
            return Errors.Ok;
        }

        Files.WriteWhole(path, text);
        Output.Line($"{what} written to {path}.");
        return Errors.Ok;
    }
}
