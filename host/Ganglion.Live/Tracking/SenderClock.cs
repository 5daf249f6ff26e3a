namespace Ganglion.Live.Tracking;

/// <summary>
/// The offset between a sender's clock and the host's, from the fastest of the messages of the last 10 to 20 s: what came faster than all
/// others is taken to have come at once. Clocks that drift apart by less than 100 parts in a million are off by 2 ms at most. One false
/// stamp is no clock: a stamp that does not fit is believed only when others agree with it. A value, so that a message can be tried.
/// </summary>
internal struct SenderClock
{
    private const long SpanNs = 10_000_000_000;

    /// <summary>A message that came faster than all others by more than this has a false stamp, unless so many in a row agree.</summary>
    private const long AheadNs = 20_000_000;

    private const int EnoughAhead = 3;

    /// <summary>Messages that are late all alike for this long come from a clock that was set back: a delay differs from one to the
    /// next.</summary>
    private const long AllLateNs = 2_000_000_000;

    /// <summary>Stamps agree that are off by the same to this.</summary>
    private const long AgreeNs = 50_000_000;

    private long _began, _least, _leastBefore, _oddOffset, _oddSince;
    private int _odd;

    public SenderClock() => Restart();

    /// <summary>How long a message was on its way beyond the fastest, ns; below 0: it came faster. 0 for the first.</summary>
    /// <param name="stamp">The sender's, ns.</param>
    /// <param name="arrival">Host clock, ns.</param>
    public readonly long Age(long stamp, long arrival) => Math.Min(_least, _leastBefore) is var least && least == long.MaxValue ? 0
        : arrival - stamp - least;

    /// <summary>Whether a message came faster than can be believed of one alone.</summary>
    public readonly bool IsAhead(long stamp, long arrival) => Age(stamp, arrival) < -AheadNs;

    /// <summary>Takes a message in; the time on the host's clock at which it was stamped, ns.</summary>
    public long ToHost(long stamp, long arrival)
    {
        long offset = arrival - stamp;
        if (arrival - _began > SpanNs)
        {
            (_began, _leastBefore, _least) = (arrival, _least, offset);
        }

        (_least, _odd) = (Math.Min(_least, offset), 0);
        return stamp + Math.Min(_least, _leastBefore);
    }

    /// <summary>Takes note of a message whose stamp does not fit.</summary>
    /// <returns>Enough agree by now: the sender's clock was set.</returns>
    public bool Confirms(long stamp, long arrival)
    {
        long offset = arrival - stamp;
        if (_odd == 0 || Math.Abs(offset - _oddOffset) > AgreeNs)
        {
            (_oddOffset, _oddSince, _odd) = (offset, arrival, 0);
        }

        _odd++;
        return IsAhead(stamp, arrival) ? _odd >= EnoughAhead : arrival - _oddSince >= AllLateNs;
    }

    /// <summary>The sender's clock began anew.</summary>
    public void Restart() => (_began, _least, _leastBefore, _odd) = (0, long.MaxValue, long.MaxValue, 0);
}
