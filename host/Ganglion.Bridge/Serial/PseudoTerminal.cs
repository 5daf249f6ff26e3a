using System.Text;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// A serial cable without hardware: a virtual board holds this end, and a host opens <see cref="SlavePath"/> as it would
/// open a port. Hosts may come and go. While none is there, reads find nothing and writes are taken and dropped, as on a
/// UART whose wire ends nowhere. Raw from the start, so nothing is echoed before the host sets its own mode.
/// </summary>
public sealed unsafe class PseudoTerminal : ISerialLink
{
    // The kernel cannot be asked to wait for a host; this is how often a wait looks.
    private static readonly TimeSpan HostPollInterval = TimeSpan.FromMilliseconds(2);
    private const int NominalBaud = 115200;

    private readonly TerminalDevice _master;
    // macOS gives a slave its default modes (echo on) again once nobody has it open, so there we keep it open. The price:
    // what is sent while no host is there waits for the next one.
    private readonly TerminalDevice? _keptSlave;
    private bool _hostPresent;

    /// <summary>Makes a new pair.</summary>
    /// <exception cref="IOException">The system has no pseudo-terminal left, or none at all.</exception>
    public PseudoTerminal()
    {
        int fd = Libc.posix_openpt(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
        {
            throw Failed("posix_openpt");
        }

        _master = new TerminalDevice(fd);
        try
        {
            if (Libc.grantpt(_master) != 0)
            {
                throw Failed("grantpt");
            }

            if (Libc.unlockpt(_master) != 0)
            {
                throw Failed("unlockpt");
            }

            SlavePath = ReadSlavePath(_master);
            TerminalDevice slave = OpenRaw(SlavePath);
            if (OperatingSystem.IsMacOS())
            {
                _keptSlave = slave;
            }
            else
            {
                slave.Dispose();
            }
        }
        catch
        {
            _master.Dispose();
            throw;
        }
    }

    /// <summary>The path for the host to open.</summary>
    public string SlavePath { get; }

    /// <inheritdoc/>
    public string Name => SlavePath;

    /// <inheritdoc/>
    public int Read(Span<byte> destination)
    {
        int count = _master.Read(destination);
        if (count == TerminalDevice.HungUp)
        {
            HostLeft();
            return 0;
        }
        _hostPresent |= count > 0;
        return count;
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> source)
    {
        if (_master.Wait(TimeSpan.Zero) == Readiness.HungUp)
        {
            HostLeft();
            return source.Length;
        }
        _hostPresent = true;
        int count = _master.Write(source);
        return count == TerminalDevice.HungUp ? source.Length : count;
    }

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan timeout)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        TimeSpan left = timeout;
        while (true)
        {
            Readiness readiness = _master.Wait(left);
            if (readiness != Readiness.HungUp)
            {
                return readiness == Readiness.Readable;
            }

            left = timeout - System.Diagnostics.Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            Thread.Sleep(left < HostPollInterval ? left : HostPollInterval);
        }
    }

    /// <summary>Ends the pair: a host that has the slave open finds its device gone.</summary>
    public void Dispose()
    {
        _keptSlave?.Dispose();
        _master.Dispose();
    }

    /// <summary>Speed and HUPCL as the host has set them; Linux only.</summary>
    internal (int Baud, bool HangsUpOnClose) HostSettings() => RawMode.Linux.Read(_master);

    // What the old host left unread is not for the next one.
    private void HostLeft()
    {
        if (_hostPresent)
        {
            RawMode.Flush(_master);
        }

        _hostPresent = false;
    }

    private static string ReadSlavePath(TerminalDevice master)
    {
        byte* name = stackalloc byte[128];
        int error = Libc.ptsname_r(master, name, 128);
        if (error != 0)
        {
            throw new IOException($"ptsname_r failed (errno {error})");
        }

        int length = new ReadOnlySpan<byte>(name, 128).IndexOf((byte)0);
        return Encoding.UTF8.GetString(name, length);
    }

    private static TerminalDevice OpenRaw(string path)
    {
        int fd = Libc.open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
        {
            throw Failed($"opening {path}");
        }

        var slave = new TerminalDevice(fd);
        RawMode.Apply(slave, NominalBaud);
        return slave;
    }

    private static IOException Failed(string call) =>
        new($"No pseudo-terminal for a virtual board: {call} failed ({Libc.Describe(Libc.LastError)}). "
            + "Is /dev/pts mounted, and are there pseudo-terminals left (/proc/sys/kernel/pty/max)?");
}
