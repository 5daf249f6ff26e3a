using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Reaching;
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
        IClock clock = watched ? new FineClock(Body.Clock) : Body.Clock;
        Session = new ArmSession(Body.Robot.Description, Body.Ports, clock, new Random(1), observers);
        _controller = controller == "ik" ? new LeastSquaresController(Session.Arm, 1, orientation: false)
            : controller == "pose" ? new LeastSquaresController(Session.Arm, 1, orientation: true)
            : new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model(robot + "-128"), Session.Arm), 1, orientation: false);
        Poses = measured ? Body : null;
        Viewer = new ArmViewer(Session, _controller, Poses);
        Mailbox = new TeleopMailbox(Body.Clock, TeleopBounds.Of(Session.Arm, Session.Gripper != null), Viewer.Events);
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

    /// <summary>
    /// What <see cref="Speeds"/> may come to, m/s. The host tells the tip no more than the bound; of the servos' way a tick behind a
    /// collection of the board's garbage, 2.6 ms late (GarbageTests), brings so much more into 100 ms, 2.6 %, and whole counts, which stand
    /// up to 0.3 mm off, twice that of 15 mm, 4 %. Measured: 0.93 to 1.05 times the bound.
    /// </summary>
    public double MostSpeed => 1.1 * Limits.Speed;

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

    /// <summary>What it measured at each random target, and when, s since the first period.</summary>
    public List<(double Time, ReachOutcome Outcome)> Outcomes { get; } = [];

    /// <summary>Runs it; the operator is called once a period, and ends it.</summary>
    /// <param name="operate">The operator.</param>
    /// <param name="alone">For how long it goes to random targets while nobody has control; null: it does not.</param>
    public TeleopResult Run(Action operate, ReachRunOptions? alone = null)
    {
        Session.Open();
        RandomTargets? targets = alone == null ? null : new RandomTargets(Session, alone, progress =>
        {
            if (progress.Last is { } outcome)
            {
                Outcomes.Add((Now, outcome));
            }
        });
        var run = new TeleopRun(Session, _controller, Poses, Limits, Mailbox, Viewer, Recordings, targets);
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

    /// <summary>
    /// Speed of the true tip over 100 ms, m/s, at each sample of a part of the way. Servos go a step a tick, within some milliseconds: so
    /// it is that of the mean place over a tick, of which five are in the window; between two places themselves there may be six
    /// steps.
    /// </summary>
    public IEnumerable<double> Speeds(double from, double to)
    {
        const int tick = 20, window = 100;
        var sums = new Vec3[Way.Count + 1];
        for (int i = 0; i < Way.Count; i++)
        {
            sums[i + 1] = sums[i] + Way[i].Tip;
        }

        for (int i = window + tick; i < sums.Length; i++)
        {
            double time = Way[i - 1].Time;
            if (time >= from && time <= to)
            {
                Vec3 way = sums[i] - sums[i - tick] - (sums[i - window] - sums[i - window - tick]);
                yield return way.Length / tick / (time - Way[i - 1 - window].Time);
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

    /// <summary>Virtual time that passes a millisecond at a time, so that bodies are looked at as often.</summary>
    private sealed class FineClock(IClock world) : IClock
    {
        public const long Step = 1_000_000;

        public long NowNanoseconds => world.NowNanoseconds;

        public void WaitUntil(long deadline)
        {
            while (NowNanoseconds < deadline)
            {
                world.WaitUntil(Math.Min(deadline, (NowNanoseconds / Step + 1) * Step));
            }
        }
    }

    private sealed class Watch(OperatedArm arm) : IWorldBody
    {
        private long _next;

        public void Advance(long nowNs)
        {
            if (arm._start != 0 && nowNs >= _next)
            {
                _next = (nowNs / FineClock.Step + 1) * FineClock.Step;
                arm.Way.Add(((nowNs - arm._start) * 1e-9, arm.Body.Robot.Trunk!.Tip.Position));
            }
        }
    }
}
