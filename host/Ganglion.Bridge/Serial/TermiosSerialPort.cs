using System.Runtime.InteropServices;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// A serial port on Linux and macOS: raw 8N1 at any baud rate the adapter takes, for us alone, non-blocking.
/// <para>
/// Resets. The usual ESP32 boards reset when DTR and RTS of their USB bridge differ. Opening raises both lines together,
/// which the driver does by itself and which leaves the board running; from then on they are not touched, neither here nor
/// on closing (HUPCL is off), so a host that comes and goes does not reset the board. The first opening after plugging in
/// may still reset a board whose reset circuit has no second transistor: put the link on COM2 with an adapter of its own.
/// </para>
/// <para>
/// FTDI adapters hold short packets back for 16 ms by default; on Linux the low-latency flag, which needs no rights, brings
/// that down to 1 ms while the port is open.
/// </para>
/// </summary>
public sealed unsafe class TermiosSerialPort : ISerialLink
{
    /// <summary>A UART still reads its partner with both clocks together 5 % off; half of that is the adapter's share.</summary>
    private const double BaudTolerance = 0.025;

    private readonly TerminalDevice _device;

    private TermiosSerialPort(string path, TerminalDevice device)
    {
        Name = path;
        _device = device;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens a port and throws away what lies unread in it.</summary>
    /// <param name="path">A device such as /dev/serial/by-id/usb-..., /dev/ttyUSB0 or /dev/cu.usbserial-110.</param>
    /// <param name="baud">Bits a second, above 0; 921600 is the common safe top of USB adapters.</param>
    /// <param name="shared">Also while another program has it: then its settings stay as they are, nothing is thrown away, and each of the
    /// two reads a part of what comes.</param>
    /// <exception cref="PortException">It could not be opened: the message says why and what to do.</exception>
    public static TermiosSerialPort Open(string path, int baud, bool shared = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baud);
        int fd = Libc.open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
        {
            throw PortErrors.OnOpen(path, Libc.LastError);
        }

        var device = new TerminalDevice(fd);
        try
        {
            if (Claim(device))
            {
                Configure(device, path, baud);
            }
            else if (!shared)
            {
                throw PortErrors.Busy(path);
            }

            return new TermiosSerialPort(path, device);
        }
        catch
        {
            Release(device);
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> destination)
    {
        int count = _device.Read(destination);
        return count != TerminalDevice.HungUp ? count : throw new LinkLostException(Name, "it hung up while reading");
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> source)
    {
        int count = _device.Write(source);
        return count != TerminalDevice.HungUp ? count : throw new LinkLostException(Name, "it hung up while writing");
    }

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan timeout) => _device.Wait(timeout) switch
    {
        Readiness.Nothing => false,
        // A hang-up is reported by the Read that follows, after the bytes that came before it.
        _ => true,
    };

    /// <summary>Closes the port and lets others have it; the modem lines stay as they are.</summary>
    public void Dispose()
    {
        if (!_device.IsClosed)
        {
            Release(_device);
        }
    }

    // The advisory lock is the convention of picocom, pyserial and others. TIOCEXCL would keep out those who do not ask as well, and
    // `ganglion stop` with them, which has to reach a board that another program streams to.
    private static bool Claim(TerminalDevice device) => Libc.flock(device, Libc.LockExclusive | Libc.LockNonBlocking) == 0;

    private static void Release(TerminalDevice device)
    {
        // Closing would drop the lock too, but not while a process being started from this one still holds a copy.
        Libc.flock(device, Libc.Unlock);
        device.Dispose();
    }

    private static void Configure(TerminalDevice device, string path, int baud)
    {
        int actual;
        try
        {
            actual = RawMode.Apply(device, baud);
        }
        catch (IOException refused)
        {
            throw PortErrors.SettingsRefused(path, baud, refused.Message);
        }
        if (actual == RawMode.NotATerminal)
        {
            throw PortErrors.NotASerialPort(path);
        }

        if (Math.Abs(actual - (double)baud) > BaudTolerance * baud)
        {
            throw PortErrors.SettingsRefused(path, baud, $"the adapter would run at {actual}");
        }

        if (OperatingSystem.IsLinux())
        {
            AskForLowLatency(device);
        }

        RawMode.Flush(device);
    }

    // struct serial_struct of linux/serial.h, 72 bytes on 64-bit; only the flags matter here.
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    private struct SerialInfo
    {
        [FieldOffset(16)] public int Flags;
    }

    // Drivers without such a flag (USB CDC, pseudo-terminals) refuse, and lose nothing by it.
    private static void AskForLowLatency(TerminalDevice device)
    {
        const nuint TIOCGSERIAL = 0x541E, TIOCSSERIAL = 0x541F;
        const int lowLatency = 1 << 13;
        SerialInfo info;
        if (Libc.Ioctl(device, TIOCGSERIAL, &info) != 0 || (info.Flags & lowLatency) != 0)
        {
            return;
        }

        info.Flags |= lowLatency;
        Libc.Ioctl(device, TIOCSSERIAL, &info);
    }
}
