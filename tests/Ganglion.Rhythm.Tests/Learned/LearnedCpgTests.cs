using Ganglion.Neurons.Files;
using Ganglion.Neurons.Training;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Rhythm.Tests.Learned;

/// <summary>The shipped network by itself, and small ones that learn. Seeds and speeds here tuned nothing.</summary>
public sealed class LearnedCpgTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "hardware", "cpgs", "cat.safetensors");
    private static readonly Lazy<RecordedStrides> Small = new(() =>
        RecordedStrides.Cut(MuscleEnvelopes.Of(SyntheticEmg.Record([0.3, 0.6, 1.2], 20, 7, rectified: true)), "made"));

    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-learned-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The bar of held-out speeds is 0.9; the recording has other steps too.</summary>
    [Fact]
    public void At_speeds_that_it_has_not_learned_its_envelopes_are_the_cats()
    {
        (CpgNetwork network, TrainedModel model) = CpgNetwork.Load(Shipped);
        var held = RecordedStrides.Cut(MuscleEnvelopes.Of(SyntheticEmg.Record([0.16, 0.34, 0.65, 1.07, 1.42], 20, 77, rectified: false)),
            "made");
        Assert.Equal(5, held.Groups.Length);
        Assert.All(held.Groups, group =>
        {
            LearnedPart part = new LearnedRun(new LearnedCpg(network, model.Weights)).Play(group.Speed, 20);
            var score = EnvelopeScore.Of(part, held, group);
            Assert.True(score.Mean >= 0.9, $"R2 {score.Mean:0.000} at {group.Speed:0.00} m/s");
            Assert.InRange(score.CycleOff, -0.06, 0.06);
            Assert.InRange(part.RightLag, 0.47, 0.53);
        });
    }

    /// <summary>A thousand strides without drift or death, from a start far off the circle; then another speed at once.</summary>
    [Fact]
    public void It_walks_a_thousand_strides_and_obeys_a_sudden_change()
    {
        (CpgNetwork network, TrainedModel model) = CpgNetwork.Load(Shipped);
        var cpg = new LearnedCpg(network, model.Weights, cos: 0.1, sin: -0.1);
        var run = new LearnedRun(cpg);
        LearnedPart fast = run.Play(1.4, 465);
        Assert.True(fast.Strides.Count >= 1000, $"{fast.Strides.Count} strides");
        Assert.InRange(fast.CycleDrift, -0.02, 0.02);
        Assert.InRange(fast.HeightDrift, -0.05, 0.05);
        Assert.InRange(fast.Spread, 0, 0.03);
        Assert.All(fast.Strides, stride => Assert.InRange(stride.Cycle / fast.Cycle, 0.9, 1.1));
        LearnedPart slow = run.Play(0.3, 20);
        Assert.InRange(slow.Cycle / network.PhasesAt(0.3).Cycle, 0.94, 1.06);

        // A push that turns the phase by a quarter and halves the radius is forgotten within two seconds.
        (cpg.Cos, cpg.Sin) = (-0.5 * cpg.Sin, 0.5 * cpg.Cos);
        Assert.InRange(run.Play(0.3, 20).Cycle / slow.Cycle, 0.98, 1.02);
    }

    [Theory]
    [InlineData(LearningRule.BackpropagationThroughTime)]
    [InlineData(LearningRule.EligibilityTraces)]
    public void A_run_that_was_interrupted_goes_on_to_the_same_bits(LearningRule rule)
    {
        var settings = new CpgLearningSettings(rule, 16, 6, 5);
        string checkpoint = Path.Combine(_folder, "c"), broken = Path.Combine(_folder, "broken"), whole = Path.Combine(_folder, "whole");
        using (var first = new CpgLearning(settings, Small.Value, "made", 1, checkpoint, TimeSpan.FromHours(1)))
        {
            using var stop = new CancellationTokenSource();
            Assert.Equal(TrainingEnd.Stopped, first.Learn(progress =>
            {
                if (progress.Updates == 3)
                {
                    stop.Cancel();
                }
            }, stop.Token));
        }

        Learn(checkpoint, broken, threads: 2);
        Learn(null, whole, threads: 1);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(broken));

        void Learn(string? from, string path, int threads)
        {
            using var learning = new CpgLearning(settings, Small.Value, "made", threads, from, TimeSpan.FromHours(1));
            Assert.Equal(TrainingEnd.Finished, learning.Learn(_ => { }));
            learning.Save(path);
            Assert.True(learning.IsIn(path));
        }
    }

    /// <summary>Small and short, by both rules; what longer runs come to is the shipped network's tests.</summary>
    [Theory]
    [InlineData(LearningRule.BackpropagationThroughTime)]
    [InlineData(LearningRule.EligibilityTraces)]
    public void Learning_lowers_the_loss(LearningRule rule)
    {
        var settings = new CpgLearningSettings(rule, 32, 60, 21);
        using var learning = new CpgLearning(settings, Small.Value, "made", 1, null, TimeSpan.FromHours(1));
        var losses = new List<double>();
        learning.Learn(progress => losses.Add(progress.Figures.Loss));
        Assert.True(losses[^1] < 0.7 * losses[0], $"from {losses[0]:0.00} to {losses[^1]:0.00}");
    }

    [Fact]
    public void Files_that_are_no_pattern_generators_are_told()
    {
        string arm = Path.Combine(AppContext.BaseDirectory, "hardware", "models", "trunk6-3g-128.safetensors");
        Assert.Contains("not of a pattern generator; make one with ganglion rhythm learn",
            Assert.Throws<InvalidDataException>(() => CpgNetwork.Load(arm)).Message);
        (CpgNetwork network, TrainedModel model) = CpgNetwork.Load(Shipped);
        string damaged = Path.Combine(_folder, "damaged");
        foreach ((string note, string value) in new[]
        {
            ("speeds_m_s", "[0.5]"), ("muscle_scale", "[1,1,0,1]"), ("recorded", "[]"), ("recorded", "x"), ("places", "[0]"),
        })
        {
            Dictionary<string, string> notes = network.Notes();
            notes[note] = value;
            (model with { Notes = notes }).Save(damaged);
            Assert.Contains("has a damaged description", Assert.Throws<InvalidDataException>(() => CpgNetwork.Load(damaged)).Message);
        }
    }
}
