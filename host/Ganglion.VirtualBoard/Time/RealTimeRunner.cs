using System.Collections.Concurrent;
using Ganglion.Bridge;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Time;

/// <summary>
/// Lets a virtual world keep step with real time, its boards behind serial links (pseudo-terminals) that any host may open.
/// Once a millisecond it takes what hosts have sent, runs the boards up to now, and hands over what they have sent.
/// </summary>
public sealed class RealTimeRunner
{
    private const long StepNs = 1_000_000;

    /// <summary>After a longer pause (the machine slept) the world goes on from where it was instead of making up for it.</summary>
    private const long MaxCatchUpNs = 1_000_000_000;

    private readonly VirtualWorld _world;
    private readonly IClock _clock;
    private readonly List<(SerialWire Wire, ISerialLink Link)> _pumps = [];
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly byte[] _buffer = new byte[4096];
    private long _offset;

    /// <param name="world">The world; nobody else may wait on its clock meanwhile.</param>
    /// <param name="clock">Real time.</param>
    public RealTimeRunner(VirtualWorld world, IClock clock)
    {
        _world = world;
        _clock = clock;
        _offset = clock.NowNanoseconds - world.NowNanoseconds;
    }

    /// <summary>Puts a board's serial line on a link. A pty carries no speed, so the line takes the board's.</summary>
    public void Attach(Esp32Board board, ISerialLink link) => _pumps.Add((board.Wire, link));

    /// <summary>Has something done between two steps, while all boards stand still: faults, looks at bodies. From any thread.</summary>
    public void Post(Action action) => _posted.Enqueue(action);

    /// <summary>Runs until cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            Step();
            _clock.WaitUntil(_world.NowNanoseconds + _offset + StepNs);
        }
    }

    /// <summary>Brings the world to the present.</summary>
    public void Step()
    {
        while (_posted.TryDequeue(out Action? action))
            action();

        foreach ((SerialWire wire, ISerialLink link) in _pumps)
        {
            int count;
            while ((count = link.Read(_buffer)) > 0)
                wire.SendFromHost(_buffer.AsSpan(0, count), _world.NowNanoseconds);
        }

        long present = _clock.NowNanoseconds - _offset;
        if (present - _world.NowNanoseconds > MaxCatchUpNs)
        {
            _offset += present - _world.NowNanoseconds - StepNs;
            present = _world.NowNanoseconds + StepNs;
        }

        _world.WaitUntil(present);
        foreach ((SerialWire wire, ISerialLink link) in _pumps)
        {
            int count;
            while ((count = wire.TakeForHost(_buffer, _world.NowNanoseconds)) > 0)
                link.Write(_buffer.AsSpan(0, count)); // what a full queue does not take is lost, as on an adapter
        }
    }
}
