using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Links;

/// <summary>How boards are reached, and the clock by which they live: behind ports, or those of a virtual robot in real or virtual
/// time.</summary>
internal sealed class BoardLinks : IDisposable
{
    private readonly Func<int, ISerialLink> _open;
    private readonly VirtualRobot? _robot;

    /// <param name="robot">Its boards.</param>
    /// <param name="portOf">The port of a board, by its index.</param>
    public BoardLinks(RobotDescription robot, Func<int, string> portOf)
    {
        _open = board => SerialPorts.Open(portOf(board), robot.Boards[board].Baud);
        Clock = new MonotonicClock();
    }

    /// <param name="robot">Becomes its own.</param>
    /// <param name="virtualTime">As fast as the machine can.</param>
    public BoardLinks(VirtualRobot robot, bool virtualTime)
    {
        _robot = robot;
        if (virtualTime)
        {
            (_open, Clock) = (robot.Connect, robot.World);
            return;
        }

        Clock = new MonotonicClock();
        Running = new RealTimeBoards(robot, Clock);
        _open = Running.Open;
    }

    public IClock Clock { get; }

    /// <summary>Virtual boards that run in real time; else null.</summary>
    public RealTimeBoards? Running { get; }

    /// <summary>Opens the link of a board.</summary>
    /// <param name="board">Its index in the description.</param>
    public Func<ISerialLink> To(int board) => () => _open(board);

    public void Dispose()
    {
        Running?.Dispose();
        _robot?.Dispose();
    }
}
