using Ganglion.Nano;

namespace System.Device.I2c;

/// <summary>One chip on a bus of the board.</summary>
public class I2cDevice : IDisposable
{
    private readonly I2cConnectionSettings _settings;
    private bool _disposed;

    /// <exception cref="ArgumentException">The bus is neither 1 nor 2.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        _settings = settings;
        LibraryCost.Native.Spend();
        NanoHost.Current.OpenI2c(settings.BusId, settings.BusSpeed);
    }

    /// <summary>Sets the clock of the whole bus to the speed of <paramref name="settings"/>.</summary>
    public static I2cDevice Create(I2cConnectionSettings settings) => new I2cDevice(settings);

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, default, LibraryCost.I2cWrite);

    public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer, LibraryCost.I2cRead);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
        Transfer(writeBuffer, readBuffer, LibraryCost.I2cWriteRead);

    public void Dispose() => _disposed = true;

    private I2cTransferResult Transfer(SpanByte write, SpanByte read, LibraryCall cost)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cost.Spend();
        I2cTransferStatus status = NanoHost.Current.TransferI2c(
            _settings.BusId, _settings.DeviceAddress, write.AsSpan(), read.AsSpan());
        return new I2cTransferResult(status);
    }
}
