namespace Ganglion.VirtualBoard.Boards;

/// <summary>What things cost on the virtual board. Defaults: an ESP32 at 240 MHz; bus and line times come on top.</summary>
public sealed record BoardTiming
{
    /// <summary>FreeRTOS runs at 100 Hz in nanoFramework's ESP32 images.</summary>
    public const long TickNanoseconds = 10_000_000;

    /// <summary>One average simple IL instruction of the interpreter, ns (estimate: 0.85 to 2.6 million a second). It is the unit in
    /// which everything else that the interpreter does was measured: calls and allocations in the firmware (the weaver's
    /// InstructionCosts), nanoFramework's own members (Ganglion.Nano's LibraryCost).</summary>
    public long InstructionNanoseconds { get; init; } = 1_000;

    /// <summary>ESP-IDF's work in reading or writing a UART, ns (estimate): its lock and the copy.</summary>
    public long UartCallNanoseconds { get; init; } = 5_000;

    /// <summary>ESP-IDF's work for one I2C transaction besides the bits on the wire, ns (estimate): command list, interrupt.</summary>
    public long I2cCallNanoseconds { get; init; } = 25_000;

    /// <summary>Managed heap, bytes: that of an ESP32 without PSRAM; with one about 4 MB.</summary>
    public long HeapBytes { get; init; } = 111_000;

    /// <summary>What the firmware keeps of it, bytes: 34 to 40 kB were measured.</summary>
    public long LiveBytes { get; init; } = 40_000;

    /// <summary>One dropped object of the libraries, bytes: 24 of them, of a tick with 40 channels, were measured as 1.0 kB.</summary>
    public long ObjectBytes { get; init; } = 43;

    /// <summary>A collection, ns, and what each dropped object adds to it (estimates, at their upper end: 5 to 11 ms for a full heap
    /// without PSRAM, 0.1 s for one with it).</summary>
    public long CollectionNanoseconds { get; init; } = 9_000_000;

    /// <inheritdoc cref="CollectionNanoseconds"/>
    public long DroppedNanoseconds { get; init; } = 1_000;

    /// <summary>From reset to the first instruction of Main, ns: boot ROM, second-stage loader, CLR start.</summary>
    public long BootNanoseconds { get; init; } = 303_700_000;
}
