using Ganglion.Bridge.Serial;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Time;

/// <summary>The host's end of a board's serial line in virtual time: what a session opens instead of a port.</summary>
public sealed class VirtualLink : ISerialLink
{
    /// <summary>How finely a waiting host looks for bytes that no board has sent yet, ns.</summary>
    private const long PollNs = 1_000_000;

    private readonly VirtualWorld _world;
    private readonly SerialWire _wire;

    /// <param name="world">The world that waiting advances.</param>
    /// <param name="board">The board at the far end.</param>
    /// <param name="baud">Speed of the host's adapter.</param>
    public VirtualLink(VirtualWorld world, Esp32Board board, int baud)
    {
        _world = world;
        _wire = board.Wire;
        _wire.HostBaud = baud;
        Name = $"virtual:{board.Setup.Name}";
    }

    public string Name { get; }

    /// <summary>Takes the bytes that have arrived by now; 0 where there are none.</summary>
    public int Read(Span<byte> destination) => _wire.TakeForHost(destination, _world.NowNanoseconds);

    /// <summary>Hands bytes to the adapter, which sends them at its speed from now on.</summary>
    /// <returns>How many it took: all.</returns>
    public int Write(ReadOnlySpan<byte> source)
    {
        _wire.SendFromHost(source, _world.NowNanoseconds);
        return source.Length;
    }

    /// <summary>Runs the world until there is something to read or <paramref name="timeout"/> has passed.</summary>
    /// <returns>Whether there is something to read.</returns>
    public bool WaitReadable(TimeSpan timeout)
    {
        long giveUp = _world.NowNanoseconds + timeout.Ticks * 100;
        while (_wire.NextForHost > _world.NowNanoseconds && _world.NowNanoseconds < giveUp)
        {
            long step = Math.Min(giveUp, _world.NowNanoseconds + PollNs);
            _world.WaitUntil(Math.Min(step, _wire.NextForHost));
        }

        return _wire.NextForHost <= _world.NowNanoseconds;
    }

    /// <summary>Unplugs nothing: the wire belongs to the board.</summary>
    public void Dispose()
    {
    }
}
