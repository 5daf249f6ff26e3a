namespace Ganglion.Basics;

/// <summary>Where the share of all such runs lies, if some of a few independent ones went well: Wilson's score interval at 95 % (E. B.
/// Wilson, J. Am. Stat. Assoc. 22, 1927), which is right for few runs and for none or all of them.</summary>
/// <param name="Low">0..1.</param>
/// <param name="High">0..1.</param>
public readonly record struct ShareInterval(double Low, double High)
{
    // What 95 % of the normal distribution is within, in standard deviations.
    private const double Z = 1.959963984540054;

    /// <summary>The interval.</summary>
    /// <param name="well">Runs that went well, 0..<paramref name="all"/>.</param>
    /// <param name="all">Runs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The counts are none.</exception>
    public static ShareInterval Of(int well, int all)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(all, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(well);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(well, all);
        double share = (double)well / all, square = Z * Z / all;
        double middle = (share + 0.5 * square) / (1 + square);
        double half = Z / (1 + square) * Math.Sqrt(share * (1 - share) / all + square / (4 * all));
        return new ShareInterval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
