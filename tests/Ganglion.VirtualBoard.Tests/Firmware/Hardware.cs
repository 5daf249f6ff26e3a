namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The description files that the repository ships.</summary>
internal static class Hardware
{
    public static string Robot(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "hardware", "robots", name + ".yaml");
    }
}
