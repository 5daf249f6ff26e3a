using Ganglion.Bridge.Doctor;
using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Tests.Doctor;

/// <summary>What takes adapters away from boards, in a folder that looks like a machine's root.</summary>
public sealed class AdapterDoctorTests : IDisposable
{
    private readonly FakeSystem _system = new();

    public void Dispose() => _system.Dispose();

    private Machine Here => new(_system.Root, "", "alice", IsRoot: false, []);

    private IReadOnlyList<PortInfo> Ports => PortFinder.Find(_system.Root);

    [Fact]
    public void Who_has_a_port_open_is_named()
    {
        _system.PlugAdapter(0, 1, "10c4", "ea60", "1", "usb-one");
        _system.PlugAdapter(1, 2, "1a86", "7523", "", "");
        _system.Put("proc/1/comm", "systemd\n");
        _system.Link("proc/1/fd/3", _system.At("dev/null"));
        Assert.True(AdapterDoctor.Holders(Here, Ports).Ok);
        _system.Put("proc/612/comm", "minicom\n");
        _system.Link("proc/612/fd/3", _system.At("dev/ttyUSB1"));
        Finding finding = AdapterDoctor.Holders(Here, Ports);
        Assert.Equal(FindingLevel.Advice, finding.Level);
        Assert.Equal($"{_system.At("dev/ttyUSB1")} by minicom (process 612).", finding.What);
    }

    [Fact]
    public void An_adapter_without_a_port_is_trouble_and_what_took_it_is_named()
    {
        _system.PlugAdapter(0, 1, "10c4", "ea60", "1", "usb-one");
        _system.PlugNative(0, 4, "303a", "1001", "2", "usb-two");
        Assert.True(AdapterDoctor.Portless(Here).Ok);
        _system.PlugUsb(2, "1a86", "7523");
        _system.PlugUsb(3, "0403", "6014"); // an I2C adapter has given its serial port up
        Finding missing = AdapterDoctor.Portless(Here);
        Assert.Equal(FindingLevel.Trouble, missing.Level);
        Assert.Equal("plugged in, and without a port: WCH CH340 (1a86:7523, 1-2).", missing.What);
        Assert.Contains("modprobe", missing.Remedy);
        _system.Put("usr/lib/udev/rules.d/85-brltty.rules", "ENV{PRODUCT}==\"1a86/7523/*\", ENV{BRLTTY_BRAILLE_DRIVER}=\"bm\"\n");
        Assert.Contains("brltty has taken it", AdapterDoctor.Portless(Here).Remedy);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("# ENV{PRODUCT}==\"1a86/7523/*\", GOTO=\"brltty_usb_run\"\nENV{PRODUCT}==\"904/2000/*\", GOTO=\"brltty_usb_run\"\n", true)]
    [InlineData("ENV{PRODUCT}==\"10c4/ea60/*\", ATTRS{product}==\"NLS eReader Zoomax\", GOTO=\"brltty_usb_run\"\n", false)]
    public void Brltty_is_found_by_rules_that_are_in_force(string rules, bool isWell)
    {
        _system.Put("lib/udev/rules.d/90-brltty-device.rules", rules);
        Finding finding = AdapterDoctor.Brltty(Here);
        Assert.Equal((isWell, isWell ? 0 : 1), (finding.Ok, finding.Remedy.Contains("sudo apt remove brltty") ? 1 : 0));
    }

    [Fact]
    public void Brltty_is_found_among_the_processes()
    {
        _system.Put("proc/99/comm", "brltty\n");
        Assert.False(AdapterDoctor.Brltty(Here).Ok);
    }

    [Fact]
    public void A_port_that_does_not_open_is_trouble()
    {
        _system.PlugAdapter(0, 1, "10c4", "ea60", "1", "usb-one");
        PortInfo open = Assert.Single(Ports) with { MayOpen = true };
        Assert.True(AdapterDoctor.Rights(Here, [open]).Ok);
        Finding closed = AdapterDoctor.Rights(Here, [open, open with { Path = "/dev/ttyUSB7", MayOpen = false }]);
        Assert.Equal((FindingLevel.Trouble, "alice may not open /dev/ttyUSB7."), (closed.Level, closed.What));
    }

    [Fact]
    public void Without_sysfs_and_proc_nothing_is_said_to_be_wrong() =>
        Assert.All(AdapterDoctor.Examine(Here, []), finding => Assert.True(finding.Ok));
}
