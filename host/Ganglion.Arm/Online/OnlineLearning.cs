using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;

namespace Ganglion.Arm.Online;

/// <summary>How far a network is from what was measured, m; not a number where nothing was.</summary>
/// <param name="Before">The network as it was.</param>
/// <param name="After">As it is now.</param>
public readonly record struct OnlineErrors(double Before, double After);

/// <summary>
/// Learning while an arm works: the network that steers it is trained in place on the poses that are measured on the way, an update a
/// period, by eligibility traces (forward only, G. Bellec et al., A solution to the learning dilemma for recurrent networks of spiking
/// neurons, Nature Communications 11, 2020) or by BPTT over the window of a sample. Each batch is half poses that were measured, half
/// rehearsal, so that nothing is forgotten (A. Robins, Catastrophic forgetting, rehearsal and pseudorehearsal, Connection Science 7, 1995;
/// <see cref="Experience"/>). One pose in <see cref="HeldOutEvery"/> is learned from never, and judges. Deterministic by its seed; to be
/// called by the thread that uses the model.
/// </summary>
public sealed class OnlineLearning : IDisposable
{
    /// <summary>One pose in so many is kept back.</summary>
    public const int HeldOutEvery = 8;

    /// <summary>Poses before it begins.</summary>
    private const int Fewest = 24;

    /// <summary>Adam's step, which does not fall: the arm may change at any time. It rises over the first updates, until the optimiser
    /// knows the size of the gradients. Traces leave out what a spike does to other neurons later: their gradients are biased, and at 1e-4
    /// the network drifted away from all that it knew (from 29 to 69 mm within 180 targets, made-up arm 7002).</summary>
    private const double Rate = 5e-5, TracesRate = 2e-5;

    private const long WarmUp = 200;

    /// <summary>Poses that are known less exactly than this are left out, m: what the best shipped network is off.</summary>
    private const double MostDoubt = 10e-3;

    /// <summary>Synapses times steps.</summary>
    private const double MostTraces = 5e6;

    private readonly SpikingPoseModel _model;
    private readonly Experience _experience;
    private readonly Trainer _trainer;
    private readonly LsnnPass _now, _before;
    private int _taken, _dead;

    /// <param name="model">Trained in place.</param>
    /// <param name="rule">Where its gradients come from.</param>
    /// <param name="seed">Of what is rehearsed, and when.</param>
    public OnlineLearning(SpikingPoseModel model, LearningRule rule, ulong seed)
    {
        Rule = rule;
        LsnnWeights start = new(model.Weights.Shape, model.Weights.Constants);
        start.CopyFrom(model.Weights);
        (_model, _experience) = (model, new Experience(model, seed));
        _trainer = new Trainer(model.Weights, new TrainingRecipe
        {
            Updates = long.MaxValue,
            Rule = rule,
            BatchSize = Experience.Batch,
            LearningRate = rule == LearningRule.EligibilityTraces ? TracesRate : Rate,
            Fall = LearningRateFall.None,
            WarmUp = WarmUp,
            RateStrength = 0,
            Slices = 1,
            Seed = seed,
        }, _experience, new KnownMeanLoss(), threads: 1);
        (_now, _before) = (LsnnEngine.CreateEventPass(model.Weights), LsnnEngine.CreateEventPass(start));
    }

    /// <summary>Whether an update by eligibility traces is over within a period: each synapse does some arithmetic at each step of each
    /// sample. With 10 joints and 128 neurons it is 5 ms.</summary>
    public static bool TracesFit(SpikingPoseModel model) =>
        (double)(model.Weights.Shape.InputRows + model.Neurons) * model.Neurons * model.Steps <= MostTraces;

    /// <summary>Where gradients come from.</summary>
    public LearningRule Rule { get; }

    /// <summary>How the weights are changed.</summary>
    public TrainingRecipe Recipe => _trainer.Recipe;

    /// <summary>Updates so far.</summary>
    public long Updates => _trainer.Updates;

    /// <summary>What the measured poses have told of the arm: rehearsed by the network.</summary>
    public RecursiveCalibration Calibration => _experience.Calibration;

    /// <summary>Poses that were taken, those that judge among them.</summary>
    public int Poses => _taken;

    /// <summary>Takes a measured pose, unless it is too doubtful or hardly another one than the last.</summary>
    /// <param name="strokes">What the gears were told then.</param>
    /// <param name="tip">Where the tip was, m: its place is enough.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    public void Take(ReadOnlySpan<double> strokes, in Vec3 tip, double doubt)
    {
        if (doubt <= MostDoubt && double.IsFinite(tip.LengthSquared) && _experience.Add(strokes, tip, doubt, _taken % HeldOutEvery == 0))
        {
            _taken++;
        }

        for (; _dead < Calibration.Dead.Count; _dead++)
        {
            _model.Held.Hold(Calibration.Dead[_dead].Gear, Calibration.Dead[_dead].At);
        }
    }

    /// <summary>One update, once there are poses enough.</summary>
    public void Work()
    {
        if (_experience.Count >= Fewest)
        {
            _trainer.Update();
        }
    }

    /// <summary>Errors on the poses that were kept back: what is known of the arm.</summary>
    public OnlineErrors HeldOut() => new(_experience.HeldOutError(_before, held: false), _experience.HeldOutError(_now, held: true));

    /// <inheritdoc/>
    public void Dispose()
    {
        _trainer.Dispose();
        _experience.Dispose();
    }
}
