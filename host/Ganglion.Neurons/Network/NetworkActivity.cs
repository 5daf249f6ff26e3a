using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
namespace Ganglion.Neurons.Network;

/// <summary>How busy a network is, averaged over samples.</summary>
/// <param name="SpikeFraction">Spikes per neuron and step.</param>
/// <param name="ActiveFraction">Neuron-steps with a pseudo-derivative above zero: where gradient passes, and what a step back
/// costs.</param>
/// <param name="Rates">Spikes per step of each neuron, [Hidden]; times 1000 for Hz.</param>
public sealed record NetworkActivity(double SpikeFraction, double ActiveFraction, double[] Rates)
{
    /// <summary>Neurons that did not spike once.</summary>
    public int Silent => Rates.Count(rate => rate == 0);

    /// <summary>Runs the first <paramref name="samples"/> samples of the source (at least 1) forward.</summary>
    public static NetworkActivity Measure(LsnnPass pass, ISampleSource source, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        LsnnShape shape = pass.Shape;
        float[] inputs = new float[shape.InputLength], targets = new float[source.TargetLength];
        double[] rates = new double[shape.Hidden];
        double active = 0, steps = (double)samples * shape.Steps;
        for (int s = 0; s < samples; s++)
        {
            source.Fill(s, inputs, targets);
            pass.Forward(inputs);
            active += pass.ActiveCount;
            for (int j = 0; j < rates.Length; j++)
            {
                rates[j] += pass.SpikeCounts[j] / steps;
            }
        }

        return new NetworkActivity(rates.Average(), active / (steps * shape.Hidden), rates);
    }
}
