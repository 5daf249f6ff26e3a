extern alias native;

using Iot.Device.Board;
using Iot.Device.Ft232H;
using Iot.Device.Ft4222;
using I2cBus = native::System.Device.I2c.I2cBus;

namespace Ganglion.HostBoard;

/// <summary>An adapter that is plugged in.</summary>
/// <param name="Serial">Its serial number; empty where it tells none.</param>
/// <param name="Open">Opens its bus.</param>
internal sealed record UsbAdapter(string Serial, Func<I2cBus> Open);

/// <summary>
/// I2C buses behind USB adapters of FTDI, by dotnet/iot's bindings over FTDI's own libraries. An FT4222H is told a transfer as a whole. An
/// FT232H is told each byte, and asked after it for the acknowledge: it bears a module or two, not an arm (firmware/README.md).
/// </summary>
internal static class UsbBuses
{
    /// <summary>What the bindings set, Hz.</summary>
    public const int ClockHz = 400_000;

    /// <summary>Opens one.</summary>
    /// <exception cref="IOException">It is not there, its library is not, or it may not be used: one line with what to do.</exception>
    public static I2cBus Open(BusPlace.Usb place) => Open(place, Plugged);

    /// <inheritdoc cref="Open(BusPlace.Usb)"/>
    /// <param name="place">Which.</param>
    /// <param name="plugged">Lists the adapters of a kind.</param>
    internal static I2cBus Open(BusPlace.Usb place, Func<string, IReadOnlyList<UsbAdapter>> plugged)
    {
        try
        {
            IReadOnlyList<UsbAdapter> all = plugged(place.Kind);
            UsbAdapter[] meant = [.. all.Where(adapter => place.Serial.Length == 0 || adapter.Serial == place.Serial)];
            return meant.Length == 1 ? new UsbBus(meant[0].Open()) : throw new IOException($"{place}: " + (all.Count == 0
                ? "none is plugged in. See that its cable carries data and that `lsusb` shows it."
                : meant.Length == 0 ? $"it is not plugged in. There is {List(all)}: give one of those."
                : $"several are plugged in, {List(all)}: write {place.Kind}:SERIAL."));
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new IOException($"{place}: FTDI's library {(place.Kind == "ft4222" ? "libft4222 with libftd2xx" : "libftd2xx")} is not " +
                "on this computer. Get it for this processor from ftdichip.com (D2XX drivers), copy the .so to /usr/local/lib, and run " +
                "`sudo ldconfig`.", missing);
        }
        catch (IOException failed) when (!failed.Message.StartsWith($"{place}", StringComparison.Ordinal))
        {
            throw new IOException($"{place}: it could not be opened ({failed.Message.TrimEnd('.')}). The system's serial driver has it: " +
                "`sudo rmmod ftdi_sio usbserial`; or this user may not: run it with sudo, or give the device to a group by a udev rule.",
                failed);
        }
    }

    private static string List(IReadOnlyList<UsbAdapter> adapters) =>
        string.Join(" and ", adapters.Select(adapter => adapter.Serial.Length > 0 ? adapter.Serial : "one without a serial number"));

    private static IReadOnlyList<UsbAdapter> Plugged(string kind) => kind == "ft4222"
        ? [.. Ft4222Device.GetFt4222().Select(device => Of(device, device.SerialNumber))]
        : [.. Ft232HDevice.GetFt232H().Select(device => Of(device, device.SerialNumber))];

    private static UsbAdapter Of(Board device, string serial) => new(serial, () => device.CreateOrGetI2cBus(0));
}
