using System.CommandLine;
using Ganglion.Robots;

namespace Ganglion.Cli;

/// <summary>The options that several verbs share.</summary>
internal static class Shared
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string> Robot(string fallback) => new("--robot", "-r")
    {
        Description = "Robot description: a file, or the name of one in hardware/robots.",
        DefaultValueFactory = _ => fallback,
        HelpName = "FILE|NAME",
    };

    public static Option<string[]> Ports() => new("--port", "-p")
    {
        Description = "Serial port of a board; once for each board, in the order of the description. Without it, virtual boards are used.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "PORT",
    };

    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };

    /// <summary>Loads a robot by file or by name.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public static RobotDescription Load(string fileOrName)
    {
        if (File.Exists(fileOrName))
            return RobotFile.Load(fileOrName);
        string? folder = Hardware("robots");
        string[] names = folder == null ? [] : [.. Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];
        if (names.Contains(fileOrName))
            return RobotFile.Load(Path.Combine(folder!, fileOrName + ".yaml"));
        throw new UserException($"there is no robot file '{fileOrName}'. Give the path of a YAML file, or one of: {string.Join(", ", names)}.");
    }

    /// <summary>The same, for verbs that move the tip of an arm.</summary>
    /// <exception cref="UserException">There is no such file, or it describes another kind of robot.</exception>
    public static RobotDescription LoadArm(string fileOrName)
    {
        RobotDescription robot = Load(fileOrName);
        return robot.TrunkArm != null
            ? robot
            : throw new UserException($"{robot.Name} is no trunk arm and has no tip to move. Give an arm with --robot, such as trunk10-4g.");
    }

    /// <summary>The repository's hardware folder of that name, found from the program upwards; null if there is none.</summary>
    public static string? Hardware(string name) => Above(Path.Combine("hardware", name), Directory.Exists);

    /// <summary>A script of the repository's tools folder, found from the program upwards; null if there is none.</summary>
    public static string? Tool(string name) => Above(Path.Combine("tools", name), File.Exists);

    private static string? Above(string path, Predicate<string> exists)
    {
        for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
            if (exists(Path.Combine(folder, path)))
                return Path.Combine(folder, path);
        return null;
    }
}
