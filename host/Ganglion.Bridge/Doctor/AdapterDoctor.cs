using System.Globalization;
using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Doctor;

/// <summary>Looks for what takes serial adapters away from boards: other programs, brltty, missing drivers and rights. Linux only:
/// elsewhere there is nothing to be seen, and nothing is told.</summary>
public static class AdapterDoctor
{
    /// <summary>In its place nothing is missing: it is also an I2C adapter, for which its serial port is given up (`ganglion board
    /// --usb`).</summary>
    private const int Ftdi = 0x0403, Ft232H = 0x6014;

    private static readonly string[] RuleFolders = ["etc/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d"];

    /// <summary>All checks.</summary>
    /// <param name="machine">This one.</param>
    /// <param name="ports">Of that machine.</param>
    public static IReadOnlyList<Finding> Examine(Machine machine, IReadOnlyList<PortInfo> ports) =>
        [Rights(machine, ports), Holders(machine, ports), Portless(machine), Brltty(machine)];

    /// <summary>Whether each port opens for this user, whatever groups say: udev may have given it another one.</summary>
    public static Finding Rights(Machine machine, IReadOnlyList<PortInfo> ports)
    {
        const string name = "rights of ports";
        string[] closed = [.. ports.Where(port => !port.MayOpen).Select(port => port.Path)];
        return ports.Count == 0 ? Finding.Good(name, "no port to open.")
            : closed.Length == 0 ? Finding.Good(name, $"{machine.UserName} may open every port.")
            : Finding.Trouble(name, $"{machine.UserName} may not open {string.Join(", ", closed)}.",
                "See \"serial rights\"; where that is well, `ls -l` shows which group the port has, by a udev rule or from a " +
                "container.");
    }

    /// <summary>Whether another program has a port open.</summary>
    public static Finding Holders(Machine machine, IReadOnlyList<PortInfo> ports)
    {
        const string name = "ports in use";
        string processes = Path.Combine(machine.Root, "proc");
        string[] held = [.. ports.Select(port => (port.Path, Holder: PortHolder.Find(port.Path, processes)))
            .Where(pair => pair.Holder.Length > 0).Select(pair => $"{pair.Path} by {pair.Holder}")];
        return held.Length == 0
            ? Finding.Good(name, ports.Count == 0 ? "no port to use." : "no program that this user can see has a port open.")
            : Finding.Advice(name, $"{string.Join("; ", held)}.", "Close it, unless it is the ganglion that moves that board; a serial " +
                "monitor takes bytes away from everybody else.");
    }

    /// <summary>Whether each adapter for serial lines has a port.</summary>
    public static Finding Portless(Machine machine)
    {
        const string name = "adapters";
        string[] without = [.. Usb(machine).Where(device => !device.HasPort).Select(device => device.Words)];
        return without.Length == 0
            ? Finding.Good(name, "no serial adapter is plugged in without a port.")
            : Finding.Trouble(name, $"plugged in, and without a port: {string.Join(", ", without)}.", HasBrltty(machine)
                ? "brltty has taken it for a Braille display: see \"brltty\", then plug it in again."
                : "Its driver is missing: `sudo modprobe cp210x` (or ch341, ftdi_sio, cdc_acm), and see the end of `dmesg`; in a virtual " +
                    "machine or container pass the device through.");
    }

    /// <summary>Whether brltty, which drives Braille displays, takes adapters with the same numbers.</summary>
    public static Finding Brltty(Machine machine)
    {
        const string name = "brltty";
        return !HasBrltty(machine)
            ? Finding.Good(name, "no brltty that takes serial adapters.")
            : Finding.Advice(name, "brltty takes adapters with a CH340, CP210x or FTDI chip for Braille displays: their port goes as it " +
                "came.", "Without a Braille display: `sudo apt remove brltty`. With one: make comments of the lines with 1a86/7523, " +
                "10c4/ea60 and 403/6001 in its .rules file of udev.");
    }

    /// <summary>A rule of its udev file that is in force names a chip of ours as ENV{PRODUCT}=="1a86/7523/*"; or it runs.</summary>
    private static bool HasBrltty(Machine machine) => SerialDoctor.Runs(machine, "brltty") || RuleFolders
        .Select(folder => Path.Combine(machine.Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*brltty*.rules")).Any(Claims);

    private static bool Claims(string file)
    {
        try
        {
            return File.ReadLines(file).Any(line => !line.TrimStart().StartsWith('#')
                && Array.Exists(["1a86/7523", "10c4/ea60", "403/6001"], line.Contains));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Words, bool HasPort)> Usb(Machine machine)
    {
        string folder = Path.Combine(machine.Root, "sys", "bus", "usb", "devices");
        foreach (string device in Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)]
            : Array.Empty<string>())
        {
            int vendor = Hexadecimal(device, "idVendor"), product = Hexadecimal(device, "idProduct");
            string chip = UsbSerialChips.Name(vendor, product);
            if (chip.Length > 0 && (vendor, product) != (Ftdi, Ft232H))
            {
                yield return ($"{chip} ({vendor:x4}:{product:x4}, {Path.GetFileName(device)})", HasPort(device));
            }
        }
    }

    // A USB device has a folder for each interface, 1-2:1.0, in which the driver makes ttyUSB0, or tty/ttyACM0.
    private static bool HasPort(string device)
    {
        try
        {
            return Directory.EnumerateDirectories(device, "*:*").Any(part => Directory.EnumerateDirectories(part, "tty*").Any());
        }
        catch (IOException)
        {
            return true; // unplugged while we looked
        }
    }

    private static int Hexadecimal(string device, string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Path.Combine(device, file)).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
                out int value) ? value : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // an interface, or unplugged while we looked
        }
    }
}
