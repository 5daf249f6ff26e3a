namespace Ganglion.Rhythm.Pendulum;

/// <summary>A leg that was forced at one frequency until it had settled.</summary>
/// <param name="Frequency">Hz.</param>
/// <param name="Amplitude">Of the upper rod, rad.</param>
/// <param name="WorkPerCycle">J.</param>
/// <param name="CostOfSwing"><see cref="ForcedLeg.CostOfSwing"/>, J/rad².</param>
/// <param name="Closed">The same in closed form for small swings.</param>
public sealed record ForcedPoint(double Frequency, double Amplitude, double WorkPerCycle, double CostOfSwing, double Closed);

/// <summary>A leg that is forced on and off the resonance of its slow mode: the energy minimum that an entrained oscillator
/// finds.</summary>
public static class ForcedSweep
{
    /// <summary>Frequencies, over that of the slow mode.</summary>
    public static readonly double[] Ratios = [0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.4];

    // Beats die away by a factor of 3000 in so many time constants of the slow mode; the last tenth is measured.
    private const double TimeConstants = 8;

    /// <summary>How long each run takes to settle [s].</summary>
    public static double Seconds(LegBody body)
    {
        LegMode slow = LegMode.Of(body).Slow;
        return Math.Max(TimeConstants / slow.Decay, 200 / slow.Frequency);
    }

    /// <summary>One after the other.</summary>
    /// <param name="body">The leg, damped.</param>
    /// <param name="moment">Largest moment, N m: small enough for a resonant swing that the closed form holds for.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="look">Told how many are done, and of how many.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ForcedPoint[] Run(LegBody body, double moment, double dt, Action<int, int>? look = null,
        CancellationToken cancellation = default)
    {
        LegMode slow = LegMode.Of(body).Slow;
        double seconds = Seconds(body);
        var points = new ForcedPoint[Ratios.Length];
        for (int i = 0; i < points.Length; i++)
        {
            look?.Invoke(i, points.Length);
            double frequency = Ratios[i] * slow.Frequency;
            var run = ForcedLeg.Run(body, frequency, moment, seconds, dt, cancellation);
            points[i] = new ForcedPoint(frequency, run.Amplitude, run.WorkPerCycle, run.CostOfSwing,
                ForcedLeg.Small(body, frequency).CostOfSwing);
        }

        return points;
    }
}
