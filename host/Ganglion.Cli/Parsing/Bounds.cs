using System.Globalization;

namespace Ganglion.Cli.Parsing;

/// <summary>What a number on the command line may be.</summary>
/// <param name="Least">Smallest value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Unit">Unit or what is counted, for messages; empty if it has none.</param>
/// <param name="Above">Whether <paramref name="Least"/> itself is too small.</param>
internal readonly record struct Bounds(double Least, double Most, string Unit = "", bool Above = false)
{
    /// <summary>So many threads work at most; more than a machine has gain nothing.</summary>
    public static readonly Bounds Threads = new(1, 64);

    /// <summary>How long a command may run, s: up to a day.</summary>
    public static readonly Bounds Seconds = new(0, 86_400, "s", Above: true);

    /// <summary>A seed is any number of 32 bits.</summary>
    public static readonly Bounds Seed = new(int.MinValue, int.MaxValue);

    public bool Holds(double value) => (Above ? value > Least : value >= Least) && value <= Most;

    /// <summary>In words, as in "0.5 to 2 Hz".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Above ? $"above {Text(Least)} and at most" : $"{Text(Least)} to")} {Text(Most)}{(Unit.Length == 0 ? "" : " " + Unit)}");

    // A double would write the largest seed as a power of ten.
    private static string Text(double value) =>
        value >= ulong.MaxValue ? $"{ulong.MaxValue}" : value.ToString(CultureInfo.InvariantCulture);
}
