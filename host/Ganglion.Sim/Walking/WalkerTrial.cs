using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Gait.Trials;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Sim.Walking;

/// <summary>A run of a trial that a board has walked.</summary>
/// <param name="Run">What came of it; what its sensors do not tell is NaN.</param>
/// <param name="Samples">What it told, by time.</param>
/// <param name="Ended">Why the board ended it before its time: it went safe, or its link is lost; null: it did not.</param>
public sealed record WalkedTrial(TrialRun Run, IReadOnlyList<WalkSample> Samples, BoardException? Ended);

/// <summary>
/// One run of a trial on whatever walker is behind a session: the board walks the trial's schedule by itself, the host tells it speeds and
/// watches its IMU and its foot cells. However it ends, the board is disarmed: after the feet came together where it walked to its end or
/// a person ended it, at once where the torso has fallen.
/// </summary>
public static class WalkerTrial
{
    /// <summary>How long the session is polled between two looks, ns.</summary>
    private const long Period = 10_000_000;

    /// <summary>A board whose IMU is not heard for so long could fall without being seen, s.</summary>
    private const double BlindSeconds = 0.5;

    /// <summary>Walks.</summary>
    /// <param name="board">Connected and configured with the gait, idle.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="walker">Its description.</param>
    /// <param name="orders">What it is told.</param>
    /// <param name="seconds">Length of the run, s.</param>
    /// <param name="progress">Is told the time [s], each time that the board says something of its walk.</param>
    /// <param name="end">How a person ends it.</param>
    /// <exception cref="BoardException">The board refuses to be armed: nothing has moved.</exception>
    /// <exception cref="OperationCanceledException">A person ended it; the board is disarmed.</exception>
    public static WalkedTrial Walk(BoardSession board, IClock clock, WalkerLayout walker, WalkOrders orders, double seconds,
        Action<double, WalkTelemetry> progress, EndRequest end)
    {
        var run = new Running(board, clock, walker, orders, seconds, progress, end);
        BoardException? ended = run.Go();
        end.Well.ThrowIfCancellationRequested();
        return run.Result(ended);
    }

    private sealed class Running(BoardSession board, IClock clock, WalkerLayout walker, WalkOrders orders, double seconds,
        Action<double, WalkTelemetry> progress, EndRequest end)
    {
        private readonly BoardPlay _play = new(board, clock, end);
        private readonly TelemetryMeter _meter = new(walker, TrialConditions.SettleSeconds);
        private readonly List<string> _events = [];
        private long _start, _overruns, _errors, _told, _walked;
        private double _seen;
        private double? _fell;
        private bool _armed, _stood;
        private int _longest;

        private double Time => (clock.NowNanoseconds - _start) * 1e-9;

        /// <summary>From arming to disarming.</summary>
        /// <returns>Why the board ended it; null: it did not.</returns>
        public BoardException? Go()
        {
            board.Happened += Note;
            try
            {
                return _play.Armed(Work, board.StopWalk, WalkRun.LongestStop(board));
            }
            catch (BoardException error) when (_armed)
            {
                return error;
            }
            finally
            {
                board.Happened -= Note;
            }
        }

        public WalkedTrial Result(BoardException? ended)
        {
            WalkMeasures measures = _meter.Result(_fell, ended == null && _fell == null && _meter.Began);
            string outcome = ended != null ? ended.Message
                : _fell is { } at ? $"it fell at {at:0.0} s and was switched off"
                : !_meter.Began ? "did not begin"
                : _stood ? $"walked for {measures.Seconds:0.0} s, stopped and stands" : "walked and does not stand";
            return new WalkedTrial(new TrialRun(measures, outcome, _stood, board.State == BoardState.Safe, [.. _events],
                board.Telemetry.Overruns - _overruns, board.Telemetry.I2cErrors - _errors, _longest, Time), _meter.Samples, ended);
        }

        private BoardException? Work()
        {
            (_armed, _start) = (true, clock.NowNanoseconds);
            (_overruns, _errors) = (board.Telemetry.Overruns, board.Telemetry.I2cErrors);
            var commander = new WalkCommander(board, orders);
            while (Time < seconds && _fell == null && !end.Well.IsCancellationRequested)
            {
                Look(commander.Speed, commander.Turn, counts: true);
                commander.Follow(Time);
                if (!_meter.Began && board.Walk.Stage == WalkStage.Walking)
                {
                    _meter.Begin(Time);
                }
            }

            if (_fell == null && board.State == BoardState.Running)
            {
                _play.Await(board.StopWalk());
            }

            double giveUp = Time + WalkRun.LongestStop(board);
            while (_fell == null && board.State == BoardState.Running)
            {
                Look(0, 0, counts: false);
                if (Time > giveUp)
                {
                    throw new BoardException(board.Name, "it was told to stop and walks on", "It is disarmed as it stands.");
                }
            }

            _stood = _fell == null;
            return null;
        }

        private void Look(double speed, double turn, bool counts)
        {
            long next = clock.NowNanoseconds + Period;
            board.Poll();
            _play.ThrowIfStopped("The trial has ended.");
            BoardTelemetry told = board.Telemetry;
            if (told.HasImu && !told.ImuFrozen && told.Received != _told)
            {
                (_told, _seen) = (told.Received, Time);
                _longest = Math.Max(_longest, told.MaxWorkUs);
                _meter.Look(Time, told, board.Walk, speed, turn, counts);
                _fell ??= TelemetryMeter.Tilt(told) > TelemetryMeter.FallTilt ? Time : null;
            }
            else if (Time - _seen > BlindSeconds)
            {
                throw new BoardException(board.Name, "it tells nothing of its IMU, or always the same: a fall would not be seen",
                    "Look after the sensor and its cable.");
            }

            if (board.Walk.Received != _walked)
            {
                _walked = board.Walk.Received;
                progress(Time, board.Walk);
            }

            clock.WaitUntil(next);
        }

        private void Note(BoardEvent happened) => _events.Add($"{Time:0.0} s: {happened.Words}");
    }
}
