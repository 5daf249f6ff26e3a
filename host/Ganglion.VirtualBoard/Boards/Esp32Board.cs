using Ganglion.Nano;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>What the board is doing.</summary>
public enum Esp32State
{
    /// <summary>From reset to the first instruction of Main.</summary>
    Booting,

    /// <summary>Main runs.</summary>
    Running,

    /// <summary>Main returned or died: the CLR waits for a debugger, outputs stay as they are.</summary>
    Halted,
}

/// <summary>
/// A virtual ESP32 in a <see cref="Time.VirtualWorld"/>: the firmware runs on a thread of its own, against a clock that
/// counts what its instructions, transfers and sleeps would take, and stops wherever that clock passes the time which
/// the world has granted. So a run depends on seeds and inputs only, never on thread scheduling.
/// </summary>
/// <remarks>Three parts: this one (state, boot, reset), .Handoff (the firmware thread and the world), .Api (what nanoFramework
/// calls).</remarks>
public sealed partial class Esp32Board : NanoHost, IDisposable
{
    private readonly FirmwareImage _image;
    private readonly I2cBus[] _buses = [new I2cBus(1), new I2cBus(2)];
    private readonly int _tickPhaseNs;
    private long _bootAt;

    /// <param name="setup">How the board is built.</param>
    /// <param name="image">The firmware.</param>
    /// <param name="nowNs">World time at which its supply comes on.</param>
    public Esp32Board(BoardSetup setup, FirmwareImage image, long nowNs)
    {
        Setup = setup;
        _image = image;
        Wire = new SerialWire(setup.Seed * 2);
        _tickPhaseNs = new Random(setup.Seed).Next((int)BoardTiming.TickNanoseconds);
        BeginBoot(nowNs);
        StartThread();
    }

    public BoardSetup Setup { get; }

    /// <summary>The line to the host.</summary>
    public SerialWire Wire { get; }

    public GpioPins Pins { get; } = new();

    public Esp32State State { get; private set; }

    /// <summary>How often the board has booted, the first time included.</summary>
    public int Boots { get; private set; }

    /// <summary>The exception that left Main, where the board is halted by one.</summary>
    public Exception? Crash { get; private set; }

    /// <summary>IL instructions executed since the board was built.</summary>
    public long Instructions { get; private set; }

    /// <summary>The board's clock in world time, ns.</summary>
    internal long Now { get; private set; }

    /// <summary>Bus 1 or 2.</summary>
    public I2cBus Bus(int id) => _buses[id - 1];

    /// <summary>Every chip of the board.</summary>
    public IEnumerable<I2cChip> Chips => _buses.SelectMany(bus => bus.Chips);

    /// <summary>A reset without loss of supply (EN pin, watchdog): the firmware starts anew, pins float, chips keep their
    /// registers. To be called while the world stands still.</summary>
    public void Reset(long nowNs)
    {
        StopFirmware(nowNs);
    }

    /// <summary>Supply off and on again: as a reset, and every chip takes its power-on values.</summary>
    public void PowerCycle(long nowNs)
    {
        foreach (I2cChip chip in Chips)
        {
            chip.PowerOn(nowNs);
        }

        StopFirmware(nowNs);
    }

    private void BeginBoot(long nowNs)
    {
        _bootAt = nowNs;
        Boots++;
        Crash = null;
        State = Esp32State.Booting;
        Wire.ResetBoardEnd(nowNs);
        Pins.Float(nowNs);
        ResetPeripherals();
        Now = nowNs;
    }

    /// <summary>What happens between reset and Main.</summary>
    private void Boot()
    {
        if (Setup.LinkPort == 1)
        {
            WaitUntil(_bootAt + BootText.DelayNs);
            Wire.SendFromBoard(BootText.Rom, Now, BootText.Baud);
        }

        WaitUntil(_bootAt + Setup.Timing.BootNanoseconds);
    }

    /// <summary>First FreeRTOS tick after now. Ticks start at some phase after reset that no firmware can know.</summary>
    internal long NextTick()
    {
        long since = Now - _bootAt - _tickPhaseNs;
        long ticks = since < 0 ? 0 : since / BoardTiming.TickNanoseconds + 1;
        return _bootAt + _tickPhaseNs + ticks * BoardTiming.TickNanoseconds;
    }

    /// <summary>The last tick at or before now, as the FreeRTOS tick count shows it.</summary>
    private long LastTick() => NextTick() - BoardTiming.TickNanoseconds;
}
