using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Tests;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Link;

namespace Ganglion.Sim.Tests;

/// <summary>An arm whose host is not told of a wall: its distance sensor stops it before it touches, by the distances of the simulated body
/// at every moment.</summary>
public class UnseenTests
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("trunk10-4g-eye");

    /// <summary>A wall across, a large ball, and a wall at a slant. What the sensor's ray passes by, such as a small ball beside the
    /// tool, it does not see.</summary>
    private static SceneDescription Hidden(int which) => new("unseen", 5e-3, 0,
    [
        which == 0 ? new BoxObstacle("wall", new Vec3(0.33, 0, 0.4), new Vec3(0.02, 0.6, 0.8), 0) { IsHidden = true }
            : which == 1 ? new SphereObstacle("ball", new Vec3(0.52, 0, 0.25), 0.2) { IsHidden = true }
            : new BoxObstacle("slant", new Vec3(0.34, 0, 0.4), new Vec3(0.02, 0.6, 0.8), 0.4) { IsHidden = true },
    ]);

    /// <summary>Wherever between two of the sensor's rangings, 33 ms apart, the arm begins.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 11)]
    [InlineData(1, 11)]
    [InlineData(1, 22)]
    [InlineData(2, 22)]
    public void It_stops_before_it_touches_what_it_was_not_told_of(int which, int waitMs)
    {
        (double least, BoardException? stopped) = Reach(Hidden(which), Robot, 320e-3, 280e-3, waitMs);
        Assert.NotNull(stopped);
        Assert.Equal(Reason.TooNear, stopped.Reason);
        Assert.True(least > 0.01, $"{1000 * least:0.0} mm");
        string distance = (stopped.Detail & 0x7FFF).ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"something is {distance} mm from the distance sensor chip 3 'eye'", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("stops it at 200 mm", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("Disarm and arm again", stopped.Message, StringComparison.Ordinal);
    }

    /// <summary>Without a stop the same reach goes into the wall: the oracle of the test above.</summary>
    [Fact]
    public void Without_its_stop_the_same_arm_touches()
    {
        RobotDescription blind = Robot with
        {
            Boards = [Robot.Boards[0] with
            {
                Chips = [.. Robot.Boards[0].Chips.Select(chip => chip is Robots.Boards.Vl53l0x eye ? eye with { Stop = null } : chip)],
            }],
        };
        (double least, BoardException? stopped) = Reach(Hidden(0), blind, 320e-3, 280e-3);
        Assert.Null(stopped);
        Assert.True(least < 0, $"{1000 * least:0.0} mm");
    }

    [Fact]
    public void In_the_open_it_reaches()
    {
        (double least, BoardException? stopped) = Reach(SceneDescription.Bare, Robot, 250e-3, 330e-3);
        Assert.Null(stopped);
        Assert.True(least > 0);
    }

    /// <returns>The least distance of the body from anything, m, and why a board stopped; null: none did.</returns>
    private static (double Least, BoardException? Stopped) Reach(SceneDescription scene, RobotDescription robot, double x, double z,
        int waitMs = 0)
    {
        using var body = VirtualArm.InVirtualTime(robot, 11, scene: scene);
        using var session = new ArmSession(robot, body.Ports, body.Clock, new Random(11));
        session.Open();
        KeptClearance kept = ArmSession.ClearanceOf(robot, scene);
        session.KeepClear(kept);
        var watch = new BodyWatch(body, new BodyClearance(TrunkArm.FromDescription(robot), scene with { Table = null }));
        var controller = new LeastSquaresController(session.Arm, 1, orientation: false, kept);
        ReachRun.Warm(session, controller);
        session.Boards.PollUntil(body.Clock.NowNanoseconds + waitMs * 1_000_000L);
        session.ArmOutputs(body);
        var loop = new ReachLoop(session, controller, body);
        loop.GoTo(new Pose(new Vec3(x, 0, z), Quat.Identity));
        BoardException? stopped = null;
        try
        {
            while (loop.Step() == null)
            {
            }
        }
        catch (BoardException why)
        {
            stopped = why;
        }

        // What has been told before stops too: nothing moves on.
        long end = body.Clock.NowNanoseconds + 500_000_000;
        session.Boards.PollUntil(end);
        return (watch.Least + scene.Clearance, stopped);
    }
}
