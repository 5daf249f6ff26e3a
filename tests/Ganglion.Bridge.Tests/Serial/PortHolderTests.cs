using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Tests.Serial;

public sealed class PortHolderTests : IDisposable
{
    private readonly FakeSystem _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Names_every_process_that_has_the_device_open()
    {
        string device = _system.At("dev/ttyUSB0");
        _system.PlugAdapter(0, 1, "10c4", "ea60", "1", "usb-board");
        _system.Put("proc/120/comm", "minicom\n");
        _system.Link("proc/120/fd/0", "/dev/null");
        _system.Link("proc/120/fd/3", device);
        _system.Put("proc/340/comm", "dotnet\n");
        _system.Link("proc/340/fd/7", device);
        _system.Put("proc/9/comm", "bystander\n");
        _system.Link("proc/9/fd/0", "/dev/null");
        _system.Put("proc/55/comm", "hidden\n"); // its fd folder cannot be seen
        _system.Put("proc/uptime", "1");

        string holders = PortHolder.Find(_system.At("dev/serial/by-id/usb-board"), _system.At("proc"));
        Assert.Equal(["dotnet (process 340)", "minicom (process 120)"], holders.Split(", ").Order());
        Assert.Equal("", PortHolder.Find(_system.At("dev/ttyUSB1"), _system.At("proc")));
        Assert.Equal("", PortHolder.Find(device, _system.At("no-proc-here")));
    }
}
