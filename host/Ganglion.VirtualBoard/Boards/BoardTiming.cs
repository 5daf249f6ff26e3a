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

    /// <summary>From reset to the first instruction of Main, ns: boot ROM, second-stage loader, CLR start.</summary>
    public long BootNanoseconds { get; init; } = 303_700_000;
}
