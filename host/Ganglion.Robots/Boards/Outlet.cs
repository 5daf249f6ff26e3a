using System.Collections.Immutable;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;

namespace Ganglion.Robots.Boards;

/// <summary>One output that is a channel: indices of board and chip, and the chip's output. Ordered as boards number their
/// channels.</summary>
internal readonly record struct Outlet(int Board, int Chip, int Output) : IComparable<Outlet>
{
    public int CompareTo(Outlet other) => (Board, Chip, Output).CompareTo((other.Board, other.Chip, other.Output));

    /// <summary>The outputs of a layout entry, in order.</summary>
    /// <param name="run">The entry.</param>
    /// <param name="boards">The robot's boards.</param>
    /// <param name="servos">Only servos will do.</param>
    /// <exception cref="RobotFileException">There is no such board, chip or output, or the chip cannot drive what it should.</exception>
    public static Outlet[] Run(Entry run, ImmutableArray<BoardDescription> boards, bool servos)
    {
        (int board, int chip) = ChipNamedBy(run, boards, servos);
        (int first, int last) = run.Range("outputs");
        if (last >= boards[board].Chips[chip].Outputs)
        {
            throw run.Error("outputs", $"output {last} of chip '{run.Text("chip")}' does not exist; it has outputs 0 to " +
                $"{boards[board].Chips[chip].Outputs - 1}");
        }

        return [.. Enumerable.Range(first, last - first + 1).Select(output => new Outlet(board, chip, output))];
    }

    /// <summary>The single output of an entry, for a servo.</summary>
    /// <inheritdoc cref="Run"/>
    public static Outlet OfServo(Entry entry, ImmutableArray<BoardDescription> boards)
    {
        (int board, int chip) = ChipNamedBy(entry, boards, servos: true);
        return new Outlet(board, chip, entry.Whole("output"));
    }

    private static (int Board, int Chip) ChipNamedBy(Entry run, ImmutableArray<BoardDescription> boards, bool servos)
    {
        string boardId = run.Text("board"), chipId = run.Text("chip");
        int board = IndexOf(boards.Select(candidate => candidate.Id), boardId);
        if (board < 0)
        {
            throw run.Error("board", $"there is no board '{boardId}'; the boards are " +
                $"{string.Join(", ", boards.Select(candidate => candidate.Id))}");
        }

        ImmutableArray<ChipDescription> chips = boards[board].Chips;
        int chip = IndexOf(chips.Select(candidate => candidate.Id), chipId);
        if (chip < 0)
        {
            throw run.Error("chip", $"board '{boardId}' has no chip '{chipId}'; its chips are " +
                $"{string.Join(", ", chips.Select(candidate => candidate.Id))}");
        }

        if (servos && chips[chip] is not Pca9685)
        {
            throw run.Error("chip", $"chip '{chipId}' cannot drive a servo; name a pca9685");
        }

        if (chips[chip].Outputs == 0)
        {
            throw run.Error("chip", $"chip '{chipId}' is a sensor and drives nothing; name a pca9685 or an mcp4728");
        }

        return (board, chip);
    }

    /// <summary>The chip that this is an output of.</summary>
    public ChipDescription ChipOf(ImmutableArray<BoardDescription> boards) => boards[Board].Chips[Chip];

    /// <summary>Refuses more channels on one board than a setpoint frame carries.</summary>
    public static void CheckCounts(IEnumerable<Outlet> outlets, Entry channels, ImmutableArray<BoardDescription> boards)
    {
        foreach (IGrouping<int, Outlet> board in outlets.GroupBy(outlet => outlet.Board))
        {
            if (board.Count() > FrameFormat.MaxChannels)
            {
                throw channels.Error("layout", $"board '{boards[board.Key].Id}' has {board.Count()} channels; a board takes " +
                    $"{FrameFormat.MaxChannels}, so add another board");
            }
        }
    }

    private static int IndexOf(IEnumerable<string> ids, string id) => ids.ToList().IndexOf(id);
}
