using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Calibration;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.Sim.Calibration;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>The boards that are calibrated: behind ports, or those of a virtual robot that is built otherwise than described.</summary>
internal sealed class CalibrationBoards : IDisposable
{
    private readonly RobotDescription _robot;
    private readonly Func<int, ISerialLink> _open;
    private readonly VirtualRobot? _virtual;
    private readonly RealTimeBoards? _running;
    private readonly BodyObserver? _eyes;

    /// <param name="robot">As described.</param>
    /// <param name="ports">One a board.</param>
    public CalibrationBoards(RobotDescription robot, string[] ports)
    {
        _robot = robot;
        _open = board => SerialPorts.Open(ports[board], robot.Boards[board].Baud);
        Clock = new MonotonicClock();
    }

    /// <param name="robot">As described.</param>
    /// <param name="seed">How it is built otherwise.</param>
    /// <param name="virtualTime">As fast as the machine can.</param>
    public CalibrationBoards(RobotDescription robot, int seed, bool virtualTime)
    {
        _robot = robot;
        _virtual = new VirtualRobot(BuiltOtherwise.Draw(robot, seed), FirmwareImage.Embedded, seed, stopsAtLimits: true);
        _eyes = new BodyObserver(_virtual);
        if (virtualTime)
        {
            (_open, Clock, Observer) = (_virtual.Connect, _virtual.World, _eyes);
            return;
        }

        Clock = new MonotonicClock();
        _running = new RealTimeBoards(_virtual, Clock);
        _open = board => SerialPorts.Open(_running.PortNames[board], robot.Boards[board].Baud);
    }

    public IClock Clock { get; }

    /// <summary>Answers for a virtual robot in virtual time; else null.</summary>
    public BodyObserver? Observer { get; }

    /// <summary>A session with a board, not yet connected.</summary>
    public BoardSession Session(int board) => new(_robot.Boards[board].Id, () => _open(board), Clock);

    /// <summary>What is to be seen of a thing of a virtual robot, in words; empty: nothing is.</summary>
    public string Sight(CalibrationItem? item) => item == null || _running == null ? "" : _running.Look(_ => _eyes!.Sight(item));

    public void Dispose()
    {
        _running?.Dispose();
        _virtual?.Dispose();
    }
}
