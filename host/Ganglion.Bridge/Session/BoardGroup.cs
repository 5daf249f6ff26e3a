using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Timing;
namespace Ganglion.Bridge.Session;

/// <summary>The boards of one robot, polled together, so that waiting for one keeps the others alive.</summary>
public sealed class BoardGroup : IDisposable
{
    /// <summary>From connecting to known clocks it takes about 0.2 s.</summary>
    private const long ClockTimeout = 3000 * SessionTiming.Millisecond;

    private readonly BoardSession[] _boards;
    private readonly IClock _clock;

    /// <param name="clock">The clock that the sessions use too.</param>
    /// <param name="boards">In the order of the robot description.</param>
    public BoardGroup(IClock clock, params BoardSession[] boards)
    {
        _clock = clock;
        _boards = boards;
    }

    public IReadOnlyList<BoardSession> Boards => _boards;

    internal IClock Clock => _clock;

    /// <summary>Polls every session.</summary>
    public void Poll()
    {
        foreach (BoardSession board in _boards)
        {
            board.Poll();
        }
    }

    /// <summary>Polls every session as often as it wants until a time has come; once at least.</summary>
    /// <param name="deadline">Host clock, ns.</param>
    public void PollUntil(long deadline)
    {
        while (true)
        {
            Poll();
            long next = deadline;
            foreach (BoardSession board in _boards)
            {
                next = Math.Min(next, board.NextPoll);
            }

            if (_clock.NowNanoseconds >= deadline)
            {
                return;
            }

            _clock.WaitUntil(next);
        }
    }

    /// <summary>Starts something on every board and waits until all have ended it.</summary>
    /// <param name="start">Such as <c>board => board.Connect()</c>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="BoardException">One of them failed: the first in their order.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Each(Func<BoardSession, BoardOperation> start, CancellationToken cancellation = default)
    {
        var operations = new List<BoardOperation>(_boards.Length);
        foreach (BoardSession board in _boards)
        {
            operations.Add(start(board));
        }

        while (operations.Exists(operation => !operation.IsDone))
        {
            cancellation.ThrowIfCancellationRequested();
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }

        foreach (BoardOperation operation in operations)
        {
            operation.ThrowIfFailed();
        }
    }

    /// <summary>Arms all boards or none: if one refuses, the others are disarmed again; the one that refused is left as it is, with its
    /// reason.</summary>
    /// <exception cref="BoardException">One refused.</exception>
    public void Arm() => Arm(CancellationToken.None);

    /// <inheritdoc cref="Arm()"/>
    /// <param name="cancellation">Ends the waiting; none is armed then.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Arm(CancellationToken cancellation)
    {
        try
        {
            Each(board => board.Arm(), cancellation);
        }
        catch (Exception failure) when (failure is BoardException or OperationCanceledException)
        {
            // Without an answer nobody knows whether it armed.
            bool refused = failure is BoardException { Reason: not Shared.Link.Reason.None };
            if (Release(board => board.IsArmed || !refused) is { } still)
            {
                throw still.After(failure);
            }

            throw;
        }
    }

    /// <summary>Disarms every board that can be reached, also if one of them fails.</summary>
    /// <exception cref="BoardException">One failed: it goes safe by itself when its timeout ends.</exception>
    public void Disarm()
    {
        if (Release(_ => true) is { } failure)
        {
            throw failure.After(null);
        }
    }

    /// <summary>Disarms boards.</summary>
    /// <param name="which">Which of those that are connected.</param>
    /// <returns>Why one is still on; null if none is.</returns>
    public BoardException? Release(Func<BoardSession, bool> which)
    {
        BoardException? failure = null;
        var operations = new List<(BoardSession Board, BoardOperation Disarm)>();
        foreach (BoardSession board in _boards)
        {
            if (board.Phase == SessionPhase.Ready && which(board))
            {
                operations.Add((board, board.Disarm()));
            }
            else if (board is { Phase: SessionPhase.Connecting or SessionPhase.Lost, IsReset: false })
            {
                failure ??= new BoardException(board.Name, "its link is lost", board.Unreached);
            }
        }

        while (operations.Exists(one => !one.Disarm.IsDone))
        {
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }

        // One that was reset meanwhile is off.
        return failure ?? operations.FirstOrDefault(one => one.Disarm.Error != null && !one.Board.IsReset).Disarm?.Error;
    }

    /// <summary>Why a board does not move any more: one that fell silent is given the time to say it.</summary>
    /// <param name="board">One of the group that is not armed any more, or does not answer.</param>
    /// <param name="remedy">A sentence that follows.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public BoardException WhyStopped(BoardSession board, string remedy, CancellationToken cancellation = default)
    {
        long giveUp = _clock.NowNanoseconds + SessionTiming.FindingOut;
        while (board.MayLearnMore && _clock.NowNanoseconds < giveUp && !cancellation.IsCancellationRequested)
        {
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }

        return board.Stopped(remedy);
    }

    /// <summary>Waits until every board's clock is known well enough to stream.</summary>
    /// <exception cref="BoardException">A board is not connected or does not answer pings.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitForClocks(CancellationToken cancellation = default)
    {
        long giveUp = _clock.NowNanoseconds + ClockTimeout;
        while (Array.Find(_boards, board => !board.Clock.IsReady) is { } waiting)
        {
            if (_clock.NowNanoseconds >= giveUp || waiting.Phase == SessionPhase.Closed)
            {
                throw waiting.Gone ?? new BoardException(waiting.Name,
                    "its clock could not be measured: it answers other things and no ping",
                    waiting.Unheard("Flash the firmware that belongs to this program; if it has it, check the link for lost bytes."));
            }

            cancellation.ThrowIfCancellationRequested();
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }
    }

    /// <summary>Closes every session, without disarming.</summary>
    public void Dispose()
    {
        foreach (BoardSession board in _boards)
        {
            board.Dispose();
        }
    }
}
