namespace Ganglion.Nano;

/// <summary>
/// IL instructions that nanoFramework's own managed wrappers execute on the board before they reach native code, counted
/// on the sources of the package versions that the firmware names. The wrappers here are not woven, so they add these.
/// </summary>
internal static class LibraryCost
{
    /// <summary>I2cDevice.Write and WriteRead: a lock around the native transfer.</summary>
    public const int I2cTransfer = 22;

    /// <summary>new SpanByte(array): test, length, three stores.</summary>
    public const int SpanOfArray = 15;

    /// <summary>new SpanByte(array, start, length) with its range tests.</summary>
    public const int SpanOfRange = 28;

    /// <summary>SpanByte's indexer with its range test.</summary>
    public const int SpanIndex = 9;

    /// <summary>GpioPin.SetPinMode: a lock around the native call.</summary>
    public const int GpioCall = 20;

    /// <summary>Crc32.HashToUInt32.</summary>
    public const int CrcCall = 6;
}
