using Ganglion.Bridge.Timing;
using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Session;

/// <summary>
/// Streams setpoints to the boards of one robot on one schedule. Each step waits for its deadline, an absolute time, and
/// sends one frame to each armed board, stamped with the same instant in each board's own clock, a lead after the deadline.
/// Steps allocate nothing.
/// </summary>
/// <remarks>
/// The lead covers the way to the board: up to a tick until the board looks, the wire, and the error of the clock offset.
/// 60 ms keep two to three frames waiting there, so that a host that is 40 ms late is not noticed.
/// </remarks>
public sealed class SetpointStream
{
    private readonly BoardGroup _group;
    private readonly IClock _clock;
    private readonly long _period;
    private readonly long _lead;
    private readonly short[][] _values;
    private readonly long[] _sent;
    private readonly long[] _skipped;
    private readonly long[] _bytesSent;
    private readonly long[] _bytesReceived;
    private long _startedAt;
    private long _deadline;
    private long _steps;
    private long _lateDeadlines;
    private long _skippedDeadlines;
    private long _longestLateness;

    /// <summary>For connected and configured boards; their numbers of channels are taken over.</summary>
    /// <param name="group">All boards of the robot.</param>
    /// <param name="period">From one frame to the next; 20 ms if not given.</param>
    /// <param name="lead">From a deadline to the execution of its frame, 20 ms..1 s; 60 ms if not given.</param>
    public SetpointStream(BoardGroup group, TimeSpan? period = null, TimeSpan? lead = null)
    {
        TimeSpan every = period ?? TimeSpan.FromMilliseconds(20), ahead = lead ?? TimeSpan.FromMilliseconds(60);
        if (every < TimeSpan.FromMilliseconds(1) || every > TimeSpan.FromSeconds(1))
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "A stream's period is 1 ms to 1 s.");
        }

        if (ahead < TimeSpan.FromMilliseconds(20) || ahead > TimeSpan.FromSeconds(1))
        {
            throw new ArgumentOutOfRangeException(nameof(lead), lead, "A stream's lead is 20 ms to 1 s.");
        }

        _group = group;
        _clock = group.Clock;
        _period = every.Ticks * 100;
        _lead = ahead.Ticks * 100;
        int boards = group.Boards.Count;
        _values = new short[boards][];
        _sent = new long[boards];
        _skipped = new long[boards];
        _bytesSent = new long[boards];
        _bytesReceived = new long[boards];
        for (int i = 0; i < boards; i++)
        {
            _values[i] = new short[group.Boards[i].Identity?.Channels
                ?? throw new BoardException(group.Boards[i].Name, "it is not connected", "Connect and configure it before streaming.")];
        }
    }

    /// <summary>Period, ns.</summary>
    public long Period => _period;

    /// <summary>When the next frame leaves, host clock, ns.</summary>
    public long Deadline => _deadline;

    /// <summary>When the values of the next frame will be reached, host clock, ns.</summary>
    public long ExecutionTime => _deadline + _lead;

    /// <summary>Deadlines left out because they had passed.</summary>
    public long SkippedDeadlines => _skippedDeadlines;

    /// <summary>From a deadline to its frames, at worst, ns.</summary>
    public long LongestLateness => _longestLateness;

    /// <summary>Frames sent to a board, and frames for it that never left because it was not armed or its link was behind.</summary>
    /// <param name="board">Index within the group.</param>
    public (long Sent, long Skipped) FramesTo(int board) => (_sent[board], _skipped[board]);

    /// <summary>The values that the next frame carries to a board: Q14 (16384 = the whole travel), one a channel. They stay
    /// until they are overwritten.</summary>
    /// <param name="board">Index within the group.</param>
    public Span<short> Values(int board) => _values[board];

    /// <summary>Sets one value as a fraction of the travel, -2..2; the board's own limits come after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number or beyond the format.</exception>
    public void Set(int board, int channel, double value)
    {
        double units = Math.Round(value * FixedPoint.One);
        if (!(units >= short.MinValue && units <= short.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Channel {channel} of board {board}: a setpoint is a fraction " +
                $"of the travel, -2..2.");
        }

        _values[board][channel] = (short)units;
    }

    /// <summary>Waits until the boards' clocks are known and sets the first deadline, one period from now.</summary>
    /// <exception cref="BoardException">A clock could not be measured.</exception>
    public void Start() => Start(CancellationToken.None);

    /// <inheritdoc cref="Start()"/>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Start(CancellationToken cancellation)
    {
        _group.WaitForClocks(cancellation);
        _startedAt = _clock.NowNanoseconds;
        _deadline = _startedAt + _period;
        for (int i = 0; i < _values.Length; i++)
        {
            _bytesSent[i] = _group.Boards[i].LinkStatistics.BytesSent;
            _bytesReceived[i] = _group.Boards[i].LinkStatistics.BytesReceived;
        }
    }

    /// <summary>Puts the next deadline off, and with it all that follow: once, before what is sent has to be even.</summary>
    /// <param name="by">ns, 0 to a period; the boards have frames for longer than that.</param>
    public void Postpone(long by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(by);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, _period);
        _deadline += by;
    }

    /// <summary>Polls the boards until the deadline, sends, and moves on to the next deadline. A host that comes too late
    /// leaves out the deadlines that have passed; it does not send their frames in a burst.</summary>
    public void Step()
    {
        _group.PollUntil(_deadline);
        long lateness = _clock.NowNanoseconds - _deadline;
        _longestLateness = Math.Max(_longestLateness, lateness);
        if (lateness > _period / 2)
        {
            _lateDeadlines++;
        }

        long executeAt = _deadline + _lead;
        for (int i = 0; i < _values.Length; i++)
        {
            if (_group.Boards[i].SendSetpoints(executeAt, _values[i]))
            {
                _sent[i]++;
            }
            else
            {
                _skipped[i]++;
            }
        }

        _steps++;
        _deadline += _period;
        if (lateness >= _period)
        {
            long passed = lateness / _period;
            _skippedDeadlines += passed;
            _deadline += passed * _period;
        }
    }

    /// <summary>How the stream goes so far.</summary>
    public StreamStatistics GetStatistics()
    {
        double seconds = (_clock.NowNanoseconds - _startedAt) * 1e-9;
        var boards = new BoardStreamStatistics[_values.Length];
        for (int i = 0; i < boards.Length; i++)
        {
            BoardSession board = _group.Boards[i];
            boards[i] = new BoardStreamStatistics(
                board.Name, _sent[i], _skipped[i],
                board.Telemetry.MissedFrames, board.Telemetry.LateFrames, board.Telemetry.RefusedFrames, board.Telemetry.StarvedTicks,
                board.Clock.ShortestRoundTrip * 1e-9, board.Clock.MeanRoundTrip * 1e-9, board.Clock.LongestRoundTrip * 1e-9,
                board.Clock.Drift,
                seconds > 0 ? (board.LinkStatistics.BytesSent - _bytesSent[i]) / seconds : 0,
                seconds > 0 ? (board.LinkStatistics.BytesReceived - _bytesReceived[i]) / seconds : 0);
        }
        return new StreamStatistics(_steps, seconds, _lateDeadlines, _skippedDeadlines, _longestLateness * 1e-9, boards);
    }
}

