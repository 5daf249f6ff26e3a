using System.Collections.Immutable;
using Ganglion.Shared.Link;

namespace Ganglion.Robots.Yaml;

/// <summary>One output that carries a servo: indices of board and chip, and the chip's output. Ordered as boards number their channels.</summary>
internal readonly record struct Outlet(int Board, int Chip, int Output) : IComparable<Outlet>
{
    public int CompareTo(Outlet other) => (Board, Chip, Output).CompareTo((other.Board, other.Chip, other.Output));

    /// <summary>The outputs of a layout entry, in order.</summary>
    /// <exception cref="RobotFileException">There is no such board or chip, or the chip drives no servo.</exception>
    public static Outlet[] Run(Entry run, ImmutableArray<BoardDescription> boards)
    {
        string boardId = run.Text("board"), chipId = run.Text("chip");
        int board = IndexOf(boards.Select(candidate => candidate.Id), boardId);
        if (board < 0)
            throw run.Error("board", $"there is no board '{boardId}'; the boards are {string.Join(", ", boards.Select(candidate => candidate.Id))}");
        ImmutableArray<ChipDescription> chips = boards[board].Chips;
        int chip = IndexOf(chips.Select(candidate => candidate.Id), chipId);
        if (chip < 0)
            throw run.Error("chip", $"board '{boardId}' has no chip '{chipId}'; its chips are {string.Join(", ", chips.Select(candidate => candidate.Id))}");
        if (chips[chip] is not Pca9685)
            throw run.Error("chip", $"chip '{chipId}' cannot drive a servo; name a pca9685");
        (int first, int last) = run.Range("outputs");
        return [.. Enumerable.Range(first, last - first + 1).Select(output => new Outlet(board, chip, output))];
    }

    /// <summary>The calibrated channel at this output.</summary>
    public ChannelDescription Channel(Calibration calibration, ImmutableArray<BoardDescription> boards, string name) =>
        calibration.Channel(this, (Pca9685)boards[Board].Chips[Chip], name);

    /// <summary>Refuses more channels on one board than a setpoint frame carries.</summary>
    public static void CheckCounts(IEnumerable<Outlet> outlets, Entry channels, ImmutableArray<BoardDescription> boards)
    {
        foreach (IGrouping<int, Outlet> board in outlets.GroupBy(outlet => outlet.Board))
        {
            if (board.Count() > FrameFormat.MaxChannels)
                throw channels.Error("layout", $"board '{boards[board.Key].Id}' has {board.Count()} channels; a board takes {FrameFormat.MaxChannels}, so add another board");
        }
    }

    private static int IndexOf(IEnumerable<string> ids, string id) => ids.ToList().IndexOf(id);
}
