using System.Diagnostics;
using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Tests.Serial;

[Collection(PseudoTerminals.Name)]
[Trait("Ports", "Real")]
public sealed class TermiosSerialPortTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-port").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PortException Refused(string path) =>
        Assert.Throws<PortException>(() => TermiosSerialPort.Open(path, 115200));

    [Fact]
    public void A_port_that_is_not_there_is_named_with_a_remedy()
    {
        string path = Path.Combine(_folder, "ttyUSB7");
        PortException refused = Refused(path);
        Assert.Equal(PortProblem.Missing, refused.Problem);
        Assert.StartsWith(path, refused.Message);
        Assert.Contains("ganglion ports", refused.Message);
    }

    [Fact]
    public void A_folder_a_file_and_another_device_are_not_serial_ports()
    {
        string file = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(file, "keep me");
        foreach (string path in new[] { _folder, file, "/dev/null" })
        {
            Assert.Equal(PortProblem.NotASerialPort, Refused(path).Problem);
        }

        Assert.Equal("keep me", File.ReadAllText(file));
    }

    [Fact]
    public void A_port_in_use_is_refused_and_its_holder_named()
    {
        using var board = new PseudoTerminal();
        using (TermiosSerialPort.Open(board.SlavePath, 115200))
        {
            PortException refused = Refused(board.SlavePath);
            Assert.Equal(PortProblem.Busy, refused.Problem);
            if (OperatingSystem.IsLinux())
            {
                Assert.Contains($"(process {Environment.ProcessId})", refused.Message);
            }
        }
        // Free again once closed.
        TermiosSerialPort.Open(board.SlavePath, 115200).Dispose();
    }

    [Fact]
    public void A_link_to_a_port_opens_and_counts_as_the_same_port()
    {
        using var board = new PseudoTerminal();
        string link = Path.Combine(_folder, "usb-board");
        File.CreateSymbolicLink(link, board.SlavePath);
        using var host = TermiosSerialPort.Open(link, 115200);
        Assert.Equal(link, host.Name);
        Assert.Equal(PortProblem.Busy, Refused(board.SlavePath).Problem);
    }

    [Theory]
    [InlineData(PortProblem.NotPermitted, 13, "dialout")] // EACCES
    [InlineData(PortProblem.Busy, 16, "in use")] // EBUSY
    [InlineData(PortProblem.Missing, 6, "no such device")] // ENXIO
    [InlineData(PortProblem.NotASerialPort, 21, "not a serial port")] // EISDIR
    [InlineData(PortProblem.Failed, 24, "errno 24")] // EMFILE
    public void Each_errno_of_opening_has_its_words(PortProblem problem, int errno, string words)
    {
        PortException error = PortErrors.OnOpen(Path.Combine(_folder, "ttyUSB0"), errno);
        Assert.Equal(problem, error.Problem);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void The_kernel_holds_the_modes_that_were_asked_for()
    {
        using var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, 921600);
        // stty is part of coreutils, and reads them by another route than ours.
        string settings = Stty(board.SlavePath);
        foreach (string word in new[] { "cs8", "-parenb", "-cstopb", "-hupcl", "clocal", "-crtscts", "-ixon", "-ixoff", "-icrnl", "-opost",
            "-isig", "-icanon", "-echo", "min = 1", "time = 0" })
        {
            Assert.Contains(word, settings);
        }
    }

    [Theory]
    [InlineData(115200)]
    [InlineData(921600)]
    [InlineData(250000)]
    [InlineData(1234567)]
    public void The_kernel_takes_any_rate_as_a_number(int baud)
    {
        using var board = new PseudoTerminal();
        int fd = Libc.open(board.SlavePath, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking);
        using var device = new TerminalDevice(fd);
        Assert.Equal(baud, RawMode.Apply(device, baud));
    }

    [Fact]
    public void A_closed_port_says_so()
    {
        using var board = new PseudoTerminal();
        var host = TermiosSerialPort.Open(board.SlavePath, 115200);
        host.Dispose();
        host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => host.Read(new byte[4]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-9600)]
    public void A_baud_rate_is_above_zero(int baud) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TermiosSerialPort.Open("/dev/ttyUSB0", baud));

    private static string Stty(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("stty", [OperatingSystem.IsMacOS() ? "-f" : "-F", path, "-a"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
