namespace System.Device.I2c;

/// <summary>Bus (1 or 2), 7-bit address and clock of a chip.</summary>
public sealed class I2cConnectionSettings
{
    public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed = I2cBusSpeed.FastMode)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
        BusSpeed = busSpeed;
    }

    internal int BusId { get; }

    internal int DeviceAddress { get; }

    internal I2cBusSpeed BusSpeed { get; }
}

/// <summary>Bus clock: 100 kHz, 400 kHz, 1 MHz.</summary>
public enum I2cBusSpeed
{
    StandardMode = 0,
    FastMode = 1,
    FastModePlus = 2,
}
