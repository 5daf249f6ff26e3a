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
    private int _running;

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
    public void WaitUntil(long nanoseconds)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("Two threads drive one virtual world: only one may wait on its clock.");
        }

        try
        {
            while (NowNanoseconds < nanoseconds)
            {
                long next = _bodies.Count == 0 ? nanoseconds : Math.Min(nanoseconds, NowNanoseconds + BodyStepNs);
                RunBoards(next);
                NowNanoseconds = next;
                foreach (IWorldBody body in _bodies)
                {
                    body.Advance(next);
                }
            }
        }
        finally
        {
            _running = 0;
        }
    }

    public void Dispose()
    {
        foreach (Esp32Board board in _boards)
        {
            board.Dispose();
        }
    }

    private void RunBoards(long horizonNs)
    {
        foreach (Esp32Board board in _boards)
        {
            board.Resume(horizonNs);
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
