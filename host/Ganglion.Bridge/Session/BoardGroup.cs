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
    /// <exception cref="BoardException">One of them failed: the first in their order.</exception>
    public void Each(Func<BoardSession, BoardOperation> start)
    {
        var operations = new List<BoardOperation>(_boards.Length);
        foreach (BoardSession board in _boards)
        {
            operations.Add(start(board));
        }

        while (operations.Exists(operation => !operation.IsDone))
        {
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }

        foreach (BoardOperation operation in operations)
        {
            operation.ThrowIfFailed();
        }
    }

    /// <summary>Arms all boards or none: if one refuses, the others are disarmed again.</summary>
    /// <exception cref="BoardException">One refused.</exception>
    public void Arm()
    {
        try
        {
            Each(board => board.Arm());
        }
        catch (BoardException)
        {
            Disarm();
            throw;
        }
    }

    /// <summary>Disarms every board that can be reached, also if one of them fails.</summary>
    /// <exception cref="BoardException">One failed: it goes safe by itself when its timeout ends.</exception>
    public void Disarm()
    {
        BoardException? failure = null;
        var operations = new List<BoardOperation>();
        foreach (BoardSession board in _boards)
        {
            if (board.Phase == SessionPhase.Ready)
            {
                operations.Add(board.Disarm());
            }
            else if (board.Phase != SessionPhase.Closed)
            {
                failure ??= new BoardException(board.Name, "it could not be disarmed because its link is lost",
                    "It goes safe by itself when its timeout ends.");
            }
        }
        while (operations.Exists(operation => !operation.IsDone))
        {
            PollUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
        }

        failure ??= operations.Select(operation => operation.Error).FirstOrDefault(error => error != null);
        if (failure != null)
        {
            throw new BoardException(failure);
        }
    }

    /// <summary>Waits until every board's clock is known well enough to stream.</summary>
    /// <exception cref="BoardException">A board is not connected or does not answer pings.</exception>
    public void WaitForClocks()
    {
        long giveUp = _clock.NowNanoseconds + ClockTimeout;
        while (Array.Find(_boards, board => !board.Clock.IsReady) is { } waiting)
        {
            if (_clock.NowNanoseconds >= giveUp || waiting.Phase == SessionPhase.Closed)
            {
                throw new BoardException(waiting.Name, "its clock could not be measured", "Connect it first; if it is connected, check " +
                    "the link for lost bytes.");
            }

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
