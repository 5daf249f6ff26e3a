using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Session;

// Which board this is: PROTOCOL.md, "Which board this is".
public sealed partial class BoardSession
{
    private const string InOrder = "Give --port in the order of the description; `ganglion info --port PORT` tells which board is there.";

    /// <summary>Why a connected board is not the one that a configuration was made for; null if nothing speaks against it. A board that its
    /// configuration made one of another robot becomes this one's with the new configuration; the name of its firmware it keeps.</summary>
    public BoardException? Mistaken(BoardConfiguration configuration)
    {
        string name = Identity!.Name, wanted = configuration.Board;
        if (name.Length == 0 || wanted.Length == 0 || name == wanted || (!Identity.IsFlashed && RobotOf(name) != RobotOf(wanted)))
        {
            return null;
        }

        return new BoardException(Name, Reason.WrongBoard, 0, Identity.IsFlashed
            ? new ReasonText($"the board on {PortName} is '{name}' by its firmware, and '{wanted}' is meant",
                $"{InOrder} One that was built in elsewhere is flashed with its new name.")
            : new ReasonText($"the board on {PortName} was configured as '{name}' before, and '{wanted}' is meant",
                $"{InOrder} If the first order was wrong or boards were wired anew, switch their supply off and on."));
    }

    private static string RobotOf(string name) => name[..Math.Max(0, name.IndexOf('/', StringComparison.Ordinal))];
}
