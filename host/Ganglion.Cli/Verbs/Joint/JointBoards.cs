using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Verbs.Joint;

/// <summary>The boards whose modules are moved: behind ports, or virtual in real or virtual time.</summary>
internal sealed class JointBoards : IDisposable
{
    private readonly BoardLinks _links;

    /// <param name="robot">Its boards.</param>
    /// <param name="ports">One a board, or the port of the only board that is needed; none: virtual boards.</param>
    /// <param name="only">Index of the only board that is needed; null: all are.</param>
    /// <param name="virtualTime">Virtual boards as fast as the machine can.</param>
    /// <param name="seed">Of virtual boards and session ids.</param>
    /// <exception cref="UsageException">There are too few ports or too many.</exception>
    public JointBoards(RobotDescription robot, string[] ports, int? only, bool virtualTime, int seed)
    {
        bool one = only != null && ports.Length == 1;
        if (ports.Length > 0 && !one && ports.Length != robot.Boards.Length)
        {
            throw new UsageException($"{robot.Name} has {robot.Boards.Length} boards and {ports.Length} ports were given: name one port " +
                $"for each, in the order of the description{(only != null ? ", or the module's alone" : "")}.");
        }

        _links = ports.Length > 0 ? new BoardLinks(robot, board => ports[one ? 0 : board])
            : new BoardLinks(new VirtualRobot(robot, FirmwareImage.Embedded, seed), virtualTime);
        Boards = [.. robot.Boards.Select((board, i) => only is { } wanted && wanted != i ? null
            : new BoardSession(board.Id, _links.To(i), Clock, new Random(seed + i)))];
    }

    public IClock Clock => _links.Clock;

    /// <summary>One a board of the description; null: it is not needed.</summary>
    public IReadOnlyList<BoardSession?> Boards { get; }

    public void Dispose()
    {
        foreach (BoardSession? board in Boards)
        {
            board?.Dispose();
        }

        _links.Dispose();
    }
}
