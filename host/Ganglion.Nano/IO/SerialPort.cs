using Ganglion.Nano;

namespace System.IO.Ports;

/// <summary>
/// A UART of the board. As in nanoFramework.System.IO.Ports, a second object for the same port is refused, and Read blocks
/// until all the bytes asked for are there.
/// </summary>
public sealed class SerialPort
{
    private readonly string _portName;
    private readonly int _baudRate;
    private readonly int _port;
    private NanoUart? _uart;
    private int _bufferSize = 256;

    /// <exception cref="ArgumentException">Another object holds this port, or the name is not COM1..COM9.</exception>
    public SerialPort(
        string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        _portName = portName;
        _baudRate = baudRate;
        if (parity != Parity.None || dataBits != 8 || stopBits != StopBits.One)
        {
            throw new ArgumentException("The virtual UART carries 8 data bits, no parity and 1 stop bit only.");
        }

        _port = portName[3] - '0';
        if (!NanoHost.Current.ClaimUart(_port))
        {
            throw new ArgumentException($"{portName} is already held by another SerialPort.", nameof(portName));
        }
    }

    public int BytesToRead
    {
        get
        {
            LibraryCost.SerialCount.Spend();
            return Uart().BytesToRead();
        }
    }

    /// <summary>Bytes; at least 129 are used. Set before <see cref="Open"/>.</summary>
    public int ReadBufferSize
    {
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            if (_uart != null)
            {
                throw new InvalidOperationException("Set the buffer size before opening the port.");
            }

            _bufferSize = value;
        }
    }

    /// <exception cref="ArgumentException">The port does not exist or belongs to the debugger.</exception>
    /// <exception cref="InvalidOperationException">The port is open.</exception>
    public void Open()
    {
        if (_uart != null)
        {
            throw new InvalidOperationException($"{_portName} is already open.");
        }

        LibraryCost.Native.Spend();
        _uart = NanoHost.Current.OpenUart(_port, _baudRate, _bufferSize);
    }

    public void Close()
    {
        LibraryCost.Native.Spend();
        _uart?.Close();
        _uart = null;
    }

    /// <summary>Blocks until <paramref name="count"/> bytes are there; looks once a 10 ms tick.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        LibraryCost.SerialTransfer.Spend();
        return Uart().Read(new Span<byte>(buffer, offset, count));
    }

    /// <summary>Returns at once where the bytes fit the transmit FIFO; else blocks, and wakes on a 10 ms tick.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        LibraryCost.SerialTransfer.Spend();
        Uart().Write(new ReadOnlySpan<byte>(buffer, offset, count));
    }

    private NanoUart Uart() => _uart ?? throw new InvalidOperationException($"{_portName} is not open.");
}

public enum Parity
{
    None = 0,
    Odd = 1,
    Even = 2,
}

public enum StopBits
{
    One = 1,
    Two = 2,
    OnePointFive = 3,
}
