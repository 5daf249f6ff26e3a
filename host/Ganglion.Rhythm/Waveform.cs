namespace Ganglion.Rhythm;

/// <summary>Period and amplitude of a sampled periodic signal around zero.</summary>
public static class Waveform
{
    /// <summary>
    /// Times of the upward zero crossings [s], linearly interpolated; the first sample is at time 0. The error of the
    /// interpolation is of third order in dt at a crossing, where a signal that is odd about it has no curvature.
    /// </summary>
    public static double[] UpwardCrossings(ReadOnlySpan<double> samples, double dt)
    {
        var times = new List<double>();
        for (int k = 1; k < samples.Length; k++)
        {
            double before = samples[k - 1], after = samples[k];
            if (before < 0 && after >= 0)
            {
                times.Add((k - 1 + before / (before - after)) * dt);
            }
        }
        return times.ToArray();
    }

    /// <summary>Mean period [s] over all whole cycles; NaN with fewer than two upward crossings.</summary>
    public static double Period(ReadOnlySpan<double> samples, double dt)
    {
        double[] t = UpwardCrossings(samples, dt);
        return t.Length < 2 ? double.NaN : (t[^1] - t[0]) / (t.Length - 1);
    }

    /// <summary>
    /// Highest peak minus lowest trough. Each is the vertex of the parabola through the extreme sample and its
    /// neighbours, because at 20 ms a sampled peak can miss the top by half a percent. An extreme at either end of the
    /// record is taken as it is.
    /// </summary>
    public static double PeakToPeak(ReadOnlySpan<double> samples)
    {
        if (samples.IsEmpty)
        {
            return double.NaN;
        }

        int high = 0, low = 0;
        for (int k = 1; k < samples.Length; k++)
        {
            if (samples[k] > samples[high])
            {
                high = k;
            }

            if (samples[k] < samples[low])
            {
                low = k;
            }
        }
        return Vertex(samples, high) - Vertex(samples, low);
    }

    private static double Vertex(ReadOnlySpan<double> samples, int k)
    {
        if (k == 0 || k == samples.Length - 1)
        {
            return samples[k];
        }

        double slope = (samples[k + 1] - samples[k - 1]) / 2, bend = samples[k + 1] - 2 * samples[k] + samples[k - 1];
        return bend == 0 ? samples[k] : samples[k] - slope * slope / (2 * bend);
    }
}
