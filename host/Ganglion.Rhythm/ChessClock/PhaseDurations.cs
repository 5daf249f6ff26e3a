using System.Collections.Immutable;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>A phase-duration characteristic: how long swing and stance last at each speed.</summary>
/// <param name="Speed">Speeds [m/s], above 0.</param>
/// <param name="Swing">Swing at each [s], above 0.</param>
/// <param name="Stance">Stance at each [s], above 0.</param>
public sealed record PhaseDurations(ImmutableArray<double> Speed, ImmutableArray<double> Swing, ImmutableArray<double> Stance)
{
    /// <summary>Rows.</summary>
    public int Count => Speed.Length;

    /// <summary>
    /// The cat, 15 speeds from 0.1 to 1.5 m/s: cycle 0.5445 v^-0.5925 (Goslow, Reinking and Stuart 1973), swing 0.168 + 0.0938 x cycle
    /// (Halbertsma 1983, as Yakovenko, McCrea, Stecina and Prochazka 2005 have it). The formulas are recalled from the literature and
    /// could not be compared with the prints.
    /// </summary>
    public static PhaseDurations Cat { get; } = CatAt([.. Enumerable.Range(1, 15).Select(i => 0.1 * i)]);

    /// <summary>The cat's law at other speeds.</summary>
    /// <param name="speeds">[m/s], above 0.</param>
    public static PhaseDurations CatAt(ImmutableArray<double> speeds)
    {
        ImmutableArray<double> cycle = [.. speeds.Select(speed => 0.5445 * Math.Pow(speed, -0.5925))];
        ImmutableArray<double> swing = [.. cycle.Select(period => 0.168 + 0.0938 * period)];
        return new PhaseDurations(speeds, swing, [.. cycle.Zip(swing, (period, part) => period - part)]);
    }

    /// <summary>Share of the variance of a measured quantity that a model explains, 1 - SSE / SST; NaN where it does not vary.</summary>
    public static double RSquared(IReadOnlyList<double> measured, IReadOnlyList<double> model)
    {
        double mean = measured.Average(), total = 0, left = 0;
        for (int i = 0; i < measured.Count; i++)
        {
            total += (measured[i] - mean) * (measured[i] - mean);
            left += (measured[i] - model[i]) * (measured[i] - model[i]);
        }

        return total > 1e-12 * mean * mean * measured.Count ? 1 - left / total : double.NaN;
    }
}
