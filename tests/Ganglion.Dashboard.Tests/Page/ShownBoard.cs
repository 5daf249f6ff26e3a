using System.Net;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Dashboard.Rhythms;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A rhythm that is shown, and its page: with a virtual board that it may be sent to, in virtual time at the pace of real time, or
/// with none.</summary>
internal sealed class ShownBoard : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly VirtualRobot? _robot;
    private readonly BoardSession? _board;
    private readonly Patience<OwnMotionView>? _patience;
    private readonly List<Thread> _loops = [];
    private Exception? _failure;
    private double _position = double.NaN;
    private bool _powered;

    private ShownBoard(string? rhythm)
    {
        var events = new EventLog();
        RhythmBoard? desk = null;
        if (rhythm != null)
        {
            RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", "rig12.yaml"));
            _robot = new VirtualRobot(robot, FirmwareImage.Embedded, 1);
            var clock = new PacedClock(_robot.World);
            _board = new BoardSession(robot.Boards[0].Id, () => _robot.Connect(0), clock, new Random(1));
            _board.Await(_board.Connect());
            _board.Await(_board.Configure(RobotConfiguration.Of(robot, 0)));
            Mailbox = new TeleopMailbox(clock, TeleopBounds.OfShown(), events);
            RhythmDescription file = RhythmFile.Load(Repository.Hardware("rhythms", rhythm + ".yaml"), robot);
            Show = new RhythmShow(new ShownNetwork(file, robot), new Reading(clock, _end.Token), Mailbox, events, file: null);
            var motion = new ShownMotion(Show, _board, robot, clock);
            var run = new OwnMotionTeleop(_board, clock, motion, Mailbox, events);
            _patience = new Patience<OwnMotionView>(run.Exchange, view => view.Operation);
            desk = new RhythmBoard(robot, run.Exchange, motion, IsVirtual: true);
            Start(() => run.Execute(Look, _end.Token));
        }
        else
        {
            var clock = new MonotonicClock();
            Mailbox = new TeleopMailbox(clock, TeleopBounds.OfShown(), events);
            Show = new RhythmShow(new ShownPair(CellTypes.Find("tonic-bursting")!), clock, Mailbox, events, file: null);
        }

        Desk = new RhythmDesk(Show, Mailbox, events, desk);
        Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false), Desk);
        Start(() => Show.Execute(() => { }, _end.Token));
    }

    public DashboardServer Server { get; }

    public RhythmDesk Desk { get; }

    public RhythmShow Show { get; }

    public TeleopMailbox Mailbox { get; }

    /// <summary>Where the first channel's servo stands, 0..1.</summary>
    public double Position => Volatile.Read(ref _position);

    /// <summary>Whether it gets pulses.</summary>
    public bool IsPowered => Volatile.Read(ref _powered);

    public static ShownBoard Of(string rhythm) => new(rhythm);

    public static ShownBoard OfCells() => new(rhythm: null);

    public void Dispose()
    {
        _end.Cancel();
        _loops.ForEach(loop => loop.Join());
        Server.Dispose();
        _patience?.Dispose();
        _board?.Dispose();
        _robot?.Dispose();
        _end.Dispose();
        Assert.Null(_failure);
    }

    /// <summary>Looks at the servo between two steps of its world.</summary>
    private void Look()
    {
        Servo servo = _robot!.Boards[0].Servos[0];
        Volatile.Write(ref _position, servo.PositionAt(_robot.World.NowNanoseconds));
        Volatile.Write(ref _powered, servo.Powered);
        _patience!.Look();
    }

    private void Start(Action run)
    {
        var loop = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception e)
            {
                _failure = e;
            }
        });
        _loops.Add(loop);
        loop.Start();
    }

    /// <summary>Waits for a time that another thread lets pass.</summary>
    private sealed class Reading(IClock clock, CancellationToken end) : IClock
    {
        public long NowNanoseconds => clock.NowNanoseconds;

        public void WaitUntil(long deadline)
        {
            while (clock.NowNanoseconds < deadline && !end.IsCancellationRequested)
            {
                Thread.Sleep(1);
            }
        }
    }
}
