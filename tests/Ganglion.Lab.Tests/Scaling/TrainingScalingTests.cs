using Ganglion.Lab.Scaling;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Tests;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Lab.Tests.Scaling;

/// <summary>The model of a shared training against counted traffic and against order statistics that were tabulated.</summary>
public sealed class TrainingScalingTests
{
    private static readonly LsnnShape Shape = new() { Channels = 3, Windows = 3, Hidden = 21, Outputs = 7 };

    private static readonly UpdateCosts Costs = new(Slice: 8e-3, Spread: 0.4e-3, Sum: 0.1e-3, Step: 0.3e-3);

    /// <summary>The model's messages and bytes are those that a training sends, whichever rank, and with slices that do not come out
    /// even.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 9)]
    public void Messages_and_bytes_are_those_of_a_training(int count, int slices)
    {
        const int updates = 3;
        ThreadRanks.Run(count, ranks =>
        {
            var metered = new MeteredRanks(ranks);
            var recipe = new TrainingRecipe { BatchSize = 12, Slices = slices, Updates = updates };
            using var trainer = new Trainer(Shape, new NeuronConstants(), recipe, new TrunkSource(3, 1), new SquaredErrorLoss(), 1,
                metered);
            for (int i = 0; i < updates; i++)
            {
                trainer.Update();
            }

            var model = RankedTraffic.Of(Shape, slices, count, ranks.Rank);
            Assert.Equal((updates * model.Messages, updates * model.Bytes), (metered.Traffic.Messages, metered.Traffic.Bytes));
        });
    }

    /// <summary>What is measured sends what the model says and the word of all after each update, and has one rank's rate beside it; the
    /// weights stay.</summary>
    [Fact]
    public void A_measured_training_is_one_that_ranks_share()
    {
        var weights = new LsnnWeights(Shape, new NeuronConstants());
        weights.Initialise(3, 1, 1);
        float[] before = weights.Padded.ToArray();
        SharedTraining? first = null;
        ThreadRanks.Run(2, ranks =>
        {
            SharedTraining shared = ScalingBench.Train(weights, new TrunkSource(3, 1), 2, TimeSpan.FromTicks(1), ranks);
            first = ranks.Rank == 0 ? shared : first;
        });
        var model = RankedTraffic.Of(Shape, 2, 2, 0);
        Assert.Equal(model.Messages, first!.Traffic.Messages);
        Assert.InRange(first.Traffic.Bytes, model.Bytes + 1, model.Bytes + 2);
        Assert.All([first.SamplesPerSecond, first.Alone!.Value, first.SideBySide!.Value], rate => Assert.True(double.IsFinite(rate)));
        Assert.Equal(before, weights.Padded.ToArray());
    }

    /// <summary>1 / sqrt(pi) and 1.5 / sqrt(pi) are exact; the others as tabulated by Harter (1961).</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.56419)]
    [InlineData(3, 0.84628)]
    [InlineData(10, 1.53875)]
    [InlineData(100, 2.50759)]
    public void The_slowest_of_many_is_as_tabulated(int n, double expected) =>
        Assert.Equal(expected, TrainingScaling.ExpectedLargest(n), 0.03);

    [Fact]
    public void One_rank_has_nobody_to_wait_for_and_a_perfect_network_leaves_the_sum_alone()
    {
        ScalingPoint one = TrainingScaling.At(Shape, Costs, new RankNetwork(1e-6, 1e9), 1);
        Assert.Equal((1.0, Costs.Slice + Costs.Step, 0.0), (one.Efficiency, one.Seconds, one.Network));
        ScalingPoint many = TrainingScaling.At(Shape, Costs with { Spread = 0 }, new RankNetwork(1e-15, 1e18), 21);
        Assert.Equal(1, many.Efficiency, 6);
        Assert.True(TrainingScaling.At(Shape, Costs, new RankNetwork(1e-6, 1e9), 21).Efficiency < 1);
    }

    /// <summary>Four ranks on two cores take turns: no faster than two with the same slices each.</summary>
    [Fact]
    public void Ranks_beyond_the_cores_take_turns()
    {
        UpdateCosts even = Costs with { Spread = 0 };
        ScalingPoint four = TrainingScaling.At(Shape, even, new RankNetwork(1e-15, 1e18), 4, cores: 2);
        Assert.Equal(0.5, four.Efficiency, 6);
    }
}
