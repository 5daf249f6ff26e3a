using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>
/// The real board core in virtual time, fed as the firmware feeds it: once a tick it takes what the UART holds, works, and
/// sends at most 120 bytes. Its clock has its own start and its own rate.
/// </summary>
internal sealed class TestBoard : IEventSource
{
    private const int UartBuffer = 2048, MaxSendPerTick = 120;

    private readonly TestWire _wire;
    private readonly byte[] _received = new byte[UartBuffer];
    private readonly double _rate;
    private readonly long _clockStart;
    private long _deadline;
    private long _bootedAt;
    private long _busyUntil;

    /// <param name="time">Where it lives.</param>
    /// <param name="wire">Its line.</param>
    /// <param name="driftPpm">How much faster its clock runs.</param>
    /// <param name="clockStart">Its clock at host time 0, us.</param>
    public TestBoard(VirtualTime time, TestWire wire, double driftPpm = 0, long clockStart = 5_000_000)
    {
        _wire = wire;
        _rate = 1 + driftPpm * 1e-6;
        _clockStart = clockStart;
        Boot(time.NowNanoseconds, clockStart);
        time.Add(this);
    }

    public BoardCore Core { get; private set; } = null!;

    public TestHardware Hardware { get; private set; } = null!;

    /// <summary>What a tick takes until its answers leave, ns.</summary>
    public long Work = 3_000_000;

    /// <summary>The name that it is flashed with, from the next reset on.</summary>
    public string FirmwareName = "";

    /// <summary>Its loop does not run: powered off, or hanging.</summary>
    public bool Dead;

    /// <summary>Called after each tick with the host's time, ns.</summary>
    public Action<long>? AfterTick;

    /// <summary>Board clock at a host time, us.</summary>
    public double Time(long now) => _clockStart + now * 1e-3 * _rate - _bootedAt;

    public long NextEvent => (long)Math.Ceiling((_deadline + _bootedAt - _clockStart) / _rate * 1000);

    /// <summary>A reset: everything forgotten, the clock back at 0, and the ROM says what it always says.</summary>
    public void Reset(long now, double bootMilliseconds)
    {
        _wire.ToHost.Send("ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"u8, now);
        _bootedAt = (long)(_clockStart + now * 1e-3 * _rate);
        Boot(now, (long)(bootMilliseconds * 1000));
    }

    public void Run(long now)
    {
        double clock = Time(now);
        long deadline = _deadline;
        _deadline += Core.TickMs * 1000;
        if (Dead || now < _busyUntil)
        {
            return;
        }

        int count = _wire.ToBoard.Arrived(now);
        if (count > UartBuffer)
        {
            _wire.ToBoard.Drop(now); // the driver throws everything away
            count = 0;
        }
        if (count > 0)
        {
            int room = Core.Parser.Prepare();
            count = _wire.ToBoard.Take(_received.AsSpan(0, Math.Min(count, room)), now);
            _received.AsSpan(0, count).CopyTo(Core.Parser.Buffer.AsSpan(Core.Parser.WriteOffset));
            Core.Parser.Written(count);
        }

        long us = (long)clock;
        Hardware.Stalled = 0;
        Core.Tick((int)us, (int)(us / 1000), (int)Math.Max(0, us - deadline));
        _busyUntil = now + Hardware.Stalled;

        count = Math.Min(Core.Writer.PendingCount, MaxSendPerTick);
        if (count > 0)
        {
            _wire.ToHost.Send(Core.Writer.Buffer.AsSpan(Core.Writer.PendingOffset, count), _busyUntil + Work);
            Core.Writer.Sent(count);
        }
        AfterTick?.Invoke(now);
    }

    private void Boot(long now, long firstTick)
    {
        _wire.ToBoard.Drop(now);
        Hardware = new TestHardware();
        Core = new BoardCore(Hardware, new BitwiseChecksum(), new Shared.Control.FirmwareIdentity(0x0102, 1, FirmwareName));
        Core.Safety.BootDone();
        _deadline = firstTick;
    }
}

/// <summary>CRC-32 by its definition, one bit a step.</summary>
internal sealed class BitwiseChecksum : Checksum
{
    public override uint Compute(byte[] buffer, int offset, int count) => Of(buffer.AsSpan(offset, count));

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint state = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
        }
        return ~state;
    }
}