/// <summary>How a stream went. Times in s.</summary>
/// <param name="Steps">Deadlines met or nearly so.</param>
/// <param name="Seconds">Since the start.</param>
/// <param name="LateDeadlines">Steps that came more than half a period late.</param>
/// <param name="SkippedDeadlines">Deadlines left out because they had passed.</param>
/// <param name="LongestLateness">From a deadline to its frames.</param>
/// <param name="Boards">In the group's order.</param>
public sealed record StreamStatistics(
    long Steps, double Seconds, long LateDeadlines, long SkippedDeadlines, double LongestLateness,
    IReadOnlyList<BoardStreamStatistics> Boards)
{
    /// <summary>Steps a second.</summary>
    public double StreamHz => Seconds > 0 ? Steps / Seconds : 0;

    /// <summary>Setpoint frames that a board missed, got late or refused, and ones that never left.</summary>
    public long MissedFrames => SkippedDeadlines + Boards.Sum(board => board.MissedFrames + board.LateFrames + board.RefusedFrames
        + board.FramesSkipped);
}

/// <summary>How a stream went at one board. The board's own counts are those of its last telemetry and of its present session.</summary>
/// <param name="Board">Its name.</param>
/// <param name="FramesSent">Setpoint frames.</param>
/// <param name="FramesSkipped">Not sent: the board was not armed or its link was behind.</param>
/// <param name="MissedFrames">Missing at the board by sequence number.</param>
/// <param name="LateFrames">Came there after their time.</param>
/// <param name="RefusedFrames">Not taken there.</param>
/// <param name="StarvedTicks">Ticks without a frame ahead.</param>
/// <param name="ShortestRoundTrip">Of a ping, s.</param>
/// <param name="MeanRoundTrip">s.</param>
/// <param name="LongestRoundTrip">s.</param>
/// <param name="Drift">Rate of the board's clock against the host's, minus 1.</param>
/// <param name="BytesPerSecondSent">Everything on the link.</param>
/// <param name="BytesPerSecondReceived">Everything on the link.</param>
public sealed record BoardStreamStatistics(
    string Board, long FramesSent, long FramesSkipped, long MissedFrames, long LateFrames, long RefusedFrames, long StarvedTicks,
    double ShortestRoundTrip, double MeanRoundTrip, double LongestRoundTrip, double Drift,
    double BytesPerSecondSent, double BytesPerSecondReceived);
