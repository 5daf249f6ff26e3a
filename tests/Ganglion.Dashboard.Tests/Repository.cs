namespace Ganglion.Dashboard.Tests;

/// <summary>Files of the repository that these tests run from.</summary>
internal static class Repository
{
    private static readonly string Root = Above(AppContext.BaseDirectory);

    public static string Hardware(params string[] parts) => Path.Combine([Root, "hardware", .. parts]);

    /// <summary>A package that the page's build installs.</summary>
    public static string Package(params string[] parts) =>
        Path.Combine([Root, "host", "Ganglion.Dashboard", "Page", "node_modules", .. parts]);

    private static string Above(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        }

        return folder;
    }
}
