using Ganglion.Rhythm.Cells;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Tests.Cells;

/// <summary>The board's cells against the host's model of them, which was made apart: in double precision, by the rule of the pendulum
/// paper's listing, and held against scipy in its own tests.</summary>
public class BoardCellsTests
{
    private const float Tick = 0.02f;

    /// <summary>Types that burst or fire tonically under a steady current, as two that inhibit each other: potential by potential until the
    /// rounding of single precision has moved a spike, and spike by spike for longer.</summary>
    [Theory]
    [InlineData("tonic-bursting", 15)]
    [InlineData("tonic-spiking", 14)]
    [InlineData("mixed-mode", 12)]
    [InlineData("spike-frequency-adaptation", 30)]
    public void They_are_the_hosts_cells_step_by_step(string type, double current)
    {
        IzhikevichCell cell = CellTypes.Find(type)!.Cell;
        CellPairNetwork board = Board(cell, current, 0.05f, 2.5f);
        Assert.Equal(1, board.StepsPerTick);
        double h = board.CellStep;
        var host = new CellNetwork([cell, cell], [0, -10, -10, 0]);
        host.Set(0, cell.C, cell.B * cell.C + cell.D);

        // The board begins with a spike of the first cell, whose current in the second fades as any.
        double kick = -10;
        List<int>[] onBoard = [[], []], onHost = [[], []];
        double worst = 0;
        for (int step = 0; step < 4000; step++)
        {
            float[] before = [board.FlexorActivity[0], board.ExtensorActivity[0]];
            board.Step();
            host.Step(h, [current, current + kick]);
            kick *= 1 - CellNetwork.SynapticDecay * h;
            for (int i = 0; i < 2; i++)
            {
                if ((i == 0 ? board.FlexorActivity : board.ExtensorActivity)[0] > before[i])
                {
                    onBoard[i].Add(step);
                }

                if (host.Fired[i])
                {
                    onHost[i].Add(step);
                }

                worst = step < 400 ? Math.Max(worst, Math.Abs(board.V[i] - host.V[i])) : worst;
            }
        }

        Assert.True(worst < 0.05, $"{worst} mV");
        for (int i = 0; i < 2; i++)
        {
            Assert.InRange(onHost[i].Count, 5, 200);
            Assert.Equal(onHost[i].Count, onBoard[i].Count);
            Assert.All(onHost[i].Zip(onBoard[i]), pair => Assert.InRange(pair.Second - pair.First, -2, 2));
        }
    }

    /// <summary>What a coarser step costs, against the fine model in steps of 0.005 ms: 56.5 ms a turn. The shares are those that
    /// CellPairParameters.MaxStep states.</summary>
    [Theory]
    [InlineData(0.05f, 0.02)]
    [InlineData(0.1f, 0.045)]
    [InlineData(0.25f, 0.095)]
    public void A_coarser_step_is_slower_by_so_much(float step, double share)
    {
        IzhikevichCell cell = CellTypes.Find("tonic-bursting")!.Cell;
        double fine = 1 / CellPair.Of(new CellPairOptions { Cell = cell, Duration = 2000, Step = 0.005 }).Period;
        CellPairNetwork board = Board(cell, 15, step, 50 * step);
        Assert.Equal(1, board.StepsPerTick);
        double turns = 0, first = double.NaN, last = 0;
        bool flexor = true;
        for (int tick = 0; tick * step < 2000; tick++)
        {
            board.Step();
            bool now = board.Output(0) > 0;
            if (now && !flexor && tick * step > 600)
            {
                (first, last, turns) = (double.IsNaN(first) ? tick * step : first, tick * step, turns + 1);
            }

            flexor = now;
        }

        double slower = 1 - (turns - 1) / (last - first) / fine;
        Assert.InRange(slower, share - 0.015, share);
    }

    private static CellPairNetwork Board(IzhikevichCell cell, double current, float step, float timeScale)
    {
        var parameters = new CellPairParameters(1);
        (parameters.A[0], parameters.B[0], parameters.C[0], parameters.D[0]) =
            ((float)cell.A, (float)cell.B, (float)cell.C, (float)cell.D);
        (parameters.Current[0], parameters.TimeScale[0], parameters.Envelope[0], parameters.Step[0]) =
            ((float)current, timeScale, 6, step);
        parameters.Weights[1] = parameters.Weights[2] = -10;
        var board = new CellPairNetwork(1, Tick);
        Assert.Equal(RhythmReason.None, board.Configure(parameters, out _));

        // The steps of a tick are told once it has made one.
        board.Step();
        board.Reset();
        return board;
    }
}
