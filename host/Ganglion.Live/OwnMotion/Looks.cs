namespace Ganglion.Live.OwnMotion;

/// <summary>A quantity that was looked at over time, the latest of it: period and size of what it does.</summary>
/// <param name="seconds">Older looks are forgotten, s.</param>
internal sealed class Looks(double seconds)
{
    /// <summary>A cycle counts from where the quantity has been this low in its range: a burst's own ripple is none.</summary>
    private const double Low = 0.25;

    /// <summary>Of a board that is asked every 20 ms, with room for those that come late: it does not grow while it is looked.</summary>
    private const int LooksPerSecond = 64;

    private readonly Queue<(double Time, double Value)> _looks = new((int)(seconds * LooksPerSecond));

    /// <summary>Takes a look.</summary>
    /// <param name="time">s.</param>
    /// <param name="value">The quantity.</param>
    public void Add(double time, double value)
    {
        _looks.Enqueue((time, value));
        while (_looks.Peek().Time < time - seconds)
        {
            _looks.Dequeue();
        }
    }

    /// <summary>Period from interpolated upward crossings of the middle [s], looks at uneven times; NaN with fewer than two. And the
    /// range; NaN with fewer than two looks.</summary>
    public (double Period, double PeakToPeak) Measure()
    {
        if (_looks.Count < 2)
        {
            return (double.NaN, double.NaN);
        }

        double low = _looks.Min(look => look.Value), high = _looks.Max(look => look.Value), middle = (low + high) / 2;
        double first = double.NaN, last = double.NaN;
        int crossings = 0;
        bool wasLow = false;
        (double Time, double Value) before = _looks.Peek();
        foreach ((double Time, double Value) look in _looks)
        {
            wasLow |= look.Value <= low + Low * (high - low);
            if (wasLow && before.Value < middle && look.Value >= middle)
            {
                wasLow = false;
                last = before.Time + (look.Time - before.Time) * (middle - before.Value) / (look.Value - before.Value);
                first = crossings++ == 0 ? last : first;
            }

            before = look;
        }

        return (crossings > 1 ? (last - first) / (crossings - 1) : double.NaN, high - low);
    }
}
