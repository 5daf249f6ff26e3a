using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Walking;

namespace Ganglion.Live.OwnMotion;

/// <summary>What to walk and for how long.</summary>
/// <param name="Seconds">Host time from start to stop; infinite: until cancelled.</param>
/// <param name="Speed">Forward, m/s.</param>
/// <param name="Turn">To the left, rad/s.</param>
/// <param name="Cadence">Factor on the frequency of steps, 0.5..2.</param>
/// <param name="Amplitude">Factor on lift and body motion, 0..1.5.</param>
public sealed record WalkRunOptions(double Seconds, double Speed, double Turn, double Cadence = 1, double Amplitude = 1);

/// <summary>How the walk went, by what the board told.</summary>
/// <param name="Seconds">From start to rest.</param>
/// <param name="Distance">Way of the path point, m.</param>
/// <param name="Cycle">Mean time of two steps at full level, s; NaN if there were less than two cycles.</param>
/// <param name="Duty">Share of the time at full level that a foot stood; NaN likewise.</param>
/// <param name="Least">Smallest angle of each joint in the order of <see cref="Walker.Angles"/>, rad.</param>
/// <param name="Most">Largest angle.</param>
/// <param name="Overruns">Deadlines that the board missed while it walked.</param>
/// <param name="I2cErrors">Transfers that failed.</param>
public sealed record WalkRunResult(double Seconds, double Distance, double Cycle, double Duty, double[] Least, double[] Most, long Overruns,
    long I2cErrors);

/// <summary>Lets a board walk by itself: the host starts it, tells it where to go, listens, and stops it.</summary>
public static class WalkRun
{
    /// <summary>How long the session is polled between two looks, ns.</summary>
    private const long LookPeriod = 10_000_000;

    /// <summary>What a stop may take beyond what its bounds say, s.</summary>
    private const double StopAllowance = 10;

    /// <summary>A board that walks tells of it within this time, s.</summary>
    private const double Telling = 2;

    /// <summary>Walks, and leaves the board disarmed in every case that it can be reached, its feet together; one that went safe stays
    /// so.</summary>
    /// <param name="board">Connected and configured with the gait.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="options">How to walk.</param>
    /// <param name="progress">Is told the time and what the board said last, each time that it says something.</param>
    /// <param name="end">Ends it early: well, and the feet come together all the same, or at once.</param>
    /// <param name="viewer">Shows it; null: nobody looks.</param>
    /// <exception cref="BoardException">The board refuses, goes safe while it walks, or could not be disarmed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; the board is disarmed.</exception>
    public static WalkRunResult Play(BoardSession board, IClock clock, WalkRunOptions options, Action<double, WalkTelemetry> progress,
        EndRequest end, OwnMotionViewer? viewer = null)
    {
        var play = new BoardPlay(board, clock, end);
        var log = new WalkLog();
        (double seconds, long overruns) = play.Own(Begin, _ => Look(), board.StopWalk, LongestStop(board), options.Seconds,
            LookPeriod);
        return log.Result(seconds, overruns, board.Telemetry.I2cErrors);

        void Begin()
        {
            play.Await(board.StartWalk());
            play.Await(board.ModulateWalk(options.Speed, options.Turn, options.Cadence, options.Amplitude));
        }

        void Look()
        {
            long before = board.Walk.Received;
            board.Poll();
            viewer?.Show(isMoving: true);
            play.ThrowIfStopped("The walk has ended.");
            if (board.Walk.Received != before)
            {
                log.Add(board.Walk);
                progress(play.Seconds, board.Walk);
            }
            else if (board.Walk.Received == 0 && play.Seconds > Telling)
            {
                throw new BoardException(board.Name, "it walks and tells nothing of it",
                    board.Unheard("Flash the firmware that belongs to this program."));
            }
        }
    }

    /// <summary>First the speed dies away, then the steps within the ramp, and the feet come together at the end of a cycle, s.</summary>
    internal static double LongestStop(BoardSession board)
    {
        WalkParameters? walk = board.Configuration?.Walk?.Gait;
        return StopAllowance + (walk == null ? 0
            : walk.MaxSpeed / walk.Acceleration + walk.MaxTurn / walk.TurnAcceleration + 2 * walk.Ramp);
    }

    /// <summary>Gathers what the board tells.</summary>
    private sealed class WalkLog
    {
        private readonly double[] _least = new double[Walker.AngleCount], _most = new double[Walker.AngleCount];
        private bool _any;
        private uint _last;
        private double _distance, _time, _phase, _first = double.NaN, _latest;
        private int _cycles, _full, _standing;

        public void Add(WalkTelemetry walk)
        {
            double step = _any ? (uint)(walk.BoardTime - _last) * 1e-6 : 0, before = _time;
            _last = walk.BoardTime;
            _time += step;
            _distance += walk.Speed * step;
            for (int i = 0; i < walk.Angles.Length; i++)
            {
                _least[i] = _any ? Math.Min(_least[i], walk.Angles[i]) : walk.Angles[i];
                _most[i] = _any ? Math.Max(_most[i], walk.Angles[i]) : walk.Angles[i];
            }

            if (_any && walk is { Stage: WalkStage.Walking, Level: >= 1 })
            {
                _full += 2;
                _standing += (walk.LeftSwings ? 0 : 1) + (walk.RightSwings ? 0 : 1);

                // The middle of the left foot's swing, between two messages.
                if (_phase < 0 && walk.LeftPhase >= 0 && walk.LeftPhase - _phase < 0.5)
                {
                    _latest = before - (_time - before) * _phase / (walk.LeftPhase - _phase);
                    if (double.IsNaN(_first))
                    {
                        _first = _latest;
                    }
                    else
                    {
                        _cycles++;
                    }
                }
            }

            _phase = walk.LeftPhase;
            _any = true;
        }

        public WalkRunResult Result(double seconds, long overruns, long errors)
        {
            double cycle = _cycles > 0 ? (_latest - _first) / _cycles : double.NaN;
            double duty = _cycles > 0 ? (double)_standing / _full : double.NaN;
            return new WalkRunResult(seconds, _distance, cycle, duty, _least, _most, overruns, errors);
        }
    }
}
