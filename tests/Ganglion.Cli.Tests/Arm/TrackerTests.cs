using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>Boards on ports and a tracker over UDP; together in a process of their own, as with real ones, where a tracker sees the
/// arm.</summary>
public sealed class TrackerTests : IDisposable
{
    private const string Robot = "trunk10-4g";

    private readonly Scratch _scratch = new();

    [Trait("Ports", "Real")]
    [Theory]
    [InlineData("spiking")]
    [InlineData("ik")]
    public void Boards_on_ports_reach_by_a_trackers_poses(string controller)
    {
        string place = $"udp:{FreePort()}", token = _scratch.Put("token", "open sesame\n");
        using var sim = GanglionProcess.Start("sim", "--robot", Robot, "--json", "--poses", place, "--poses-token", token);
        string port = sim.ReadJson().GetProperty("boards")[0].GetProperty("port").GetString()!;
        Outcome outcome = Reach(port, "--poses", place, "--poses-token", token, "--controller", controller, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Errors + outcome.Output);
        Assert.True(outcome.Json.GetProperty("measured").GetBoolean());
        Assert.InRange(outcome.Json.GetProperty("tipErrorMm").GetDouble(), 0, 1);
        Assert.Equal("idle", State(port));
    }

    [Trait("Ports", "Real")]
    [Fact]
    public void Without_a_tracker_the_servos_are_trusted_and_that_is_said()
    {
        using var boards = new LiveBoards(Robot);
        string port = boards.Port;
        Outcome outcome = Reach(port, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Contains("the servos are trusted", outcome.Errors);
        Assert.False(outcome.Json.GetProperty("measured").GetBoolean());
        Assert.InRange(outcome.Json.GetProperty("modelErrorMm").GetDouble(), 0, 0.01);
        outcome = Reach(port);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        string told = outcome.Output;
        Assert.StartsWith("at rest after ", told);
        Assert.DoesNotContain("there after", told);
        Assert.Contains("nothing measures the tip", told);
        foreach (string controller in (string[])["spiking", "paper"])
        {
            told = InProcess.RunLive(port, [.. To(port), "--controller", controller]).Refused(1);
            Assert.Contains("connect a tracker (--poses udp:PORT)", told);
        }
    }

    [Trait("Ports", "Real")]
    [Fact]
    public void A_tracker_that_says_nothing_is_found_out_before_anything_is_switched_on()
    {
        string place = $"udp:{FreePort()}";
        using var boards = new LiveBoards(Robot);
        string port = boards.Port;
        string told = InProcess.RunLive(port, [.. To(port), "--poses", place]).Refused(1);
        Assert.Contains($"udp:127.0.0.1:{place[4..]}: no usable pose", told);
        Assert.Contains("Check that the tracker runs", told);
        Assert.Equal("idle", State(port));
    }

    /// <summary>Metres where millimetres are meant: within reach of any arm, and nowhere near its tip.</summary>
    [Trait("Ports", "Real")]
    [Fact]
    public void A_tracker_in_metres_is_found_out_at_park()
    {
        int udp = FreePort();
        using var boards = new LiveBoards(Robot);
        string port = boards.Port;
        using var tracker = new Repeater(udp, """{"position_mm":[0,0,0.49],"quaternion":[1,0,0,0]}""");
        string told = Reach(port, "--poses", $"udp:{udp}").Refused(1);
        Assert.Contains("parked, its tip should be near (0, 0, ", told);
        Assert.Contains("millimetres", told);
        Assert.Equal("idle", State(port));
    }

    [Trait("Ports", "Real")]
    [Fact]
    public void Positions_alone_do_not_do_for_what_needs_orientations()
    {
        int udp = FreePort();
        using var boards = new LiveBoards(Robot);
        string port = boards.Port;
        using var tracker = new Repeater(udp, """{"position_mm":[0,0,490]}""");
        foreach (string[] needy in (string[][])[["--controller", "paper"], ["--controller", "ik", "0.7071", "0", "0", "0.7071"]])
        {
            Assert.Contains("positions without quaternions", InProcess.RunLive(port, ["reach", "0", "0", "500", "--port", port,
                "--poses", $"udp:{udp}", .. needy]).Refused(1));
        }
    }

    [Theory]
    [InlineData("virtual boards measure themselves", "run", "--poses", "udp:9000")]
    [InlineData("give a token", "run", "--port", "x", "--poses", "udp:0.0.0.0:9000")]
    [InlineData("no place for poses", "reach", "1", "2", "3", "--port", "x", "--poses", "9000")]
    [InlineData("--poses-token belongs to --poses", "run", "--port", "x", "--poses-token", "file")]
    [InlineData("no tip to track", "sim", "--robot", "rig12", "--poses", "udp:9000")]
    public void Misuse_is_told(string told, params string[] arguments) => Assert.Contains(told, InProcess.Run(arguments).Refused(2));

    public void Dispose() => _scratch.Dispose();

    private static Outcome Reach(string port, params string[] options) =>
        GanglionProcess.RunLive(port, [.. To(port), .. options]);

    private static string[] To(string port) => ["reach", "120", "-60", "480", "--robot", Robot, "--port", port];

    private static string State(string port) =>
        InProcess.RunLive(port, "info", "--port", port, "--json").Json.GetProperty("boards")[0].GetProperty("state").GetString()!;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A tracker that sees the same again and again.</summary>
    private sealed class Repeater : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Timer _timer;

        public Repeater(int port, string datagram)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(datagram);
            var target = new IPEndPoint(IPAddress.Loopback, port);
            _timer = new Timer(_ => _socket.SendTo(bytes, target), null, 0, 20);
        }

        public void Dispose()
        {
            using var stopped = new ManualResetEvent(false);
            _timer.Dispose(stopped);
            stopped.WaitOne();
            _socket.Dispose();
        }
    }
}
