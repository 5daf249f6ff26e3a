namespace Ganglion.Bridge.Tests;

/// <summary>A folder that looks like the root of a Linux machine, built as the kernel and udev lay it out.</summary>
public sealed class FakeSystem : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ganglion-root").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string At(string path) => Path.Combine(Root, path);

    public void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }

    /// <summary>An adapter behind a USB serial driver (ttyUSBn); with a latency in ms for FTDI.</summary>
    public void PlugAdapter(int number, int socket, string vendor, string product, string serial, string byId, int? latencyMs = null)
    {
        string device = $"sys/devices/pci0000:00/usb1/1-{socket}/1-{socket}:1.0/ttyUSB{number}";
        Usb(socket, vendor, product, serial, "USB Serial");
        Put($"{device}/tty/ttyUSB{number}/dev", $"188:{number}\n");
        Link($"{device}/tty/ttyUSB{number}/device", $"../../../ttyUSB{number}");
        Link($"sys/class/tty/ttyUSB{number}", $"../../devices/pci0000:00/usb1/1-{socket}/1-{socket}:1.0/ttyUSB{number}/tty/ttyUSB{number}");
        if (latencyMs is { } latency)
        {
            Put($"{device}/latency_timer", $"{latency}\n");
        }

        Put($"dev/ttyUSB{number}", "");
        if (byId.Length > 0)
        {
            Link($"dev/serial/by-id/{byId}", $"../../ttyUSB{number}");
        }
    }

    /// <summary>A board with USB of its own (ttyACMn).</summary>
    public void PlugNative(int number, int socket, string vendor, string product, string serial, string byId)
    {
        string device = $"sys/devices/pci0000:00/usb1/1-{socket}/1-{socket}:1.0";
        Usb(socket, vendor, product, serial, "USB JTAG/serial debug unit");
        Put($"{device}/tty/ttyACM{number}/dev", $"166:{number}\n");
        Link($"{device}/tty/ttyACM{number}/device", $"../../../1-{socket}:1.0");
        Link($"sys/class/tty/ttyACM{number}", $"../../devices/pci0000:00/usb1/1-{socket}/1-{socket}:1.0/tty/ttyACM{number}");
        Put($"dev/ttyACM{number}", "");
        Link($"dev/serial/by-id/{byId}", $"../../ttyACM{number}");
    }

    /// <summary>A device for which no driver made a port.</summary>
    public void PlugUsb(int socket, string vendor, string product)
    {
        Usb(socket, vendor, product, "", "USB device");
        Directory.CreateDirectory(At($"sys/devices/pci0000:00/usb1/1-{socket}/1-{socket}:1.0"));
    }

    private void Usb(int socket, string vendor, string product, string serial, string name)
    {
        string folder = $"sys/devices/pci0000:00/usb1/1-{socket}";
        Link($"sys/bus/usb/devices/1-{socket}", $"../../../devices/pci0000:00/usb1/1-{socket}");
        Put($"{folder}/idVendor", vendor + "\n");
        Put($"{folder}/idProduct", product + "\n");
        Put($"{folder}/product", name + "\n");
        if (serial.Length > 0)
        {
            Put($"{folder}/serial", serial + "\n");
        }
    }
}
