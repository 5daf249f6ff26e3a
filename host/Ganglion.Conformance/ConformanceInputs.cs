namespace Ganglion.Conformance;

/// <summary>What the check needs besides the assembly: the member list, the tick path's roots and the allow list.</summary>
public sealed record ConformanceInputs(NanoFrameworkApi Api, TickPathList TickPath, AllowList Allow)
{
    /// <summary>The project's own lists under firmware/, as built into this assembly.</summary>
    public static ConformanceInputs Project() => new(
        NanoFrameworkApi.Project(),
        TickPathList.Parse(Resource("tick-path.txt")),
        AllowList.Parse(Resource("conformance-allow.txt")));

    internal static string Resource(string name)
    {
        using var stream = typeof(ConformanceInputs).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>
/// firmware/tick-path.txt. A line <c>Namespace.Type::Method</c> is a root; a line <c>rare Namespace.Type::Method # reason</c>
/// ends the walk at that method, because it does not run in steady state (a configuration arriving, for example).
/// </summary>
public sealed record TickPathList(IReadOnlyList<string> Roots, IReadOnlyDictionary<string, string> Rare)
{
    /// <exception cref="FormatException">A line is not of the format; the message gives its number.</exception>
    public static TickPathList Parse(string text)
    {
        var roots = new List<string>();
        var rare = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (words, reason, number) in ListLines.Read(text))
        {
            if (words is [var root] && root.Contains("::", StringComparison.Ordinal))
            {
                roots.Add(root);
            }
            else if (words is ["rare", var method] && method.Contains("::", StringComparison.Ordinal) && reason.Length > 0)
            {
                rare[method] = reason;
            }
            else
            {
                throw new FormatException($"Line {number} of tick-path.txt is neither `Type::Method` nor `rare Type::Method # reason`.");
            }
        }

        return new TickPathList(roots, rare);
    }
}

/// <summary>
/// firmware/conformance-allow.txt: lines <c>rule subject # reason</c>. The subject is the method where the rule would speak,
/// or, for <see cref="Rule.Division"/>, the field or method whose value is known not to be zero.
/// </summary>
public sealed record AllowList(IReadOnlySet<(string Rule, string Subject)> Entries)
{
    /// <exception cref="FormatException">A line is not of the format, or names no rule; the message gives its number.</exception>
    public static AllowList Parse(string text)
    {
        var entries = new HashSet<(string, string)>();
        foreach (var (words, reason, number) in ListLines.Read(text))
        {
            if (words is not [var rule, var subject] || !Rule.All.Contains(rule) || reason.Length == 0)
            {
                throw new FormatException(
                    $"Line {number} of conformance-allow.txt is not `rule subject # reason` with a rule of the list: " +
                        $"{string.Join(", ", Rule.All)}.");
            }

            entries.Add((rule, subject));
        }

        return new AllowList(entries);
    }
}

internal static class ListLines
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
