using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Viewing;

/// <summary>Reads how one board does, once a period; allocates only when its words change.</summary>
internal sealed class BoardGauge
{
    private const long Second = 1_000_000_000;

    /// <summary>So long after a board began to run its telemetry may tell of ticks that arming delayed, ns.</summary>
    private const long Arming = Second / 10;

    private readonly BoardSession _board;
    private string _words = "";
    private byte _state, _reason;
    private SessionPhase _phase;
    private long _received, _since, _sentThen, _overruns, _stoodAt;
    private double _rate, _jitter, _jitterThen;
    private uint _lastTick;

    /// <param name="board">May be connected or not.</param>
    public BoardGauge(BoardSession board)
    {
        _board = board;
        _words = Words();
    }

    /// <summary>Writes down how it does now.</summary>
    /// <param name="view">Receives it.</param>
    /// <param name="now">Host clock, ns.</param>
    /// <param name="sent">Setpoint frames sent to it.</param>
    /// <param name="skipped">Frames that never left.</param>
    public void Read(BoardView view, long now, long sent, long skipped)
    {
        BoardTelemetry telemetry = _board.Telemetry;
        if (_board.State != _state || telemetry.Reason != _reason || _board.Phase != _phase)
        {
            (_state, _reason, _phase) = (_board.State, telemetry.Reason, _board.Phase);
            _words = Words();
        }

        double tick = _board.Configuration?.Tick ?? 0;
        NoteTick(telemetry, tick);
        if (now - _since >= Second)
        {
            _rate = _since == 0 ? 0 : Math.Max(0, sent - _sentThen) * (double)Second / (now - _since);
            (_since, _sentThen, _jitterThen, _jitter) = (now, sent, _jitter, 0);
        }

        (view.Words, view.State, view.Mode, view.Reason) = (_words, _board.State, telemetry.Mode, telemetry.Reason);
        (view.IsConnected, view.IsArmed) = (_board.Phase == SessionPhase.Ready, _board.IsArmed);
        (view.Rate, view.Sent) = (_rate, sent);
        view.Missed = skipped + telemetry.MissedFrames + telemetry.LateFrames + telemetry.RefusedFrames;
        (view.StarvedTicks, view.ChecksumErrors, view.ChipErrors) = (telemetry.StarvedTicks, telemetry.ChecksumErrors,
            telemetry.I2cErrors);
        (view.ShortestRoundTrip, view.MeanRoundTrip, view.LongestRoundTrip) = (1e-9 * _board.Clock.ShortestRoundTrip,
            1e-9 * _board.Clock.MeanRoundTrip, 1e-9 * _board.Clock.LongestRoundTrip);
        (view.TickJitter, view.TickWork, view.Tick) = (Math.Max(_jitter, _jitterThen), 1e-6 * telemetry.MaxWorkUs, tick);
        if (_board.State != BoardState.Running)
        {
            _stoodAt = now;
        }

        if (now - _stoodAt < Arming)
        {
            // Taking a configuration over and arming take longer than a tick, which is told with the next ones.
            _overruns = telemetry.Overruns;
        }

        (view.Overruns, view.Buffered) = (telemetry.Overruns - _overruns, telemetry.Buffered);
    }

    private string Words() => _board.Phase switch
    {
        SessionPhase.Closed => $"Board {_board.Name} is not connected.",
        SessionPhase.Connecting => $"Board {_board.Name} has not answered yet.",
        SessionPhase.Lost => $"The link with board {_board.Name} is lost; it is taken up again by itself. " +
            _board.Unheard("Check the cable and its power."),
        _ => _board.Describe(),
    };

    /// <summary>Telemetry carries when its tick began: between two of them lie whole ticks, more or less.</summary>
    private void NoteTick(BoardTelemetry telemetry, double tick)
    {
        if (telemetry.Received == _received || tick == 0)
        {
            return;
        }

        if (_received != 0 && telemetry.Received > _received)
        {
            double ticks = (uint)(telemetry.BoardTime - _lastTick) * 1e-6 / tick;
            _jitter = Math.Max(_jitter, Math.Abs(ticks - Math.Round(ticks)) * tick);
        }

        (_received, _lastTick) = (telemetry.Received, telemetry.BoardTime);
    }
}
