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

    public const int CommandAttempts = 10;

    /// <summary>Arming asks every chip whether it is there, and one that blocks its bus keeps the board for a second: an Arm is
    /// repeated late, and the silence meanwhile is no loss.</summary>
    public const long ArmRetry = 1500 * Millisecond;

    public const int ArmAttempts = 3;

    /// <summary>An unanswered configuration block or commit is sent again after this.</summary>
    public const long BlockRetry = 80 * Millisecond;

    /// <summary>A push that made no progress for this long has failed.</summary>
    public const long PushStalled = 1000 * Millisecond;

    /// <summary>A push of the longest configuration takes 1 s; over the worst cable some more.</summary>
    public const long PushLongest = 15_000 * Millisecond;

    /// <summary>From one ping to the next, on average, once the clock is known; four fit into the usual safe timeout of 400 ms,
    /// so that two may be lost.</summary>
    public const long PingPeriod = 90 * Millisecond;

    /// <summary>The same until the clock is known.</summary>
    public const long FastPingPeriod = 12 * Millisecond;

    /// <summary>Pings are spread by up to this much, more than a tick, so that they meet the board at all phases of its tick.</summary>
    public const long PingSpread = 20 * Millisecond;

    /// <summary>An unanswered ping is given up after this.</summary>
    public const long PingTimeout = 80 * Millisecond;

    /// <summary>Without any frame from an armed board for this long its session is taken for lost.</summary>
    public const long Silence = 300 * Millisecond;

    /// <summary>The same for a board that is not armed: nothing moves, and a busy machine may keep a board of its own from its turn for
    /// longer than a real one is ever silent.</summary>
    public const long SilenceAtRest = 1000 * Millisecond;

    /// <summary>A board whose I2C bus hangs is silent for a second, with two such buses for two, and then says so: how long a board that
    /// fell silent is given to tell why.</summary>
    public const long FindingOut = 4000 * Millisecond;

    /// <summary>Telemetry periods that may be lost in a row before a board counts as one that sends none, and the shortest time for it: of
    /// ten frames a second half may be lost on a bad cable.</summary>
    public const int TelemetryPeriods = 10;

    /// <inheritdoc cref="TelemetryPeriods"/>
    public const long TelemetrySilence = 1000 * Millisecond;

    /// <summary>A board that is sent setpoints says within a tick that it runs, and in the next telemetry; one that does not for this long
    /// does not follow them.</summary>
    public const long Unmoved = 2000 * Millisecond;

    /// <summary>A board may refuse setpoints as too far ahead until its clock is known again; not for this long.</summary>
    public const long TooFar = 1000 * Millisecond;

    /// <summary>How long a board that is switching outputs off may be silent, and may take: a chip that hangs keeps it a second.</summary>
    public const long DisarmSilence = 1500 * Millisecond;

    public const int DisarmAttempts = 25;

    /// <summary>How often a board that acknowledged Disarm and is still powered is told again.</summary>
    public const int DisarmRounds = 3;

    /// <summary>A program that did not look at the link for longer was held up itself.</summary>
    public const long HeldUp = 100 * Millisecond;

    public const long ReopenPeriod = 50 * Millisecond;

    /// <summary>See FrameParser.Expire.</summary>
    public const long ExpirePeriod = 50 * Millisecond;
}
