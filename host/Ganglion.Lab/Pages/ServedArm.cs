using System.Net;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Lab.Pages;

/// <summary>A virtual arm that may be operated, armed at park, and its page, twice: on loopback, and where a token is asked for. In virtual
/// time at the pace of real time, so that a busy machine makes no board fall silent.</summary>
internal sealed class ServedArm : IDisposable
{
    /// <summary>After so long an armed arm stands still at park, s of virtual time.</summary>
    private const double Settling = 1;

    private readonly CancellationTokenSource _end = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-page-").FullName;
    private readonly VirtualArm _body;
    private readonly ArmSession _session;
    private readonly SessionRecordings _recordings;
    private readonly ArmViewer _viewer;
    private readonly Thread _loop;
    private readonly ManualResetEventSlim _stands = new();
    private TeleopResult? _result;
    private Exception? _failure;
    private Vec3? _park;
    private double _moved;
    private long _periods;

    /// <param name="robot">A trunk arm.</param>
    /// <exception cref="DashboardException">The program was built without its page, or there is no port left.</exception>
    public ServedArm(RobotDescription robot)
    {
        _body = VirtualArm.InVirtualTime(robot, 1);
        var observers = new BoardObservers();
        _session = new ArmSession(robot, _body.Ports, new PacedClock(_body.Clock), new Random(1), observers);
        _recordings = new SessionRecordings(_folder, observers);
        var controller = new LeastSquaresController(_session.Arm, 1, orientation: false);
        _viewer = new ArmViewer(_session, controller, _body);
        Mailbox = new TeleopMailbox(_session.Clock, TeleopBounds.Of(_session.Arm, _session.Gripper != null), _viewer.Events);
        var desk = new ArmDesk(robot, _viewer.Exchange, _viewer.Events, new PageControl.Operated(Mailbox), controller.Name,
            IsVirtual: true);
        try
        {
            Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false), desk);
            Guarded = new DashboardServer(new DashboardOptions(IPAddress.Any, 0, OtherPort: false), desk);
        }
        catch
        {
            Server?.Dispose();
            DisposeArm();
            throw;
        }

        var run = new TeleopRun(_session, controller, _body, new TeleopLimits(0.15, 0.8), Mailbox, _viewer, _recordings);
        _loop = new Thread(() =>
        {
            try
            {
                _session.Open();
                _result = _session.Steer(() => run.Execute(Look, _end.Token));
            }
            catch (Exception e)
            {
                _failure = e;
                _stands.Set();
            }
        })
        { IsBackground = true, Name = "arm's loop" };
        _loop.Start();
        _stands.Wait();
    }

    /// <summary>On loopback.</summary>
    public DashboardServer Server { get; }

    /// <summary>On every address, with a token.</summary>
    public DashboardServer Guarded { get; }

    public TeleopMailbox Mailbox { get; }

    /// <summary>Periods of its loop so far.</summary>
    public long Periods => Volatile.Read(ref _periods);

    /// <summary>How far the simulated body's tip has been from where it stood at park, at most, m.</summary>
    public double Moved => Volatile.Read(ref _moved);

    /// <summary>Ends the arm's loop.</summary>
    /// <returns>What is wrong with how it went; null: nothing.</returns>
    public string? End()
    {
        _end.Cancel();
        _loop.Join();
        return _failure != null ? $"the arm's loop: {_failure}" : _result!.Stops > 0 ? "the arm was stopped"
            : _viewer.Events.Events.FirstOrDefault(one => one.Level == EventLevel.Error)?.Words;
    }

    public void Dispose()
    {
        _end.Cancel();
        _loop.Join();
        Server.Dispose();
        Guarded.Dispose();
        DisposeArm();
    }

    private void DisposeArm()
    {
        _recordings.Dispose();
        _session.Dispose();
        _body.Dispose();
        _end.Dispose();
        _stands.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Look()
    {
        Vec3 tip = _body.Robot.Trunk!.Tip.Position;
        if (_park is { } park)
        {
            Volatile.Write(ref _moved, Math.Max(_moved, (tip - park).Length));
        }
        else if (Periods * _session.Stream.Period * 1e-9 > Settling)
        {
            _park = tip;
            _stands.Set();
        }

        Volatile.Write(ref _periods, _periods + 1);
    }
}
