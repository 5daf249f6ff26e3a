using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.OwnMotion;

/// <summary>
/// One board with its outputs on: armed, moved, and in every case brought to rest and disarmed again, whether the motion ends by itself, is
/// cancelled or fails, and whoever's failure that is. Only a board that went safe stays so, with its reason, and one that cannot be reached
/// goes safe by its own timeout.
/// </summary>
/// <param name="board">Connected and configured, idle.</param>
/// <param name="clock">The session's clock.</param>
internal sealed class BoardPlay(BoardSession board, IClock clock)
{
    /// <summary>So long a board may take to bring its own motion to rest after a failure, ns: several times the longest ramp of what is
    /// shipped.</summary>
    private const long LongestStop = 20_000_000_000;

    /// <summary>Telemetry messages after which the board's state is news and not what it was before.</summary>
    private const int News = 2;

    /// <summary>Time in which they must have come, ns.</summary>
    private const long NewsTimeout = 300_000_000;

    private const long Slice = 10_000_000;

    private const string Alone = "It goes safe by itself when its timeout ends.";

    private long _start;

    /// <summary>Since the board began to move by itself, s.</summary>
    public double Seconds => (clock.NowNanoseconds - _start) * 1e-9;

    /// <summary>Arms, works and disarms.</summary>
    /// <param name="work">Moves the board; may fail in any way.</param>
    /// <param name="stop">Brings motion of the board's own to rest before the outputs go off; null: it has none.</param>
    /// <exception cref="BoardException">The board refuses; or, whatever the work failed of, it could not be disarmed after it: the message
    /// says both, and the first failure is the inner one.</exception>
    public T Armed<T>(Func<T> work, Func<BoardOperation>? stop)
    {
        // A board that refuses to be armed may be at somebody else's work, or latched with its reason: it is left alone.
        board.Await(board.Arm());
        T result;
        try
        {
            result = work();
        }
        catch (Exception failure)
        {
            if (Release(stop) is { } error)
            {
                string first = failure is BoardException known ? known.Text.ToString() : failure.Message;
                throw new BoardException(board.Name,
                    $"{first.TrimEnd('.')}. After that it could not be disarmed: {error.Text.Cause}", Alone, failure);
            }

            throw;
        }

        if (Disarm() is { } still)
        {
            throw new BoardException(board.Name, $"it could not be disarmed: {still.Text.Cause}", Alone, still);
        }

        return result;
    }

    /// <summary>Lets the board move by itself for a time, and waits until it is at rest.</summary>
    /// <param name="begin">Starts the motion of an armed board.</param>
    /// <param name="look">Called every <paramref name="period"/>, also while it comes to rest, then with false.</param>
    /// <param name="stop">Ends the motion.</param>
    /// <param name="seconds">From the start to the stop; infinite: until cancelled.</param>
    /// <param name="period">From one look to the next, ns.</param>
    /// <param name="cancellation">Stops it early.</param>
    /// <returns>Time from the start to rest, s, and the deadlines that the board missed in it.</returns>
    /// <exception cref="BoardException">As <see cref="Armed"/>.</exception>
    public (double Seconds, long Overruns) Own(Action begin, Action<bool> look, Func<BoardOperation> stop, double seconds, long period,
        CancellationToken cancellation) => Armed(() =>
        {
            begin();

            // The board counts since its boot; taking over a configuration and arming take longer than a tick.
            int overrunsBefore = board.Await(board.GetStatistics()).Overruns;
            _start = clock.NowNanoseconds;
            while (Seconds < seconds && !cancellation.IsCancellationRequested)
            {
                long next = clock.NowNanoseconds + period;
                look(true);
                clock.WaitUntil(next);
            }

            board.Await(stop());
            while (board.State == BoardState.Running)
            {
                look(false);
                clock.WaitUntil(clock.NowNanoseconds + period);
            }

            double rest = Seconds;
            BoardStatistics statistics = board.Await(board.GetStatistics());
            return (rest, (long)((statistics.Overruns - overrunsBefore) & 0xFFFF));
        }, stop);

    /// <summary>Ends the work if the board does not move any more.</summary>
    /// <param name="remedy">The sentence that follows the board's own.</param>
    /// <exception cref="BoardException">It went safe, or its link is lost.</exception>
    public void ThrowIfStopped(string remedy)
    {
        if (board.State == BoardState.Safe || board.Phase != SessionPhase.Ready)
        {
            throw new BoardException(board.Name, board.Describe(), remedy);
        }
    }

    /// <summary>Brings the board to rest and switches its outputs off after a failure, and leaves one alone that went safe.</summary>
    /// <returns>Why it is still on; null if it is not.</returns>
    private BoardException? Release(Func<BoardOperation>? stop)
    {
        if (stop != null)
        {
            StopMotion(stop);
        }

        AwaitNews();
        return board.State == BoardState.Safe ? null : Disarm();
    }

    /// <summary>Why it could not be disarmed, or null.</summary>
    private BoardException? Disarm()
    {
        try
        {
            board.Await(board.Disarm());
            return null;
        }
        catch (BoardException error)
        {
            return error;
        }
    }

    /// <summary>A board that takes no stop does not move by itself, or will not stop: then it is disarmed as it is.</summary>
    private void StopMotion(Func<BoardOperation> stop)
    {
        try
        {
            board.Await(stop());
        }
        catch (BoardException)
        {
            return;
        }

        AwaitNews();
        long giveUp = clock.NowNanoseconds + LongestStop;
        while (board.State == BoardState.Running && clock.NowNanoseconds < giveUp)
        {
            Poll();
        }
    }

    private void AwaitNews()
    {
        long enough = board.Telemetry.Received + News, giveUp = clock.NowNanoseconds + NewsTimeout;
        while (board.Telemetry.Received < enough && board.Phase == SessionPhase.Ready && clock.NowNanoseconds < giveUp)
        {
            Poll();
        }
    }

    private void Poll()
    {
        board.Poll();
        clock.WaitUntil(clock.NowNanoseconds + Slice);
    }
}
