using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Tests.Spiking;

/// <summary>
/// Nengo's leaky integrate-and-fire neurons, array by array as its authors write the step down (Bekolay et al., Nengo: a Python tool for
/// building large-scale functional brain models, 2014; nengo.LIF.step):
/// <code>
/// refractory_time -= dt;  delta_t = clip(dt - refractory_time, 0, dt)
/// voltage -= (J - voltage) expm1(-delta_t / tau_rc);  spiked = voltage > 1;  output = spiked / dt
/// t_spike = dt + tau_rc log1p(-(voltage - 1) / (J - 1))
/// voltage[voltage &lt; 0] = 0;  voltage[spiked] = 0;  refractory_time[spiked] = tau_ref + t_spike
/// </code>
/// </summary>
internal sealed class NengoEnsemble(LifPopulation population, double[,] decoders) : ISpikingEnsemble
{
    private const double Dt = 0.001, TauRc = 0.02, TauRef = 0.002, Amplitude = 1;

    private readonly double[] _voltage = new double[population.Count], _refractoryTime = new double[population.Count];
    private readonly double[] _output = new double[population.Count], _decoded = new double[decoders.GetLength(1)];

    public ReadOnlySpan<int> Fired => Enumerable.Range(0, population.Count).Where(i => _output[i] != 0).ToArray();

    public ReadOnlySpan<double> Decoded => _decoded;

    public void Advance(ReadOnlySpan<double> x)
    {
        int n = population.Count;
        double[] point = x.ToArray(), j = [.. Enumerable.Range(0, n).Select(i => population.Current(i, point))];
        for (int i = 0; i < n; i++)
        {
            _refractoryTime[i] -= Dt;
        }

        double[] deltaT = [.. _refractoryTime.Select(time => Math.Min(Math.Max(Dt - time, 0), Dt))];
        for (int i = 0; i < n; i++)
        {
            _voltage[i] -= (j[i] - _voltage[i]) * double.ExpM1(-deltaT[i] / TauRc);
        }

        bool[] spiked = [.. _voltage.Select(v => v > 1)];
        double[] spikeTime = [.. Enumerable.Range(0, n).Select(i => Dt + TauRc * double.LogP1(-(_voltage[i] - 1) / (j[i] - 1)))];
        for (int i = 0; i < n; i++)
        {
            _output[i] = spiked[i] ? Amplitude / Dt : 0;
            _voltage[i] = _voltage[i] < 0 || spiked[i] ? 0 : _voltage[i];
            _refractoryTime[i] = spiked[i] ? TauRef + spikeTime[i] : _refractoryTime[i];
        }

        for (int k = 0; k < _decoded.Length; k++)
        {
            _decoded[k] = 0;
            for (int i = 0; i < n; i++)
            {
                _decoded[k] += decoders[i, k] * _output[i];
            }
        }
    }
}
