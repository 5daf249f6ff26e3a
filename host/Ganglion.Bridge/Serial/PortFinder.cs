using System.Globalization;
using System.IO.Ports;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// Lists the serial ports that a board could be on: /dev/ttyUSB* and /dev/ttyACM* with their lasting names and what sysfs
/// tells of the adapter (Linux), /dev/cu.* (macOS), COM ports (Windows). Nothing is opened, so no board is reset.
/// </summary>
public static class PortFinder
{
    private static readonly string[] NotBoards = ["cu.Bluetooth", "cu.debug-console", "cu.wlan-debug"];

    /// <summary>Ports in the order of their paths; ports known by a lasting name come first.</summary>
    /// <param name="root">Where /dev and /sys are looked for.</param>
    public static IReadOnlyList<PortInfo> Find(string root = "/")
    {
        if (OperatingSystem.IsWindows())
        {
            return [.. SerialPort.GetPortNames().Order(StringComparer.OrdinalIgnoreCase)
                .Select(name => new PortInfo(name, name, "", 0, 0, "", null, MayOpen: true))];
        }

        Dictionary<string, string> lasting = LastingNames(root);
        return [.. Devices(root, "ttyUSB*").Concat(Devices(root, "ttyACM*")).Select(path => OnLinux(root, path, lasting))
            .Concat(Devices(root, "cu.*").Where(IsBoardOnMac).Select(OnMac))
            .OrderByDescending(port => port.HasStableName).ThenBy(port => port.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Devices(string root, string pattern)
    {
        string folder = Path.Combine(root, "dev");
        return Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, pattern) : [];
    }

    // /dev/serial/by-id holds links that udev names after maker, product and serial number.
    private static Dictionary<string, string> LastingNames(string root)
    {
        var names = new Dictionary<string, string>();
        string folder = Path.Combine(root, "dev", "serial", "by-id");
        if (!Directory.Exists(folder))
        {
            return names;
        }

        foreach (string link in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            if (File.ResolveLinkTarget(link, returnFinalTarget: true) is { } device)
            {
                names.TryAdd(device.FullName, link);
            }
        }
        return names;
    }

    private static PortInfo OnLinux(string root, string path, Dictionary<string, string> lasting)
    {
        string device = SysfsDevice(root, Path.GetFileName(path));
        string usb = UsbDevice(device);
        int vendor = Hexadecimal(usb, "idVendor"), product = Hexadecimal(usb, "idProduct");
        string chip = UsbSerialChips.Name(vendor, product);
        return new PortInfo(path, lasting.GetValueOrDefault(Path.GetFullPath(path), path),
            chip.Length > 0 ? chip : Text(usb, "product"), vendor, product, Text(usb, "serial"),
            int.TryParse(Text(device, "latency_timer"), CultureInfo.InvariantCulture, out int latency) ? latency : null, MayOpen(path));
    }

    private static PortInfo OnMac(string path) =>
        new(path, path, UsbSerialChips.NameFromMacDevice(Path.GetFileName(path)), 0, 0, "", null, MayOpen(path));

    private static bool IsBoardOnMac(string path) =>
        !NotBoards.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal));

    private static bool MayOpen(string path) => Libc.access(path, Libc.AccessRead | Libc.AccessWrite) == 0;

    // /sys/class/tty/ttyUSB0 is a link into /sys/devices, and "device" in there another, to the adapter's interface.
    private static string SysfsDevice(string root, string tty)
    {
        string link = Path.Combine(root, "sys", "class", "tty", tty);
        if (!Directory.Exists(link))
        {
            return "";
        }

        string folder = Directory.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link;
        string device = Path.Combine(folder, "device");
        return Directory.Exists(device) ? Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device : "";
    }

    // The USB device is one of the folders above, the nearest with an idVendor.
    private static string UsbDevice(string device)
    {
        for (string? folder = device; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "idVendor")))
            {
                return folder;
            }
        }
        return "";
    }

    private static int Hexadecimal(string folder, string file) =>
        int.TryParse(Text(folder, file), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static string Text(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        if (folder.Length == 0 || !File.Exists(path))
        {
            return "";
        }

        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return ""; // unplugged while we looked
        }
    }
}
