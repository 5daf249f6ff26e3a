using System.Device.Gpio;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>One pin.</summary>
internal sealed class FakeGpio : GpioDriver
{
    public const int Pin = 17;

    public PinMode Mode { get; private set; }

    public PinValue Level { get; private set; } = PinValue.High;

    protected override int PinCount => Pin + 1;

    protected override void OpenPin(int pinNumber)
    {
    }

    protected override void ClosePin(int pinNumber)
    {
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => Mode = mode;

    protected override PinMode GetPinMode(int pinNumber) => Mode;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => Level;

    protected override void Write(int pinNumber, PinValue value) => Level = value;

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        default;

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
    }
}
