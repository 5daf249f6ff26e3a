namespace Ganglion.Live.Tracking;

/// <summary>
/// The offset between a sender's clock and the host's, from the fastest of the messages of the last 10 to 20 s: what came faster than all
/// others is taken to have come at once. Clocks that drift apart by less than 100 parts in a million are off by 2 ms at most.
/// </summary>
internal sealed class SenderClock
{
    private const long SpanNs = 10_000_000_000;

    private long _began, _least = long.MaxValue, _leastBefore = long.MaxValue;

    /// <summary>Takes a message in; the time on the host's clock at which it was stamped, ns.</summary>
    /// <param name="seconds">The sender's stamp, s.</param>
    /// <param name="arrival">Host clock, ns.</param>
    public long ToHost(double seconds, long arrival)
    {
        long stamp = (long)Math.Round(seconds * 1e9), offset = arrival - stamp;
        if (arrival - _began > SpanNs)
        {
            (_began, _leastBefore, _least) = (arrival, _least, offset);
        }

        _least = Math.Min(_least, offset);
        return stamp + Math.Min(_least, _leastBefore);
    }

    /// <summary>The sender's clock began anew.</summary>
    public void Restart() => (_began, _least, _leastBefore) = (0, long.MaxValue, long.MaxValue);
}
