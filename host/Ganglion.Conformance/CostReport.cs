using System.Globalization;
using System.Text;

namespace Ganglion.Conformance;

/// <summary>What one method costs in a tick.</summary>
/// <param name="Method">Name with parameter types.</param>
/// <param name="InstructionsPerTick">IL instructions that run in the method itself, callees left out, on average.</param>
/// <param name="Share">Part of the whole tick, 0..1.</param>
public sealed record MethodCost(string Method, double InstructionsPerTick, double Share);

/// <summary>Where the instructions of a tick go, from the counts of woven firmware.</summary>
public sealed class CostReport
{
    /// <param name="methods">Names by method number, as the weaver gives them.</param>
    /// <param name="counts">Instructions by method number, of all ticks together.</param>
    /// <param name="ticks">Number of ticks, at least 1.</param>
    public CostReport(IReadOnlyList<string> methods, IReadOnlyList<long> counts, int ticks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 1);
        if (methods.Count != counts.Count)
        {
            throw new ArgumentException($"{methods.Count} methods and {counts.Count} counts: they must come from the same weaving.", nameof(counts));
        }

        var total = counts.Sum();
        InstructionsPerTick = (double)total / ticks;
        Methods = Enumerable.Range(0, methods.Count).Where(i => counts[i] > 0)
            .Select(i => new MethodCost(methods[i], (double)counts[i] / ticks, (double)counts[i] / total))
            .OrderByDescending(cost => cost.InstructionsPerTick).ThenBy(cost => cost.Method, StringComparer.Ordinal).ToList();
    }

    /// <summary>IL instructions of a tick, on average.</summary>
    public double InstructionsPerTick { get; }

    /// <summary>The methods that ran, the costliest first.</summary>
    public IReadOnlyList<MethodCost> Methods { get; }

    /// <summary>The report as a table with a line for the whole.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("  IL/tick  share  method\n");
        foreach (var cost in Methods)
        {
            text.Append(Line(cost.InstructionsPerTick, cost.Share, cost.Method));
        }

        return text.Append(Line(InstructionsPerTick, 1, "(whole tick)")).ToString();
    }

    private static string Line(double instructions, double share, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{instructions,9:F1} {share,6:P1}  {name}\n");
}
