using Ganglion.Arm.Learning;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

public sealed class ArmTrainingTests : IDisposable
{
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 2);
    private static readonly TrainingSettings Small = TrainingSettings.Default with
    {
        Hidden = 24,
        Recipe = new TrainingRecipe
        {
            Updates =
        3000,
            Slices = 2
        }
    };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-arm-");

    /// <summary>Without weights every prediction is the neutral point, so its errors are the spread of the targets; a zero quaternion is
    /// half a turn off.</summary>
    [Fact]
    public void Errors_of_an_empty_network_are_the_targets_themselves()
    {
        using PoseSamples samples = new(Arm, new TargetForm(), 1);
        LsnnPass pass = LsnnEngine.CreateEventPass(new LsnnWeights(ArmModel.Shape(Arm, 16), new NeuronConstants()));
        var errors = PoseErrors.Measure(pass, samples, 99, Arm.NormalisingLength);
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        double[] tips = new double[99];
        double all = 0;
        for (int i = 0; i < 99; i++)
        {
            samples.Fill(i, inputs, targets);
            double first = Arm.NormalisingLength * Math.Sqrt(targets.Take(3).Sum(x => (double)x * x));
            tips[i] = Arm.NormalisingLength * Math.Sqrt(targets.Skip(7).Take(3).Sum(x => (double)x * x));
            all += first + tips[i];
        }
        Assert.Equal(tips.Average(), errors.TipMean, 1e-9);
        Assert.Equal(tips.Order().ElementAt(49), errors.TipMedian, 1e-9);
        Assert.Equal(all / 198, errors.JointMean, 1e-9);
        Assert.Equal(Math.PI, errors.RotationMean, 1e-12);
    }

    /// <summary>Ranks that share the test postures come to the bits of one process, also where some have more of them than
    /// others.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Ranks_that_share_a_test_come_to_the_same_errors(int count)
    {
        var weights = new LsnnWeights(ArmModel.Shape(Arm, 16), new NeuronConstants());
        weights.Initialise(5, 1, 1);
        using PoseSamples samples = new(Arm, new TargetForm(), 1);
        var alone = PoseErrors.Measure(LsnnEngine.CreateEventPass(weights), samples, 37, Arm.NormalisingLength);
        var got = new PoseErrors[count];
        ThreadRanks.Run(count, ranks => got[ranks.Rank] = PoseErrors.Measure(LsnnEngine.CreateEventPass(weights), samples, 37,
            Arm.NormalisingLength, ranks: ranks));
        Assert.All(got, errors => Assert.Equal(alone, errors));
    }

    [Fact]
    public void Training_learns_the_arm()
    {
        using ArmTraining training = new(Arm, Small, new TrainingBudget());
        double before = training.Test().TipMean;
        Assert.Equal(TrainingEnd.Finished, training.Run.Run(_ => { }));
        PoseErrors after = training.Test();
        Assert.True(after.TipMean < 0.1 * before && after.TipMean < 0.015,
            $"{1e3 * before:0.0} mm before, {1e3 * after.TipMean:0.0} mm after");
        Assert.InRange(after.RotationMean, 0, 0.4);
    }

    /// <summary>Eight postures again and again are learned better than any, and others hardly.</summary>
    [Fact]
    public void A_set_of_few_postures_is_learned_by_heart()
    {
        (double seen, double heldOut) = Learn(set: 8);
        (double drawn, double other) = Learn(set: 0);
        Assert.True(seen < 0.75 * drawn, $"a loss of {seen} on the set and of {drawn} on fresh postures");
        Assert.True(heldOut > 1.5 * other, $"held out {1e3 * heldOut:0.0} mm, and {1e3 * other:0.0} by fresh postures");

        static (double Loss, double HeldOut) Learn(int set)
        {
            using ArmTraining training = new(Arm, Small with { Recipe = Small.Recipe with { Updates = 1000, TrainingSet = set } },
                new TrainingBudget());
            double loss = 0;
            Assert.Equal(TrainingEnd.Finished, training.Run.Run(progress => loss = progress.Figures.Loss));
            return (loss, training.Test().TipMean);
        }
    }

    /// <summary>Interrupted twice and continued by another number of threads, the model is the same to the last byte of its file.</summary>
    [Fact]
    public void An_interrupted_run_goes_on_to_the_same_file()
    {
        string whole = Path.Combine(_folder.FullName, "whole"), pieces = Path.Combine(_folder.FullName, "pieces");
        Finish(new TrainingBudget(), whole, 0);
        Finish(new TrainingBudget(2, pieces + ".checkpoint"), pieces, 2);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(pieces));

        static void Finish(TrainingBudget budget, string path, int interruptions)
        {
            for (; ; interruptions--)
            {
                using ArmTraining training = new(Arm, Small, budget with { Threads = 1 + interruptions % 2 });
                using CancellationTokenSource stop = new();
                if (training.Run.Run(_ => Stop(stop, interruptions), stop.Token) == TrainingEnd.Stopped)
                {
                    continue;
                }

                training.Model("small", training.Test()).Save(path);
                return;
            }
        }

        static void Stop(CancellationTokenSource stop, int interruptions)
        {
            if (interruptions > 0)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void A_checkpoint_of_other_targets_is_refused()
    {
        string checkpoint = Path.Combine(_folder.FullName, "checkpoint");
        TrainingSettings brief = Small with { Recipe = Small.Recipe with { Updates = 5 } };
        using (ArmTraining training = new(Arm, brief, new TrainingBudget(1, checkpoint)))
        {
            training.Run.Run(_ => { });
        }

        TrainingSettings other = brief with { Form = new TargetForm(PositionTarget.Next) };
        Assert.Contains("another run", Assert.Throws<InvalidDataException>(() =>
            new ArmTraining(Arm, other, new TrainingBudget(1, checkpoint))).Message);
    }

    [Fact]
    public void Stops_once_the_error_is_small_enough()
    {
        using ArmTraining training = new(Arm, Small, new TrainingBudget(TipError: 1));
        Assert.Equal(TrainingEnd.ErrorBudget, training.Run.Run(_ => { }));
        Assert.Equal(1000, training.Run.Updates);
    }

    [Fact]
    public void Test_postures_have_a_seed_that_training_cannot_have() =>
        Assert.Throws<ArgumentException>(() => new ArmTraining(Arm, Small with { Recipe = Small.Recipe with { Seed = ulong.MaxValue } },
            new TrainingBudget()));

    public void Dispose() => _folder.Delete(recursive: true);
}
