namespace Ganglion.Cli;

/// <summary>Files that are there whole or not at all.</summary>
internal static class Files
{
    /// <summary>Writes beside the target and renames, so that a reader or a crash never meets half a file.</summary>
    public static void WriteWhole(string path, string text)
    {
        string temporary = path + ".part";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
