using System.Collections.Immutable;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>A chess clock held against a phase-duration characteristic.</summary>
/// <param name="Orbits">What it does at each speed of the data.</param>
/// <param name="SwingRSquared">Share of the swing's variance that it explains, by the left side; NaN if the data's swing is
/// constant.</param>
/// <param name="StanceRSquared">The same of the stance.</param>
public sealed record ClockScore(ImmutableArray<ClockOrbit> Orbits, double SwingRSquared, double StanceRSquared)
{
    /// <summary>Largest distance of the sides' phase from a half; NaN without coupling.</summary>
    public double LargestPhaseError => Orbits.Max(orbit => Math.Abs(orbit.Phase - 0.5));

    /// <summary>Smallest phase of the right swing's start within the left cycle; NaN without coupling.</summary>
    public double LeastPhase => Orbits.Min(orbit => orbit.Phase);

    /// <summary>Largest.</summary>
    public double MostPhase => Orbits.Max(orbit => orbit.Phase);

    /// <summary>Whether it came to one cycle at every speed.</summary>
    public bool Settles => Orbits.All(orbit => orbit.Settled);

    /// <summary>Judges a chess clock.</summary>
    /// <param name="parameters">The chess clock.</param>
    /// <param name="data">The characteristic.</param>
    /// <param name="start">Where the right side begins, at every speed.</param>
    /// <param name="stalled">The speed at which it does not oscillate [m/s]; NaN if it does at all.</param>
    /// <returns>Null if it does not oscillate at a speed of the data.</returns>
    public static ClockScore? Of(ClockParameters parameters, PhaseDurations data, ClockStart start, out double stalled)
    {
        var orbits = new ClockOrbit[data.Count];
        for (int i = 0; i < orbits.Length; i++)
        {
            stalled = data.Speed[i];
            if (ClockOrbit.Find(parameters, data.Speed[i], start) is not { } orbit)
            {
                return null;
            }

            orbits[i] = orbit;
        }

        stalled = double.NaN;
        return new ClockScore([.. orbits],
            PhaseDurations.RSquared(data.Swing, [.. orbits.Select(orbit => orbit.Swing)]),
            PhaseDurations.RSquared(data.Stance, [.. orbits.Select(orbit => orbit.Stance)]));
    }
}
