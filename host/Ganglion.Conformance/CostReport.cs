using System.Globalization;
using System.Text;

namespace Ganglion.Conformance;

/// <summary>What one method costs in a tick.</summary>
/// <param name="Method">Name with parameter types.</param>
/// <param name="InstructionsPerTick">IL instructions that run in the method itself, callees left out, on average.</param>
/// <param name="Share">Part of the whole tick, 0..1.</param>
public sealed record MethodCost(string Method, double InstructionsPerTick, double Share);

/// <summary>Where the instructions of a tick go, from the counts of woven firmware in steady state.</summary>
public sealed class CostReport
{
    private const string Library = "(nanoFramework's managed code)";

    /// <param name="methods">Names by method number, as the weaver gives them.</param>
    /// <param name="counts">Instructions by method number, of all ticks together: the difference of two readings.</param>
    /// <param name="executed">All instructions between the readings, as the board counts them (Esp32Board.Instructions): what they exceed
    /// the counts by ran in nanoFramework's own managed code.</param>
    /// <param name="ticks">Number of ticks between the readings, at least 1.</param>
    /// <param name="tickPath">The methods that belong to the tick, as <see cref="ConformanceChecker.TickPath"/> gives them; what runs
    /// in others, such as waiting for the deadline, is no cost of the tick.</param>
    public CostReport(IReadOnlyList<string> methods, IReadOnlyList<long> counts, long executed, int ticks, IEnumerable<string> tickPath)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 1);
        if (methods.Count != counts.Count)
        {
            throw new ArgumentException($"{methods.Count} methods and {counts.Count} counts: they must come from the same weaving.", nameof(counts));
        }

        var library = executed - counts.Sum();
        ArgumentOutOfRangeException.ThrowIfNegative(library, nameof(executed));
        var inTick = tickPath.ToHashSet(StringComparer.Ordinal);
        var costs = methods.Zip(counts).Where(pair => inTick.Contains(pair.First[..pair.First.IndexOf('(', StringComparison.Ordinal)]))
            .Append((Library, library)).Where(pair => pair.Item2 > 0).ToList();
        var total = costs.Sum(pair => pair.Item2);
        InstructionsPerTick = (double)total / ticks;
        Methods = costs.Select(pair => new MethodCost(pair.Item1, (double)pair.Item2 / ticks, (double)pair.Item2 / total))
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
        string.Create(CultureInfo.InvariantCulture, $"{instructions,9:F1} {100 * share,5:F1}%  {name}\n");
}
