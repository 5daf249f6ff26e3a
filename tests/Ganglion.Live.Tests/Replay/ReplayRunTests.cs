using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Replay;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Replay;

/// <summary>A reach with a grip, recorded once in virtual time, is done again at several speeds.</summary>
public sealed class ReplayRunTests : IDisposable
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("trunk6-3g-gripper");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-replay-");

    /// <summary>A count of the gripper's pulse, as a share of its way; a setpoint's rounding is finer.</summary>
    private const double Count = 4.883 / 1334;

    /// <summary>No output is ever asked for more than its share of the slew bound, whatever was asked for; up to the recorded speed the
    /// law is the recording's own, stretched, and two ramps of 60 ms longer.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(1.6)]
    [InlineData(8)]
    public void No_output_passes_its_slew_bound(double factor)
    {
        StrokeRecording recording = Record(out _);
        var law = new ReplayLaw(recording, Robot, factor);
        double[] before = new double[18], now = new double[18];
        double fastest = 0, gripBefore = 0;
        for (double time = 0; time < law.Seconds; time += 0.02)
        {
            (int at, double share) = law.At(time);
            int next = Math.Min(at + 1, recording.Count - 1);
            for (int i = 0; i < 18; i++)
            {
                now[i] = recording.StrokesOf(at)[i] + share * (recording.StrokesOf(next)[i] - recording.StrokesOf(at)[i]);
                fastest = Math.Max(fastest, time == 0 ? 0 : Math.Abs(now[i] - before[i]) / 0.02 / 2.7);
            }

            double grip = recording.GripOf(at) + share * (recording.GripOf(next) - recording.GripOf(at));
            fastest = Math.Max(fastest, time == 0 ? 0 : Math.Abs(grip - gripBefore) / 0.02 / 2);
            (before, now, gripBefore) = (now, before, grip);
        }

        Assert.InRange(fastest, Math.Min(0.8, 0.8 * factor), ReplayLaw.Share + 1e-3);
        Assert.Equal(factor > 1, law.IsSlowed);
        if (factor <= 1)
        {
            Assert.InRange(law.Seconds - recording.Seconds / factor, 0, 0.12 / factor);
        }
        else
        {
            Assert.InRange(law.MeanRate, 1, factor);
        }
    }

    /// <summary>On the body: the same way, gripper and all, half and twice as fast; it ends parked and disarmed.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void The_body_does_it_again(double factor)
    {
        StrokeRecording recording = Record(out string path);
        var law = new ReplayLaw(recording, Robot, factor);
        var tips = RecordedTips.Read(path, Robot, recording);
        using var arm = VirtualArm.InVirtualTime(Robot, 2);
        using var session = new ArmSession(Robot, arm.Ports, arm.Clock, new Random(2));
        session.Open();
        double grip = 0, played = 0;
        ReplayResult result = session.Steer(() => new ReplayRun(session, arm, recording, law, tips).Execute(share =>
        {
            Assert.InRange(share, played, 1);
            (played, grip) = (share, Math.Max(grip, arm.Grip));
        }, default));
        Assert.True(tips.Count > 50 && result.Finished);
        Assert.Equal(law.Seconds, result.Seconds, 0.03);

        // At rest to a count; under way a tick falls elsewhere than it did: 20 ms at up to 1.5 m/s.
        Assert.InRange(result.Apart.Median, 0, 0.2e-3);
        Assert.InRange(result.Apart.Max, 0, 30e-3);
        Assert.Equal(0.8, grip, Count);
        Assert.InRange(arm.Grip, 0, Count);
        Assert.False(session.Boards.Boards[0].IsArmed);
    }

    /// <summary>Ended in the middle it comes to rest, parks and disarms.</summary>
    [Fact]
    public void Ended_early_it_parks()
    {
        StrokeRecording recording = Record(out string path);
        using var arm = VirtualArm.InVirtualTime(Robot, 3);
        using var session = new ArmSession(Robot, arm.Ports, arm.Clock, new Random(3));
        using var end = new CancellationTokenSource();
        session.Open();
        ReplayResult result = session.Steer(() => new ReplayRun(session, arm, recording, new ReplayLaw(recording, Robot, 1),
            RecordedTips.Read(path, Robot, recording)).Execute(share =>
        {
            if (share is > 0.2 and < 1)
            {
                end.Cancel();
            }
        }, end.Token));
        Assert.False(result.Finished);
        Assert.InRange(result.Seconds, 0.4, 1.2);
        Assert.All(arm.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 3e-3));
        Assert.False(session.Boards.Boards[0].IsArmed);
    }

    /// <summary>Of 18 gears and no gripper it does not tell what this arm needs.</summary>
    [Fact]
    public void A_log_of_another_arm_is_refused()
    {
        Record(out string path);
        Assert.Contains("it does not tell the strokes of all gears of trunk10-4g", Assert.Throws<InvalidDataException>(
            () => StrokeRecording.Read(path, ShippedFiles.Robot("trunk10-4g"))).Message);
    }

    /// <summary>A ball where the tip was recorded: refused before anything moves. The ball so far beside the way that the arm passes: done,
    /// and the body never came nearer than is kept.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(0.4, false)]
    public void What_is_in_the_way_now_is_minded(double beside, bool isRefused)
    {
        StrokeRecording recording = Record(out string path);
        using var arm = VirtualArm.InVirtualTime(Robot, 4);
        using var session = new ArmSession(Robot, arm.Ports, arm.Clock, new Random(4));
        session.Open();
        Vec3 tip = session.Arm.ForwardFromStrokes(recording.StrokesOf(recording.Count / 2), []).Position;
        var scene = new SceneDescription("ball", 10e-3, 0, [new SphereObstacle("ball", tip + new Vec3(beside, 0, 0), 0.03)]);
        session.KeepClear(ArmSession.ClearanceOf(Robot, scene));
        var watch = new BodyWatch(arm, session.Kept!.NewBody());
        double[] before = arm.Robot.Trunk!.Strokes.ToArray();
        ReplayResult Replay() => session.Steer(() => new ReplayRun(session, arm, recording, new ReplayLaw(recording, Robot, 1),
            RecordedTips.Read(path, Robot, recording)).Execute(_ => { }, default));
        if (isRefused)
        {
            Assert.Contains("the ball would be nearer to each other than 10 mm. Nothing was moved",
                Assert.Throws<IOException>(Replay).Message);
            Assert.Equal(before, arm.Robot.Trunk!.Strokes.ToArray());
        }
        else
        {
            Assert.True(Replay().Finished);
            Assert.InRange(watch.Least, 0, 0.25);
        }

        Assert.False(session.Boards.Boards[0].IsArmed);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private StrokeRecording Record(out string path)
    {
        path = Path.Combine(_folder.FullName, "reach.mcap");
        using (var log = McapWriter.Create(path))
        using (var arm = VirtualArm.InVirtualTime(Robot, 1))
        {
            var frames = new SessionRecorder(log, arm.Clock, DateTimeOffset.UnixEpoch, Robot);
            using var session = new ArmSession(Robot, arm.Ports, arm.Clock, new Random(1), frames);
            session.Open();
            session.ArmOutputs(arm);
            var poses = new PoseRecorder(frames.Log, session);
            var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm);
            loop.GoTo(new Pose(new Vec3(0.1, 0.05, 0.9), Quat.Identity));
            bool there = false;
            while (!there || !session.Gripper!.IsAtGoal)
            {
                there |= loop.Step() != null;
                session.Gripper!.MoveTo(there ? 0.8 : 0);
                poses.Note(arm.Posture(), null);
            }

            loop.ParkAndDisarm(() => poses.Note(arm.Posture(), null));
        }

        return StrokeRecording.Read(path, Robot);
    }
}
