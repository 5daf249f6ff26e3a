using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Paths;
using Ganglion.Shared.Safety;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Reaching;

public class TrackRunTests
{
    /// <summary>A circle of 50 mm in 6 s, in 60 lines.</summary>
    private static readonly PosePath Circle = new([.. Enumerable.Range(0, 61).Select(i => new PathPoint(
        i + 2, 0.1 * i, new Pose(new Vec3(0.05 * Math.Cos(i * Math.PI / 30), 0.05 * Math.Sin(i * Math.PI / 30), 0.49), Quat.Identity)))],
            hasOrientation: false);

    /// <summary>The tip goes 52 mm/s, and where a board's tick lies between two frames is as it comes: half a tick is 0.52 mm.</summary>
    private const double HalfTick = 0.5e-3;

    private static TrackResult Track(VirtualArm arm, PosePath path, Func<ArmSession, IArmController> controller, Func<IPoseSource,
        IPoseSource?> poses)
    {
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        return session.Steer(() => TrackRun.Execute(session, controller(session), poses(arm), path, _ => { }, default));
    }

    [Fact]
    public void The_exact_controller_stays_on_a_circle()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        TrackResult result = Track(arm, Circle, session => new LeastSquaresController(session.Arm, 1, orientation: false), poses => poses);
        Assert.True(result.Finished);
        Assert.InRange(result.Samples, 299, 301);
        Assert.InRange(result.Error.Median, 0, HalfTick);
        Assert.InRange(result.Error.Max, result.Error.P95, 1.5e-3);
        Assert.InRange(result.CrossError.Max, 0, result.Error.Max);
        Assert.InRange(result.Lag, -0.02, 0.02);
        Assert.All(arm.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
    }

