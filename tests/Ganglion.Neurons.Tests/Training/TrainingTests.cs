using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
namespace Ganglion.Neurons.Tests.Training;

public sealed class TrainingTests : IDisposable
{
    private static readonly LsnnShape Shape = new() { Channels = 3, Windows = 3, Hidden = 32, Outputs = 7 };
    private static readonly TrainingRecipe Recipe = new() { Updates = 60, BatchSize = 16, Slices = 4, ClipNorm = 200 };
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-training").FullName;

    private string CheckpointPath => Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LearnsThePoseOfAShortArm()
    {
        var source = new TrunkSource(3, 1);
        var recipe = new TrainingRecipe { Updates = 4000, ClipNorm = 20 };
        using var trainer = new Trainer(Shape, new NeuronConstants(), recipe, source, new SquaredErrorLoss(), threads: 1);
        LsnnPass pass = LsnnEngine.CreateEventPass(trainer.Weights);
        double before = source.Test(pass, 1_000_000, 100).Tip;
        while (trainer.Updates < recipe.Updates)
        {
            trainer.Update();
        }

        (double tip, _, double degrees) = source.Test(pass, 1_000_000, 100);
        Assert.True(before > 150, $"untrained tip error {before:f0} mm");
        Assert.True(tip < 25, $"trained tip error {tip:f1} mm");
        Assert.True(degrees < 15, $"trained orientation error {degrees:f1} deg");
    }

