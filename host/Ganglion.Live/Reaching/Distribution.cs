namespace Ganglion.Live.Reaching;

/// <summary>Middle, 95th percentile and worst of a series; NaN of none.</summary>
public readonly record struct Spread(double Median, double P95, double Max);

/// <summary>
/// The spread of a series of any length in a memory of fixed size, since a run may go on for days: exact of the first
/// <see cref="Exact"/> values, of more by a histogram whose bins are 0.2 % wide, so that median and percentile are true to 0.1 %.
/// The largest is always exact.
/// </summary>
public sealed class Distribution
{
    /// <summary>Values that are kept as they are.</summary>
    public const int Exact = 4096;

    /// <summary>The first bin holds what is below this, in m 10 nm; the last, what is beyond 10 000.</summary>
    private const double Least = 1e-8;

    private const double Width = 1.002;

    /// <summary>From <see cref="Least"/> to 1e4.</summary>
    private const int Bins = 13_831;

    // Both from the beginning: to make the bins in the middle of a run would stop a control loop for them.
    private readonly double[] _values = new double[Exact];
    private readonly long[] _bins = new long[Bins];
    private double _max = double.NegativeInfinity;

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>The spread of all values so far. Of n values in order of size the median is that at n / 2, the percentile that at
    /// 0.95 (n - 1), both rounded down.</summary>
    public Spread Spread
    {
        get
        {
            if (Count == 0)
            {
                return new(double.NaN, double.NaN, double.NaN);
            }

            long middle = Count / 2, high = (long)(0.95 * (Count - 1));
            if (Count > Exact)
            {
                return new(At(middle), At(high), _max);
            }

            double[] sorted = [.. _values.AsSpan(0, (int)Count)];
            Array.Sort(sorted);
            return new(sorted[middle], sorted[high], _max);
        }
    }

    /// <summary>Takes a value.</summary>
    /// <param name="value">0 or more; NaN, which nothing measured, is left out.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        _max = Math.Max(_max, value);
        if (Count < Exact)
        {
            _values[Count] = value;
        }

        _bins[BinOf(value)]++;
        Count++;
    }

    private static int BinOf(double value) =>
        value < Least ? 0 : (int)Math.Min(Bins - 1, 1 + Math.Log(value / Least) / Math.Log(Width));

    /// <summary>The value of a rank, from 0: the middle of its bin.</summary>
    private double At(long rank)
    {
        int bin = 0;
        for (long before = _bins[0]; before <= rank; before += _bins[bin])
        {
            bin++;
        }

        return Math.Min(_max, bin == 0 ? Least / 2 : Least * Math.Pow(Width, bin - 0.5));
    }
}
