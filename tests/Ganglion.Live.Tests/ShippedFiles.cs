using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;

namespace Ganglion.Live.Tests;

/// <summary>What hardware/ ships, found from the test's own folder upward.</summary>
internal static class ShippedFiles
{
    public static RobotDescription Robot(string name) => RobotFile.Load(RobotFileOf(name));

    public static string RobotFileOf(string name) => At("robots", name + ".yaml");

    /// <summary>The text of a robot's file.</summary>
    public static string Text(string robot) => File.ReadAllText(At("robots", robot + ".yaml"));

    public static string Model(string name) => At("models", name + ".safetensors");

    public static SceneDescription Scene(string name) => SceneFile.Load(At("scenes", name + ".yaml"));

    public static string PosePath(string name) => At("paths", name + ".csv");

    public static string Gait(string name) => At("gaits", name + ".yaml");

    public static string Trial(string name) => At("trials", name + ".yaml");

    public static string Rhythm(string name) => At("rhythms", name + ".yaml");

    private static string At(string kind, string file)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "hardware", kind, file);
    }
}
