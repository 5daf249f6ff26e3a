namespace Ganglion.Robots.Recipes;

/// <summary>How a model of an arm is trained, as its file gives it; what each setting does, the keys of hardware/KEYS.md tell.</summary>
/// <param name="Hidden">Neurons of the network, 2..4096.</param>
/// <param name="IsJoint">True: the network learns one joint of the arm's design, from which the whole body is placed; false: the
/// arm.</param>
/// <param name="NextPosition">True: the network reports for each joint the position of the module after the one that it carries.</param>
/// <param name="RawOrientation">True: orientations as they are, with jumps; false: smooth along the arm.</param>
/// <param name="Threshold">Of every neuron, above 0.</param>
/// <param name="RefractorySteps">Steps of 1 ms after a spike without another.</param>
/// <param name="Updates">Of the whole run, at least 1.</param>
/// <param name="Batch">Samples an update, at least 1.</param>
/// <param name="TrainingSet">Different samples; 0: each is drawn afresh.</param>
/// <param name="LearningRate">At the start, above 0.</param>
/// <param name="Fall">How the rate falls: none, cosine or step.</param>
/// <param name="StepEvery">Updates between two steps of the rate.</param>
/// <param name="StepFactor">Of one step, above 0 and at most 1.</param>
/// <param name="WarmUp">Updates in which the rate rises from 0.</param>
/// <param name="ClipNorm">Largest norm of a gradient; 0: any.</param>
/// <param name="RateStrength">Of the regulariser of firing rates, not negative.</param>
/// <param name="RateTarget">Firing rate that it draws to, spikes a step.</param>
/// <param name="WeightDecay">Decoupled decay, not negative.</param>
/// <param name="Slices">Parts that a batch is summed in, at most <paramref name="Batch"/>.</param>
/// <param name="Seed">Of the weights and the postures.</param>
public sealed record RecipeDescription(
    int Hidden, bool IsJoint, bool NextPosition, bool RawOrientation, double Threshold, int RefractorySteps, long Updates, int Batch,
    int TrainingSet, double LearningRate, string Fall, long StepEvery, double StepFactor, long WarmUp, double ClipNorm, double RateStrength,
    double RateTarget, double WeightDecay, int Slices, ulong Seed);
