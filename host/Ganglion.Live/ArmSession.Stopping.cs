using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;

namespace Ganglion.Live;

// How work with an arm ends, whatever becomes of it; stopping one that a person operates, and taking it up again.
public sealed partial class ArmSession
{
    /// <summary>
    /// Does something that moves the arm, and leaves no board armed without anybody who steers it, whatever becomes of the work. Ended at
    /// once, the boards are disarmed where they stand; failed for any other reason than a board, the arm moves back to park and is
    /// disarmed. Boards that fail go safe by themselves, and the others hold and go safe with them; one that refuses or does otherwise
    /// than it says is disarmed.
    /// </summary>
    /// <param name="work">Arms, moves, and on success parks.</param>
    /// <param name="atOnce">Ends it at once.</param>
    /// <exception cref="BoardException">A board failed; or, whatever the work failed of, one could not be disarmed after it.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; the arm is disarmed.</exception>
    public T Steer<T>(Func<T> work, CancellationToken atOnce = default)
    {
        _atOnce = atOnce;
        try
        {
            return work();
        }
        catch (Exception failure)
        {
            if (Release(failure) is { } still)
            {
                throw still.After(failure);
            }

            throw;
        }
    }

    /// <summary>Why a board is still on that should not be; null if none is.</summary>
    private BoardException? Release(Exception failure)
    {
        bool all = Boards.Boards.All(board => board.IsArmed);
        if (failure is BoardException && !all)
        {
            return Boards.Boards.Any(board => board.IsLeftOn) ? Boards.Release(board => board.IsLeftOn) : null;
        }

        if (failure is not OperationCanceledException && _stream != null && all)
        {
            try
            {
                double[] told = new double[_layout.Gears.Length];
                _told.At(Stream.ExecutionTime, told);
                ParkAndDisarm(NewMotion(told), told);
                return null;
            }
            catch (Exception e) when (e is BoardException or OperationCanceledException)
            {
                // Then it is disarmed where it stands, as far as it can be reached.
            }
        }

        return Boards.Release(board => board.IsArmed);
    }

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
                words += $" Board {board.Name} cannot be reached. {board.Unreached}";
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
