using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Doctor;

/// <summary>What a board's own answers say of its supply, its chips, its time and its link.</summary>
public static class BoardDoctor
{
    /// <summary>Bytes that are no frames: a boot loader's text and a start in the middle of a frame are fewer.</summary>
    private const int MuchGarbage = 2000;

    /// <summary>Late ticks that nobody minds: taking over a configuration and arming take longer than one; and their share beyond
    /// that.</summary>
    private const int FewLate = 20;

    /// <inheritdoc cref="FewLate"/>
    private const double LateShare = 1e-3;

    private const int MostCounted = 255;

    private const string Supply = "Its supply is too weak or a contact loose: give the servos a supply of their own that bears all of " +
        "them starting at once, with thick short wires and 1000 uF or more at each PCA9685's V+, and VDD from the board's 3.3 V; " +
        "`ganglion joint --load` finds how many it bears.";

    /// <summary>All that can be told without disturbing what the board does.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="port">Where it was asked.</param>
    /// <param name="board">What it answered.</param>
    /// <param name="described">Gives its chips names; null: the board's own numbers.</param>
    public static IReadOnlyList<Finding> Examine(string name, string port, BoardReport board, BoardConfiguration? described)
    {
        BoardConfiguration? known = board.Configuration == null ? null : described is { } own && Fits(own, board.Configuration) ? own
            : board.Configuration;
        return [State(name, port, board, known), Chips(name, board, known), Time(name, board), Link(name, board)];
    }

    /// <summary>A board that did not answer, or not as a board.</summary>
    public static Finding Silent(string name, Exception why) => Finding.Trouble($"board {name}", why.Message, "See the findings above on " +
        "ports; `ganglion info --port PORT` asks it again.");

    /// <summary>Why a chip was lost, where it was its supply: it lost its settings and has answered all the time, three failed transfers
    /// in a row being what silence takes. Null: it was something else, or nobody can tell.</summary>
    /// <param name="configuration">Names the chip; null: its number does.</param>
    /// <param name="reason">Why the board is safe, or last was.</param>
    /// <param name="detail">Of the reason.</param>
    /// <param name="statistics">The board's counts.</param>
    public static ReasonText? LostSupply(BoardConfiguration? configuration, byte reason, int detail, BoardStatistics statistics) =>
        reason == Reason.ChipLost && detail < statistics.ChipErrors.Length && statistics.ChipErrors[detail] < ChipHealth.LostAfter
            ? new ReasonText($"{configuration?.NameChip(detail) ?? $"chip {detail}"} lost its supply for a moment: it answers, and has " +
                "its settings no more", Supply)
            : null;

    private static Finding State(string name, string port, BoardReport board, BoardConfiguration? known)
    {
        BoardIdentity identity = board.Identity;
        string check = $"board {name}";
        string who = $"on {port}: firmware {identity.Firmware}, {StateWords.Predicate(identity.State, board.Telemetry?.Mode ?? 0)}";
        if (identity.Reason == Reason.None || identity.Reason == Reason.StoppedByHost)
        {
            return Finding.Good(check, $"{who}.");
        }

        ReasonText why = LostSupply(known, identity.Reason, identity.Detail, board.Statistics)
            ?? ReasonWords.Of(identity.Reason, 0, identity.Detail, known);
        return Finding.Advice(check, $"{who}; it last held or was safe because {why.Cause}.", why.Remedy);
    }

    private static Finding Chips(string name, BoardReport board, BoardConfiguration? known)
    {
        string check = $"chips of {name}";
        IReadOnlyList<int> errors = board.Statistics.ChipErrors;
        int[] failing = [.. Enumerable.Range(0, errors.Count).Where(chip => errors[chip] > 0)];
        return errors.Count == 0 ? Finding.Good(check, "it has not been told of any; a robot's verbs tell it, and --robot asks for them.")
            : failing.Length == 0 ? Finding.Good(check, $"none of the {errors.Count} has failed a transfer since they were told.")
            : Finding.Advice(check, string.Join("; ", failing.Select(chip => $"{known?.NameChip(chip) ?? $"chip {chip}"}: " +
                $"{(errors[chip] >= MostCounted ? $"{MostCounted} or more" : $"{errors[chip]}")} failed transfers")) + ".",
                "Look at that chip's plugs, its supply and common ground; shorten the I2C wires, use pull-ups of 2.2 kOhm, or speed_khz: " +
                "100.");
    }

    private static Finding Time(string name, BoardReport board)
    {
        string check = $"time of {name}";
        BoardStatistics counts = board.Statistics;
        return counts.Overruns <= FewLate || counts.Overruns <= LateShare * counts.Ticks
            ? Finding.Good(check, $"{counts.Overruns} of {counts.Ticks} ticks came more than a period late.")
            : Finding.Advice(check, $"{counts.Overruns} of {counts.Ticks} ticks came more than a period late.",
                "Fewer channels on it, tick_ms: 20, or a faster bus (speed_khz: 400); a bus that hangs does it too.");
    }

    private static Finding Link(string name, BoardReport board)
    {
        string check = $"link of {name}";
        long garbage = board.Statistics.GarbageBytes;
        long wrong = board.Telemetry?.ChecksumErrors ?? 0;
        return garbage < MuchGarbage && wrong == 0 ? Finding.Good(check, $"{garbage} bytes came that were no frames.")
            : Finding.Advice(check, $"{garbage} bytes came that were no frames, and {wrong} frames with a wrong checksum in its session.",
                "Another cable or adapter, away from the servos' wires; the same baud on both ends (`baud` of the board).");
    }

    /// <summary>Whether a description's names are those of the chips that the board has.</summary>
    private static bool Fits(BoardConfiguration described, BoardConfiguration read) => described.Chips.Length == read.Chips.Length
        && described.Chips.Zip(read.Chips).All(pair => (pair.First.Type, pair.First.Bus, pair.First.Address)
            == (pair.Second.Type, pair.Second.Bus, pair.Second.Address));
}
