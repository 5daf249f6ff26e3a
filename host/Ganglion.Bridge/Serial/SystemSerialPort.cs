using System.IO.Ports;

namespace Ganglion.Bridge.Serial;

// Compiled on Windows only, and untested: the machines that build this project run Linux. It keeps to the documented
// behaviour of System.IO.Ports. Unlike the termios port it may allocate a little on each call.

/// <summary>A serial port on Windows, through System.IO.Ports: 8N1, no flow control, DTR and RTS left off.</summary>
public sealed class WindowsSerialPort : ISerialLink
{
    private const int BufferBytes = 65536;
    private readonly SerialPort _port;

    private WindowsSerialPort(SerialPort port) => _port = port;

    /// <inheritdoc/>
    public string Name => _port.PortName;

    /// <summary>Opens a port and throws away what lies unread in it.</summary>
    /// <param name="name">COM1, COM2, ...</param>
    /// <param name="baud">Bits a second, above 0.</param>
    /// <exception cref="PortException">It could not be opened: the message says why and what to do.</exception>
    public static WindowsSerialPort Open(string name, int baud)
    {
        var port = new SerialPort(name, baud, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None,
            ReadBufferSize = BufferBytes,
            WriteBufferSize = BufferBytes,
        };
        try
        {
            port.Open();
            port.DiscardInBuffer();
            port.DiscardOutBuffer();
            return new WindowsSerialPort(port);
        }
        catch (UnauthorizedAccessException)
        {
            port.Dispose();
            throw new PortException(PortProblem.Busy, name, "it is in use by another program",
                "Close that program (a serial monitor, another ganglion) and try again.");
        }
        catch (ArgumentOutOfRangeException)
        {
            port.Dispose();
            throw new PortException(PortProblem.BaudRefused, name, $"it does not run at {baud} baud",
                "Take a rate that the adapter knows: 115200 or 921600 work on nearly all.");
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            port.Dispose();
            throw new PortException(PortProblem.Missing, name, "there is no such serial port",
                "Plug the board in and see `ganglion ports`.");
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> destination)
    {
        try
        {
            int count = Math.Min(_port.BytesToRead, destination.Length);
            return count == 0 ? 0 : _port.BaseStream.Read(destination[..count]);
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw new LinkLostException(Name, e.Message);
        }
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> source)
    {
        try
        {
            int count = Math.Min(_port.WriteBufferSize - _port.BytesToWrite, source.Length);
            if (count <= 0)
                return 0;
            _port.BaseStream.Write(source[..count]);
            return count;
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw new LinkLostException(Name, e.Message);
        }
    }

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan timeout)
    {
        try
        {
            return SpinWait.SpinUntil(() => _port.BytesToRead > 0, timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return true;
        }
    }

    /// <summary>Closes the port.</summary>
    public void Dispose() => _port.Dispose();

    // SerialPort closes itself when the adapter is unplugged and then answers as a closed port does.
    private static bool IsLoss(Exception e) => e is IOException or InvalidOperationException or UnauthorizedAccessException;
}
