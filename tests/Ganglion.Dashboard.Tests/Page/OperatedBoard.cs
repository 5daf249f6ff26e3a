using System.Net;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Dashboard.Robots;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Replay;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A virtual board that walks or plays by itself while somebody operates it, and its page, in virtual time at the pace of real
/// time.</summary>
internal sealed class OperatedBoard : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly VirtualRobot _robot;
    private readonly BoardSession _board;
    private readonly Patience<OwnMotionView> _patience;
    private readonly Thread _loop;
    private Exception? _failure;

    private OperatedBoard(string name, string? gait, string? rhythm)
    {
        RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", name + ".yaml"));
        _robot = new VirtualRobot(robot, FirmwareImage.Embedded, 1);
        var clock = new PacedClock(_robot.World);
        _board = new BoardSession(robot.Boards[0].Id, () => _robot.Connect(0), clock, new Random(1));
        _board.Await(_board.Connect());
        BoardConfiguration configuration = RobotConfiguration.Of(robot, 0);
        RhythmDescription? played = rhythm == null ? null : RhythmFile.Load(Repository.Hardware("rhythms", rhythm + ".yaml"), robot);
        _board.Await(_board.Configure(played != null ? configuration.With(played)
            : configuration.With(GaitFile.Load(Repository.Hardware("gaits", gait + ".yaml"), robot), robot)));
        var events = new EventLog();
        OperatedMotion motion = played != null ? new OperatedRhythm(_board, played) : new OperatedWalk(_board);
        var mailbox = new TeleopMailbox(clock, motion.Bounds, events);
        var run = new OwnMotionTeleop(_board, clock, motion, mailbox, events);
        _patience = new Patience<OwnMotionView>(run.Exchange, view => view.Operation);
        Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false), new MotionDesk(robot, run.Exchange,
            events, new PageControl.Operated(mailbox), gait ?? rhythm!, played, RecordedGround.Level, IsVirtual: true));
        _loop = new Thread(() =>
        {
            try
            {
                run.Execute(_patience.Look, _end.Token);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        })
        { Name = "board's loop" };
        _loop.Start();
    }

    public DashboardServer Server { get; }

    public static OperatedBoard Walking() => new("walker12", "walk", rhythm: null);

    public static OperatedBoard Playing() => new("rig12", gait: null, "walk7");

    public void Dispose()
    {
        _end.Cancel();
        _loop.Join();
        Server.Dispose();
        _patience.Dispose();
        _board.Dispose();
        _robot.Dispose();
        _end.Dispose();
        Assert.Null(_failure);
    }
}
