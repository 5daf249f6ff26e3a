extern alias native;

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using I2cBus = native::System.Device.I2c.I2cBus;

namespace Ganglion.HostBoard;

/// <summary>The I2C buses of this computer: those of a Raspberry Pi's header, of a USB adapter with a kernel driver (MCP2221), or of one
/// that dotnet/iot drives.</summary>
internal static class HostBuses
{
    private const int NotPermitted = 13;

    /// <summary>Opens one.</summary>
    /// <exception cref="IOException">It is not there, or may not be used: one line with what to do.</exception>
    public static I2cBus Open(BusPlace place) => place switch
    {
        BusPlace.Usb usb => UsbBuses.Open(usb),
        BusPlace.Kernel kernel => Open(kernel.Number),
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "No such kind of bus."),
    };

    private static I2cBus Open(int number)
    {
        string path = new BusPlace.Kernel(number).ToString();
        if (!File.Exists(path))
        {
            string[] others = Directory.Exists("/dev") ? [.. Directory.GetFiles("/dev", "i2c-*").Order(StringComparer.Ordinal)] : [];
            throw new IOException($"{path}: this computer has no such I2C bus. " + (others.Length > 0
                ? $"It has {string.Join(", ", others)}: give one of those numbers."
                : "Switch it on (on a Raspberry Pi `sudo raspi-config nonint do_i2c 0`; else `sudo modprobe i2c-dev`, with the adapter " +
                    "plugged in)."));
        }

        try
        {
            return I2cBus.Create(number);
        }
        catch (IOException failed)
        {
            throw new IOException(Marshal.GetLastPInvokeError() == NotPermitted
                ? $"{path}: this user may not open it. Run `sudo usermod -aG i2c $USER`, then log out and in again."
                : $"{path}: it could not be opened ({failed.Message.TrimEnd('.')}). See the end of `dmesg`.", failed);
        }
    }

    /// <summary>The bus's clock as the system has set it, Hz; null where it does not tell.</summary>
    public static int? ClockHz(BusPlace place)
    {
        if (place is not BusPlace.Kernel(int number))
        {
            return UsbBuses.ClockHz;
        }

        string file = $"/sys/class/i2c-adapter/i2c-{number}/of_node/clock-frequency";
        return File.Exists(file) && File.ReadAllBytes(file) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : null;
    }
}
