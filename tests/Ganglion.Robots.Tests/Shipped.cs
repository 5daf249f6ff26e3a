using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Tests;

/// <summary>The description files that the project ships, copied beside the tests.</summary>
internal static class Shipped
{
    private static readonly string Hardware = System.IO.Path.Combine(AppContext.BaseDirectory, "hardware");

    public static string Path(string robot) => System.IO.Path.Combine(Hardware, "robots", robot + ".yaml");

    public static RobotDescription Description(string robot) => RobotFile.Load(Path(robot));

    public static string Text(string robot) => File.ReadAllText(Path(robot));

    public static string RhythmPath(string rhythm) => System.IO.Path.Combine(Hardware, "rhythms", rhythm + ".yaml");

    public static string RhythmText(string rhythm) => File.ReadAllText(RhythmPath(rhythm));

    /// <summary>A file or a folder of hardware/.</summary>
    public static string At(string name) => System.IO.Path.Combine(Hardware, name);

    /// <summary>The JSON schema of a kind of file: robot or rhythm.</summary>
    public static string Schema(string kind) => File.ReadAllText(System.IO.Path.Combine(Hardware, "schemas", kind + ".schema.json"));

    public static IEnumerable<string> Robots => Names("robots");

    public static IEnumerable<string> Rhythms => Names("rhythms");

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(System.IO.Path.Combine(Hardware, folder), "*.yaml")
        .Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
