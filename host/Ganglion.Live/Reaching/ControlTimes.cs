namespace Ganglion.Live.Reaching;

/// <summary>How long the computing of each period took (processor time of the loop's thread): a histogram with bins 2 % wide, so that
/// adding to it allocates nothing.</summary>
public sealed class ControlTimes
{
    private const double Shortest = 1e-7, Width = 1.02;
    private const int Bins = 1200;

    private readonly long[] _counts = new long[Bins];

    /// <summary>Periods so far.</summary>
    public long Periods { get; private set; }

    /// <summary>Longest, s.</summary>
    public double Max { get; private set; }

    /// <summary>The latest, s.</summary>
    public double Last { get; private set; }

    /// <summary>Median, s, to 2 %.</summary>
    public double P50 => Quantile(0.5);

    /// <summary>99th percentile, s, to 2 %.</summary>
    public double P99 => Quantile(0.99);

    /// <summary>Counts one period.</summary>
    /// <param name="seconds">Its computing, s, 0 or more.</param>
    public void Add(double seconds)
    {
        int bin = seconds <= Shortest ? 0 : Math.Min(Bins - 1, (int)(Math.Log(seconds / Shortest) / Math.Log(Width)));
        _counts[bin]++;
        Periods++;
        Last = seconds;
        Max = Math.Max(Max, seconds);
    }

    /// <summary>What a share of the periods did not exceed, s; 0 before the first.</summary>
    private double Quantile(double share)
    {
        long rest = (long)Math.Ceiling(share * Periods);
        for (int bin = 0; bin < Bins && rest > 0; bin++)
        {
            rest -= _counts[bin];
            if (rest <= 0)
            {
                return Math.Min(Max, Shortest * Math.Pow(Width, bin + 1));
            }
        }

        return 0;
    }
}
