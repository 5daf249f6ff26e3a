using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Config;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>Turns a checked tree into a rhythm and has it judged for its board by the code that the board runs.</summary>
internal static class RhythmReader
{
    private const int LongestPhase = 30;

    public static RhythmDescription Read(Entry file, string hash, RobotDescription robot, int board)
    {
        var network = NetworkEntries.Read(file.Map("network"), robot);
        Entry[] map = [.. file.List("map")];
        RhythmDescription rhythm = new(
            file.Text("name"),
            hash,
            network.Oscillators,
            network.Couplings,
            [.. map.Select(entry => ReadChannel(entry, network))],
            file.Number("ramp_ms") * 1e-3,
            file.Number("timeout_s"))
        {
            Clocks = network.Clocks,
            Speed = network.Speed,
            Phases = network.Phases,
            Cells = network.Cells,
        };
        Judge(file, map, network, rhythm, robot, board);
        return rhythm;
    }

    /// <summary>Whether each side's clocks take turns, as long as a phase may last.</summary>
    private static bool Oscillates(ChessClockNetwork clocks)
    {
        for (int i = 0; i < clocks.Count; i++)
        {
            for (int turns = 0, waited = 0; turns < 4; waited++)
            {
                bool swings = clocks.Swings(i);
                clocks.Step();
                (turns, waited) = clocks.Swings(i) != swings ? (turns + 1, 0) : (turns, waited);
                if (waited * clocks.StepSeconds > LongestPhase)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static RhythmChannel ReadChannel(Entry entry, NetworkEntries network) => new(
        entry.Whole("channel"),
        network.Find(entry, "oscillator"),
        entry.Text("output") switch
        {
            "flexor" => RhythmOutput.Flexor,
            "extensor" => RhythmOutput.Extensor,
            _ => RhythmOutput.Signed,
        },
        entry.Number("offset"),
        entry.Number("gain"));

    private static void Judge(Entry file, Entry[] map, NetworkEntries network, RhythmDescription rhythm, RobotDescription robot, int board)
    {
        BoardDescription player = robot.Boards[board];
        int channels = robot.ChannelsOf(board).Count();
        try
        {
            var built = BoardRhythm.Build(rhythm, player.Tick, channels);
            if (built.Network is ChessClockNetwork clocks && !Oscillates(clocks))
            {
                throw file.Map("network").Error("type", $"at this speed a clock stands still for {LongestPhase} s: its leak, and what " +
                    "couplings take, leave it nothing; raise bias, gain or speed");
            }
        }
        catch (RhythmRefusedException error)
        {
            throw error.Part switch
            {
                RhythmPart.Oscillator => network.OscillatorEntry(error.Index)
                    .Error($"oscillator '{rhythm.Names[error.Index]}': {error.Problem}"),
                RhythmPart.Weight => file.Error("network", error.Problem),
                _ when error.Reason == RhythmReason.RampOutOfRange => file.Error("ramp_ms", error.Problem),
                _ when error.Reason == RhythmReason.ChannelOutOfRange => map[error.Index].Error("channel",
                    $"board '{player.Id}' of '{robot.Name}' has no channel {rhythm.Map[error.Index].Channel}; its {channels} channels " +
                        $"count from 0"),
                _ => map[error.Index].Error("channel", $"channel {rhythm.Map[error.Index].Channel}: {error.Problem}"),
            };
        }

        if (rhythm.Timeout < player.SafeTimeout)
        {
            throw file.Error("timeout_s", $"timeout_s is below safe_timeout_ms {player.SafeTimeout * 1000:0} of board '{player.Id}'; the " +
                $"board would play that long anyway, so raise it");
        }

        int size = ConfigLayout.HeaderSize + player.Chips.Length * ConfigLayout.ChipSize + channels * ConfigLayout.ChannelSize
            + rhythm.Names.Length * ConfigLayout.OscillatorSize + rhythm.Couplings.Length * ConfigLayout.CouplingSize
            + rhythm.Map.Length * ConfigLayout.MapSize
            + robot.ChannelsOf(board).Count(channel => channel is PressureChannel { Sensor: not null }) * ConfigLayout.PressureSize;
        if (size > ConfigLayout.MaxSize)
        {
            throw file.Error("network", $"together with board '{player.Id}' this makes a configuration of {size} bytes and the board " +
                $"stores {ConfigLayout.MaxSize}; use fewer oscillators or couplings");
        }
    }
}
