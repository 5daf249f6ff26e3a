using Ganglion.Nano;

namespace System.Device.I2c;

/// <summary>One chip on a bus of the board.</summary>
public class I2cDevice : IDisposable
{
    private readonly byte[] _oneByte = new byte[1];
    private bool _disposed;

    /// <exception cref="ArgumentException">The bus is neither 1 nor 2.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        ConnectionSettings = settings;
        NanoHost.Current.OpenI2c(settings.BusId, settings.BusSpeed);
    }

    public I2cConnectionSettings ConnectionSettings { get; }

    /// <summary>Sets the clock of the whole bus to the speed of <paramref name="settings"/>.</summary>
    public static I2cDevice Create(I2cConnectionSettings settings) => new I2cDevice(settings);

    public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer, LibraryCost.I2cTransfer);

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, default, LibraryCost.I2cTransfer);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
        Transfer(writeBuffer, readBuffer, LibraryCost.I2cTransfer);

    public I2cTransferResult WriteByte(byte value)
    {
        _oneByte[0] = value;
        return Transfer(new SpanByte(_oneByte), default, LibraryCost.I2cWriteByte);
    }

    public void Dispose() => _disposed = true;

    private I2cTransferResult Transfer(SpanByte write, SpanByte read, int instructions)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        InstructionCounter.Add(instructions);
        I2cTransferStatus status = NanoHost.Current.TransferI2c(
            ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, write.AsSpan(), read.AsSpan());
        int bytes = status == I2cTransferStatus.FullTransfer ? write.Length + read.Length : 0;
        return new I2cTransferResult(status, (uint)bytes);
    }
}
