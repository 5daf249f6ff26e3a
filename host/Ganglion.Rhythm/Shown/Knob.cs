using System.Collections.Immutable;
using System.Globalization;

namespace Ganglion.Rhythm.Shown;

/// <summary>A parameter of a shown rhythm that a person sets while it runs.</summary>
/// <param name="Id">Its name in messages: lower-case letters and dashes.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Unit">Empty: none.</param>
/// <param name="Low">Least value, as the law's documentation has it.</param>
/// <param name="High">Largest value, likewise.</param>
/// <param name="Value">At the start.</param>
/// <param name="Meaning">What it does, in a few words.</param>
public sealed record Knob(string Id, string Name, string Unit, double Low, double High, double Value, string Meaning)
{
    private const int Digits = 4;

    /// <summary>How a hand's way becomes a value: low + (high - low) way^Power; of a range around 0 the same to both sides. 1: evenly.
    /// Ranges of documents go far beyond what is usual, which so stays in the middle of the way.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Names of its values 0, 1, ...; empty: it is a number.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>A knob with names for its values.</summary>
    public static Knob Of(string id, string name, ImmutableArray<string> choices, int value, string meaning) =>
        new(id, name, "", 0, choices.Length - 1, value, meaning) { Choices = choices };

    /// <summary>Why a value is none of its; null: it is one.</summary>
    public string? Fault(double value) =>
        !(value >= Low && value <= High) ? string.Create(CultureInfo.InvariantCulture,
            $"{Name} is {Low:0.######} to {High:0.######}{(Unit.Length > 0 ? " " + Unit : "")}, not {value:G6}")
        : !Choices.IsEmpty && value != Math.Floor(value) ? $"{Name} is one of {string.Join(", ", Choices)}" : null;

    /// <summary>A value as it is set: of four digits, within the range.</summary>
    public double Rounded(double value) => Math.Clamp(Significant(value, Digits), Low, High);

    /// <summary>A bound of the law, in single precision there, as the decimal fraction that was meant.</summary>
    internal static double Bound(float bound) => Significant(bound, 6);

    /// <summary>The largest factor of four digits by which something stays within a bound.</summary>
    internal static double LargestFactor(double bound, double something)
    {
        double factor = Significant(bound / something, Digits);
        return factor * something <= bound ? factor : Significant(factor * (1 - 1e-3), Digits);
    }

    /// <summary>A number of so many digits.</summary>
    internal static double Significant(double value, int digits) =>
        double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
