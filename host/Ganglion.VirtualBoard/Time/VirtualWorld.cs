using System.Runtime.ExceptionServices;
using Ganglion.Bridge.Timing;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Time;

/// <summary>Mechanics that spans boards. Advanced while all boards stand still.</summary>
public interface IWorldBody
{
    /// <summary>Brings the body to <paramref name="nowNs"/> and what it moves (sensor poses) with it.</summary>
    void Advance(long nowNs);
}

/// <summary>
/// Boards and bodies on one virtual clock that starts at 0 ns. <see cref="WaitUntil"/> lets all boards run up to a time and
/// returns when each has come there, as fast as the machine allows. Two runs with the same seeds and the same calls are
/// equal bit for bit.
/// </summary>
public sealed class VirtualWorld : IClock, IDisposable
{
    private readonly List<Esp32Board> _boards = [];
    private readonly List<IWorldBody> _bodies = [];
    private readonly Func<long> _turn;
    private long _horizon, _until;
    private Func<long>? _look;
    private ExceptionDispatchInfo? _failure;
    private int _running;

    public VirtualWorld() => _turn = Turn;

    /// <summary>Longest step between two updates of the bodies, ns.</summary>
    public long BodyStepNs { get; init; } = 10_000_000;

    /// <inheritdoc/>
    public long NowNanoseconds { get; private set; }

    public IReadOnlyList<Esp32Board> Boards => _boards;

    /// <summary>Switches a board on, now.</summary>
    public Esp32Board AddBoard(BoardSetup setup, FirmwareImage image)
    {
        if (_boards.Any(other => other.Setup.Name == setup.Name))
        {
            throw new ArgumentException($"There is already a board named {setup.Name}: give each its own name.", nameof(setup));
        }

        var board = new Esp32Board(setup, image, NowNanoseconds);
        _boards.Add(board);
        return board;
    }

    public void AddBody(IWorldBody body) => _bodies.Add(body);

    /// <summary>Runs the world up to <paramref name="nanoseconds"/>; returns at once where that is past.</summary>
    public void WaitUntil(long nanoseconds) => Run(nanoseconds, null);

    /// <summary>Runs the world from one look at it to the next. The same as waiting for each in turn, and cheaper: a board that is
    /// alone in its world makes the looks itself, on its own thread, instead of handing over and back for each.</summary>
    /// <param name="first">When to look first, ns.</param>
    /// <param name="look">Is called each time that the world has come to when it was to be called, and tells when it is to be called
    /// next, ns; a time that is not ahead ends the run. It may neither wait on this world nor reset a board. What it throws comes out
    /// here.</param>
    public void Run(long first, Func<long>? look)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("Two threads drive one virtual world: only one may wait on its clock.");
        }

        try
        {
            (_until, _look, _failure) = (first, look, null);
            _horizon = Next();
            while (_horizon > NowNanoseconds)
            {
                RunBoards();
                if (_horizon > NowNanoseconds)
                {
                    Turn();
                }

                _failure?.Throw();
            }
        }
        finally
        {
            (_look, _running) = (null, 0);
        }
    }

    public void Dispose()
    {
        foreach (Esp32Board board in _boards)
        {
            board.Dispose();
        }
    }

    // All boards have come to the horizon. On the world's thread, or on that of a board that is alone.
    private long Turn()
    {
        try
        {
            NowNanoseconds = _horizon;
            foreach (IWorldBody body in _bodies)
            {
                body.Advance(_horizon);
            }

            if (_look != null && NowNanoseconds >= _until)
            {
                _until = _look();
            }

            _horizon = Next();
        }
        catch (Exception failure)
        {
            (_failure, _horizon) = (ExceptionDispatchInfo.Capture(failure), NowNanoseconds);
        }

        return _horizon;
    }

    /// <summary>How far the boards may run; now where the run is over.</summary>
    private long Next() => _until <= NowNanoseconds ? NowNanoseconds
        : _bodies.Count == 0 ? _until : Math.Min(_until, NowNanoseconds + BodyStepNs);

    private void RunBoards()
    {
        Func<long>? turn = _boards.Count == 1 ? _turn : null;
        foreach (Esp32Board board in _boards)
        {
            board.Resume(_horizon, turn);
        }

        foreach (Esp32Board board in _boards)
        {
            board.WaitParked();
        }

        foreach (Esp32Board board in _boards)
        {
            board.ThrowSimulatorError();
        }
    }
}
