using System.Device.Gpio;
using System.Device.I2c;
using Ganglion.Nano;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Boards;

// What the nanoFramework API of Ganglion.Nano calls, on the firmware thread. Each call first turns the instructions
// executed so far (those that stand for the call itself included) into time, waits for the world to come there, and only
// then acts.
public sealed partial class Esp32Board
{
    private const int ComPorts = 3;

    private readonly bool[] _claimedPorts = new bool[ComPorts + 1];
    private readonly Dictionary<DeviceFunction, int> _functionPins = [];
    private Uart? _linkUart;
    private long _dropped;

    /// <summary>Received bytes that the firmware did not fetch in time, since its port was opened.</summary>
    public long LostSerialBytes => _linkUart?.LostBytes ?? 0;

    /// <summary>Entry of a native method, after which a driver works for some time.</summary>
    internal void EnterNative(long driverNs = 0)
    {
        FoldInstructions();
        if (FreeBytes < 0)
        {
            ForcedCollections++;
            Collect();
        }

        WaitUntil(Now + driverNs);
    }

    /// <summary>Garbage collections since the board was built: asked for by the firmware or forced by a full heap.</summary>
    public int Collections { get; private set; }

    /// <summary>Those that the runtime had to make wherever the heap had no room left.</summary>
    public int ForcedCollections { get; private set; }

    /// <summary>The longest of all collections, ns.</summary>
    public long LongestCollection { get; private set; }

    private long FreeBytes => Setup.Timing.HeapBytes - Setup.Timing.LiveBytes - _dropped * Setup.Timing.ObjectBytes;

    protected override void UnitsSpent() => EnterNative();

    protected override ulong Microseconds()
    {
        EnterNative();
        return (ulong)((Now - _bootAt) / 1000);
    }

    /// <summary>The timeout counts from the last tick (HAL_Time_CurrentTime), and the CLR looks at it once a tick.</summary>
    protected override void Sleep(int milliseconds)
    {
        EnterNative();
        if (milliseconds < 0)
        {
            WaitUntil(long.MaxValue);
        }
        else if (milliseconds > 0)
        {
            long ticks = (milliseconds * 1_000_000L + BoardTiming.TickNanoseconds - 1) / BoardTiming.TickNanoseconds;
            WaitUntil(LastTick() + ticks * BoardTiming.TickNanoseconds);
        }
    }

    protected override void OpenI2c(int bus, I2cBusSpeed speed)
    {
        EnterNative();
        if (bus is < 1 or > 2)
        {
            throw new ArgumentException($"The ESP32 has I2C buses 1 and 2, not {bus}.", nameof(bus));
        }

        Bus(bus).SetSpeed(speed);
    }

    protected override I2cTransferStatus TransferI2c(int bus, int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        EnterNative(Setup.Timing.I2cCallNanoseconds);
        I2cBus wires = Bus(bus);
        try
        {
            long busy = wires.Plan(address, write.Length, read.Length, Now, out I2cTransferStatus status);
            WaitUntil(Now + busy);
            return status == I2cTransferStatus.FullTransfer ? wires.Execute(address, write, read, Now, busy) : status;
        }
        catch (Exception exception) when (exception is not BoardStoppedException && KeepForWorld(exception))
        {
            throw;
        }
    }

    protected override bool ClaimUart(int port)
    {
        if (port is < 1 or > ComPorts)
        {
            throw new ArgumentException($"The ESP32 has COM1 to COM{ComPorts}, not COM{port}.", nameof(port));
        }

        bool free = !_claimedPorts[port];
        _claimedPorts[port] = true;
        return free;
    }

    protected override NanoUart OpenUart(int port, int baud, int bufferSize)
    {
        EnterNative();
        if (port == 1 && Setup.DebuggerOnCom1)
        {
            throw new ArgumentException("COM1 belongs to the debugger on this board: use COM2.", nameof(port));
        }

        if (port > 1 && !(_functionPins.ContainsKey(UartFunction(port, 0)) && _functionPins.ContainsKey(UartFunction(port, 1))))
        {
            throw new ArgumentException($"COM{port} has no pins yet: call Configuration.SetPinFunction for TX and RX first.", nameof(port));
        }

        bool linked = port == Setup.LinkPort;
        var uart = new Uart(this, linked ? Wire : null, linked ? Setup.LinkBaud ?? baud : baud, bufferSize);
        if (linked)
        {
            _linkUart = uart;
        }

        return uart;
    }

    protected override void SetPinFunction(int pin, DeviceFunction function)
    {
        EnterNative();
        _functionPins[function] = pin;
    }

    protected override void SetPinMode(int pin, PinMode mode)
    {
        EnterNative();
        try
        {
            Pins.SetMode(pin, mode, Now);
        }
        catch (Exception exception) when (exception is not ArgumentException && KeepForWorld(exception))
        {
            throw;
        }
    }

    protected override uint CollectGarbage()
    {
        EnterNative();
        Collect();
        WaitUntil(Now);
        return (uint)FreeBytes;
    }

    /// <summary>Stops the firmware for a while; whoever calls it waits for the world afterwards.</summary>
    private void Collect()
    {
        long time = Setup.Timing.CollectionNanoseconds + _dropped * Setup.Timing.DroppedNanoseconds;
        Collections++;
        LongestCollection = Math.Max(LongestCollection, time);
        _dropped = 0;
        Now += time;
    }

    protected override void Reboot()
    {
        EnterNative();
        _resetAt = Now;
        _stopping = true;
        throw Stopped();
    }

    private static DeviceFunction UartFunction(int port, int signal) => (DeviceFunction)((3 << 16) + (port << 8) + signal);

    private void ResetPeripherals()
    {
        Array.Clear(_claimedPorts);
        _functionPins.Clear();
        _linkUart = null;
        _dropped = 0;
    }
}
