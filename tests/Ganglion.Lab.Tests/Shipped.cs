using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests;

/// <summary>The repository's own descriptions.</summary>
internal static class Shipped
{
    public static RobotDescription Robot(string name) => RobotFile.Load(Path.Combine(Hardware("robots"), name + ".yaml"));

    public static RhythmDescription Rhythm(string name, RobotDescription robot) =>
        RhythmFile.Load(Path.Combine(Hardware("rhythms"), name + ".yaml"), robot);

    public static GaitDescription Gait(string name, RobotDescription robot) =>
        GaitFile.Load(Path.Combine(Hardware("gaits"), name + ".yaml"), robot);

    /// <summary>hardware/.</summary>
    public static string HardwareFolder => Hardware("");

    private static string Hardware(string folder)
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Ganglion.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return Path.Combine(root, "hardware", folder);
    }
}
