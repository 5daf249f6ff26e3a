using System.Net;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Timing;
using Ganglion.Dashboard.Robots;
using Ganglion.Gait.Trials;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Replay;
using Ganglion.Live.Viewing;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim;
using Ganglion.Sim.Walking;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A recording of a simulated robot, and its page.</summary>
internal sealed class RecordedSession : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-page-").FullName;

    private RecordedSession()
    {
    }

    public DashboardServer Server { get; private set; } = null!;

    /// <summary>Where one is.</summary>
    public TimeLine Line { get; private set; } = null!;

    /// <summary>Where its end is, m: the tip of an arm, the hips of a walker, by the simulated body.</summary>
    public Vec3 End { get; private set; }

    /// <summary>An arm that reached for targets for five seconds.</summary>
    public static RecordedSession OfArm()
    {
        var session = new RecordedSession();
        RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", "trunk10-4g.yaml"));
        string path = Path.Combine(session._folder, "run.mcap");
        using (var log = McapWriter.Create(path))
        using (var body = VirtualArm.InVirtualTime(robot, 1))
        {
            var frames = new SessionRecorder(log, body.Clock, DateTimeOffset.UnixEpoch, robot);
            using var arm = new ArmSession(robot, body.Ports, body.Clock, new Random(1), frames);
            arm.Open();
            PoseRecorder? poses = null;
            var controller = new LeastSquaresController(arm.Arm, 1, orientation: false);
            var viewer = new ArmViewer(arm, controller, body);
            ReachRun.Execute(arm, controller, body, new ReachRunOptions(5, int.MaxValue, 1), _ =>
            {
                (poses ??= new PoseRecorder(frames.Log, arm)).Note(body.Posture(), viewer.Target);
                session.End = body.Robot.Trunk!.Tip.Position;
            }, default, viewer);
        }

        var recorded = RecordedArm.Read(path, robot, new MonotonicClock());
        session.Line = recorded.Line;
        session.Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false), new ArmDesk(robot,
            recorded.Views, recorded.Log.Events, new PageControl.Recorded(recorded.Line, "run.mcap"), "", IsVirtual: false));
        return session;
    }

    /// <summary>A walker that walked up a ramp in physics for twelve seconds.</summary>
    public static RecordedSession OfWalker()
    {
        var session = new RecordedSession();
        TrialDescription trial = TrialFile.Load(Repository.Hardware("trials", "ramp-5.yaml")) with { Seconds = 12 };
        RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", trial.Robot + ".yaml"));
        var plan = new TrialPlan(trial, robot, GaitFile.Load(Repository.Hardware("gaits", trial.Gait + ".yaml"), robot));
        string path = Path.Combine(session._folder, "walk.mcap");
        var samples = new List<WalkSample>();
        var poses = new List<WalkerPose>();
        using (var log = new BoardTrialLog(path, robot, plan.Terrain, []))
        using (BoardTrial run = plan.Prepare(trial.Conditions[0], 1, log.Observe))
        {
            run.Run(samples, poses);
            log.Add(poses, samples, run.ReleasedNs);
        }

        session.End = poses[^1].Hips;
        var recorded = RecordedMotion.Read(path, robot, new MonotonicClock());
        session.Line = recorded.Line;
        session.Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false), new MotionDesk(robot,
            recorded.Views, recorded.Log.Events, new PageControl.Recorded(recorded.Line, "walk.mcap"), "", Rhythm: null, recorded.Ground,
            IsVirtual: false));
        return session;
    }

    public void Dispose()
    {
        Server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
