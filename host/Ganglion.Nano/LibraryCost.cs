namespace Ganglion.Nano;

/// <summary>
/// What the members of nanoFramework that this assembly stands in for cost on the board.
/// </summary>
/// <remarks>
/// Times were measured on nanoFramework's own interpreter (nanoCLR built from its public sources, optimised for size and with
/// the debugger in, as the ESP32 images are): a loop around each call, less the empty loop, divided by what an average simple
/// IL instruction takes there. Bus time, and what the ESP-IDF drivers do, are the virtual board's (BoardTiming). Instructions
/// were counted on the sources of the package versions that the firmware names; natively implemented members have none.
/// </remarks>
internal static class LibraryCost
{
    /// <summary>A member that is native code throughout, and takes no arguments worth mentioning.</summary>
    public static readonly LibraryCall Native = new(0, 14);

    /// <summary>new SpanByte(array, start, length) with its range tests.</summary>
    public static readonly LibraryCall SpanOfRange = new(28, 50) { SpanObjects = 1 };

    /// <summary>new SpanByte(array): the same construction with 13 instructions less.</summary>
    public static readonly LibraryCall SpanOfArray = new(15, 37) { SpanObjects = 1 };

    /// <summary>SpanByte's indexer with its range test: 9 instructions and a call.</summary>
    public static readonly LibraryCall SpanIndex = new(9, 15);

    /// <summary>I2cDevice.Write: a lock around the native transfer; copies of the span for each call, the empty second span,
    /// and the result with its copy.</summary>
    public static readonly LibraryCall I2cWrite = new(22, 220) { TransferObjects = 6 };

    /// <summary>I2cDevice.Read: the same with the spans exchanged.</summary>
    public static readonly LibraryCall I2cRead = I2cWrite;

    /// <summary>I2cDevice.WriteRead: the same with a second span to copy.</summary>
    public static readonly LibraryCall I2cWriteRead = new(22, 220) { TransferObjects = 7 };

    /// <summary>Crc32.HashToUInt32 with the copy of its argument; the bytes come on top.</summary>
    public static readonly LibraryCall Checksum = new(6, 46) { ChecksumObjects = 1 };

    /// <summary>Tenths of a unit for a byte of a checksum.</summary>
    public const int ChecksumTenthsPerByte = 1;

    /// <summary>Array.IndexOf in a byte array; the elements looked at come on top. Of its 35 units, 16 are instructions of
    /// managed code.</summary>
    public static readonly LibraryCall IndexOf = new(16, 35);

    /// <summary>Hundredths of a unit for an element that Array.IndexOf looks at.</summary>
    public const int IndexOfHundredthsPerElement = 45;

    /// <summary>GpioPin.SetPinMode: a lock around a native call, as GpioPin.Write (120 units measured) without the copy of the
    /// struct that Write takes (22 units).</summary>
    public static readonly LibraryCall SetPinMode = new(20, 98);

    /// <summary>HighResTimer.GetCurrent.</summary>
    public static readonly LibraryCall Timer = new(0, 23);

    /// <summary>SerialPort.BytesToRead.</summary>
    public static readonly LibraryCall SerialCount = new(0, 18);

    /// <summary>SerialPort.Read and Write.</summary>
    public static readonly LibraryCall SerialTransfer = new(0, 23);
}

/// <summary>The cost of one call of a library member.</summary>
/// <param name="Instructions">IL instructions of managed library code that run in it.</param>
/// <param name="Units">Its whole time in units of one average simple instruction, the caller's call instruction included.</param>
internal readonly record struct LibraryCall(int Instructions, int Units)
{
    /// <summary>Spans that it puts on the board's heap.</summary>
    public int SpanObjects { get; init; }

    /// <summary>Objects that an I2C transfer puts there besides its spans.</summary>
    public int TransferObjects { get; init; }

    /// <summary>Objects that a checksum puts there.</summary>
    public int ChecksumObjects { get; init; }

    /// <summary>Lets it pass on the calling thread, whose own call instruction the weaver has counted.</summary>
    /// <param name="more">Units that depend on the arguments.</param>
    public void Spend(int more = 0)
    {
        int overhead = Units - 1 - Instructions + more;
        MethodCounters.AddLibrary(this, overhead);
        InstructionCounter.AddObjects(SpanObjects + TransferObjects + ChecksumObjects);
        InstructionCounter.Add(Instructions, overhead);
    }
}
