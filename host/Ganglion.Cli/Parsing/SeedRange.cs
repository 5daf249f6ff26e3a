using Ganglion.Basics.Text;

namespace Ganglion.Cli.Parsing;

/// <summary>Seeds on the command line: one, or the first and the last of several in a row.</summary>
internal static class SeedRange
{
    /// <summary>Seeds that one command takes: more are days of work, and a slip of the keyboard.</summary>
    public const int Most = 1000;

    /// <summary>Reads a number or a range.</summary>
    /// <param name="option">Its name, for messages.</param>
    /// <param name="text">Such as 3 or 1-20.</param>
    /// <exception cref="UsageException">It is neither, goes backward, or has more than <see cref="Most"/> seeds.</exception>
    public static (int First, int Last) Parse(string option, string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length is not (1 or 2) || !NumberText.TryReadWhole(ends[0], out Int128 first)
            || !NumberText.TryReadWhole(ends[^1], out Int128 last))
        {
            throw new UsageException($"{option} {text} is neither a number nor a range such as 1-20.");
        }

        if (last < first)
        {
            throw new UsageException($"{option} {text} goes backward: write {last}-{first}.");
        }

        if (first < 0 || last > int.MaxValue)
        {
            throw new UsageException($"{option} {text}: a seed is 0 to {int.MaxValue}.");
        }

        return last - first < Most ? ((int)first, (int)last)
            : throw new UsageException($"{option} {text} are {last - first + 1} seeds, and {Most} are taken at most.");
    }
}
