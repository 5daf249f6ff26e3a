using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;

namespace Ganglion.Live;

// Stopping an arm that a person operates, and taking it up again.
public sealed partial class ArmSession
{
    /// <summary>Makes every board that is on safe at once: each does so in the tick in which it hears of it, and stays so, with its reason,
    /// until it is armed again.</summary>
    /// <returns>Which boards did not hear of it and what becomes of them; empty: all did.</returns>
    public string StopAtOnce()
    {
        var stops = new List<(BoardSession Board, BoardOperation Stop)>();
        string words = "";
        foreach (BoardSession board in Boards.Boards)
        {
            if (board.Phase == SessionPhase.Ready && (board.IsArmed || board.IsLeftOn))
            {
                stops.Add((board, board.Stop()));
            }
            else if (board.Phase is SessionPhase.Connecting or SessionPhase.Lost)
            {
                words += $" Board {board.Name} cannot be reached. {BoardException.Alone}";
            }
        }

        while (stops.Exists(one => !one.Stop.IsDone))
        {
            Boards.PollUntil(Clock.NowNanoseconds + StopSlice);
        }

        foreach ((BoardSession board, BoardOperation stop) in stops)
        {
            words += stop.Error == null ? "" : $" {stop.Error.Message}";
        }

        return words.Trim();
    }

    /// <summary>Acknowledges why the boards are safe, and arms them again, at park.</summary>
    /// <inheritdoc cref="ArmOutputs"/>
    public void Rearm(IPoseSource? poses, Func<bool> stop)
    {
        Boards.Disarm();
        ArmOutputs(poses, stop);
    }

    private const long StopSlice = 1_000_000;
}
