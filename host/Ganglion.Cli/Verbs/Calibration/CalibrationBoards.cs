using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Live.Calibration;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Calibration;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>The boards that are calibrated: behind ports, or those of a virtual robot that is built otherwise than described.</summary>
internal sealed class CalibrationBoards : IDisposable
{
    private readonly RobotDescription _robot;
    private readonly BoardLinks _links;
    private readonly BodyObserver? _eyes;

    /// <param name="robot">As described.</param>
    /// <param name="ports">One a board.</param>
    public CalibrationBoards(RobotDescription robot, string[] ports) =>
        (_robot, _links) = (robot, new BoardLinks(robot, board => ports[board]));

    /// <param name="robot">As described.</param>
    /// <param name="seed">How it is built otherwise.</param>
    /// <param name="virtualTime">As fast as the machine can.</param>
    public CalibrationBoards(RobotDescription robot, int seed, bool virtualTime)
    {
        _robot = robot;
        var built = new VirtualRobot(BuiltOtherwise.Draw(robot, seed), FirmwareImage.Embedded, seed, stopsAtLimits: true);
        _eyes = new BodyObserver(built);
        Observer = virtualTime ? _eyes : null;
        _links = new BoardLinks(built, virtualTime);
    }

    public IClock Clock => _links.Clock;

    /// <summary>Answers for a virtual robot in virtual time; else null.</summary>
    public BodyObserver? Observer { get; }

    /// <summary>A session with a board, not yet connected.</summary>
    public BoardSession Session(int board) => new(_robot.Boards[board].Id, _links.To(board), Clock);

    /// <summary>What is to be seen of a thing of a virtual robot, in words; empty: nothing is.</summary>
    public string Sight(CalibrationItem? item) => item == null || _links.Running is not { } boards ? ""
        : boards.Look(_ => _eyes!.Sight(item));

    public void Dispose() => _links.Dispose();
}
