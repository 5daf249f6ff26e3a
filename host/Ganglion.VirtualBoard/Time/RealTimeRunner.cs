using System.Collections.Concurrent;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
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
    private readonly List<Pump> _pumps = [];
    private readonly ConcurrentQueue<Action> _posted = new();
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
    public void Attach(Esp32Board board, ISerialLink link) => _pumps.Add(new Pump(board.Wire, link));

    /// <summary>Has something done between two steps, while all boards stand still: faults, looks at bodies. From any thread.</summary>
    public void Post(Action action) => _posted.Enqueue(action);

    /// <summary>The real clock at a moment of the world, ns. From the world's own thread.</summary>
    public long HostTime(long worldNs) => worldNs + _offset;

    /// <summary>Runs until cancelled. A board that is alone in its world does the steps on its own thread (<see cref="VirtualWorld.Run"/>):
    /// it polls its line in most of them, and to hand over and back a thousand times a second took nearly half of what an idle
    /// `ganglion sim` takes.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            DoPosted();
            _world.Run(Take(), () =>
            {
                Exchange();
                _clock.WaitUntil(_world.NowNanoseconds + _offset + StepNs);
                return cancellation.IsCancellationRequested || !_posted.IsEmpty ? _world.NowNanoseconds : Take();
            });
        }
    }

    /// <summary>Brings the world to the present.</summary>
    public void Step()
    {
        DoPosted();
        _world.WaitUntil(Take());
        Exchange();
    }

    private void DoPosted()
    {
        while (_posted.TryDequeue(out Action? action))
        {
            action();
        }
    }

    /// <summary>Takes what hosts have sent by now.</summary>
    /// <returns>The present, to which the world is to come, in its time, ns.</returns>
    private long Take()
    {
        // It reaches the wires at the present, which is later. Were it put there before the world has caught up, a board that the machine
        // starved would answer frames at a time before they were sent, and the host would take its clock for late by as much.
        foreach (Pump pump in _pumps)
        {
            pump.Take();
        }

        long present = _clock.NowNanoseconds - _offset;
        if (present - _world.NowNanoseconds > MaxCatchUpNs)
        {
            _offset += present - _world.NowNanoseconds - StepNs;
            present = _world.NowNanoseconds + StepNs;
        }

        return present;
    }

    private void Exchange()
    {
        foreach (Pump pump in _pumps)
        {
            pump.Exchange(_world.NowNanoseconds);
        }
    }

    /// <summary>One board's line and the link behind which a host sits.</summary>
    private sealed class Pump(SerialWire wire, ISerialLink link)
    {
        private readonly byte[] _toBoard = new byte[4096];
        private readonly byte[] _toHost = new byte[4096];
        private int _taken;

        public void Take() => _taken = link.Read(_toBoard);

        public void Exchange(long now)
        {
            wire.SendFromHost(_toBoard.AsSpan(0, _taken), now);
            int count;
            while ((count = wire.TakeForHost(_toHost, now)) > 0)
            {
                link.Write(_toHost.AsSpan(0, count)); // what a full queue does not take is lost, as on an adapter
            }
        }
    }
}
