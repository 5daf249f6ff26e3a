extern alias native;

using native::System.Device.Gpio;
using NanoMode = System.Device.Gpio.PinMode;

namespace Ganglion.HostBoard;

/// <summary>
/// A GPIO of this computer on /OE of all PCA9685, as the firmware drives its own: low lets the outputs run, let go of the pull-up switches
/// them off.
/// </summary>
internal sealed class OutputEnableLine : IDisposable
{
    private readonly GpioController _gpio;
    private readonly int _pin;
    private readonly PinMode _off;

    /// <param name="gpio">Closed with this.</param>
    /// <param name="pin">Its number there; a pull-up of 10 kOhm to 3.3 V is wired to it.</param>
    public OutputEnableLine(GpioController gpio, int pin)
    {
        _gpio = gpio;
        _pin = pin;
        _off = gpio.IsPinModeSupported(pin, PinMode.InputPullUp) ? PinMode.InputPullUp : PinMode.Input;
        gpio.OpenPin(pin, _off);
    }

    /// <summary>Takes a GPIO of this computer.</summary>
    /// <exception cref="IOException">It is not there, or may not be used: one line with what to do.</exception>
    public static OutputEnableLine Open(int pin)
    {
        GpioController? gpio = null;
        try
        {
            gpio = new GpioController();
            return new OutputEnableLine(gpio, pin);
        }
        catch (Exception failed) when (failed is IOException or PlatformNotSupportedException or InvalidOperationException
            or UnauthorizedAccessException or DllNotFoundException or ArgumentException)
        {
            gpio?.Dispose();
            throw new IOException($"GPIO {pin}: it could not be opened ({failed.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Give the " +
                "BCM number of a free pin, and `sudo usermod -aG gpio $USER`; without --output-enable no pin is used.", failed);
        }
    }

    /// <summary>Lets go of the line and gives the pin back.</summary>
    public void Dispose()
    {
        _gpio.SetPinMode(_pin, _off);
        _gpio.Dispose();
    }

    /// <summary>Does what the firmware does to its own pin.</summary>
    public void Set(NanoMode mode)
    {
        if (mode != NanoMode.Output)
        {
            _gpio.SetPinMode(_pin, _off);
            return;
        }

        _gpio.SetPinMode(_pin, PinMode.Output);
        _gpio.Write(_pin, PinValue.Low);
    }
}
