using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Neurons.Tests.Training;

/// <summary>Learning forward only.</summary>
public class TraceTrainingTests
{
    private static readonly LsnnShape Shape = new() { Channels = 3, Windows = 3, Hidden = 32, Outputs = 7 };

    [Fact]
    public void It_learns_the_pose_of_a_short_arm()
    {
        var source = new TrunkSource(3, 1);
        using Trainer trainer = Train(source, updates: 2000, threads: 1);
        double tip = source.Test(LsnnEngine.CreateEventPass(trainer.Weights), 1_000_000, 100).Tip;
        Assert.True(tip < 50, $"tip error {tip:f1} mm; untrained it is above 150, and 4000 updates back through time come below 25");
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using Trainer one = Train(new TrunkSource(3, 1), updates: 20, threads: 1);
        using Trainer two = Train(new TrunkSource(3, 1), updates: 20, threads: 2);
        Assert.Equal(one.Weights.Padded.ToArray(), two.Weights.Padded.ToArray());
    }

    private static Trainer Train(ISampleSource source, long updates, int threads)
    {
        var recipe = new TrainingRecipe { Updates = updates, ClipNorm = 20, Rule = LearningRule.EligibilityTraces };
        var trainer = new Trainer(Shape, new NeuronConstants(), recipe, source, new SquaredErrorLoss(), threads);
        while (trainer.Updates < updates)
        {
            trainer.Update();
        }

        return trainer;
    }
}
