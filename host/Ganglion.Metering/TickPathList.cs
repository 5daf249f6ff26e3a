using Mono.Cecil;

namespace Ganglion.Metering;

/// <summary>
/// firmware/tick-path.txt. A line <c>Namespace.Type::Method</c> is a root; a line <c>rare Namespace.Type::Method # reason</c>
/// ends the walk at that method, because it does not run in steady state (a configuration arriving, for example).
/// </summary>
public sealed record TickPathList(IReadOnlyList<string> Roots, IReadOnlyDictionary<string, string> Rare)
{
    /// <summary>The project's own list, as built into this assembly.</summary>
    public static TickPathList Project()
    {
        using Stream stream = typeof(TickPathList).Assembly.GetManifestResourceStream("tick-path.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <exception cref="FormatException">A line is not of the format; the message gives its number.</exception>
    public static TickPathList Parse(string text)
    {
        var roots = new List<string>();
        var rare = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string[] words, string reason, int number) in ListLines.Read(text))
        {
            if (words is [string root] && root.Contains("::", StringComparison.Ordinal))
            {
                roots.Add(root);
            }
            else if (words is ["rare", string method] && method.Contains("::", StringComparison.Ordinal) && reason.Length > 0)
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

    /// <summary>The methods with a body that may run in a tick.</summary>
    internal HashSet<MethodDefinition> Methods(CallGraph graph)
    {
        HashSet<MethodDefinition> reached = graph.Reachable(
            Roots.SelectMany(graph.Named), Rare.Keys.SelectMany(graph.Named).ToHashSet());
        reached.RemoveWhere(method => !method.HasBody);
        return reached;
    }

    /// <summary>The same as <c>Type::Method</c>, sorted.</summary>
    public IReadOnlyList<string> Names(AssemblyDefinition assembly) =>
        [.. Methods(new CallGraph(assembly.MainModule)).Select(Metering.Names.Of).Distinct().Order(StringComparer.Ordinal)];
}
