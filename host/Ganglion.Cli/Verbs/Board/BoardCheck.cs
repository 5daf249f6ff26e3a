using Ganglion.Bridge.Doctor;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>What `ganglion doctor` asks of a board behind a port.</summary>
internal static class BoardCheck
{
    /// <param name="port">Its port.</param>
    /// <param name="robot">What it belongs to; null: nobody said.</param>
    /// <param name="board">Index of it there.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public static IReadOnlyList<Finding> Of(string port, RobotDescription? robot, int board, CancellationToken cancellation)
    {
        string name = robot?.Boards[board].Id ?? port;
        int baud = robot?.Boards[board].Baud ?? SerialPorts.DefaultBaud;
        BoardConfiguration? described = robot == null ? null : RobotConfiguration.Of(robot, board);
        var clock = new MonotonicClock();
        var findings = new List<Finding>();
        try
        {
            BoardReport report = BoardEnquiry.Ask(name, SerialPorts.Open(port, baud), clock);
            findings.AddRange(BoardDoctor.Examine(name, port, report, described));
            if (described != null && report.Identity.State != BoardState.Idle)
            {
                findings.Add(ChipProbe.NotAsked(name, report.Identity.State)); // a session would stop what it does
            }
            else if (described != null)
            {
                using var session = new BoardSession(name, () => SerialPorts.Open(port, baud), clock);
                session.Await(session.Connect(), cancellation);
                findings.Add(ChipProbe.Ask(session, described, cancellation));
            }
        }
        catch (IOException silent)
        {
            findings.Add(BoardDoctor.Silent(name, silent));
        }

        return findings;
    }
}
