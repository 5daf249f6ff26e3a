using Ganglion.Metering;

namespace Ganglion.Conformance;

/// <summary>What the check needs besides the assembly: the member list, the tick path's roots and the allow list.</summary>
public sealed record ConformanceInputs(NanoFrameworkApi Api, TickPathList TickPath, AllowList Allow)
{
    /// <summary>The project's own lists under firmware/, as built into this assembly.</summary>
    public static ConformanceInputs Project() => new(
        NanoFrameworkApi.Project(),
        TickPathList.Project(),
        AllowList.Parse(Resource("conformance-allow.txt")));

    internal static string Resource(string name)
    {
        using Stream stream = typeof(ConformanceInputs).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
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
        foreach ((string[]? words, string? reason, int number) in ListLines.Read(text))
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
