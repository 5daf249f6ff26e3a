using System.Globalization;
using System.Text;

namespace Ganglion.Metering;

/// <summary>What was executed.</summary>
/// <param name="Instructions">IL instructions.</param>
/// <param name="Units">The time that they take, in units of one average simple instruction.</param>
public readonly record struct Execution(long Instructions, long Units)
{
    public static Execution operator +(Execution a, Execution b) => new(a.Instructions + b.Instructions, a.Units + b.Units);
}

/// <summary>What one method costs in a tick, on average.</summary>
/// <param name="Method">Name with parameter types.</param>
/// <param name="InstructionsPerTick">IL instructions that run in the method itself, callees left out.</param>
/// <param name="UnitsPerTick">The time that they take, in units of one average simple instruction.</param>
/// <param name="Share">Part of the whole tick's time, 0..1.</param>
public sealed record MethodCost(string Method, double InstructionsPerTick, double UnitsPerTick, double Share);

/// <summary>Where the instructions and the time of a tick go, from the counts of woven firmware in steady state.</summary>
public sealed class CostReport
{
    private const string Library = "(nanoFramework's own code)";

    /// <param name="methods">Names by method number, as the weaver gives them.</param>
    /// <param name="own">What ran in each method itself, of all ticks together.</param>
    /// <param name="library">What ran in nanoFramework's members that each method called.</param>
    /// <param name="ticks">Number of ticks, at least 1.</param>
    /// <param name="tickPath">The methods that belong to the tick, as <see cref="TickPathList.Names"/> gives them; what runs
    /// in others, such as waiting for the deadline, is no cost of the tick.</param>
    public CostReport(
        IReadOnlyList<string> methods, IReadOnlyList<Execution> own, IReadOnlyList<Execution> library, int ticks,
        IEnumerable<string> tickPath)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 1);
        if (methods.Count != own.Count || methods.Count != library.Count)
        {
            throw new ArgumentException($"{methods.Count} methods and {own.Count} and {library.Count} counts: they must come from the " +
                $"same weaving.", nameof(own));
        }

        var inTick = tickPath.ToHashSet(StringComparer.Ordinal);
        var path = Enumerable.Range(0, methods.Count)
            .Where(i => inTick.Contains(methods[i][..methods[i].IndexOf('(', StringComparison.Ordinal)])).ToList();
        var costs = path.Select(i => (Method: methods[i], Spent: own[i]))
            .Append((Method: Library, Spent: path.Aggregate(default(Execution), (sum, i) => sum + library[i])))
            .Where(pair => pair.Spent.Units > 0).ToList();
        Execution total = costs.Aggregate(default(Execution), (sum, pair) => sum + pair.Spent);
        InstructionsPerTick = (double)total.Instructions / ticks;
        UnitsPerTick = (double)total.Units / ticks;
        Methods = costs
            .Select(pair => new MethodCost(pair.Method, (double)pair.Spent.Instructions / ticks, (double)pair.Spent.Units / ticks,
                (double)pair.Spent.Units / total.Units))
            .OrderByDescending(cost => cost.UnitsPerTick).ThenBy(cost => cost.Method, StringComparer.Ordinal).ToList();
    }

    /// <summary>IL instructions of a tick, on average.</summary>
    public double InstructionsPerTick { get; }

    /// <summary>The time that they take, on average, in units of one average simple instruction.</summary>
    public double UnitsPerTick { get; }

    /// <summary>The methods that ran, the costliest first.</summary>
    public IReadOnlyList<MethodCost> Methods { get; }

    /// <summary>The report as a table with a line for the whole.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("  IL/tick  units/tick  share  method\n");
        foreach (MethodCost? cost in Methods.Append(new MethodCost("(whole tick)", InstructionsPerTick, UnitsPerTick, 1)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{cost.InstructionsPerTick,9:F1} {cost.UnitsPerTick,11:F1} " +
                $"{100 * cost.Share,5:F1}%  {cost.Method}\n");
        }

        return text.ToString();
    }
}
