using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>A virtual arm in virtual time that a test operates, and the true way of its tip.</summary>
internal sealed class OperatedArm : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-teleop-").FullName;
    private readonly IArmController _controller;
    private long _last, _start, _mark;

    public OperatedArm(string controller = "ik", string robot = "trunk10-4g", double speed = 0.15, bool measured = true,
        bool watched = true)
    {
        Body = VirtualArm.InVirtualTime(ShippedFiles.Robot(robot), 1);
        var observers = new BoardObservers();
        Session = new ArmSession(Body.Robot.Description, Body.Ports, Body.Clock, new Random(1), observers);
        _controller = controller == "ik" ? new LeastSquaresController(Session.Arm, 1, orientation: false)
            : controller == "pose" ? new LeastSquaresController(Session.Arm, 1, orientation: true)
            : new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model(robot + "-128"), Session.Arm), 1, orientation: false);
        Poses = measured ? Body : null;
        Viewer = new ArmViewer(Session, _controller, Poses);
        Mailbox = new TeleopMailbox(Body.Clock, TeleopBounds.Of(Session.Arm), Viewer.Events);
        Client = Mailbox.Join("window 1");
        Limits = new TeleopLimits(speed, 0.8);
        Recordings = new SessionRecordings(_folder, observers);
        View = Viewer.Exchange.Make();
        if (watched)
        {
            Body.Robot.World.AddBody(new Watch(this));
        }
    }

    public VirtualArm Body { get; }

    public ArmSession Session { get; }

    public IPoseSource? Poses { get; }

    public ArmViewer Viewer { get; }

    public TeleopMailbox Mailbox { get; }

    public TeleopClient Client { get; }

    public TeleopLimits Limits { get; }

    public SessionRecordings Recordings { get; }

    /// <summary>The newest view.</summary>
    public ArmView View { get; }

    public Pose Tip => Body.Robot.Trunk!.Tip;

    /// <summary>Seconds since the first period of the run.</summary>
    public double Now => (Body.Clock.NowNanoseconds - _start) * 1e-9;

    /// <summary>Bytes that the loop allocated between two calls of the operator, all of them together.</summary>
    public long Allocated { get; set; }

    /// <summary>True way of the tip, a sample a millisecond: time in s since the first period, place.</summary>
    public List<(double Time, Vec3 Tip)> Way { get; } = [];

    public IEnumerable<string> Told => Viewer.Events.Events.Select(one => one.Words);

    /// <summary>Runs it; the operator is called once a period, and ends it.</summary>
    public TeleopResult Run(Action operate)
    {
        Session.Open();
        var run = new TeleopRun(Session, _controller, Poses, Limits, Mailbox, Viewer, Recordings);
        return Session.Steer(() => run.Execute(() =>
        {
            Allocated += GC.GetAllocatedBytesForCurrentThread() - _mark;
            _start = _start == 0 ? Body.Clock.NowNanoseconds : _start;
            Assert.True(Viewer.Exchange.TryRead(View, ref _last));
            Assert.InRange(Now, 0, 120);
            operate();
            _mark = GC.GetAllocatedBytesForCurrentThread();
        }, _end.Token));
    }

    public void End() => _end.Cancel();

    /// <summary>Sends a target with the deadman held.</summary>
    public void Lead(in Vec3 target, double sent = double.NaN) => Assert.Null(Client.Offer(new TeleopInput(true, TeleopKind.Pose, sent)
    {
        Target = new Pose(target, Quat.Identity),
    }));

    /// <summary>The deadman is held, and nothing anew is asked.</summary>
    public void Hold() => Assert.Null(Client.Offer(new TeleopInput(true)));

    public void Release() => Assert.Null(Client.Offer(new TeleopInput(false)));

    public void Order(TeleopOrderKind kind, string name = "", double factor = 1) =>
        Assert.Null(Client.Order(new TeleopOrder(kind, name, factor)));

    /// <summary>Speed of the true tip over 100 ms, m/s, at each sample of a part of the way: servos go count by count.</summary>
    public IEnumerable<double> Speeds(double from, double to)
    {
        const double window = 0.1;
        for (int i = 0, before = 0; i < Way.Count; i++)
        {
            while (Way[i].Time - Way[before + 1 <= i ? before + 1 : before].Time >= window)
            {
                before++;
            }

            if (Way[i].Time >= Math.Max(window, from) && Way[i].Time <= to)
            {
                yield return (Way[i].Tip - Way[before].Tip).Length / (Way[i].Time - Way[before].Time);
            }
        }
    }

    /// <summary>Where the true tip was.</summary>
    public Vec3 TipAt(double time) => Way[Math.Clamp(Way.FindIndex(one => one.Time >= time), 0, Way.Count - 1)].Tip;

    public void Dispose()
    {
        Recordings.Dispose();
        Session.Dispose();
        Body.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Watch(OperatedArm arm) : IWorldBody
    {
        private long _next;

        public void Advance(long nowNs)
        {
            if (arm._start != 0 && nowNs >= _next)
            {
                _next = nowNs + 1_000_000;
                arm.Way.Add(((nowNs - arm._start) * 1e-9, arm.Body.Robot.Trunk!.Tip.Position));
            }
        }
    }
}
