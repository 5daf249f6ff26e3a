namespace Ganglion.Rhythm.Pendulum;

/// <summary>Where in the swing a cell fires.</summary>
/// <param name="Degrees">Mean phase of its spikes after the rod passed the bottom forward, -180..180: 0 where it pulls with the motion,
/// which is what a resonant drive does; NaN without spikes or swings.</param>
/// <param name="Strength">Length of the mean of unit vectors at those phases: 1 where all spikes fall on one phase, 0 where they fall
/// anywhere.</param>
public readonly record struct SpikePhase(double Degrees, double Strength)
{
    /// <summary>Of spikes against the swings of a rod.</summary>
    /// <param name="spikes">Times in order, s.</param>
    /// <param name="angle">Of the rod, evenly sampled from time <paramref name="from"/> on.</param>
    /// <param name="from">s.</param>
    /// <param name="step">Between two samples, s.</param>
    public static SpikePhase Of(ReadOnlySpan<double> spikes, ReadOnlySpan<double> angle, double from, double step)
    {
        double[] swings = Waveform.UpwardCrossings(angle, step);
        double sine = 0, cosine = 0;
        int swing = 0, count = 0;
        foreach (double spike in spikes)
        {
            double time = spike - from;
            while (swing + 1 < swings.Length && swings[swing + 1] <= time)
            {
                swing++;
            }

            if (swing + 1 < swings.Length && time >= swings[swing])
            {
                (double s, double c) = Math.SinCos(2 * Math.PI * (time - swings[swing]) / (swings[swing + 1] - swings[swing]));
                (sine, cosine, count) = (sine + s, cosine + c, count + 1);
            }
        }

        return count == 0 ? new SpikePhase(double.NaN, 0)
            : new SpikePhase(Math.Atan2(sine, cosine) * 180 / Math.PI, Math.Sqrt(sine * sine + cosine * cosine) / count);
    }
}