    /// <summary>What a run is said to take, against what the runtime counts.</summary>
    [Theory]
    [InlineData(256, 10, 2, LearningRule.BackpropagationThroughTime)]
    [InlineData(128, 25, 8, LearningRule.BackpropagationThroughTime)]
    [InlineData(1024, 6, 1, LearningRule.BackpropagationThroughTime)]
    [InlineData(256, 10, 2, LearningRule.EligibilityTraces)]
    public void The_memory_of_a_run_is_known_before_it(int hidden, int windows, int slices, LearningRule rule)
    {
        LsnnShape shape = Shape with { Hidden = hidden, Windows = windows };
        TrainingRecipe recipe = Recipe with { Slices = slices, Rule = rule };
        var source = new TrunkSource(windows, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var trainer = new Trainer(shape, new NeuronConstants(), recipe, source, new SquaredErrorLoss(), threads: 1);
        LsnnEngine.CreateEventPass(trainer.Weights);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(TrainingMemory.Of(shape, recipe) / taken, 0.9, 1.1);
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        byte[][] results = [.. new[] { 1, 1, 2, 3, 4 }.Select(threads => WeightBytes(threads))];
        Assert.All(results, bytes => Assert.Equal(results[0], bytes));

        static byte[] WeightBytes(int threads)
        {
            using var trainer = new Trainer(Shape, new NeuronConstants(), Recipe, new TrunkSource(3, 1),
                new SquaredErrorLoss(), threads);
            for (int u = 0; u < 40; u++)
            {
                trainer.Update();
            }

            return Bytes(trainer.Weights);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(59)]
    public void AnInterruptedRunEndsInTheSameBits(int interruption)
    {
        using TrainingRun whole = Start(null);
        Assert.Equal(TrainingEnd.Finished, whole.Run(_ => { }));

        using (var stop = new CancellationTokenSource())
        using (TrainingRun first = Start(CheckpointPath))
        {
            TrainingEnd end = first.Run(look => { if (look.Updates == interruption) { stop.Cancel(); } }, stop.Token);
            Assert.Equal((TrainingEnd.Stopped, (long)interruption), (end, first.Updates));
        }

        // What a kill in the middle of a later save leaves behind must not matter.
        File.WriteAllText(CheckpointPath + ".partial", "half a checkpoint");
        using TrainingRun second = Start(CheckpointPath);
        Assert.Equal(interruption, second.Updates);
        Assert.Equal(TrainingEnd.Finished, second.Run(_ => { }));
        Assert.Equal(Bytes(whole.Weights), Bytes(second.Weights));
        Assert.Equal([CheckpointPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void BudgetsEndARunAndProgressCountsDown()
    {
        var looks = new List<TrainingProgress>();
        using (TrainingRun byError = Start(null, plan => plan with { ErrorBudget = 1e9, TestEvery = 5 }))
        {
            Assert.Equal((TrainingEnd.ErrorBudget, 5L), (byError.Run(looks.Add), byError.Updates));
        }

        TrainingProgress look = Assert.Single(looks);
        Assert.True(look.SamplesPerSecond > 0 && look.Figures.SpikeFraction > 0 && look.Figures.Loss > 0 && look.Remaining > TimeSpan.Zero);
        using TrainingRun byTime = Start(null, plan => plan with { TimeBudget = TimeSpan.Zero });
        Assert.Equal((TrainingEnd.TimeBudget, 0L), (byTime.Run(_ => { }), byTime.Updates));
    }

    [Fact]
    public void ACheckpointOfAnotherRunIsRefused()
    {
        using (TrainingRun first = Start(CheckpointPath))
        {
            first.Run(_ => { });
        }

        Refused(plan => plan with { Recipe = plan.Recipe with { Seed = 2 } }, "recipe");
        Refused(plan => plan with { Subject = "another arm" }, "subject");
        Refused(plan => plan with { Constants = new NeuronConstants { RefractorySteps = 5 } }, "constants");
        byte[] bytes = File.ReadAllBytes(CheckpointPath);
        File.WriteAllBytes(CheckpointPath, bytes[..^4]);
        Refused(plan => plan, "data_offsets");

        void Refused(Func<TrainingPlan, TrainingPlan> change, string reason)
        {
            InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Start(CheckpointPath, change));
            Assert.Contains(reason, failure.Message);
            Assert.Contains(CheckpointPath, failure.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NumbersThatAreNotFiniteAreReportedWithTheirSample(bool inInputs)
    {
        using var trainer = new Trainer(Shape, new NeuronConstants(), Recipe, new Broken(inInputs), new SquaredErrorLoss(), 2);
        trainer.Update();
        trainer.Update();
        byte[] before = Bytes(trainer.Weights);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => trainer.Update());
        Assert.Contains("sample 37", failure.Message);
        Assert.Equal(before, Bytes(trainer.Weights));
    }

    [Fact]
    public void SettingsOutOfRangeAreNamed()
    {
        var source = new TrunkSource(3, 1);
        Throws("Slices", Shape, Recipe with { Slices = 17 });
        Throws("threads", Shape, Recipe with { Slices = 1 });
        Throws("Hidden", Shape with { Hidden = 1 }, Recipe);
        Throws("do not fit", Shape with { Windows = 4 }, Recipe);

        void Throws(string name, LsnnShape shape, TrainingRecipe recipe) => Assert.Contains(
            name, Assert.Throws<ArgumentException>(() => new Trainer(shape, new NeuronConstants(), recipe, source, new SquaredErrorLoss(),
                2)).Message);
    }

    private static byte[] Bytes(LsnnWeights weights) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.Padded).ToArray();

    private static TrainingRun Start(string? checkpoint, Func<TrainingPlan, TrainingPlan>? change = null)
    {
        var plan = new TrainingPlan
        {
            Shape = Shape,
            Recipe = Recipe,
            Subject = "short arm",
            Threads = 2,
            CheckpointPath = checkpoint,
            TestEvery = 1,
            CheckpointEvery = TimeSpan.FromMilliseconds(5),
        };
        var source = new TrunkSource(3, 1);
        return new TrainingRun(change is null ? plan : change(plan), source, new SquaredErrorLoss(), Test);

        HeldOutErrors Test(LsnnPass pass)
        {
            double tip = source.Test(pass, 1_000_000, 3).Tip;
            return new HeldOutErrors(tip, new Dictionary<string, double> { ["tip_mm"] = tip });
        }
    }

    /// <summary>Sample 37 holds a NaN.</summary>
    private sealed class Broken(bool inInputs) : ISampleSource
    {
        private readonly TrunkSource _sound = new(3, 1);

        public int InputLength => _sound.InputLength;

        public int TargetLength => _sound.TargetLength;

        public void Fill(long index, Span<float> inputs, Span<float> targets)
        {
            _sound.Fill(index, inputs, targets);
            if (index == 37)
            {
                (inInputs ? inputs : targets)[2] = float.NaN;
            }
        }
    }
}
