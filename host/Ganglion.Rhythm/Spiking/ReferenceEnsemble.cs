namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// The rule of <see cref="SpikingEnsemble"/> as one reads it: Nengo's LIF neuron (nengo.LIF.step), whose membrane follows its current
/// exactly within a step, whose spikes fall between steps, and whose refractory time ends between them too.
/// </summary>
/// <param name="population">The neurons.</param>
/// <param name="decoders">What a spike of a neuron adds to each output, [neurons, outputs].</param>
public sealed class ReferenceEnsemble(LifPopulation population, double[,] decoders) : ISpikingEnsemble
{
    private readonly double[] _voltage = new double[population.Count], _refractory = new double[population.Count];
    private readonly double[] _decoded = new double[decoders.GetLength(1)];
    private readonly List<int> _fired = [];

    /// <inheritdoc/>
    public ReadOnlySpan<int> Fired => _fired.ToArray();

    /// <inheritdoc/>
    public ReadOnlySpan<double> Decoded => _decoded;

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<double> x)
    {
        const double step = LifPopulation.Step, tau = LifPopulation.MembraneTime;
        Array.Clear(_decoded);
        _fired.Clear();
        for (int i = 0; i < population.Count; i++)
        {
            double current = population.Current(i, x);
            _refractory[i] -= step;
            double active = Math.Clamp(step - _refractory[i], 0, step);
            double v = Math.Max(0, _voltage[i] - (current - _voltage[i]) * double.ExpM1(-active / tau));
            if (v > 1)
            {
                _refractory[i] = LifPopulation.RefractoryTime + step + tau * double.LogP1(-(v - 1) / (current - 1));
                v = 0;
                _fired.Add(i);
                for (int k = 0; k < _decoded.Length; k++)
                {
                    _decoded[k] += decoders[i, k] * (1 / step);
                }
            }

            _voltage[i] = v;
        }
    }
}
