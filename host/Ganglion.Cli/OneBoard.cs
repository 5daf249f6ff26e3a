using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli;

/// <summary>The board of a verb that lets one board move by itself: behind a port, or virtual in real or virtual time.</summary>
internal static class OneBoard
{
    /// <exception cref="UsageException">The options do not go together.</exception>
    public static void Check(string? port, double? seconds, bool virtualTime)
    {
        if (virtualTime && (seconds == null || port != null))
        {
            throw new UsageException("--virtual-time is for virtual boards and needs --seconds.");
        }
    }

    /// <summary>Opens the way to the board for as long as <paramref name="play"/> takes.</summary>
    /// <param name="play">Receives what opens the link, and the clock by which the board lives.</param>
    public static int Use(RobotDescription description, string? port, bool virtualTime, int seed, Func<Func<ISerialLink>, IClock, int> play)
    {
        int baud = description.Boards[0].Baud;
        if (port != null)
        {
            return play(() => SerialPorts.Open(port, baud), new MonotonicClock());
        }

        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, seed);
        if (virtualTime)
        {
            return play(() => robot.Connect(0), robot.World);
        }

        var clock = new MonotonicClock();
        using var boards = new RealTimeBoards(robot, clock);
        return play(() => SerialPorts.Open(boards.PortNames[0], baud), clock);
    }
}
