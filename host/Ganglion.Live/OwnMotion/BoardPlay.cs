using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.OwnMotion;

/// <summary>
/// One board with its outputs on: armed, moved, and in every case brought to rest and disarmed again, whether the motion ends by itself, is
/// ended or fails, and whoever's failure that is. Only a board that went safe stays so, with its reason, and one that cannot be reached
/// goes safe by its own timeout.
/// </summary>
/// <param name="board">Connected and configured, idle.</param>
/// <param name="clock">The session's clock.</param>
/// <param name="end">How a person ends it.</param>
internal sealed class BoardPlay(BoardSession board, IClock clock, EndRequest end)
{
    /// <summary>Telemetry messages after which the board's state is news and not what it was before.</summary>
    private const int News = 2;

    /// <summary>Time in which they must have come, ns.</summary>
    private const long NewsTimeout = 300_000_000;

    /// <summary>A lost session is taken up again within this time, or not at all, ns: a plugged-in cable, a board that booted.</summary>
    private const long Return = 3_000_000_000;

    /// <summary>From the acknowledged start until the board says that it moves, s: many telemetry periods.</summary>
    private const double Beginning = 2;

    private const long Slice = 10_000_000;

    private readonly BoardGroup _group = new(clock, board);
    private long _start;

    /// <summary>Since the board began to move by itself, s.</summary>
    public double Seconds => (clock.NowNanoseconds - _start) * 1e-9;

    /// <summary>Arms, works and disarms.</summary>
    /// <param name="work">Moves the board; may fail in any way.</param>
    /// <param name="stop">Brings motion of the board's own to rest before the outputs go off; null: it has none.</param>
    /// <param name="longestStop">So long that may take, s.</param>
    /// <exception cref="BoardException">The board refuses; or, whatever the work failed of, it could not be disarmed after it: the message
    /// says both, and the first failure is the inner one.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; it is disarmed.</exception>
    public T Armed<T>(Func<T> work, Func<BoardOperation>? stop, double longestStop = 0)
    {
        // A board that refuses to be armed may be at somebody else's work, or latched with its reason: it is left alone.
        _group.Arm(end.AtOnce);
        T result;
        try
        {
            result = work();
        }
        catch (Exception failure)
        {
            if (Release(failure, stop, longestStop) is { } error)
            {
                throw error.After(failure);
            }

            throw;
        }

        if (_group.Release(_ => true) is { } still)
        {
            throw still.After(null);
        }

        return result;
    }

    /// <summary>Lets the board move by itself for a time, and waits until it is at rest.</summary>
    /// <param name="begin">Starts the motion of an armed board.</param>
    /// <param name="look">Called every <paramref name="period"/>, also while it comes to rest, then with false.</param>
    /// <param name="stop">Ends the motion.</param>
    /// <param name="longestStop">So long that may take, s.</param>
    /// <param name="seconds">From the start to the stop; infinite: until ended.</param>
    /// <param name="period">From one look to the next, ns.</param>
    /// <returns>Time from the start to rest, s, and the deadlines that the board missed in it.</returns>
    /// <exception cref="BoardException">As <see cref="Armed"/>; it does not begin to move, or does not come to rest.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; it is disarmed.</exception>
    public (double Seconds, long Overruns) Own(Action begin, Action<bool> look, Func<BoardOperation> stop, double longestStop,
        double seconds, long period) => Armed(() =>
        {
            begin();

            // The board counts since its boot; taking over a configuration and arming take longer than a tick.
            int overrunsBefore = board.Await(board.GetStatistics(), end.AtOnce).Overruns;
            _start = clock.NowNanoseconds;
            while (Seconds < seconds && !end.Well.IsCancellationRequested)
            {
                Look(true);
                if (Seconds > Beginning)
                {
                    ThrowIfStill();
                }
            }

            if (Seconds <= Beginning)
            {
                AwaitNews();
                ThrowIfStill();
            }

            Await(stop());
            AwaitNews();
            double giveUp = Seconds + longestStop;
            while (board.State == BoardState.Running)
            {
                Look(false);
                if (Seconds > giveUp)
                {
                    throw new BoardException(board.Name, $"it was told to stop {longestStop:0} s ago and still says that it " +
                        $"{StateWords.Predicate(board.State, board.Telemetry.Mode)}", "It is disarmed as it stands.");
                }
            }

            double rest = Seconds;
            BoardStatistics statistics = board.Await(board.GetStatistics(), end.AtOnce);
            return (rest, (long)((statistics.Overruns - overrunsBefore) & 0xFFFF));

            void Look(bool playing)
            {
                long next = clock.NowNanoseconds + period;
                look(playing);
                clock.WaitUntil(next);
                end.AtOnce.ThrowIfCancellationRequested();
            }
        }, stop, longestStop);

