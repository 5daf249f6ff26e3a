using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Tests.Cells;

/// <summary>Half-centers of two bursting cells against the figures of the specification (section G).</summary>
public class CellPairTests
{
    private static readonly CellPairOptions Pair = new() { Cell = CellTypes.Find("tonic-bursting")!.Cell, Duration = 2000, Step = 0.02 };

    /// <summary>0.0202 and 0.0177 turns a ms.</summary>
    [Theory]
    [InlineData(-5, 0.0202)]
    [InlineData(-10, 0.0177)]
    public void They_alternate_at_the_published_frequency(double forth, double frequency)
    {
        var pair = CellPair.Of(Pair with { Forth = forth });
        Assert.Null(pair.Problem);
        Assert.Equal(frequency, 1 / pair.Period, 0.01 * frequency);
        Assert.Equal(0.5, pair.Lag, 0.03);
    }

    [Fact]
    public void What_does_not_alternate_is_told_with_its_reason()
    {
        Assert.Contains("both fire together", CellPair.Of(Pair with { Pulse = 0 }).Problem);
        Assert.Contains("silent", CellPair.Of(Pair with { SteadyCurrent = -20 }).Problem);
        Assert.Contains("only one", CellPair.Of(Pair with { SteadyCurrent = 0, Pulse = 15, PulseTo = Pair.Duration }).Problem);

        // As the listing would start it, v = c, this cell's recovery grows without bound.
        Assert.Contains("bounds", CellPair.Of(Pair with
        {
            Cell = CellTypes.Find("inhibition-induced-bursting")!.Cell,
            SteadyCurrent = 80,
            Step = 0.01,
        }).Problem);
    }

    /// <summary>A synaptic current jumps by its weight in the step after a spike, and has decayed to a share of exp(-0.3 t)
    /// later.</summary>
    [Fact]
    public void A_synapse_decays_exponentially()
    {
        var network = new CellNetwork([Pair.Cell, Pair.Cell], [0, -7, 0, 0]);
        double[] input = [0, 0];
        network.Set(0, 29.9, 0);
        network.Step(0.01, input);
        Assert.True(network.Fired[0]);
        network.Step(0.01, input);
        Assert.Equal(-7, network.Synaptic[1], 12);
        for (int k = 0; k < 500; k++)
        {
            network.Step(0.01, input);
        }

        Assert.Equal(-7 * Math.Exp(-0.3 * 5), network.Synaptic[1], 0.02);
        Assert.Equal(0, network.Synaptic[0]);
    }
}
