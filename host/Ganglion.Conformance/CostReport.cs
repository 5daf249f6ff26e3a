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
    /// <param name="executed">Instructions of all ticks as Ganglion.Nano.InstructionCounter saw them: what they exceed the counts by
    /// ran in nanoFramework's own managed code.</param>
    /// <param name="ticks">Number of ticks, at least 1.</param>
    public CostReport(IReadOnlyList<string> methods, IReadOnlyList<long> counts, long executed, int ticks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 1);
        if (methods.Count != counts.Count)
        {
            throw new ArgumentException($"{methods.Count} methods and {counts.Count} counts: they must come from the same weaving.", nameof(counts));
        }

        var library = executed - counts.Sum();
        ArgumentOutOfRangeException.ThrowIfNegative(library, nameof(executed));
        InstructionsPerTick = (double)executed / ticks;
        Methods = methods.Append("(nanoFramework's managed code)").Zip(counts.Append(library)).Where(pair => pair.Second > 0)
            .Select(pair => new MethodCost(pair.First, (double)pair.Second / ticks, (double)pair.Second / executed))
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
