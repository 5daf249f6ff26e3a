using Ganglion.Bridge.Doctor;
using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private readonly FakeSystem _system = new();

    public DoctorTests()
    {
        Directory.CreateDirectory(_system.At("sys/class/tty"));
        _system.Put("etc/group", "root:x:0:\ndialout:x:20:carol,alice\nvideo:x:44:bob\n");
    }

    public void Dispose() => _system.Dispose();

    private Machine Of(string user, params uint[] groups) => new(_system.Root, _system.At("bin"), user, IsRoot: false, groups);

    [Fact]
    public void A_member_of_dialout_may_open_ports() => Assert.True(SerialDoctor.SerialRights(Of("alice", 1000, 20)).Ok);

    [Fact]
    public void Someone_outside_dialout_is_told_the_command()
    {
        Finding finding = SerialDoctor.SerialRights(Of("bob", 1001, 44));
        Assert.False(finding.Ok);
        Assert.Contains("sudo usermod -aG dialout bob", finding.Remedy);
    }

    [Fact]
    public void A_member_since_the_last_login_is_told_to_log_in_again()
    {
        Finding finding = SerialDoctor.SerialRights(Of("alice", 1000));
        Assert.False(finding.Ok);
        Assert.Contains("Log out and in", finding.Remedy);
        // "carol" is no match for "carolina".
        Assert.Contains("usermod", SerialDoctor.SerialRights(Of("carolina", 1002)).Remedy);
    }

    [Fact]
    public void Arch_calls_the_group_uucp_and_root_needs_none()
    {
        _system.Put("etc/group", "root:x:0:\nuucp:x:986:\n");
        Assert.True(SerialDoctor.SerialRights(Of("alice", 986)).Ok);
        Assert.Contains("-aG uucp alice", SerialDoctor.SerialRights(Of("alice", 1000)).Remedy);
        Assert.True(SerialDoctor.SerialRights(Of("root") with { IsRoot = true }).Ok);
    }

    [Fact]
    public void Without_sysfs_no_group_is_asked_for()
    {
        Directory.Delete(_system.At("sys"), recursive: true);
        Assert.True(SerialDoctor.SerialRights(Of("bob")).Ok);
    }

    [Fact]
    public void A_slow_latency_timer_is_found_with_the_udev_rule()
    {
        _system.PlugAdapter(0, 1, "0403", "6001", "A1", "usb-a1", latencyMs: 1);
        Assert.True(SerialDoctor.LatencyTimers(PortFinder.Find(_system.Root)).Ok);
        _system.PlugAdapter(1, 2, "0403", "6001", "A2", "usb-a2", latencyMs: 16);
        Finding finding = SerialDoctor.LatencyTimers(PortFinder.Find(_system.Root));
        Assert.False(finding.Ok);
        Assert.Contains("16 ms on " + _system.At("dev/ttyUSB1"), finding.What);
        Assert.DoesNotContain("ttyUSB0", finding.What);
        Assert.Contains("ATTR{latency_timer}=\"1\"", finding.Remedy);
    }

    [Fact]
    public void A_port_without_a_lasting_name_is_found()
    {
        Assert.True(SerialDoctor.LastingNames(PortFinder.Find(_system.Root)).Ok);
        _system.PlugAdapter(0, 1, "10c4", "ea60", "1", "usb-one");
        Assert.True(SerialDoctor.LastingNames(PortFinder.Find(_system.Root)).Ok);
        _system.PlugAdapter(1, 2, "1a86", "7523", "", "");
        Finding finding = SerialDoctor.LastingNames(PortFinder.Find(_system.Root));
        Assert.False(finding.Ok);
        Assert.Contains("ttyUSB1", finding.What);
    }

    [Fact]
    public void ModemManager_is_found_among_the_processes()
    {
        _system.Put("proc/1/comm", "systemd\n");
        _system.Put("proc/self/comm", "ModemManager\n"); // not a process number
        Assert.True(SerialDoctor.ModemManager(Of("alice")).Ok);
        _system.Put("proc/612/comm", "ModemManager\n");
        Assert.Contains("systemctl disable", SerialDoctor.ModemManager(Of("alice")).Remedy);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Programs_are_looked_for_on_the_path_and_must_be_executable()
    {
        Machine machine = Of("alice") with { SearchPath = $"{_system.At("none")}{Path.PathSeparator}{_system.At("bin")}" };
        Finding Look() => SerialDoctor.Program(machine, "chromium", "draws", "sudo apt install chromium", "chromium", "chromium-browser");
        Assert.Equal((false, "sudo apt install chromium"), (Look().Ok, Look().Remedy));
        _system.Put("bin/chromium-browser", "#!/bin/sh\n");
        Assert.False(Look().Ok);
        File.SetUnixFileMode(_system.At("bin/chromium-browser"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.True(Look().Ok);
        Assert.Contains(_system.At("bin/chromium-browser"), Look().What);
    }

    [Fact]
    public void Every_trouble_has_a_remedy_and_every_good_finding_none()
    {
        _system.PlugAdapter(1, 2, "0403", "6001", "", "", latencyMs: 16);
        _system.PlugUsb(3, "1a86", "7523");
        _system.Put("proc/612/comm", "ModemManager\n");
        _system.Link("proc/612/fd/7", _system.At("dev/ttyUSB1"));
        _system.Put("proc/613/comm", "brltty\n");
        IReadOnlyList<Finding> findings = SerialDoctor.Examine(Of("bob"));
        Assert.Equal(9, findings.Count);

        // This process may open the file that stands for a port, whatever the group says.
        Assert.Equal("rights of ports", Assert.Single(findings, f => f.Ok).Name);
        Assert.All(findings.Where(f => !f.Ok), f => Assert.NotEmpty(f.Remedy));

        // Only missing rights and a missing port keep boards from being used at all.
        Assert.Equal(["serial rights", "adapters"], findings.Where(f => f.Level == FindingLevel.Trouble).Select(f => f.Name));
        Assert.All(SerialDoctor.Examine(Machine.Current()), f => Assert.Equal(f.Ok, f.Remedy.Length == 0));
    }
}
