using System.Net;
using System.Net.Sockets;
using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.Tracking;

/// <summary>Real datagrams on this machine, against a clock that stands still until it is moved.</summary>
public sealed class UdpPoseSourceTests : IDisposable
{
    private const string Good = """{"position_mm":[10,20,400],"quaternion":[1,0,0,0]}""";

    private readonly HandClock _clock = new();
    private readonly Socket _sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    [Fact]
    public void The_newest_pose_counts_until_it_is_stale()
    {
        using UdpPoseSource source = Open(null, out PoseEndpoint endpoint);
        Assert.False(source.TryMeasure(out _, out long none));
        Assert.Equal(0, none);
        Send(source, endpoint, Good);
        Assert.True(source.TryMeasure(out Pose tip, out long time));
        Assert.Equal(new Vec3(0.01, 0.02, 0.4), tip.Position);
        Assert.Equal(_clock.NowNanoseconds, time);
        Assert.True(source.MeasuresOrientation);
        Assert.Empty(source.Posture()!.Modules);

        _clock.Forward(0.25);
        Assert.True(source.TryMeasure(out _, out _));
        _clock.Forward(0.001);
        Assert.False(source.TryMeasure(out _, out _));
        Assert.Null(source.Posture());
        Send(source, endpoint, """{"position_mm":[12,20,400],"quaternion":[1,0,0,0]}""");
        Assert.True(source.TryMeasure(out tip, out _));
        Assert.Equal(0.012, tip.Position.X);
    }

    [Fact]
    public void Refused_datagrams_are_counted_move_nothing_and_are_no_sign_of_life()
    {
        using UdpPoseSource source = Open(null, out PoseEndpoint endpoint);
        Send(source, endpoint, Good);
        _clock.Forward(0.2);
        Send(source, endpoint, "garbage");
        Send(source, endpoint, """{"position_mm":[NaN,20,400]}""");
        Send(source, endpoint, """{"position_mm":[10,20,400000],"quaternion":[1,0,0,0]}""");
        Send(source, endpoint, new string(' ', TrackerMessage.MaxBytes + 1));
        _clock.Forward(0.1);
        Assert.False(source.TryMeasure(out _, out _));
        TrackerStatistics statistics = source.GetStatistics();
        Assert.Equal(1, statistics.Accepted);
        Assert.Equal((2, 1, 1), (statistics.Refused[TrackerRefusal.Malformed], statistics.Refused[TrackerRefusal.NotFinite],
            statistics.Refused[TrackerRefusal.ForeignFrame]));

        _clock.Forward(5);
        string told = Assert.Throws<PoseSourceException>(() => source.TryMeasure(out _, out _)).Message;
        Assert.Contains(endpoint.ToString(), told);
        Assert.Contains("fell silent", told);
        Assert.Contains("4 datagrams were refused (2 malformed, 1 not finite, 1 in a foreign frame)", told);
        Assert.Contains("longer than", told);
    }

    [Fact]
    public void Without_any_pose_waiting_ends()
    {
        using UdpPoseSource source = Open(null, out _);
        _clock.Forward(5.1);
        Assert.Contains("Check that the tracker runs", Assert.Throws<PoseSourceException>(() => source.WaitForPose(default)).Message);
    }

    [Fact]
    public void Without_the_token_nothing_is_taken()
    {
        using UdpPoseSource source = Open("open sesame", out PoseEndpoint endpoint);
        Send(source, endpoint, Good);
        Assert.Equal((0, 1), (source.GetStatistics().Accepted, source.GetStatistics().Refused[TrackerRefusal.WrongToken]));
        Send(source, endpoint, Good.Replace("{", "{\"token\":\"open sesame\",", StringComparison.Ordinal));
        Assert.Equal(1, source.GetStatistics().Accepted);
    }

    [Fact]
    public void A_port_that_is_taken_is_told()
    {
        using UdpPoseSource source = Open(null, out PoseEndpoint endpoint);
        RobotDescription robot = ShippedFiles.Robot("trunk10-4g");
        string told = Assert.Throws<PoseSourceException>(() => Source(endpoint, robot)).Message;
        Assert.Contains($"{endpoint}: the port cannot be opened", told);
    }

    /// <summary>What the simulated tracker sends is what the body does, to the rounding of its numbers, and its stamps are the world's
    /// time.</summary>
    [Fact]
    public void A_simulated_tracker_sends_the_true_poses()
    {
        RobotDescription description = ShippedFiles.Robot("trunk25-4g");
        var endpoint = PoseEndpoint.Parse($"udp:{FreePort()}", "open sesame");
        using UdpPoseSource source = Source(endpoint, description);
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded);
        using var publisher = new PosePublisher(robot.Trunk!, endpoint);
        robot.World.AddBody(publisher);
        for (int sent = 1; sent <= 50; sent++)
        {
            robot.World.WaitUntil(robot.World.NowNanoseconds + 10_000_000);
            Await(source, sent);
        }

        MeasuredPosture posture = source.Posture()!;
        Assert.Equal(0, (posture.Tip.Position - robot.Trunk!.Tip.Position).Length, 1e-6);
        Assert.Equal(0, Quat.Angle(posture.Tip.Orientation, robot.Trunk.Tip.Orientation), 1e-5);
        Assert.Equal(25, posture.Modules.Length);
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(0, (posture.Modules[i].Position - robot.Trunk.Modules[i].Position).Length, 1e-6);
        }
    }

    public void Dispose() => _sender.Dispose();

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private UdpPoseSource Open(string? token, out PoseEndpoint endpoint)
    {
        endpoint = PoseEndpoint.Parse($"udp:{FreePort()}", token);
        return Source(endpoint, ShippedFiles.Robot("trunk10-4g"));
    }

    private UdpPoseSource Source(PoseEndpoint endpoint, RobotDescription robot)
    {
        var arm = Ganglion.Robots.Trunk.TrunkArm.FromDescription(robot);
        return new UdpPoseSource(endpoint, arm, [.. robot.TrunkArm!.Gears.Select(gear => robot.Channels[gear.Channel].Slew)], _clock);
    }

    /// <summary>Sends, and waits until it was dealt with.</summary>
    private void Send(UdpPoseSource source, PoseEndpoint endpoint, string text)
    {
        long before = Seen(source);
        _sender.SendTo(Encoding.UTF8.GetBytes(text), endpoint.Address);
        Await(source, before + 1);
    }

    private static void Await(UdpPoseSource source, long seen) =>
        Assert.True(SpinWait.SpinUntil(() => Seen(source) >= seen, TimeSpan.FromSeconds(60)), $"{Seen(source)} of {seen} datagrams came");

    private static long Seen(UdpPoseSource source)
    {
        TrackerStatistics statistics = source.GetStatistics();
        return statistics.Accepted + statistics.Refused.Values.Sum();
    }

    private sealed class HandClock : IClock
    {
        private long _now = 1_000_000_000;

        public long NowNanoseconds => Volatile.Read(ref _now);

        public void Forward(double seconds) => Volatile.Write(ref _now, _now + (long)(seconds * 1e9));

        public void WaitUntil(long nanoseconds) => throw new NotSupportedException("nobody waits on this clock");
    }
}
