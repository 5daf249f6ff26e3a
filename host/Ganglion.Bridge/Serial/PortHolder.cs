namespace Ganglion.Bridge.Serial;

/// <summary>Who has a device open, as far as /proc tells: all processes for root, one's own for others.</summary>
internal static class PortHolder
{
    /// <returns>"name (process 1234)", several joined by a comma; empty where nothing can be told.</returns>
    public static string Find(string path, string procRoot = "/proc")
    {
        if (!Directory.Exists(procRoot))
        {
            return "";
        }

        string device = RealPath(path);
        var holders = new List<string>();
        foreach (string process in Directory.EnumerateDirectories(procRoot))
        {
            if (int.TryParse(Path.GetFileName(process), out int id) && HasOpen(process, device))
            {
                holders.Add($"{NameOf(process)} (process {id})");
            }
        }
        return string.Join(", ", holders);
    }

    /// <summary>The device itself where <paramref name="path"/> is a link to it, as in /dev/serial/by-id.</summary>
    public static string RealPath(string path)
    {
        // A port may be unplugged at any moment; then the name as given is all there is.
        FileSystemInfo? target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        return target?.FullName ?? Path.GetFullPath(path);
    }

    private static bool HasOpen(string process, string device)
    {
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")))
            {
                if (new FileInfo(descriptor).LinkTarget == device)
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that ended while we looked.
        }
        return false;
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a program";
        }
    }
}
