using Ganglion.Bridge.Timing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Tests;

/// <summary>The boards of `ganglion sim` in real time behind pseudo-terminals, in the tests' own process: for tests of what a command does
/// with a board. What is said to the program that has the boards, or happens to it, needs that program.</summary>
internal sealed class LiveBoards : IDisposable
{
    private readonly VirtualRobot _robot;
    private readonly RealTimeBoards _boards;

    /// <param name="robot">A shipped robot.</param>
    public LiveBoards(string robot)
    {
        RobotDescription description = RobotFile.Load(Path.Combine(Repository.Robots, robot + ".yaml"));
        _robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        _boards = new RealTimeBoards(_robot, new MonotonicClock());
    }

    /// <summary>In the order of the description.</summary>
    public IReadOnlyList<string> Ports => _boards.PortNames;

    /// <summary>Of a robot with one board.</summary>
    public string Port => Assert.Single(_boards.PortNames);

    public void Dispose()
    {
        _boards.Dispose();
        _robot.Dispose();
    }
}
