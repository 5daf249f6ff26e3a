using System.Runtime.InteropServices;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Neurons.Tests.Training;

/// <summary>Ranks that share a batch come to the bits of one process.</summary>
public sealed class RankedTrainingTests : IDisposable
{
    private static readonly LsnnShape Shape = new() { Channels = 3, Windows = 3, Hidden = 21, Outputs = 7 };

    private static readonly TrainingRecipe Recipe = new() { BatchSize = 12, Slices = 6, Updates = 40, Seed = 3 };

    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-ranks-").FullName;

    private string CheckpointPath => Path.Combine(_folder, "run.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(6, 1)]
    public void Any_number_of_ranks_gives_the_same_bits(int count, int threads)
    {
        byte[] alone = Whole(Recipe);
        byte[][] got = new byte[count][];
        ThreadRanks.Run(count, ranks =>
        {
            using TrainingRun run = Start(ranks, null, Recipe, threads);
            Assert.Equal(TrainingEnd.Finished, run.Run(_ => { }));
            got[ranks.Rank] = Bytes(run.Weights);
        });
        Assert.All(got, bytes => Assert.Equal(alone, bytes));
    }

    /// <summary>Whichever rank is asked to stop, all stop after the same update; another number of ranks goes on to the same
    /// bits.</summary>
    [Theory]
    [InlineData(2, 0, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 0, 4)]
    public void A_run_that_was_stopped_goes_on_with_other_ranks(int count, int asked, int later)
    {
        long[] updates = new long[count];
        ThreadRanks.Run(count, ranks =>
        {
            using var stop = new CancellationTokenSource();
            using TrainingRun run = Start(ranks, CheckpointPath, Recipe, 1, onUpdate: rank =>
            {
                if (rank == asked)
                {
                    stop.Cancel();
                }
            });
            Assert.Equal(TrainingEnd.Stopped, run.Run(_ => { }, stop.Token));
            updates[ranks.Rank] = run.Updates;
        });
        Assert.Single(updates.Distinct());
        Assert.InRange(updates[0], 1, Recipe.Updates - 1);
        byte[][] got = new byte[later][];
        ThreadRanks.Run(later, ranks =>
        {
            using TrainingRun run = Start(ranks, CheckpointPath, Recipe, 1);
            Assert.Equal(updates[0], run.Updates);
            Assert.Equal(TrainingEnd.Finished, run.Run(_ => { }));
            got[ranks.Rank] = Bytes(run.Weights);
        });
        Assert.All(got, bytes => Assert.Equal(Whole(Recipe), bytes));
    }

    [Fact]
    public void More_ranks_than_slices_are_refused() =>
        Assert.Contains("3 ranks cannot share the 2 slices of a batch", Assert.Throws<ArgumentException>(() => ThreadRanks.Run(3, ranks =>
        {
            using TrainingRun run = Start(ranks, null, Recipe with { Slices = 2 }, 1);
        })).Message, StringComparison.Ordinal);

    private static byte[] Whole(TrainingRecipe recipe)
    {
        using TrainingRun run = Start(new SoloRanks(), null, recipe, 1);
        run.Run(_ => { });
        return Bytes(run.Weights);
    }

    private static TrainingRun Start(IRanks ranks, string? checkpoint, TrainingRecipe recipe, int threads, Action<int>? onUpdate = null)
    {
        var plan = new TrainingPlan
        {
            Shape = Shape,
            Recipe = recipe,
            Subject = "arm",
            Threads = threads,
            Ranks = ranks,
            CheckpointPath = checkpoint,
            TestEvery = 10,
        };
        ISampleSource source = new TrunkSource(3, 1);
        return new TrainingRun(plan, onUpdate == null ? source : new Watched(source, () => onUpdate(ranks.Rank)), new SquaredErrorLoss(),
            _ => new HeldOutErrors(1, new Dictionary<string, double>()));
    }

    private static byte[] Bytes(LsnnWeights weights) => MemoryMarshal.AsBytes(weights.Padded).ToArray();

    /// <summary>Tells when update 15 is being worked out.</summary>
    private sealed class Watched(ISampleSource source, Action told) : ISampleSource
    {
        public int InputLength => source.InputLength;

        public int TargetLength => source.TargetLength;

        public void Fill(long index, Span<float> inputs, Span<float> targets)
        {
            if (index / Recipe.BatchSize == 15)
            {
                told();
            }

            source.Fill(index, inputs, targets);
        }
    }
}
