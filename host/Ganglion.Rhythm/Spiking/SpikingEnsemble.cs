using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// <see cref="ReferenceEnsemble"/> at the machine's speed, spike for spike: four neurons side by side in double precision, membranes and
/// refractory times in arrays of their own, no branch but for neurons that fire, no allocation.
/// <para>
/// Exponential and logarithm are series, whose arguments never leave 0..0.05 since a step is a twentieth of the membrane's time constant:
/// to the last bits what the system's functions give. Last bits move no spike: what is decoded depends on the step that a spike falls into
/// alone, so that a difference of 1e-16 grows no further.
/// </para>
/// <para>
/// What bounds it: 200 neurons in three dimensions are 50 groups of about 40 instructions without dependence on each other, so that
/// arithmetic and not memory counts (10 kB, all in the first cache); the 19 neurons that fire in a step cost about as much again.
/// </para>
/// </summary>
public sealed class SpikingEnsemble : ISpikingEnsemble
{
    private const double Step = LifPopulation.Step, Tau = LifPopulation.MembraneTime;

    private readonly LifPopulation _population;
    private readonly double[] _voltage, _refractory, _current;
    private readonly double[] _impulses; // [neurons x width], decoders by the step
    private readonly double[] _decoded;
    private readonly int[] _fired;
    private readonly int _outputs, _width;
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
                _impulses[i * _width + k] = decoders[i, k] * (1 / Step);
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
        int stride = _population.Stride;
        for (int first = 0; first < stride; first += 64)
        {
            for (ulong over = Integrate(x, first, Math.Min(stride, first + 64)); over != 0; over &= over - 1)
            {
                Fire(first + BitOperations.TrailingZeroCount(over));
            }
        }

        Decode();
    }

    /// <summary>Membranes of up to 64 neurons.</summary>
    /// <returns>A bit for each that is above the threshold.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // profiled again after other calls, it was compiled to be four times slower
    private ulong Integrate(ReadOnlySpan<double> x, int first, int end)
    {
        ref double point = ref MemoryMarshal.GetReference(x);
        ref double bias = ref MemoryMarshal.GetReference(_population.Bias), weights = ref MemoryMarshal.GetReference(_population.Currents);
        ref double voltage = ref MemoryMarshal.GetArrayDataReference(_voltage);
        ref double refractory = ref MemoryMarshal.GetArrayDataReference(_refractory);
        ref double current = ref MemoryMarshal.GetArrayDataReference(_current);
        int dimensions = x.Length;
        nuint weight = (nuint)(first * dimensions);
        var step = Vector256.Create(Step);
        ulong over = 0;
        for (int i = first; i < end; i += LifPopulation.Lanes)
        {
            var j = Vector256.LoadUnsafe(ref bias, (nuint)i);
            for (int d = 0; d < dimensions; d++)
            {
                j = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref weights, weight), Vector256.Create(Unsafe.Add(ref point, d)), j);
                weight += LifPopulation.Lanes;
            }

            Vector256<double> left = Vector256.LoadUnsafe(ref refractory, (nuint)i) - step;
            var active = Vector256.MinNative(Vector256.MaxNative(step - left, Vector256<double>.Zero), step);
            var v = Vector256.LoadUnsafe(ref voltage, (nuint)i);
            v = Vector256.MaxNative(Vector256.MultiplyAddEstimate(j - v, Approach(active * (1 / Tau)), v), Vector256<double>.Zero);
            j.StoreUnsafe(ref current, (nuint)i);
            left.StoreUnsafe(ref refractory, (nuint)i);
            v.StoreUnsafe(ref voltage, (nuint)i);
            over |= (ulong)Vector256.GreaterThan(v, Vector256<double>.One).ExtractMostSignificantBits() << (i - first);
        }

        return over;
    }

    /// <summary>1 - exp(-y) for y in 0..0.05, to 1e-16 of itself: y (1 - y/2 (1 - y/3 (1 - ...))).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Approach(Vector256<double> y)
    {
        var sum = Vector256.Create(1.0 / 40_320);
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 5_040));
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 720));
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 120));
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 24));
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 6));
        sum = Vector256.MultiplyAddEstimate(sum, -y, Vector256.Create(1.0 / 2));
        return Vector256.MultiplyAddEstimate(sum, -y, Vector256<double>.One) * y;
    }

    /// <summary>A neuron fires: its refractory time begins when it passed the threshold, t = dt + tau log(1 - u) with
    /// u = (v - 1) / (j - 1) in 0..0.05, and the logarithm's series to 1e-16 of itself.</summary>
    private void Fire(int neuron)
    {
        double u = (_voltage[neuron] - 1) / (_current[neuron] - 1);
        double sum = 1.0 / 11;
        sum = sum * u + 1.0 / 10;
        sum = sum * u + 1.0 / 9;
        sum = sum * u + 1.0 / 8;
        sum = sum * u + 1.0 / 7;
        sum = sum * u + 1.0 / 6;
        sum = sum * u + 1.0 / 5;
        sum = sum * u + 1.0 / 4;
        sum = sum * u + 1.0 / 3;
        sum = sum * u + 1.0 / 2;
        sum = sum * u + 1;
        _voltage[neuron] = 0;
        _refractory[neuron] = LifPopulation.RefractoryTime + Step - Tau * u * sum;
        _fired[_firedCount++] = neuron;
    }

    private void Decode()
    {
        ref double impulses = ref MemoryMarshal.GetArrayDataReference(_impulses);
        for (int k = 0; k < _width; k += LifPopulation.Lanes)
        {
            Vector256<double> sum = Vector256<double>.Zero;
            foreach (int neuron in Fired)
            {
                sum += Vector256.LoadUnsafe(ref impulses, (nuint)(neuron * _width + k));
            }

            sum.CopyTo(_decoded, k);
        }
    }
}
