namespace Ganglion.Robots.Tests;

/// <summary>The description files that the project ships, copied beside the tests.</summary>
internal static class Shipped
{
    public static string Path(string robot) => System.IO.Path.Combine(AppContext.BaseDirectory, "hardware", "robots", robot + ".yaml");

    public static string Text(string robot) => File.ReadAllText(Path(robot));

    public static string SchemaText => File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "hardware", "schemas", "robot.schema.json"));

    public static IEnumerable<string> All =>
        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path("x"))!, "*.yaml").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order();
}
