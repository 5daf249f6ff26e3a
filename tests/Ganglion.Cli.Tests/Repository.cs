namespace Ganglion.Cli.Tests;

internal static class Repository
{
    /// <summary>hardware/robots, found from the tests upwards.</summary>
    public static string Robots
    {
        get
        {
            for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
            {
                string robots = Path.Combine(folder, "hardware", "robots");
                if (Directory.Exists(robots))
                {
                    return robots;
                }
            }

            throw new DirectoryNotFoundException("The tests run inside the repository, where hardware/robots is.");
        }
    }
}
