using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Tests.Session;

/// <summary>One direction of a serial line: bytes arrive one after the other at the baud rate. Faults are programmed.</summary>
internal sealed class Direction(int baud)
{
    private const int Capacity = 1 << 15;

    private readonly byte[] _bytes = new byte[Capacity];
    private readonly long[] _arrival = new long[Capacity];
    private readonly long _byteTime = 10_000_000_000L / baud;
    private int _first;
    private int _count;
    private long _free;

    /// <summary>What becomes of a byte; false loses it.</summary>
    public delegate bool Fault(ref byte value);

    public Fault? Faults;

    /// <summary>Rewrites what is sent at once: the host's frames of a poll, or a board's bytes of a tick.</summary>
    public Func<byte[], byte[]>? Rewrite;

    /// <summary>Bytes that left the sender.</summary>
    public long Sent { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes, long now)
    {
        if (Rewrite != null)
        {
            bytes = Rewrite(bytes.ToArray());
        }

        foreach (byte sent in bytes)
        {
            byte value = sent;
            _free = Math.Max(_free, now) + _byteTime;
            Sent++;
            if (Faults != null && !Faults(ref value))
            {
                continue;
            }

            Assert.True(_count < Capacity, "nobody reads this line");
            int slot = (_first + _count++) % Capacity;
            _bytes[slot] = value;
            _arrival[slot] = _free;
        }
    }

    public int Arrived(long now)
    {
        int count = 0;
        while (count < _count && _arrival[(_first + count) % Capacity] <= now)
        {
            count++;
        }

        return count;
    }

    public int Take(Span<byte> destination, long now)
    {
        int count = Math.Min(destination.Length, Arrived(now));
        for (int i = 0; i < count; i++)
        {
            destination[i] = _bytes[(_first + i) % Capacity];
        }

        _first = (_first + count) % Capacity;
        _count -= count;
        return count;
    }

    public void Drop(long now)
    {
        int count = Arrived(now);
        _first = (_first + count) % Capacity;
        _count -= count;
    }
}

/// <summary>A board's serial line with a plug at the host's end.</summary>
internal sealed class TestWire(VirtualTime time, int baud = 921600)
{
    public readonly Direction ToBoard = new(baud);
    public readonly Direction ToHost = new(baud);

    /// <summary>False: the adapter is pulled out.</summary>
    public bool Plugged = true;

    public int Opened { get; private set; }

    public ISerialLink Open()
    {
        if (!Plugged)
        {
            throw new PortException(PortProblem.Missing, "test0", "there is no such port", "Plug it in.");
        }

        Opened++;
        ToHost.Drop(time.NowNanoseconds);
        return new End(this, time);
    }

    private sealed class End(TestWire wire, VirtualTime time) : ISerialLink
    {
        private bool _closed;

        public string Name => "test0";

        public int Read(Span<byte> destination)
        {
            Check();
            return wire.ToHost.Take(destination, time.NowNanoseconds);
        }

        public int Write(ReadOnlySpan<byte> source)
        {
            Check();
            wire.ToBoard.Send(source, time.NowNanoseconds);
            return source.Length;
        }

        public bool WaitReadable(TimeSpan timeout)
        {
            Check();
            time.WaitUntil(time.NowNanoseconds + timeout.Ticks * 100);
            return wire.ToHost.Arrived(time.NowNanoseconds) > 0;
        }

        public void Dispose() => _closed = true;

        private void Check()
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!wire.Plugged)
            {
                throw new LinkLostException(Name, "pulled out");
            }
        }
    }
}
