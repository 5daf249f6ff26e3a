using System.Text.Json.Serialization;

namespace Ganglion.Neurons.Training;

/// <summary>Where the gradients of the weights come from.</summary>
public enum LearningRule
{
    /// <summary>Exact, by going back through all steps of a sample (BPTT).</summary>
    BackpropagationThroughTime,

    /// <summary>Forward only, by a trace at each synapse (e-prop): without what a spike does to other neurons later. See
    /// <see cref="Network.ReferenceTraces"/>.</summary>
    EligibilityTraces,
}

/// <summary>How the learning rate falls over a run.</summary>
public enum LearningRateFall
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Half a cosine from the full rate to 0 over all updates.</summary>
    Cosine,

    /// <summary>Times <see cref="TrainingRecipe.StepFactor"/> every <see cref="TrainingRecipe.StepEvery"/> updates (the paper: 0.5 every
    /// 10,000).</summary>
    Step,
}

/// <summary>
/// Everything that decides a training run's result, besides the data: same recipe, same data, same bits, on however many threads. Written
/// into checkpoints and models.
/// </summary>
public sealed record TrainingRecipe
{
    /// <summary>Updates of the whole run, at least 1.</summary>
    public required long Updates { get; init; }

    /// <summary>Where gradients come from. Left out of files where it is the usual one, which they had before there were two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LearningRule Rule { get; init; }

    /// <summary>Samples per update, at least 1. Small batches (8 or 16) reach a lower error from the same samples than the paper's
    /// 128.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Different samples, which come again epoch after epoch, each in an order of its own; 0: every sample is a new one. Of
    /// use where samples are drawn at random; recordings have a size. Left out of files where it is 0, as it was before there were
    /// others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int TrainingSet { get; init; }

    /// <summary>Adam's step size at the start, positive.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Fall of the learning rate.</summary>
    public LearningRateFall Fall { get; init; } = LearningRateFall.Cosine;

    /// <summary>Updates between two steps of <see cref="LearningRateFall.Step"/>.</summary>
    public long StepEvery { get; init; } = 10_000;

    /// <summary>Factor of one step of <see cref="LearningRateFall.Step"/>, in (0, 1].</summary>
    public double StepFactor { get; init; } = 0.5;

    /// <summary>Updates over which the rate first rises linearly from 0; 0 for none.</summary>
    public long WarmUp { get; init; }

    /// <summary>Adam's decay of the first moment, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the second moment, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's epsilon, positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Largest norm of the mean gradient of a batch; longer ones are scaled down to it. 0 for no limit. Gradients of spiking networks have
    /// heavy tails; a limit of about a fifth of the usual norm (20 for the 10-joint arm, 500 for 25 joints) takes a tenth off the error.
    /// </summary>
    public double ClipNorm { get; init; }

    /// <summary>
    /// Strength of the firing-rate regulariser, which follows the fall of the learning rate; 0 for none. As in the authors' code it is
    /// plain descent beside Adam: w(i,j) -= strength * (f_j - target) * (f_i + f_j), with f in spikes per step over the batch. It acts once
    /// per update, so the authors' 1e-3 for batches of 128 would be far stronger here, and silence neurons that a long run with small
    /// batches needs.
    /// </summary>
    public double RateStrength { get; init; } = 1e-4;

    /// <summary>Firing rate that the regulariser draws to, spikes per step (1 ms), not negative. The authors: 10 Hz.</summary>
    public double RateTarget { get; init; } = 0.01;

    /// <summary>Decoupled weight decay (AdamW): w -= learning rate * decay * w at every update, not negative; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Parts that a batch's gradient is summed in, at least 1; up to this many threads can share a run. Part of the result's bits,
    /// unlike threads.</summary>
    public int Slices { get; init; } = 2;

    /// <summary>Seed of the initial weights.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Factor on the authors' initial weights of the channels, not negative. Half starts more neurons near their threshold, where gradient
    /// passes: on the 10-joint arm it takes a tenth off the error of a short run. 1 is the authors' own.
    /// </summary>
    public double ChannelScale { get; init; } = 0.5;

    /// <summary>Factor on the authors' initial recurrent weights, not negative; see <see cref="ChannelScale"/>.</summary>
    public double RecurrentScale { get; init; } = 0.5;

    /// <summary>Throws <see cref="ArgumentException"/> naming the setting that is out of its range.</summary>
    public void Validate()
    {
        Require(Enum.IsDefined(Rule), nameof(Rule), "BPTT or eligibility traces");
        Require(Updates >= 1, nameof(Updates), "at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), "at least 1");
        Require(TrainingSet >= 0, nameof(TrainingSet), "zero or more samples");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), "a positive number");
        Require(StepEvery >= 1, nameof(StepEvery), "at least 1");
        Require(StepFactor is > 0 and <= 1, nameof(StepFactor), "in (0, 1]");
        Require(WarmUp >= 0, nameof(WarmUp), "zero or more updates");
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), "in [0, 1)");
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), "in [0, 1)");
        Require(Epsilon > 0, nameof(Epsilon), "positive");
        Require(ClipNorm >= 0, nameof(ClipNorm), "zero or positive");
        Require(RateStrength >= 0, nameof(RateStrength), "zero or positive");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), "zero or positive");
        Require(RateTarget >= 0, nameof(RateTarget), "zero or positive");
        Require(ChannelScale >= 0 && double.IsFinite(ChannelScale), nameof(ChannelScale), "zero or positive");
        Require(RecurrentScale >= 0 && double.IsFinite(RecurrentScale), nameof(RecurrentScale), "zero or positive");
        Require(Slices >= 1 && Slices <= BatchSize, nameof(Slices), "in 1..BatchSize");
    }

    /// <summary>Fraction of the full learning rate that update <paramref name="update"/> (from 0) uses; the regulariser uses the
    /// same.</summary>
    public double RateFraction(long update)
    {
        double fall = Fall switch
        {
            LearningRateFall.Cosine => 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1.0, (double)update / Updates))),
            LearningRateFall.Step => Math.Pow(StepFactor, update / StepEvery),
            _ => 1,
        };
        return update < WarmUp ? fall * (update + 1) / WarmUp : fall;
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"training recipe: {name} must be {range}.");
        }
    }
}
