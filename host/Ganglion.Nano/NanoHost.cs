using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Nano;

/// <summary>
/// The board under the nanoFramework API of this assembly: every API class calls the host of the thread that it runs on.
/// A virtual board derives from it, advances its own clock by what each call costs on an ESP32, and throws
/// <see cref="BoardStoppedException"/> out of any member once the board has been reset.
/// </summary>
public abstract class NanoHost
{
    [ThreadStatic]
    private static NanoHost? _current;

    /// <summary>The board whose firmware runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">No board runs on this thread.</exception>
    public static NanoHost Current =>
        _current ?? throw new InvalidOperationException(
            "The nanoFramework API was called on a thread that runs no virtual board. Run the firmware through an Esp32Board.");

    /// <summary>As <see cref="Current"/>, or null on a thread without a board.</summary>
    public static NanoHost? CurrentOrNull => _current;

    /// <summary>Makes this board the one that API calls on the calling thread go to.</summary>
    protected void BindToCurrentThread() => _current = this;

    /// <summary>All that <see cref="InstructionCounter.Restart"/> granted has run: fold it into the clock.</summary>
    protected internal abstract void UnitsSpent();

    /// <summary>Microseconds since boot (esp_timer).</summary>
    protected internal abstract ulong Microseconds();

    /// <summary>Thread.Sleep: milliseconds >= 0, or -1 for ever; wakes on a FreeRTOS tick.</summary>
    protected internal abstract void Sleep(int milliseconds);

    /// <summary>Installs the driver of a bus (1 or 2) and sets the bus clock for all its devices.</summary>
    protected internal abstract void OpenI2c(int bus, I2cBusSpeed speed);

    /// <summary>One transaction: START, address, <paramref name="write"/>, repeated START, <paramref name="read"/>, STOP. Either part may
    /// be empty.</summary>
    protected internal abstract I2cTransferStatus TransferI2c(int bus, int address, ReadOnlySpan<byte> write, Span<byte> read);

    /// <summary>Opens the UART of COM<paramref name="port"/>; throws what nanoFramework throws where it cannot.</summary>
    protected internal abstract NanoUart OpenUart(int port, int baud, int bufferSize);

    /// <summary>Reserves COM<paramref name="port"/> for one SerialPort object; false where another one holds it.</summary>
    protected internal abstract bool ClaimUart(int port);

    /// <summary>Routes a peripheral's signal to a pin.</summary>
    protected internal abstract void SetPinFunction(int pin, DeviceFunction function);

    /// <summary>Drive mode of a pin; an output starts low.</summary>
    protected internal abstract void SetPinMode(int pin, PinMode mode);

    /// <summary>Collects garbage; returns the bytes that are free then.</summary>
    protected internal abstract uint CollectGarbage();

    /// <summary>Restarts the board; does not return.</summary>
    protected internal abstract void Reboot();
}

/// <summary>An open UART of a board, as <see cref="System.IO.Ports.SerialPort"/> uses it.</summary>
public abstract class NanoUart
{
    /// <summary>Bytes that a read would return at once.</summary>
    protected internal abstract int BytesToRead();

    /// <summary>Reads exactly <paramref name="destination"/>.Length bytes, however long that takes.</summary>
    protected internal abstract int Read(Span<byte> destination);

    /// <summary>Blocks while the bytes do not fit the transmit FIFO.</summary>
    protected internal abstract void Write(ReadOnlySpan<byte> source);

    /// <summary>Releases the driver.</summary>
    protected internal abstract void Close();
}

/// <summary>
/// The board was reset or switched off under the running firmware. Every further call of the API throws it again, so a
/// catch-all of the firmware cannot keep a dead board alive.
/// </summary>
public sealed class BoardStoppedException : Exception
{
    public BoardStoppedException()
        : base("The virtual board was reset or switched off.")
    {
    }
}
