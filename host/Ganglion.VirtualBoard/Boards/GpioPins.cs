using System.Device.Gpio;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>The pins of a board. An output is low: the firmware writes no other level. A pin that the board does not drive takes the level
/// of a pull resistor: the external one that is wired to it, else the chip's own (high in mode InputPullUp), else low.</summary>
public sealed class GpioPins
{
    /// <summary>ESP32: GPIO 0..39; 34..39 are inputs only.</summary>
    public const int Count = 40;

    private const int FirstInputOnly = 34;

    private readonly bool[] _driven = new bool[Count];
    private readonly bool?[] _externalPull = new bool?[Count];
    private readonly bool[] _internalPullUp = new bool[Count];
    private readonly Action<bool, long>?[] _listeners = new Action<bool, long>?[Count];

    /// <summary>Solders something to a pin.</summary>
    /// <param name="pin">0..39.</param>
    /// <param name="pullUp">Level while the pin is not driven, as after reset.</param>
    /// <param name="listener">Told every change of level and its time, ns.</param>
    public void Wire(int pin, bool pullUp, Action<bool, long> listener)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pin, (uint)Count, nameof(pin));
        _externalPull[pin] = pullUp;
        _listeners[pin] += listener;
        listener(Level(pin), 0);
    }

    /// <summary>Level at the pin.</summary>
    public bool Level(int pin) => !_driven[pin] && (_externalPull[pin] ?? _internalPullUp[pin]);

    internal void SetMode(int pin, PinMode mode, long ns)
    {
        if ((uint)pin >= Count || (mode >= PinMode.Output && pin >= FirstInputOnly))
        {
            throw new ArgumentException($"GPIO {pin} cannot be {mode} on an ESP32.", nameof(pin));
        }

        Change(pin, mode >= PinMode.Output, mode == PinMode.InputPullUp, ns);
    }

    /// <summary>After a reset every pin is an input.</summary>
    internal void Float(long ns)
    {
        for (int pin = 0; pin < Count; pin++)
        {
            Change(pin, false, false, ns);
        }
    }

    private void Change(int pin, bool driven, bool pullUp, long ns)
    {
        bool before = Level(pin);
        _driven[pin] = driven;
        _internalPullUp[pin] = pullUp;
        if (Level(pin) != before)
        {
            _listeners[pin]?.Invoke(!before, ns);
        }
    }
}
