using Ganglion.Nano;

namespace System.Device.Gpio;

/// <summary>Opens pins of the board.</summary>
public sealed class GpioController
{
    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        var pin = new GpioPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }
}

/// <summary>One pin. An output starts LOW, whatever the pin's level was (CPU_GPIO_EnableOutputPin of the ESP32 target).</summary>
public sealed class GpioPin
{
    private readonly int _pinNumber;

    internal GpioPin(int pinNumber)
    {
        _pinNumber = pinNumber;
    }

    /// <exception cref="ArgumentException">The pin cannot work in this mode.</exception>
    public void SetPinMode(PinMode value)
    {
        LibraryCost.SetPinMode.Spend();
        NanoHost.Current.SetPinMode(_pinNumber, value);
    }
}

/// <summary>Drive mode of a pin.</summary>
public enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
    OutputOpenDrain = 4,
    OutputOpenDrainPullUp = 5,
    OutputOpenSource = 6,
    OutputOpenSourcePullDown = 7,
}
