using System.IO.Ports;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// A serial port through System.IO.Ports: 8N1, no flow control, DTR and RTS left off. What boards are reached by on Windows; on Linux and
/// macOS it is measured and tested over pseudo-terminals, and <see cref="TermiosSerialPort"/> is used (`ganglion bench ports` says why).
/// Unlike that one it allocates on each call, and keeps other programs out altogether.
/// </summary>
public sealed class SystemSerialPort : ISerialLink
{
    private const int BufferBytes = 65536;

    private readonly SerialPort _port;

    /// <summary>The byte for which <see cref="WaitReadable"/> waited: the package has no other way to wait than to read.</summary>
    private readonly byte[] _ahead = new byte[1];
    private bool _hasAhead;

    private SystemSerialPort(SerialPort port) => _port = port;

    /// <inheritdoc/>
    public string Name => _port.PortName;

    /// <summary>Opens a port and throws away what lies unread in it.</summary>
    /// <param name="name">COM1, COM2, ... or a device.</param>
    /// <param name="baud">Bits a second, above 0.</param>
    /// <exception cref="PortException">It could not be opened: the message says why and what to do.</exception>
    public static SystemSerialPort Open(string name, int baud)
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
            return new SystemSerialPort(port);
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
            throw PortErrors.SettingsRefused(name, baud, "the system refuses that rate");
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
        if (destination.IsEmpty)
        {
            return 0;
        }

        int ahead = 0;
        if (_hasAhead)
        {
            destination[0] = _ahead[0];
            _hasAhead = false;
            ahead = 1;
        }

        try
        {
            // Below 0 where the system's question failed, which is how a hung-up device shows on Linux.
            int count = Math.Min(_port.BytesToRead, destination.Length - ahead);
            if (count < 0 && ahead == 0)
            {
                throw new LinkLostException(Name, "it hung up while reading");
            }

            return ahead + (count <= 0 ? 0 : _port.BaseStream.Read(destination.Slice(ahead, count)));
        }
        catch (Exception e) when (IsLoss(e) && e is not LinkLostException)
        {
            return ahead > 0 ? ahead : throw new LinkLostException(Name, e.Message);
        }
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> source)
    {
        try
        {
            int count = Math.Min(_port.WriteBufferSize - _port.BytesToWrite, source.Length);
            if (count <= 0)
            {
                return 0;
            }

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
            if (_hasAhead || _port.BytesToRead != 0)
            {
                return true;
            }

            int milliseconds = (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
            if (milliseconds <= 0)
            {
                return false;
            }

            if (_port.ReadTimeout != milliseconds)
            {
                _port.ReadTimeout = milliseconds;
            }

            _hasAhead = _port.BaseStream.Read(_ahead, 0, 1) == 1;
            return _hasAhead;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return true; // the Read that follows tells
        }
    }

    /// <summary>Closes the port.</summary>
    public void Dispose() => _port.Dispose();

    // SerialPort closes itself when the adapter is unplugged and then answers as a closed port does.
    private static bool IsLoss(Exception e) => e is IOException or InvalidOperationException or UnauthorizedAccessException;
}
