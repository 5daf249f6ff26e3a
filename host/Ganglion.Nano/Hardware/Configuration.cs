using Ganglion.Nano;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Routes peripherals to pins.</summary>
public static class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction function)
    {
        LibraryCost.Native.Spend();
        NanoHost.Current.SetPinFunction(pin, function);
    }
}

/// <summary>Signals that have a pin: type 2 is I2C, type 3 a UART; then the unit from 1; then the signal.</summary>
public enum DeviceFunction
{
    I2C1_DATA = 131328,
    I2C1_CLOCK = 131329,
    I2C2_DATA = 131584,
    I2C2_CLOCK = 131585,
    COM1_TX = 196864,
    COM1_RX = 196865,
    COM2_TX = 197120,
    COM2_RX = 197121,
    COM3_TX = 197376,
    COM3_RX = 197377,
}
