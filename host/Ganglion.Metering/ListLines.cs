namespace Ganglion.Metering;

/// <summary>The lists under firmware/: words, and a reason behind a #.</summary>
public static class ListLines
{
    /// <summary>The lines that say something: their words, the text after the first #, and the line number from 1.</summary>
    public static IEnumerable<(string[] Words, string Reason, int Number)> Read(string text)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            int mark = line.IndexOf('#', StringComparison.Ordinal);
            string[] words = (mark < 0 ? line : line[..mark]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                yield return (words, mark < 0 ? "" : line[(mark + 1)..].Trim(), number);
            }
        }
    }
}
