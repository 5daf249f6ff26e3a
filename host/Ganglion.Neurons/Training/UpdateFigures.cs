namespace Ganglion.Neurons.Training;

/// <summary>What one update saw, averaged over its batch.</summary>
/// <param name="Loss">Mean loss per sample.</param>
/// <param name="GradientNorm">Norm of the mean gradient, before clipping.</param>
/// <param name="SpikeFraction">Spikes per neuron and step.</param>
/// <param name="ActiveFraction">Neuron-steps with a pseudo-derivative above zero, per neuron and step.</param>
public readonly record struct UpdateFigures(double Loss, double GradientNorm, double SpikeFraction, double ActiveFraction);
