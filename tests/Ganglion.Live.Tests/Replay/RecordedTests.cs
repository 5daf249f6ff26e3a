using System.Text;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Gait.Trials;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Replay;
using Ganglion.Live.Tests.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;
using Ganglion.Sim;
using Ganglion.Sim.Walking;

namespace Ganglion.Live.Tests.Replay;

/// <summary>What a log was made of is what is seen of it: an arm and a walker, against their simulated bodies.</summary>
public sealed class RecordedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-live-");
    private readonly HandClock _clock = new();

    [Fact]
    public void An_arm_is_seen_where_it_was()
    {
        RobotDescription robot = ShippedFiles.Robot("trunk6-3g");
        var moments = new List<(long Time, Pose Tip, double[] Strokes, Pose? Target)>();
        string path = Path.Combine(_folder.FullName, "run.mcap");
        using (var log = McapWriter.Create(path))
        using (var arm = VirtualArm.InVirtualTime(robot, 1))
        {
            log.AddMetadata("run", [new("robot", robot.Name), new("robot_sha256", robot.FileHash)]);
            var frames = new SessionRecorder(log, arm.Clock, DateTimeOffset.UnixEpoch, robot);
            using var session = new ArmSession(robot, arm.Ports, arm.Clock, new Random(1), frames);
            session.Open();
            PoseRecorder? poses = null;
            var controller = new LeastSquaresController(session.Arm, 1, orientation: false);
            var viewer = new ArmViewer(session, controller, arm);
            ReachRun.Execute(session, controller, arm, new ReachRunOptions(4, int.MaxValue, 1), _ =>
            {
                (poses ??= new PoseRecorder(frames.Log, session)).Note(arm.Posture(), viewer.Target);
                moments.Add((frames.Log.Epoch + arm.Clock.NowNanoseconds, arm.Robot.Trunk!.Tip, [.. arm.Robot.Trunk.Strokes],
                    viewer.Target));
            }, default, viewer);
        }

        Assert.Equal((robot.Name, robot.FileHash), RecordedLog.RobotOf(path));
        var recorded = RecordedArm.Read(path, robot, _clock);
        ArmView view = recorded.Views.Make();
        long last = 0;
        Assert.False(recorded.Line.Now.Plays);
        recorded.Views.TryRead(view, ref last);
        Assert.True(recorded.Line.Now.Plays);
        recorded.Line.Pause();
        foreach ((long time, Pose tip, double[] strokes, Pose? target) in moments)
        {
            recorded.Line.Seek((time - recorded.Log.Start + 1_000) * 1e-9);
            Assert.True(recorded.Views.TryRead(view, ref last));
            Assert.True(view.HasMeasured);
            Assert.InRange((view.Measured.Position - tip.Position).Length, 0, 1e-6);
            Assert.Equal(target != null, view.HasTarget);
            Assert.InRange((view.Target.Position - (target ?? default).Position).Length, 0, 1e-6);

            // Told 60 ms ahead, at most 2.6 travels a second.
            Assert.All(strokes.Zip(view.Strokes.ToArray()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.3));
        }

        Assert.True(moments.Count > 60);
        Assert.True(moments.Select(moment => moment.Target).Distinct().Count() > 2);
        Assert.True((moments[0].Tip.Position - moments[^1].Tip.Position).Length > 0.01);
        Assert.Equal(BoardState.Running, view.Boards[0].State);
        Assert.InRange(view.Boards[0].Rate, 49, 51);
        Assert.Contains(recorded.Log.Events.Events, what => what.Words.Contains("armed", StringComparison.Ordinal));
        recorded.Line.Seek(recorded.Line.Seconds);
        recorded.Views.TryRead(view, ref last);
        Assert.Equal(0, view.Speed, 1e-4);

        // Before it was armed and after it was disarmed the outputs are off, and nothing is being connected.
        recorded.Line.Seek(0);
        recorded.Views.TryRead(view, ref last);
        Assert.Equal("Its outputs are off.", view.Words);
    }

    [Fact]
    public void A_walk_in_physics_is_seen_where_it_was_and_by_what_it_was_carried()
    {
        TrialPlan plan = Plan("ramp-5", 8);
        var poses = new List<WalkerPose>();
        var samples = new List<WalkSample>();
        string path = Path.Combine(_folder.FullName, "walk.mcap");
        long released;
        using (var log = new BoardTrialLog(path, plan.Robot, plan.Terrain, [new("robot", plan.Robot.Name), new("robot_sha256", "")]))
        using (BoardTrial run = plan.Prepare(plan.Trial.Conditions[0], 1, log.Observe))
        {
            run.Run(samples, poses);
            log.Add(poses, samples, released = run.ReleasedNs);
        }

        var recorded = RecordedMotion.Read(path, plan.Robot, _clock);
        Assert.Equal(plan.Terrain.Name, recorded.Ground.Name);
        Assert.Equal(plan.Terrain.Stretches.Select(one => (one.Length, one.Slope, one.Rise)), recorded.Ground.Stretches);
        OwnMotionView view = recorded.Views.Make();
        long last = 0;
        foreach ((WalkerPose pose, WalkSample sample) in poses.Zip(samples).Where((_, i) => i % 25 == 0))
        {
            recorded.Line.Seek((released - recorded.Log.Start) * 1e-9 + pose.Time + 1e-6);
            Assert.True(recorded.Views.TryRead(view, ref last));
            Assert.True(view.Body is { HasPose: true, HasForces: true });
            Assert.Equal(pose.Hips, view.Body.Hips);
            Assert.Equal(pose.Angles, view.Body.Angles.ToArray());
            Assert.Equal((sample.LeftLoad, sample.RightLoad), view.Body.Loads);
            Assert.Equal(sample.Centre, view.Body.Centre);
            Assert.Equal(sample.Slope, view.Body.Slope);

            // The board tells every second tick what it believes.
            Assert.InRange(view.Attitude.Pitch - sample.EstimatedPitch, -0.05, 0.05);
        }

        recorded.Line.Seek(recorded.Line.Seconds - 3);
        recorded.Views.TryRead(view, ref last);
        Assert.True(view.IsMoving);
        Assert.True(view.Level > 0);

        // Set back to before its first word it knows nothing of what came later.
        recorded.Line.Seek(0);
        recorded.Views.TryRead(view, ref last);
        Assert.Equal((WalkStage.Rest, 0.0, 0.0, (0.0, 0.0)), (view.Stage, view.Level, view.Speed, view.Phase));
        Assert.All(view.Angles.ToArray(), angle => Assert.Equal(0, angle));
        Assert.All(view.Analog.ToArray(), volts => Assert.Equal(0, volts));
    }

    [Fact]
    public void A_log_in_which_nothing_moves_is_refused()
    {
        RobotDescription robot = ShippedFiles.Robot("walker12");
        string path = Path.Combine(_folder.FullName, "still.mcap");
        using (var log = McapWriter.Create(path))
        {
            log.AddMetadata("run", [new("robot", robot.Name)]);
        }

        Assert.Contains("still.mcap: it holds no motion of walker12",
            Assert.Throws<InvalidDataException>(() => RecordedMotion.Read(path, robot, _clock)).Message);
        Assert.Contains("still.mcap: it holds no setpoints",
            Assert.Throws<InvalidDataException>(() => RecordedArm.Read(path, ShippedFiles.Robot("trunk6-3g"), _clock)).Message);
    }

    /// <summary>Numbers that a damaged log may hold and that a page could not show.</summary>
    [Theory]
    [InlineData("/board/base/walk", """
        {"stage":2,"left_phase_turns":0,"right_phase_turns":0,"left_swings":false,"right_swings":false,"speed_m_s":1e999,"turn_deg_s":0,
        "level":0,"slope_deg":0,"shift_mm":0,"angles_deg":[0,0,0,0,0,0,0,0,0,0,0,0]}
        """, 0, "[[1,0,0]]", "damaged, or was made by another program")]
    [InlineData("/body/forces", """{"centre_m":[0,0,1e999],"pressure_m":[],"loads_n":[0,0],"pitch_rad":0,"slope_rad":0}""", 0,
        "[[1,0,0]]", "damaged, or was made by another program")]
    [InlineData("/other", "{}", long.MaxValue, "[[1,0,0]]", "its times are damaged")]
    [InlineData("/other", "{}", 0, "[[1e9,0,0]]", "what it says of the ground is damaged")]
    [InlineData("/other", "{}", 0, "[[-1,0,0]]", "what it says of the ground is damaged")]
    [InlineData("/other", "{}", 0, "[[1,1.6,0]]", "what it says of the ground is damaged")]
    [InlineData("/other", "{}", 0, "[]", "what it says of the ground is damaged")]
    public void A_log_with_numbers_that_nothing_has_is_refused_in_words(string topic, string json, long time, string stretches, string told)
    {
        RobotDescription robot = ShippedFiles.Robot("rig12");
        string path = Path.Combine(_folder.FullName, "odd.mcap");
        using (var log = McapWriter.Create(path))
        {
            log.AddMetadata("ground", [new("name", "odd"), new("stretches", stretches), new("belt", "[]")]);
            log.Write(log.AddChannel("/first", "json"), 1, 0, 0, "{}"u8);
            log.Write(log.AddChannel(topic, "json"), 1, time, time, Encoding.UTF8.GetBytes(json));
        }

        string words = Assert.Throws<InvalidDataException>(() => RecordedMotion.Read(path, robot, _clock)).Message;
        Assert.StartsWith("odd.mcap", words);
        Assert.Contains(told, words);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static TrialPlan Plan(string name, double seconds)
    {
        TrialDescription trial = TrialFile.Load(ShippedFiles.Trial(name)) with { Seconds = seconds };
        RobotDescription robot = ShippedFiles.Robot(trial.Robot);
        return new TrialPlan(trial, robot, GaitFile.Load(ShippedFiles.Gait(trial.Gait), robot));
    }
}
