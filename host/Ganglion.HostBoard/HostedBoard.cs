extern alias native;

using System.Device.Gpio;
using System.Device.I2c;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Nano;
using nanoFramework.Hardware.Esp32;
using I2cBus = native::System.Device.I2c.I2cBus;

namespace Ganglion.HostBoard;

/// <summary>
/// A board without an ESP32: the firmware runs here, on a thread of its own, on I2C buses of this computer. It answers as a board of
/// profile esp32-wroom whose bus 1 is the first of them and whose bus 2 is the second.
/// </summary>
/// <remarks>
/// The firmware waits for a deadline by looking at the clock again and again, for up to 11 ms. A look that follows another one takes
/// <see cref="LookNs"/>, in which the thread sleeps: half a processor would be gone otherwise.
/// </remarks>
public sealed class HostedBoard : NanoHost, IDisposable
{
    private const int FirstComPort = 1, LastComPort = 3, LinkPort = 2, OutputEnablePin = 27;

    /// <summary>How long a look at the clock takes that follows another one, ns.</summary>
    private const long LookNs = 50_000;

    /// <summary>What a restart takes on an ESP32 too; also, a board whose firmware fails at once does not fill a processor.</summary>
    private const long BootNs = 300_000_000;

    /// <summary>Free heap, as the firmware hears of it: enough for its longest stretch between two collections. .NET collects by itself.
    /// </summary>
    private const uint FreeBytes = 1 << 22;

    private readonly NativeBus[] _buses;
    private readonly OutputEnableLine? _outputEnable;
    private readonly ISerialLink _link;
    private readonly IClock _clock;
    private readonly string _name;
    private readonly bool[] _claimedPorts = new bool[LastComPort + 1];
    private IReadOnlyList<IDisposable> _owned = [];
    private Thread? _thread;
    private long _bootAt;
    private bool _looked;
    private volatile bool _stopping;
    private bool _told;

    /// <param name="buses">One or two; stay the caller's.</param>
    /// <param name="outputEnable">The line to /OE, or null without one; stays the caller's.</param>
    /// <param name="link">To the host; stays the caller's.</param>
    /// <param name="clock">What the board's time and waits go by.</param>
    /// <param name="name">Which board of which robot it is, as "robot/board"; empty: any.</param>
    internal HostedBoard(IReadOnlyList<I2cBus> buses, OutputEnableLine? outputEnable, ISerialLink link, IClock clock, string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfZero(buses.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buses.Count, 2);
        _buses = [.. buses.Select(bus => new NativeBus(bus))];
        _outputEnable = outputEnable;
        _link = link;
        _clock = clock;
        _name = name;
    }

    /// <summary>In real time, the system does not let it run before ordinary programs: a busy machine makes its ticks late.</summary>
    public bool RunsBehindOthers { get; private set; }

    /// <summary>Opens the buses and the line of this computer, for a board in real time.</summary>
    /// <param name="buses">One or two.</param>
    /// <param name="outputEnable">GPIO that drives /OE of all PCA9685; null: none is wired.</param>
    /// <param name="link">To the host; stays the caller's.</param>
    /// <param name="name">Which board of which robot it is, as "robot/board"; empty: any.</param>
    /// <exception cref="IOException">A bus or the GPIO is not there, or may not be used: one line with what to do.</exception>
    public static HostedBoard Open(IReadOnlyList<BusPlace> buses, int? outputEnable, ISerialLink link, string name)
    {
        var owned = new List<IDisposable>();
        try
        {
            var opened = new I2cBus[buses.Count];
            for (int i = 0; i < opened.Length; i++)
            {
                owned.Add(opened[i] = HostBuses.Open(buses[i]));
            }

            OutputEnableLine? line = outputEnable is { } pin ? OutputEnableLine.Open(pin) : null;
            if (line != null)
            {
                owned.Add(line);
            }

            return new HostedBoard(opened, line, link, new MonotonicClock(), name) { _owned = owned };
        }
        catch
        {
            owned.ForEach(one => one.Dispose());
            throw;
        }
    }

