using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Tests.Serial;

public sealed class PortFinderTests : IDisposable
{
    private readonly FakeSystem _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Nothing_plugged_in_gives_an_empty_list()
    {
        Assert.Empty(PortFinder.Find(_system.Root));
        _system.Put("dev/ttyS0", "");
        _system.Put("dev/tty1", "");
        Assert.Empty(PortFinder.Find(_system.Root));
    }

    [Fact]
    public void An_adapter_is_told_with_its_lasting_name_chip_and_serial_number()
    {
        _system.PlugAdapter(0, 2, "10c4", "ea60", "0001", "usb-Silicon_Labs_CP2102_0001-if00-port0");
        PortInfo port = Assert.Single(PortFinder.Find(_system.Root));
        Assert.Equal(_system.At("dev/ttyUSB0"), port.Path);
        Assert.Equal(_system.At("dev/serial/by-id/usb-Silicon_Labs_CP2102_0001-if00-port0"), port.StableName);
        Assert.Equal(("Silicon Labs CP210x", "10c4:ea60", "0001"), (port.Chip, port.UsbId, port.Serial));
        Assert.Null(port.LatencyTimerMs);
        Assert.True(port.MayOpen);
    }

    [Theory]
    [InlineData("1a86", "7523", "WCH CH340")]
    [InlineData("1a86", "55d4", "WCH CH9102")]
    [InlineData("0403", "6001", "FTDI FT232R")]
    [InlineData("0403", "6015", "FTDI FT230X")]
    [InlineData("dead", "beef", "USB Serial")]
    public void Chips_are_known_by_their_ids_and_others_by_what_they_say(string vendor, string product, string chip)
    {
        _system.PlugAdapter(0, 1, vendor, product, "", "");
        PortInfo port = Assert.Single(PortFinder.Find(_system.Root));
        Assert.Equal((chip, "", false), (port.Chip, port.Serial, port.HasStableName));
        Assert.Equal(port.Path, port.StableName);
    }

    [Fact]
    public void An_FTDI_adapter_tells_its_latency_timer()
    {
        _system.PlugAdapter(3, 1, "0403", "6001", "A9", "usb-FTDI_A9-if00-port0", latencyMs: 16);
        Assert.Equal(16, Assert.Single(PortFinder.Find(_system.Root)).LatencyTimerMs);
    }

    [Fact]
    public void Ports_with_lasting_names_come_first_then_by_path()
    {
        _system.PlugAdapter(1, 1, "1a86", "7523", "", "");
        _system.PlugAdapter(0, 2, "1a86", "7523", "", "");
        _system.PlugNative(0, 3, "303a", "1001", "F4:12:FA:00:11:22", "usb-Espressif_USB_JTAG_serial_debug_unit_F4-if00");
        IReadOnlyList<PortInfo> ports = PortFinder.Find(_system.Root);
        Assert.Equal(["ttyACM0", "ttyUSB0", "ttyUSB1"], ports.Select(p => Path.GetFileName(p.Path)));
        Assert.Equal(("ESP32 native USB", "F4:12:FA:00:11:22"), (ports[0].Chip, ports[0].Serial));
    }

    [Fact]
    public void A_device_that_sysfs_does_not_know_is_still_listed()
    {
        _system.Put("dev/ttyUSB4", "");
        PortInfo port = Assert.Single(PortFinder.Find(_system.Root));
        Assert.Equal(("", "", ""), (port.Chip, port.UsbId, port.Serial));
    }

    [Fact]
    public void A_link_to_nowhere_is_passed_over()
    {
        _system.PlugAdapter(0, 1, "10c4", "ea60", "", "");
        _system.Link("dev/serial/by-id/usb-gone", "../../ttyUSB9");
        Assert.False(Assert.Single(PortFinder.Find(_system.Root)).HasStableName);
    }

    [Fact]
    public void On_macOS_the_call_out_devices_of_adapters_are_listed()
    {
        foreach (string name in new[] { "cu.usbserial-110", "tty.usbserial-110", "cu.SLAB_USBtoUART", "cu.Bluetooth-Incoming-Port",
            "cu.debug-console", "cu.usbmodem1101" })
        {
            _system.Put($"dev/{name}", "");
        }

        Assert.Equal(
            [("cu.SLAB_USBtoUART", "Silicon Labs CP210x"), ("cu.usbmodem1101", "USB CDC (ESP32 native USB, CH9102 and others)"),
                ("cu.usbserial-110", "USB serial adapter")],
            PortFinder.Find(_system.Root).Select(p => (Path.GetFileName(p.Path), p.Chip)));
    }
}
