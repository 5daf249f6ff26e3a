using Ganglion.Nano;

namespace System.Device.Gpio;

/// <summary>Opens pins of the board.</summary>
public sealed class GpioController : IDisposable
{
    public GpioPin OpenPin(int pinNumber) => new GpioPin(pinNumber);

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        var pin = new GpioPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    public void Dispose()
    {
    }
}

/// <summary>One pin. An output starts LOW, whatever the pin's level was (CPU_GPIO_EnableOutputPin of the ESP32 target).</summary>
public sealed class GpioPin : IDisposable
{
    private PinMode _mode = PinMode.Input;
    private bool _disposed;

    internal GpioPin(int pinNumber)
    {
        PinNumber = pinNumber;
    }

    public int PinNumber { get; }

    public PinMode GetPinMode() => _mode;

    /// <exception cref="ArgumentException">The pin cannot work in this mode.</exception>
    public void SetPinMode(PinMode value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        InstructionCounter.Add(LibraryCost.GpioCall);
        NanoHost.Current.SetPinMode(PinNumber, value);
        _mode = value;
    }

    public PinValue Read() => NanoHost.Current.ReadPin(PinNumber) ? PinValue.High : PinValue.Low;

    /// <exception cref="ArgumentException">The pin is an input.</exception>
    public void Write(PinValue value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        InstructionCounter.Add(LibraryCost.GpioCall);
        if (_mode < PinMode.Output)
            throw new ArgumentException($"Pin {PinNumber} is an input: set its mode to Output before writing to it.");

        NanoHost.Current.WritePin(PinNumber, value == PinValue.High);
    }

    public void Dispose() => _disposed = true;
}
