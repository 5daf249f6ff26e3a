namespace Ganglion.Lab.Bench;

/// <summary>A figure with the bound that it is held to.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Value">The figure.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Met">Whether it is kept.</param>
/// <param name="Relation">"at least" or "at most".</param>
public sealed record Bar(string What, double Value, double Bound, bool Met, string Relation)
{
    public static Bar AtLeast(string what, double value, double bound) => new(what, value, bound, value >= bound, "at least");

    public static Bar AtMost(string what, double value, double bound) => new(what, value, bound, value <= bound, "at most");
}
