namespace Ganglion.Rhythm.Learned;

/// <summary>A time in which a muscle is active.</summary>
/// <param name="On">When it begins [s].</param>
/// <param name="Off">When it ends [s].</param>
public readonly record struct Burst(double On, double Off);

/// <summary>
/// Finds bursts in an envelope. A burst is where it rises above half of its usual height (95 of 100 values are lower) until it falls below
/// a quarter; its beginning and end are where it passes half of its own height, so that durations do not depend on how strong it is.
/// </summary>
public static class Bursts
{
    private const double Usual = 0.95, Begin = 0.5, End = 0.25, Half = 0.5, Shortest = 0.05;

    /// <summary>Bursts that lie wholly within the envelope, in order.</summary>
    /// <param name="envelope">A value each <paramref name="step"/>.</param>
    /// <param name="step">[s].</param>
    public static List<Burst> Find(ReadOnlySpan<double> envelope, double step)
    {
        double[] sorted = envelope.ToArray();
        Array.Sort(sorted);
        double usual = sorted.Length == 0 ? 0 : sorted[(int)(Usual * (sorted.Length - 1))];
        var bursts = new List<Burst>();
        bool active = envelope.Length > 0 && envelope[0] > End * usual, whole = !active;
        int from = 0;
        for (int k = 0; k < envelope.Length; k++)
        {
            if (!active && envelope[k] > Begin * usual)
            {
                (active, from, whole) = (true, k, true);
            }
            else if (active && envelope[k] < End * usual)
            {
                active = false;
                if (whole && Edges(envelope, from, k, step) is { } burst && burst.Off - burst.On >= Shortest)
                {
                    bursts.Add(burst);
                }
            }
        }

        return bursts;
    }

    /// <summary>Where a burst passes half of its height, by straight lines between values; null where its rise lies before the
    /// envelope.</summary>
    private static Burst? Edges(ReadOnlySpan<double> envelope, int from, int to, double step)
    {
        double height = 0;
        for (int k = from; k < to; k++)
        {
            height = Math.Max(height, envelope[k]);
        }

        double level = Half * height;
        int on = from;
        while (on < to && envelope[on] < level)
        {
            on++;
        }

        while (on > 0 && envelope[on - 1] >= level)
        {
            on--;
        }

        int off = to;
        while (off > on && envelope[off - 1] < level)
        {
            off--;
        }

        return on == 0 ? null : new Burst(step * Between(envelope, on - 1, level), step * Between(envelope, off - 1, level));
    }

    private static double Between(ReadOnlySpan<double> envelope, int k, double level) =>
        k + (level - envelope[k]) / (envelope[k + 1] - envelope[k]);
}
