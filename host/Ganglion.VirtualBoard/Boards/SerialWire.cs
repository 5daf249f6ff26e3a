using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>
/// The serial line between a board's UART and the host's adapter, 8N1: a byte sent at t is there 10 bits later, bytes
/// queue behind each other, and each end hears garbage when the other end talks at another speed.
/// </summary>
/// <remarks>Called by the world while the board is parked, or by the board while it runs: never by both at once.</remarks>
public sealed class SerialWire
{
    private readonly TimedBytes _toBoard = new();
    private readonly TimedBytes _toHost = new();
    private long _hostFreeAt;
    private long _boardFreeAt;
    private long _lastToBoard;
    private long _lastToHost;

    internal SerialWire(int seed)
    {
        FaultsToBoard = new LineFaults(seed);
        FaultsToHost = new LineFaults(seed + 1);
    }

    public LineFaults FaultsToBoard { get; }

    public LineFaults FaultsToHost { get; }

    /// <summary>Speed of the host's adapter, baud; 0: the speed of the board, whatever it is (a pty carries none).</summary>
    public int HostBaud { get; set; }

    /// <summary>Speed of the board's UART, baud; 0 while it is closed, and then nothing is heard.</summary>
    internal int BoardBaud { get; set; }

    /// <summary>When the board's last byte so far has left its shift register, ns.</summary>
    internal long BoardFreeAt => _boardFreeAt;

    /// <summary>When the next byte for the host is there, ns; long.MaxValue where none is under way.</summary>
    public long NextForHost => _toHost.NextTime;

    /// <summary>When the next byte for the board is there, ns.</summary>
    internal long NextForBoard => _toBoard.NextTime;

    /// <summary>One byte on the line, ns, rounded to 1 ns (28 ppm at 921600 baud).</summary>
    public static long ByteNanoseconds(int baud) => (10_000_000_000L + baud / 2) / baud;

    /// <summary>The host's adapter starts to send at <paramref name="nowNs"/>, behind what it still has to send.</summary>
    public void SendFromHost(ReadOnlySpan<byte> bytes, long nowNs)
    {
        int baud = HostBaud != 0 ? HostBaud : BoardBaud;
        if (baud == 0)
        {
            return; // A pty with nobody listening.
        }

        bool understood = Understood(baud, BoardBaud);
        Send(bytes, nowNs, ByteNanoseconds(baud), understood, FaultsToBoard, _toBoard, ref _hostFreeAt, ref _lastToBoard);
    }

    /// <summary>Takes what has arrived at the host by <paramref name="nowNs"/>.</summary>
    /// <returns>Number of bytes taken.</returns>
    public int TakeForHost(Span<byte> destination, long nowNs)
    {
        int count = 0;
        while (count < destination.Length && _toHost.NextTime <= nowNs)
        {
            destination[count++] = _toHost.Dequeue();
        }

        return count;
    }

    internal void SendFromBoard(ReadOnlySpan<byte> bytes, long nowNs, int baud)
    {
        bool understood = HostBaud == 0 || Understood(baud, HostBaud);
        Send(bytes, nowNs, ByteNanoseconds(baud), understood, FaultsToHost, _toHost, ref _boardFreeAt, ref _lastToHost);
    }

    internal byte TakeForBoard() => _toBoard.Dequeue();

    /// <summary>Nobody listened up to <paramref name="nowNs"/>: those bytes are lost.</summary>
    internal void DiscardForBoard(long nowNs)
    {
        while (_toBoard.NextTime <= nowNs)
        {
            _toBoard.Dequeue();
        }
    }

    /// <summary>A reset at <paramref name="nowNs"/> loses what was still in the transmit FIFO.</summary>
    internal void ResetBoardEnd(long nowNs)
    {
        BoardBaud = 0;
        _toHost.DropAfter(nowNs + (FaultsToHost.DelayWindow.Contains(nowNs) ? FaultsToHost.DelayNs : 0));
        _boardFreeAt = Math.Min(_boardFreeAt, nowNs);
    }

    private static bool Understood(int sender, int receiver) => Math.Abs(sender - receiver) * 33L <= receiver;

    private static void Send(
        ReadOnlySpan<byte> bytes, long nowNs, long byteNs, bool understood, LineFaults faults, TimedBytes queue, ref long freeAt,
        ref long last)
    {
        long at = Math.Max(nowNs, freeAt);
        foreach (byte sent in bytes)
        {
            at += byteNs;
            byte value = understood ? sent : faults.Garble();
            long arrival = at;
            if (!faults.Carry(ref value, at, ref arrival))
            {
                continue;
            }

            last = Math.Max(last, arrival);
            queue.Enqueue(value, last);
        }

        freeAt = at;
    }
}
