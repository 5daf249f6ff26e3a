using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Robots.Boards;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Doctor;

/// <summary>
/// Which chips answer on a board's buses, asked through the board: it is told of one chip and no channel, and armed, at which it sets the
/// chip up and reads back what it wrote (a PCA9685's prescaler, the identity of an MPU6050 or a VL53L0X); then it is disarmed. No output is
/// on meanwhile.
/// </summary>
public static class ChipProbe
{
    /// <summary>Where a kind of chip may be put by its address pins: first and last. Of a PCA9685 the lower half, because what is told to
    /// it up there might be taken by other chips for a command.</summary>
    private static (int First, int Last) Addresses(byte type) => type switch
    {
        ChipType.Pca9685 => (0x40, 0x5F),
        ChipType.Mcp4728 => (0x60, 0x67),
        ChipType.Ads1115 => (0x48, 0x4B),
        ChipType.Vl53l0x => (Vl53l0x.OnlyAddress, Vl53l0x.OnlyAddress),
        _ => (0x68, 0x69),
    };

    /// <summary>Why a board is not asked: it is at work, or latched with its reason.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="state">Not Idle.</param>
    public static Finding NotAsked(string name, byte state) => Finding.Advice(Name(name), $"not asked for, because the board " +
        $"{StateWords.Predicate(state, 0)}.", "End what uses it, `ganglion disarm --port PORT`, and ask again.");

    /// <summary>Asks for each chip of a description, and where one does not answer, for its kind at the addresses that nobody
    /// described.</summary>
    /// <param name="board">Connected, idle. It has its former configuration afterwards, if it had one.</param>
    /// <param name="described">What should be there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardException">The board cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Finding Ask(BoardSession board, BoardConfiguration described, CancellationToken cancellation)
    {
        BoardConfiguration? before = board.Identity is { ConfigLength: > 0 } identity
            ? BoardConfigDecoder.Decode(board.Await(board.ReadConfiguration(), cancellation)) with { Board = identity.Name } : null;
        try
        {
            return Judge(board, described, cancellation);
        }
        finally
        {
            if (before != null)
            {
                board.Await(board.Configure(before), CancellationToken.None);
            }
        }
    }

    private static string Name(string board) => $"chips behind {board}";

    private static Finding Judge(BoardSession board, BoardConfiguration described, CancellationToken cancellation)
    {
        var there = new List<string>();
        var missing = new List<string>();
        foreach (ChipConfiguration chip in described.Chips)
        {
            string words = $"'{chip.Name}' ({StateWords.Chip(chip.Type)}, bus {chip.Bus}, 0x{chip.Address:X2})";
            if (Fault(board, described, chip, cancellation) is not { } fault)
            {
                there.Add(words);
                continue;
            }

            string[] elsewhere = [.. Elsewhere(board, described, chip, cancellation).Select(address => $"0x{address:X2}")];
            missing.Add($"{words} {fault}" + (elsewhere.Length > 0 ? $", and one such chip that nobody described answers at " +
                $"{string.Join(" and ", elsewhere)}" : ""));
        }

        return missing.Count == 0 ? Finding.Good(Name(board.Name), $"{string.Join(", ", there)} answer, and read back what was written.")
            : Finding.Trouble(Name(board.Name), $"{string.Join("; ", missing)}." +
                (there.Count > 0 ? $" {string.Join(", ", there)} answer." : ""),
                "Set that chip's address pins, or `address` in the description; else check its supply, common ground, SDA and SCL (not " +
                "exchanged) and their pull-ups.");
    }

    private static IEnumerable<int> Elsewhere(BoardSession board, BoardConfiguration described, ChipConfiguration chip,
        CancellationToken cancellation)
    {
        (int first, int last) = Addresses(chip.Type);
        for (int address = first; address <= last; address++)
        {
            if (!described.Chips.Any(other => (other.Bus, other.Address) == (chip.Bus, address))
                && Fault(board, described, chip with { Address = address }, cancellation) == null)
            {
                yield return address;
            }
        }
    }

    /// <returns>What is wrong with a chip, as the end of a sentence; null: it is there.</returns>
    private static string? Fault(BoardSession board, BoardConfiguration described, ChipConfiguration chip, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        bool drives = chip.Type is ChipType.Pca9685 or ChipType.Mcp4728;
        board.Await(board.Configure(described with { Chips = [chip with { Required = !drives }], Channels = [] }), cancellation);
        try
        {
            board.Await(board.Arm(), CancellationToken.None);
        }
        catch (BoardException refused) when (refused.Reason == Reason.ChipMissing)
        {
            return (refused.Detail & ChipHealth.Stranger) != 0 ? $"is another chip, with the identity 0x{refused.Detail >> 8:X2}"
                : "does not answer";
        }

        board.Await(board.Disarm(), CancellationToken.None);
        return null;
    }
}