    /// <summary>Chips whose pulse periods began within a tick's bursts moved some joints a period before the others: on seeds whose ticks
    /// lay so, the median was 0.3 mm.</summary>
    [Theory]
    [InlineData(70011)]
    [InlineData(70012)]
    [InlineData(70013)]
    public void All_chips_follow_in_the_same_period_wherever_ticks_lie(int seed)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), seed);
        TrackResult result = Track(arm, Circle, session => new LeastSquaresController(session.Arm, 1, orientation: false), poses => poses);
        Assert.InRange(result.Error.Median, 0, 0.1e-3);
    }

    /// <summary>The shipped lemniscate on the shipped model, on a seed that tuned nothing: the bars of a learned controller.</summary>
    [Fact]
    public void The_spiking_controller_follows_without_lag_or_thrashing()
    {
        PosePath path = PosePathFile.Load(ShippedFiles.PosePath("lemniscate"));
        (TrackResult spiking, TrackResult exact) = (Shipped(path, spiking: true), Shipped(path, spiking: false));
        Assert.Null(spiking.Fallback);
        Assert.InRange(spiking.Error.Median, 0, 0.35e-3);
        Assert.InRange(spiking.Lag, -3e-3, 3e-3);
        Assert.InRange(spiking.Gears.Travel, 0.1, 1.3 * exact.Gears.Travel);
        Assert.InRange(spiking.Gears.AtBound, 0, 0.01);
        Assert.InRange(spiking.Gears.Fastest, 0, TrackRun.LeastBound + 0.001);
    }

    /// <summary>The shipped square turns at full speed into directions in which the tip has not gone: the bars of a learned controller, and
    /// its own Jacobian holds. Where the tip did not go round its start first, `track square --seed 9871` was 3.5 mm off.</summary>
    [Theory]
    [InlineData(9871)]
    [InlineData(7003)]
    [InlineData(9902)]
    public void The_spiking_controller_turns_corners(int seed)
    {
        TrackResult result = Shipped(PosePathFile.Load(ShippedFiles.PosePath("square")), spiking: true, seed, need: 0.65);
        Assert.Null(result.Fallback);
        Assert.InRange(result.Error.Median, 0, 0.6e-3);
        Assert.InRange(result.Error.Max, 0, 3e-3);
    }

    private static TrackResult Shipped(PosePath path, bool spiking, int seed = 70001, double need = 0.028)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), seed);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(seed));
        session.Open();
        IArmController controller = spiking
            ? new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), seed, path.HasOrientation)
            : new LeastSquaresController(session.Arm, seed, path.HasOrientation);
        return TrackRun.Execute(session, controller, arm, path, _ => { }, default, need);
    }

    /// <summary>Nothing measures the tip: the servos are trusted, and they go where the exact geometry sends them.</summary>
    [Fact]
    public void Without_measurements_the_path_is_gone_all_the_same()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        double nearest = double.PositiveInfinity;
        arm.Robot.World.AddBody(new Watch(() =>
            nearest = Math.Min(nearest, (arm.Robot.Trunk!.Tip.Position - Circle.At(3).Position).Length)));
        TrackResult result = Track(arm, Circle, session => new LeastSquaresController(session.Arm, 1, orientation: false), _ => null);
        Assert.True(result.Finished);
        Assert.Equal(0, result.Samples);
        Assert.True(double.IsNaN(result.Error.Median));
        Assert.InRange(nearest, 0, 1e-3);
    }

    /// <summary>A tracker that is late by a known time is not the arm's lag: its stamps tell.</summary>
    [Fact]
    public void The_age_of_poses_is_taken_into_account()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        TrackResult result = Track(arm, Circle, session => new LeastSquaresController(session.Arm, 1, orientation: false), _ =>
            new LatePoses(arm, 0.08));
        Assert.InRange(result.Error.Median, 0, HalfTick);
        Assert.InRange(result.Lag, -0.02, 0.02);
    }

    /// <summary>The tracker falls silent in the middle: the arm holds, then it is parked and disarmed, and the message says what to
    /// do.</summary>
    [Theory]
    [InlineData("ik")]
    [InlineData("spiking")]
    public void A_tracker_that_falls_silent_lets_the_arm_hold_and_then_parks_it(string name)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        var far = new PosePath([.. Circle.Points.Take(20), new PathPoint(99, 60, Circle.At(2).WithHeight(0.48))], hasOrientation: false);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        IArmController controller = name == "ik"
            ? new LeastSquaresController(session.Arm, 1, orientation: false)
            : new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), 1, orientation: false);
        var poses = new SilentPoses(arm, 8);
        string told = Assert.Throws<PoseSourceException>(() => session.Steer(() => TrackRun.Execute(session, controller, poses, far, _ =>
            { }, default))).Message;
        Assert.Contains("fell silent", told);
        session.Boards.PollUntil(arm.Clock.NowNanoseconds + 300_000_000); // until the next telemetry
        Assert.All(session.Boards.Boards, board => Assert.Equal(BoardState.Idle, board.State));
        Assert.All(arm.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
    }

    /// <summary>Two seconds without a pose: the arm stands still, and goes on when they are back.</summary>
    [Fact]
    public void A_tracker_that_pauses_lets_the_arm_hold_and_go_on()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        var controller = new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), 1,
            orientation: false);
        session.ArmOutputs(arm);
        double began = arm.Clock.NowNanoseconds * 1e-9, back = began + 2;
        var loop = new ReachLoop(session, controller, new SilentPoses(arm, began, back));
        loop.GoTo(new Pose(new Vec3(0.12, -0.06, 0.48), Quat.Identity));
        double[] held = [];
        while (arm.Clock.NowNanoseconds * 1e-9 < back - 0.1)
        {
            Assert.Null(loop.Step());
            if (held.Length == 0 && arm.Clock.NowNanoseconds * 1e-9 > back - 0.8)
            {
                held = arm.Robot.Trunk!.Strokes.ToArray();
            }
        }

        Assert.Equal(held, arm.Robot.Trunk!.Strokes.ToArray());
        ReachOutcome? outcome = null;
        for (int i = 0; outcome == null && i < 1000; i++)
        {
            outcome = loop.Step();
        }

        Assert.True(outcome!.Reached, $"{1000 * outcome.TipError} mm");
    }

    /// <summary>Calls something at each step of the world.</summary>
    private sealed class Watch(Action look) : VirtualBoard.Time.IWorldBody
    {
        public void Advance(long nowNs) => look();
    }

    /// <summary>What the body did a while ago, with its time.</summary>
    private sealed class LatePoses(VirtualArm arm, double seconds) : IPoseSource
    {
        private readonly Queue<(Pose Tip, long Time)> _way = new();

        public bool MeasuresOrientation => true;

        public bool TryMeasure(out Pose tip, out long time)
        {
            arm.TryMeasure(out Pose now, out long at);
            if (_way.Count == 0 || _way.Last().Time < at)
            {
                _way.Enqueue((now, at));
            }

            while (_way.Count > 1 && _way.ElementAt(1).Time <= at - (long)(seconds * 1e9))
            {
                _way.Dequeue();
            }

            (tip, time) = _way.Peek();
            return true;
        }

        public MeasuredPosture? Posture() => TryMeasure(out Pose tip, out long time) ? new MeasuredPosture(tip, [], time) : null;
    }

    /// <summary>Measures until a time, s, is stale then, and is given up after 5 s, as a tracker over UDP; it may come back.</summary>
    private sealed class SilentPoses(VirtualArm arm, double seconds, double back = double.PositiveInfinity) : IPoseSource
    {
        public bool MeasuresOrientation => true;

        public bool TryMeasure(out Pose tip, out long time)
        {
            arm.TryMeasure(out tip, out time);
            double now = time * 1e-9, silent = now < back ? now - seconds : 0;
            return silent > 5 ? throw new PoseSourceException("the tracker fell silent") : silent < 0.25;
        }

        public MeasuredPosture? Posture() => TryMeasure(out Pose tip, out long time) ? new MeasuredPosture(tip, [], time) : null;
    }
}

file static class Poses
{
    public static Pose WithHeight(this Pose pose, double z) => pose with { Position = new Vec3(pose.Position.X, pose.Position.Y, z) };
}