    /// <summary>Waits for an answer of the board.</summary>
    /// <exception cref="BoardException">It failed, and where the board stopped, why that was.</exception>
    /// <exception cref="OperationCanceledException">Ended at once.</exception>
    public void Await(BoardOperation operation) => Asking(() => board.Await(operation, end.AtOnce));

    /// <inheritdoc cref="Await"/>
    public T Ask<T>(BoardQuery<T> query)
    {
        Await(query);
        return query.Result;
    }

    /// <summary>Ends the work if the board does not move any more.</summary>
    /// <param name="remedy">The sentence that follows the board's own.</param>
    /// <exception cref="BoardException">It went safe, its link is lost, or it does otherwise than it says.</exception>
    /// <exception cref="OperationCanceledException">It is to end at once.</exception>
    public void ThrowIfStopped(string remedy)
    {
        end.AtOnce.ThrowIfCancellationRequested();
        if (!board.IsArmed)
        {
            throw _group.WhyStopped(board, remedy, end.AtOnce);
        }
    }

    private void ThrowIfStill()
    {
        if (board.IsArmed && board.State != BoardState.Running)
        {
            throw new BoardException(board.Name, $"it acknowledged the start and says that it " +
                $"{StateWords.Predicate(board.State, DriveMode.None)}",
                board.Unheard("Flash the firmware that belongs to this program; if it has it, see whether another program stopped it."));
        }
    }

    /// <summary>A question that failed because the board stopped says why it stopped.</summary>
    private void Asking(Action ask)
    {
        bool wasArmed = board.IsArmed;
        try
        {
            ask();
        }
        catch (BoardException) when (wasArmed && !board.IsArmed)
        {
            throw _group.WhyStopped(board, "", end.AtOnce);
        }
    }

    /// <summary>Brings the board to rest and switches its outputs off after a failure, and leaves one alone that went safe or that another
    /// program has. Ended at once, they go off without waiting for news of it: who asks for that sees it move.</summary>
    /// <returns>Why it is still on; null if it is not.</returns>
    private BoardException? Release(Exception failure, Func<BoardOperation>? stop, double longestStop)
    {
        bool atOnce = failure is OperationCanceledException;
        AwaitReturn();
        if (stop != null && board.IsArmed && !atOnce)
        {
            StopMotion(stop, longestStop);
        }

        if (!atOnce || !board.IsArmed)
        {
            AwaitNews();
        }

        return _group.Release(_ => board.State != BoardState.Safe);
    }

    private void AwaitReturn()
    {
        long giveUp = clock.NowNanoseconds + Return;
        while (board.Phase is SessionPhase.Connecting or SessionPhase.Lost && clock.NowNanoseconds < giveUp
            && !end.AtOnce.IsCancellationRequested)
        {
            Poll();
        }
    }

    /// <summary>A board that takes no stop does not move by itself, or will not stop: then it is disarmed as it is.</summary>
    private void StopMotion(Func<BoardOperation> stop, double longestStop)
    {
        try
        {
            board.Await(stop(), end.AtOnce);
        }
        catch (Exception e) when (e is BoardException or OperationCanceledException)
        {
            return;
        }

        AwaitNews();
        double giveUp = Seconds + longestStop;
        while (board.State == BoardState.Running && Seconds < giveUp && !end.AtOnce.IsCancellationRequested)
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
