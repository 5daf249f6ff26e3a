using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>Rhythms at random, of every kind that a board plays, anywhere within what it takes.</summary>
internal static class FuzzRhythm
{
    /// <summary>Draws of a kind before the plainest is taken: what hangs together of a definition is judged by the board's own
    /// code.</summary>
    private const int Draws = 12;

    /// <summary>A free input of the converters shows 0 V. So much is the zero of a sensor that cells feel there, V, and so far it
    /// reaches: of one that is in order, and of one whose wire is off.</summary>
    private const double Zero = 1, Reach = 1.2, ShortReach = 0.5;

    /// <summary>Whether cells of a rhythm feel a sensor whose wire is off.</summary>
    public static bool IsBlind(BoardConfiguration board) => board.Pairs.Any(pair => pair.Input > 0 && pair.Reach < Zero);

    /// <summary>The same board with a rhythm.</summary>
    public static BoardConfiguration Add(Random random, BoardConfiguration board)
    {
        BoardConfiguration plain = board with
        {
            Oscillators = [new(0.139, 0.246, 0.375, 3.414, 1.79, 2), new(0.2, 0.4, 1, 2.5, 2.5)],
            Couplings = [new(0, 1, -0.5), new(1, 0, -0.5)],
            RhythmMap = [new(0, 1, RhythmOutput.Signed, 0.5, -0.25)],
        };
        int kind = random.Next(4);
        for (int i = 0; i < Draws && kind != RhythmKind.Kimura; i++)
        {
            BoardConfiguration drawn = kind == RhythmKind.ChessClock ? Clocks(random, board)
                : kind == RhythmKind.Phase ? Phases(random, board) : Pairs(random, board);
            try
            {
                BoardConfigEncoder.Encode(drawn);
                return drawn;
            }
            catch (BoardException)
            {
                // Such as a clock that would stand still: another draw.
            }
        }

        return plain;
    }

    private static BoardConfiguration Clocks(Random random, BoardConfiguration board)
    {
        int sides = 1 + random.Next(random.Next(3) == 0 ? ChessClockParameters.MaxSides : 2);
        double size = random.Next(2) == 0 ? 5 : 12;
        return board with
        {
            Clocks = [.. Enumerable.Range(0, sides).Select(_ => new ClockConfiguration(Between(random, 0, size), Between(random, 0, size),
                Between(random, -1, size), Between(random, -1, size), Between(random, 0, 4), Between(random, 0, 1.99)))],
            Couplings = [.. from to in Enumerable.Range(0, 2 * sides)
                from other in Enumerable.Range(0, 2 * sides)
                where to / 2 != other / 2 && random.Next(2) == 0
                select new CouplingConfiguration(to, other, Between(random, -size, size))],
            RhythmMap = Map(random, board, sides),
        };
    }

    private static BoardConfiguration Phases(Random random, BoardConfiguration board)
    {
        int limbs = 1 + random.Next(8);
        double frequency = Between(random, 0.01, random.Next(2) == 0 ? 2 : 10), most = 0.95 / limbs;
        return board with
        {
            Phases = [.. Enumerable.Range(0, limbs).Select(_ => new PhaseConfiguration(frequency, Between(random, 0, 1),
                Between(random, 0.05, 0.95), Between(random, 0, 1)))],
            Couplings = [.. from to in Enumerable.Range(0, limbs)
                from other in Enumerable.Range(0, limbs)
                where random.Next(2) == 0
                select new CouplingConfiguration(to, other, Between(random, -most, most))],
            RhythmMap = Map(random, board, limbs),
        };
    }

    private static BoardConfiguration Pairs(Random random, BoardConfiguration board)
    {
        int pairs = 1 + random.Next(random.Next(3) == 0 ? CellPairParameters.MaxPairs : 2);
        double scale = Between(random, 0.01, 60), envelope = Between(random, 1, 50), step = Between(random, 0.05, 0.5);
        int input = FreeInput(random, board);
        return board with
        {
            Pairs = [.. Enumerable.Range(0, pairs).Select(_ =>
            {
                bool usual = random.Next(2) == 0, feels = input > 0 && random.Next(2) == 0;
                return new CellPairConfiguration(
                    usual ? 0.02 : Between(random, 0.0001, 1.3), usual ? 0.2 : Between(random, -3.2, 3.2),
                    usual ? -50 : Between(random, -100, 0), usual ? 2 : Between(random, -32, 32),
                    usual ? 15 : Between(random, -320, 320), scale, envelope, step, feels ? input : 0,
                    feels ? Between(random, -30, 30) : 0, feels ? Between(random, 0.01, 600) : 0, feels ? Zero : 0,
                    feels ? random.Next(3) == 0 ? ShortReach : Reach : 0);
            })],
            Couplings = [.. from to in Enumerable.Range(0, 2 * pairs)
                from other in Enumerable.Range(0, 2 * pairs)
                where to / 2 == other / 2 && to != other
                select new CouplingConfiguration(to, other, random.Next(2) == 0 ? -10 : Between(random, -50, 50))],
            RhythmMap = Map(random, board, pairs),
        };
    }

    /// <summary>An analog input of a required converter that no pressure loop has, from 1; 0 without one.</summary>
    private static int FreeInput(Random random, BoardConfiguration board)
    {
        if (!board.Chips.Any(chip => chip.Type == ChipType.Ads1115 && chip.Required))
        {
            return 0;
        }

        int[] free = [.. Enumerable.Range(0, 4).Where(input => board.Channels.All(channel => channel.Pressure?.Input != input))];
        return free.Length == 0 ? 0 : 1 + free[random.Next(free.Length)];
    }

    private static System.Collections.Immutable.ImmutableArray<RhythmMapEntry> Map(Random random, BoardConfiguration board,
        int oscillators) =>
    [
        .. Enumerable.Range(0, Math.Min(4, board.Channels.Length)).Select(channel => new RhythmMapEntry(channel,
            random.Next(oscillators), (RhythmOutput)random.Next(3), random.NextDouble(), Between(random, -1, 1))),
    ];

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();
}
