using System.Globalization;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>A spiking network that learned an arm.</summary>
/// <param name="Model">The network; its subject is the calibrated arm and the recording.</param>
/// <param name="Errors">On the poses of the recording that were kept back.</param>
/// <param name="Updates">Updates done.</param>
public sealed record AdaptedModel(TrainedModel Model, TipErrors Errors, long Updates);

/// <summary>Trains the spiking forward model of a learned arm, from a model of another arm of its build or from nothing.</summary>
public static class SpikingAdaptation
{
    /// <summary>Samples an update, and the rate at its start: a network that knows an arm of this build already is moved by a quarter of
    /// what one that knows nothing is.</summary>
    private const int Batch = 8;

    private const double RateFromModel = 5e-4, RateFromNothing = 2e-3;

    /// <summary>Neurons of a network that starts from nothing.</summary>
    public const int HiddenFromNothing = 128;

    /// <summary>Trains by what was learned of the arm (<see cref="TaughtPoses"/>).</summary>
    /// <param name="adaptation">Judges.</param>
    /// <param name="make">Makes the learned arm, once a thread.</param>
    /// <param name="start">The model to start from, of as many joints of the design; null: from nothing.</param>
    /// <param name="budget">How long, and from which seed.</param>
    /// <param name="look">Is told how it goes; the number is the share that is done.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static AdaptedModel Taught(ArmAdaptation adaptation, Func<AdaptedArm> make, TrainedModel? start, SpikingBudget budget,
        Action<double> look, CancellationToken stop = default)
    {
        TargetForm form = start == null ? new TargetForm() : ArmModel.Trained("the model", start).Form;
        using TaughtPoses samples = new(make, form, budget.Seed);
        return Train(adaptation, make().Arm, samples, new SquaredErrorLoss(), start, form, budget, look, stop);
    }

    /// <summary>Trains by the recorded poses alone.</summary>
    /// <param name="adaptation">Judges.</param>
    /// <param name="described">The arm as described: of it the network learns nothing but the frames of its numbers.</param>
    /// <param name="samples">The poses to learn from.</param>
    /// <param name="loss">What of them was measured.</param>
    /// <param name="start">The model to start from; null: from nothing.</param>
    /// <param name="budget">How long, and from which seed.</param>
    /// <param name="look">Is told how it goes.</param>
    /// <param name="stop">Ends it.</param>
    public static AdaptedModel Recorded(ArmAdaptation adaptation, TrunkArm described, ISampleSource samples, IOutputLoss loss,
        TrainedModel? start, SpikingBudget budget, Action<double> look, CancellationToken stop = default)
    {
        TargetForm form = start == null ? new TargetForm() : ArmModel.Trained("the model", start).Form;
        return Train(adaptation, described, samples, loss, start, form, budget, look, stop);
    }

    private static AdaptedModel Train(ArmAdaptation adaptation, TrunkArm arm, ISampleSource samples, IOutputLoss loss, TrainedModel? start,
        TargetForm form, SpikingBudget budget, Action<double> look, CancellationToken stop)
    {
        LsnnShape shape = ArmModel.Shape(arm, start?.Weights.Shape.Hidden ?? HiddenFromNothing);
        if (start != null && start.Weights.Shape != shape)
        {
            throw new ArgumentException($"the model to start from has a network of shape {start.Weights.Shape}, and this arm needs " +
                $"{shape}: choose a model of {arm.Joints} {(int)arm.Design}-geared joints.");
        }

        string subject = ArmModel.Subject(arm, form, budget.Data);
        var plan = new TrainingPlan
        {
            Shape = shape,
            Constants = start?.Weights.Constants ?? new NeuronConstants(),
            Recipe = new TrainingRecipe
            {
                Updates = budget.Updates,
                BatchSize = Batch,
                LearningRate = start == null ? RateFromNothing : RateFromModel,
                Seed = budget.Seed,
            },
            Subject = subject,
            Start = start?.Weights,
            Threads = budget.Threads,
            TestEvery = Math.Max(1, budget.Updates / 100),
            TimeBudget = budget.Time,
        };
        using var run = new TrainingRun(plan, samples, loss, _ => new HeldOutErrors(0, new Dictionary<string, double>()));
        TrainingEnd end = run.Run(progress => look((double)progress.Updates / budget.Updates), stop);
        if (end == TrainingEnd.Stopped)
        {
            throw new OperationCanceledException(stop);
        }

        TipErrors errors = Judge(adaptation, arm, run.Weights, form);
        Dictionary<string, string> notes = new()
        {
            ["arm_hash"] = ArmModel.Hash(arm),
            ["normaliser_mm"] = (1e3 * arm.NormalisingLength).ToString("R", CultureInfo.InvariantCulture),
            ["updates_done"] = run.Updates.ToString(CultureInfo.InvariantCulture),
            ["test_poses"] = adaptation.HeldOut.ToString(CultureInfo.InvariantCulture),
            ["error_tip_mm"] = (1e3 * errors.Mean).ToString("0.###", CultureInfo.InvariantCulture),
            ["error_tip_median_mm"] = (1e3 * errors.Median).ToString("0.###", CultureInfo.InvariantCulture),
        };
        if (!arm.Dimensions.IsStandard)
        {
            notes[ArmModel.DimensionsNote] = arm.Dimensions.ToText();
        }

        return new AdaptedModel(run.Model(notes), errors, run.Updates);
    }

    /// <summary>Errors of a network on the poses that were kept back.</summary>
    /// <param name="adaptation">Judges.</param>
    /// <param name="arm">Gives the frames of the network's numbers.</param>
    /// <param name="weights">The network.</param>
    /// <param name="form">What it reports.</param>
    public static TipErrors Judge(ArmAdaptation adaptation, TrunkArm arm, LsnnWeights weights, TargetForm form)
    {
        SpikingPoseModel model = new(arm, weights, form);
        double[] inputs = new double[arm.InputCount];
        return adaptation.Judge((strokes, _) =>
        {
            arm.StrokesToInputs(strokes, inputs);
            return model.Predict(inputs).Position;
        });
    }
}

/// <summary>How long a network is trained.</summary>
/// <param name="Updates">Updates at most: the learning rate falls over them.</param>
/// <param name="Time">Time at most; null: none. What ends by time depends on the machine.</param>
/// <param name="Seed">Seed of weights and postures.</param>
/// <param name="Threads">Threads; the result does not depend on them.</param>
/// <param name="Data">SHA-256 of the recording that it all comes from.</param>
public sealed record SpikingBudget(long Updates, TimeSpan? Time, ulong Seed, int Threads, string Data);
