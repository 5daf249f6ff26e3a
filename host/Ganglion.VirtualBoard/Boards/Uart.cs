using Ganglion.Nano;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>
/// A UART of the ESP32 as nanoFramework drives it (targets/ESP32, System.IO.Ports): received bytes wait in the hardware
/// FIFO until 120 are there or the line was idle for ten bytes, then go to the application's buffer; what does not fit
/// there is lost without a word. Sending returns at once while the 128-byte FIFO has room; a longer write sleeps until the
/// rest has entered the FIFO and wakes on a FreeRTOS tick.
/// </summary>
internal sealed class Uart : NanoUart
{
    private const int TransmitFifo = 128;
    private const int ReceiveThreshold = 120;
    private const int IdleBytes = 10;
    private const int SmallestBuffer = 129;

    private readonly Esp32Board _board;
    private readonly SerialWire? _wire;
    private readonly int _baud;
    private readonly long _byteNs;
    private readonly byte[] _buffer;
    private readonly byte[] _fifo = new byte[ReceiveThreshold];
    private int _bufferHead;
    private int _bufferCount;
    private int _fifoCount;
    private long _lastArrival;

    /// <param name="wire">The line to the host, or null where the port's pins lead nowhere.</param>
    public Uart(Esp32Board board, SerialWire? wire, int baud, int bufferSize)
    {
        _board = board;
        _wire = wire;
        _baud = baud;
        _byteNs = SerialWire.ByteNanoseconds(baud);
        _buffer = new byte[Math.Max(bufferSize, SmallestBuffer)];
        if (wire != null)
        {
            wire.DiscardForBoard(board.Now);
            wire.BoardBaud = baud;
        }
    }

    /// <summary>Received bytes that did not fit the application's buffer.</summary>
    public long LostBytes { get; private set; }

    protected override int BytesToRead()
    {
        _board.EnterNative();
        Receive(_board.Now);
        return _bufferCount;
    }

    protected override int Read(Span<byte> destination)
    {
        _board.EnterNative(_board.Setup.Timing.UartCallNanoseconds);
        Receive(_board.Now);
        while (_bufferCount < destination.Length)
        {
            _board.WaitUntil(_board.NextTick());
            Receive(_board.Now);
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = _buffer[_bufferHead];
            _bufferHead = (_bufferHead + 1) % _buffer.Length;
        }

        _bufferCount -= destination.Length;
        return destination.Length;
    }

    protected override void Write(ReadOnlySpan<byte> source)
    {
        _board.EnterNative(_board.Setup.Timing.UartCallNanoseconds);
        if (_wire == null)
        {
            return;
        }

        _wire.SendFromBoard(source, _board.Now, _baud);
        long fits = _wire.BoardFreeAt - TransmitFifo * _byteNs;
        while (_board.Now < fits)
        {
            _board.WaitUntil(_board.NextTick());
        }
    }

    protected override void Close()
    {
        _board.EnterNative();
        if (_wire != null)
        {
            _wire.BoardBaud = 0;
        }
    }

    private void Receive(long now)
    {
        if (_wire == null)
        {
            return;
        }

        while (_wire.NextForBoard <= now)
        {
            long arrival = _wire.NextForBoard;
            if (_fifoCount > 0 && arrival - _lastArrival > IdleBytes * _byteNs)
            {
                DrainFifo();
            }

            _fifo[_fifoCount++] = _wire.TakeForBoard();
            _lastArrival = arrival;
            if (_fifoCount == ReceiveThreshold)
            {
                DrainFifo();
            }
        }

        if (_fifoCount > 0 && now - _lastArrival >= IdleBytes * _byteNs)
        {
            DrainFifo();
        }
    }

    private void DrainFifo()
    {
        int room = _buffer.Length - _bufferCount;
        int kept = Math.Min(room, _fifoCount);
        for (int i = 0; i < kept; i++)
        {
            _buffer[(_bufferHead + _bufferCount + i) % _buffer.Length] = _fifo[i];
        }

        _bufferCount += kept;
        LostBytes += _fifoCount - kept;
        _fifoCount = 0;
    }
}
