using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// <see cref="ReferenceEnsemble"/> at the machine's speed and with the same bits: four neurons side by side in double precision, membranes
/// and refractory times in arrays of their own, no allocation. Only neurons that fire or whose refractory time ends within the step leave
/// the vectors, since they need an exponential and a logarithm of their own.
/// <para>
/// What bounds it: 200 neurons in three dimensions are 50 groups of about 20 instructions, and of them some 20 fire in a step and as many
/// end their refractory time, at one transcendental function each. These functions are half of the time.
/// </para>
/// </summary>
public sealed class SpikingEnsemble : ISpikingEnsemble
{
    private readonly LifPopulation _population;
    private readonly double[] _voltage, _refractory, _current;
    private readonly double[] _impulses; // [neurons x width], decoders by the step
    private readonly double[] _decoded;
    private readonly int[] _fired;
    private readonly int _outputs, _width;
    private readonly double _decay = double.ExpM1(-LifPopulation.Step / LifPopulation.MembraneTime);
    private int _firedCount;

    /// <param name="population">The neurons.</param>
    /// <param name="decoders">What a spike of a neuron adds to each output, [neurons, outputs].</param>
    public SpikingEnsemble(LifPopulation population, double[,] decoders)
    {
        _population = population;
        _outputs = decoders.GetLength(1);
        _width = (_outputs + LifPopulation.Lanes - 1) / LifPopulation.Lanes * LifPopulation.Lanes;
        _voltage = new double[population.Stride];
        _refractory = new double[population.Stride];
        _current = new double[population.Stride];
        _fired = new int[population.Count];
        _decoded = new double[_width];
        _impulses = new double[population.Count * _width];
        for (int i = 0; i < population.Count; i++)
        {
            for (int k = 0; k < _outputs; k++)
            {
                _impulses[i * _width + k] = decoders[i, k] * (1 / LifPopulation.Step);
            }
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Fired => _fired.AsSpan(0, _firedCount);

    /// <inheritdoc/>
    public ReadOnlySpan<double> Decoded => _decoded.AsSpan(0, _outputs);

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<double> x)
    {
        _firedCount = 0;
        Array.Clear(_decoded);
        ref double bias = ref MemoryMarshal.GetReference(_population.Bias), weights = ref MemoryMarshal.GetReference(_population.Currents);
        ref double voltage = ref MemoryMarshal.GetArrayDataReference(_voltage);
        ref double refractory = ref MemoryMarshal.GetArrayDataReference(_refractory);
        ref double current = ref MemoryMarshal.GetArrayDataReference(_current);
        int stride = _population.Stride;
        Vector256<double> step = Vector256.Create(LifPopulation.Step), decay = Vector256.Create(_decay);
        for (int i = 0; i < stride; i += LifPopulation.Lanes)
        {
            var j = Vector256.LoadUnsafe(ref bias, (nuint)i);
            for (int d = 0; d < x.Length; d++)
            {
                // No fused multiplication: the reference rounds after each operation, and a last bit decides spikes a second later.
                j += Vector256.LoadUnsafe(ref weights, (nuint)(d * stride + i)) * Vector256.Create(x[d]);
            }

            Vector256<double> left = Vector256.LoadUnsafe(ref refractory, (nuint)i) - step, active = step - left;
            var whole = Vector256.GreaterThanOrEqual(active, step);
            var v = Vector256.LoadUnsafe(ref voltage, (nuint)i);
            v = Vector256.Max(v - (j - v) * (decay & whole), Vector256<double>.Zero);
            left.StoreUnsafe(ref refractory, (nuint)i);
            v.StoreUnsafe(ref voltage, (nuint)i);
            Vector256<double> part = Vector256.GreaterThan(active, Vector256<double>.Zero) & ~whole;
            uint apart = (part | Vector256.GreaterThan(v, Vector256<double>.One)).ExtractMostSignificantBits();
            if (apart != 0)
            {
                j.StoreUnsafe(ref current, (nuint)i);
                Finish(i, apart);
            }
        }
    }

    /// <summary>Neurons of a group that began within the step, or fire.</summary>
    private void Finish(int first, uint lanes)
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int i = first + BitOperations.TrailingZeroCount(lanes);
            double v = _voltage[i], j = _current[i], active = LifPopulation.Step - _refractory[i];
            if (active < LifPopulation.Step)
            {
                _voltage[i] = v = Math.Max(0, v - (j - v) * double.ExpM1(-active / LifPopulation.MembraneTime));
            }

            if (v > 1)
            {
                double at = LifPopulation.Step + LifPopulation.MembraneTime * double.LogP1(-(v - 1) / (j - 1));
                _voltage[i] = 0;
                _refractory[i] = LifPopulation.RefractoryTime + at;
                _fired[_firedCount++] = i;
                Add(i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int neuron)
    {
        for (int k = 0; k < _width; k += LifPopulation.Lanes)
        {
            Vector256<double> sum = Vector256.LoadUnsafe(ref _decoded[0], (nuint)k)
                + Vector256.LoadUnsafe(ref _impulses[neuron * _width], (nuint)k);
            sum.StoreUnsafe(ref _decoded[0], (nuint)k);
        }
    }
}
