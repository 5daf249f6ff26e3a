namespace Ganglion.Robots.Parts;

/// <summary>Files of hardware/parts that the program carries.</summary>
internal static class PartsData
{
    /// <summary>Content of a file, such as masses.csv.</summary>
    public static string Text(string name)
    {
        using Stream stream = typeof(PartsData).Assembly.GetManifestResourceStream("parts/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