    /// <summary>The clock of a bus as the system has set it, Hz; null where it does not tell.</summary>
    public static int? BusClock(BusPlace bus) => HostBuses.ClockHz(bus);

    /// <summary>How often the firmware has started: more than once where it ran into an exception, after which it is idle with its outputs
    /// off.</summary>
    public int Boots { get; private set; }

    /// <summary>Starts the firmware's thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "board" };
        _thread.Start();
    }

    /// <summary>
    /// Ends the firmware, which switches its outputs off as on any failure.
    /// </summary>
    /// <param name="patience">How long that may take: a bus that hangs holds each of its chips up.</param>
    /// <returns>Null where every chip acknowledged it; else what did not, as a clause.</returns>
    public string? Stop(TimeSpan patience)
    {
        _stopping = true;
        if (_thread?.Join(patience) == false)
        {
            return $"the I2C bus did not end its transfers within {patience.TotalSeconds:0} s";
        }

        _thread = null;
        string deaf = string.Join(", ", _buses.SelectMany(bus => bus.Deaf).Select(address => $"0x{address:X2}"));
        return deaf.Length == 0 ? null : $"no acknowledgement came from {deaf}";
    }

    /// <summary>As <see cref="Stop"/>, and gives back what <see cref="Open"/> opened.</summary>
    public void Dispose()
    {
        Stop(TimeSpan.FromSeconds(5));
        foreach (IDisposable one in _owned)
        {
            one.Dispose();
        }

        _owned = [];
    }

    protected override void UnitsSpent()
    {
    }

    protected override ulong Microseconds()
    {
        if (_stopping && !_told)
        {
            // Once: what the firmware does about it, which is to switch outputs off, needs the clock.
            _told = true;
            Array.ForEach(_buses, bus => bus.Forget());
            throw new BoardStoppedException();
        }

        if (_looked)
        {
            _clock.WaitUntil(_clock.NowNanoseconds + LookNs);
        }

        _looked = true;
        return (ulong)((_clock.NowNanoseconds - _bootAt) / 1000);
    }

    protected override void Sleep(int milliseconds)
    {
        _looked = false;
        _clock.WaitUntil(_clock.NowNanoseconds + milliseconds * 1_000_000L);
    }

    protected override void OpenI2c(int bus, I2cBusSpeed speed)
    {
    }

    protected override I2cTransferStatus TransferI2c(int bus, int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        _looked = false;
        return bus <= _buses.Length ? _buses[bus - 1].Transfer(address, write, read) : I2cTransferStatus.SlaveAddressNotAcknowledged;
    }

    protected override bool ClaimUart(int port)
    {
        if (port is < FirstComPort or > LastComPort)
        {
            throw new ArgumentException($"The board has COM1 to COM{LastComPort}, not COM{port}.", nameof(port));
        }

        bool free = !_claimedPorts[port];
        _claimedPorts[port] = true;
        return free;
    }

    protected override NanoUart OpenUart(int port, int baud, int bufferSize) => port == LinkPort ? new LinkUart(_link, bufferSize)
        : throw new ArgumentException($"The link is on COM{LinkPort}, not COM{port}.", nameof(port));

    protected override void SetPinFunction(int pin, DeviceFunction function)
    {
    }

    protected override void SetPinMode(int pin, PinMode mode)
    {
        if (pin == OutputEnablePin)
        {
            _outputEnable?.Set(mode);
        }
    }

    protected override uint CollectGarbage() => FreeBytes;

    protected override void Reboot() => throw new BoardStoppedException();

    private void Run()
    {
        BindToCurrentThread();
        RunsBehindOthers = _clock is MonotonicClock && !RealTimeThread.TryBecome();
        while (!_stopping)
        {
            Boots++;
            Array.Clear(_claimedPorts);
            _bootAt = _clock.NowNanoseconds;
            try
            {
                HostFirmware.Run(_name);
            }
            catch (BoardStoppedException)
            {
                // It wanted to restart.
            }

            if (!_stopping)
            {
                _clock.WaitUntil(_clock.NowNanoseconds + BootNs);
            }
        }
    }
}
