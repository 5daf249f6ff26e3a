namespace Ganglion.Bridge.Session;

/// <summary>
/// How long a session waits for what, ns. A board handles frames once a tick (10 or 20 ms) and answers at the tick's end, so
/// an answer takes up to a tick, its work and the wire: 25 ms is usual, 45 ms the most without loss.
/// </summary>
internal static class SessionTiming
{
    public const long Millisecond = 1_000_000;

    /// <summary>How often a waiting host looks at the link: the resolution of measured round trips.</summary>
    public const long PollSlice = Millisecond;

    public const long HelloRetry = 60 * Millisecond;

    /// <summary>A board that resets when its port is opened needs 1 to 2 s until its firmware runs.</summary>
    public const long ConnectTimeout = 4000 * Millisecond;

    /// <summary>How long a reopened port gets until it is opened once more.</summary>
    public const long RegreetTimeout = 600 * Millisecond;

    public const long CommandRetry = 100 * Millisecond;

    public const int CommandAttempts = 5;

    /// <summary>Arming asks every chip whether it is there, and one that blocks its bus keeps the board for a second: an Arm is
    /// repeated late, and the silence meanwhile is no loss.</summary>
    public const long ArmRetry = 1500 * Millisecond;

    public const int ArmAttempts = 3;

    /// <summary>An unanswered configuration block or commit is sent again after this.</summary>
    public const long BlockRetry = 80 * Millisecond;

    /// <summary>A push that made no progress for this long has failed.</summary>
    public const long PushStalled = 1000 * Millisecond;

    /// <summary>From one ping to the next, on average, once the clock is known; four fit into the usual safe timeout of 400 ms,
    /// so that two may be lost.</summary>
    public const long PingPeriod = 90 * Millisecond;

    /// <summary>The same until the clock is known.</summary>
    public const long FastPingPeriod = 12 * Millisecond;

    /// <summary>Pings are spread by up to this much, more than a tick, so that they meet the board at all phases of its tick.</summary>
    public const long PingSpread = 20 * Millisecond;

    /// <summary>An unanswered ping is given up after this.</summary>
    public const long PingTimeout = 80 * Millisecond;

    /// <summary>Without any frame from the board for this long its session is taken for lost.</summary>
    public const long Silence = 300 * Millisecond;

    public const long ReopenPeriod = 50 * Millisecond;

    /// <summary>See FrameParser.Expire.</summary>
    public const long ExpirePeriod = 50 * Millisecond;
}
