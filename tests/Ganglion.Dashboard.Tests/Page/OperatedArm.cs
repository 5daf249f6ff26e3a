using System.Net;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A virtual arm that waits for an operator, and its page, in virtual time at the pace of real time.</summary>
internal sealed class OperatedArm : IDisposable
{
    /// <summary>Virtual time passes more slowly than a browser's clock on a busy machine: then the stamps of its inputs mean nothing, and
    /// they count from when they come.</summary>
    public const string NoStamps = "const send = WebSocket.prototype.send;" +
        "WebSocket.prototype.send = function(text) { send.call(this, text.replace(/,\"sent\":[0-9.]+/, '')); };";

    /// <summary>What is sent by a page's server takes this long to be put down for the arm, and much less, ms.</summary>
    private const int PutDown = 200;

    private readonly CancellationTokenSource _end = new();
    private readonly ManualResetEventSlim _goesOn = new(true);
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-page-").FullName;
    private readonly VirtualArm _body;
    private readonly ArmSession _session;
    private readonly SessionRecordings _recordings;
    private readonly Patience<ArmView> _patience;
    private readonly Thread _loop;
    private Exception? _failure;

    /// <param name="port">Of the page; 0: any.</param>
    /// <param name="everywhere">Serve it on every address, where a token is asked for.</param>
    /// <param name="name">Of the robot.</param>
    public OperatedArm(int port = 0, bool everywhere = false, string name = "trunk10-4g")
    {
        RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", name + ".yaml"));
        _body = VirtualArm.InVirtualTime(robot, 1);
        var observers = new BoardObservers();
        _session = new ArmSession(robot, _body.Ports, new PacedClock(_body.Clock), null, observers);
        _recordings = new SessionRecordings(_folder, observers);
        var controller = new LeastSquaresController(_session.Arm, 1, orientation: false);
        var viewer = new ArmViewer(_session, controller, _body);
        _patience = new Patience<ArmView>(viewer.Exchange, view => view.Operation);
        var mailbox = new TeleopMailbox(_session.Clock, TeleopBounds.Of(_session.Arm, _session.Gripper != null), viewer.Events);
        IPAddress address = everywhere ? IPAddress.Any : IPAddress.Loopback;
        Server = new DashboardServer(new DashboardOptions(address, port, OtherPort: false),
            new ArmDesk(robot, viewer.Exchange, viewer.Events, new PageControl.Operated(mailbox), controller.Name, IsVirtual: true));
        var run = new TeleopRun(_session, controller, _body, new TeleopLimits(0.15, 0.8), mailbox, viewer, _recordings);
        _loop = new Thread(() =>
        {
            try
            {
                _session.Open();
                run.Execute(Look, _end.Token);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        })
        { Name = "arm's loop" };
        _loop.Start();
    }

    public DashboardServer Server { get; }

    /// <summary>Where the simulated body's tip is after the last period, m.</summary>
    public Vec3 Tip => Volatile.Read(ref _tip).At;

    /// <summary>How far the simulated body's gripper is closed after the last period.</summary>
    public double Grip => Volatile.Read(ref _grip);

    /// <summary>The arm's own time, s.</summary>
    public double Now => _session.Clock.NowNanoseconds * 1e-9;

    /// <summary>Where the simulated body's tip was after each period so far, and whether the arm took its deadman for held in it.</summary>
    public (double Time, Vec3 Tip, bool Held)[] Way
    {
        get
        {
            lock (_way)
            {
                return [.. _way];
            }
        }
    }

    /// <summary>Lets the arm's own time pass.</summary>
    /// <param name="seconds">Virtual.</param>
    /// <returns>How far the tip got from where it was at the beginning, at most, m.</returns>
    public async Task<double> Watch(double seconds)
    {
        long until = _session.Clock.NowNanoseconds + (long)(seconds * 1e9);
        Vec3 start = Tip;
        double farthest = 0;
        while (_session.Clock.NowNanoseconds < until)
        {
            farthest = Math.Max(farthest, (Tip - start).Length);
            await Task.Delay(5);
        }

        return farthest;
    }

    /// <summary>Stops the arm's own time while a browser does what a busy machine may have it do late, and until that has come to the
    /// arm's mailbox.</summary>
    /// <param name="hand">What is done.</param>
    public async Task Meanwhile(Func<Task> hand)
    {
        _goesOn.Reset();
        await hand();
        await Task.Delay(PutDown);
        _goesOn.Set();
    }

    public void Dispose()
    {
        _goesOn.Set();
        _end.Cancel();
        _loop.Join();
        Server.Dispose();
        _patience.Dispose();
        _recordings.Dispose();
        _session.Dispose();
        _body.Dispose();
        _end.Dispose();
        _goesOn.Dispose();
        Directory.Delete(_folder, recursive: true);
        Assert.Null(_failure);
    }

    private readonly List<(double Time, Vec3 Tip, bool Held)> _way = [];
    private Moment _tip = new(default);
    private double _grip;

    private void Look()
    {
        Vec3 tip = _body.Robot.Trunk!.Tip.Position;
        Volatile.Write(ref _tip, new Moment(tip));
        Volatile.Write(ref _grip, _body.Robot.Trunk.Grip);
        _patience.Look();
        lock (_way)
        {
            _way.Add((Now, tip, _patience.IsHeld));
        }

        _goesOn.Wait();
    }

    private sealed record Moment(Vec3 At);
}
