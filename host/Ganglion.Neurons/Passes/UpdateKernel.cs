using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>The numbers of one optimiser step, computed once per update in float64.</summary>
internal readonly record struct AdamNumbers(
    float GradientScale, float StepSize, float Beta1, float Beta2, float Epsilon, float RateStrength, float Shrink);

/// <summary>Element-wise work of an update over a run of weight rows; deterministic, and independent of how rows are shared among
/// threads.</summary>
internal abstract unsafe class UpdateKernel
{
    public static UpdateKernel Create() =>
        Vector512.IsHardwareAccelerated ? new UpdateKernel<Simd512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new UpdateKernel<Simd256, Vector256<float>>()
        : new UpdateKernel<Simd128, Vector128<float>>();

    /// <summary>total += part and part = 0 over one row; returns the squared norm of the new total.</summary>
    public abstract float Gather(float* total, float* part, int length);

    /// <summary>Squared norm of one row.</summary>
    public abstract float SquaredNorm(float* row, int length);

    /// <summary>
    /// One row of weights: the firing-rate regulariser w -= strength * pull_j * (rowRate + rate_j), then
    /// weight decay w -= shrink * w, then Adam with the gradient, which is set to 0.
    /// </summary>
    public abstract void Apply(
        in AdamNumbers numbers, float* weights, float* gradient, float* first, float* second, float rowRate, float* pull, float* rates,
        int length);
}

internal sealed unsafe class UpdateKernel<S, V> : UpdateKernel
    where S : ISimd<V>
    where V : struct
{
    private const float Tiny = 1e-30f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float Gather(float* total, float* part, int length)
    {
        V norm = S.Zero;
        for (int i = 0; i < length; i += S.Count)
        {
            V sum = S.Add(S.Load(total + i), S.Load(part + i));
            S.Store(sum, total + i);
            S.Store(S.Zero, part + i);
            norm = S.MultiplyAdd(sum, sum, norm);
        }

        return S.Sum(norm);
    }

    public override float SquaredNorm(float* row, int length) => Rows<S, V>.Dot(row, row, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(
        in AdamNumbers numbers, float* weights, float* gradient, float* first, float* second, float rowRate, float* pull, float* rates,
        int length)
    {
        V scale = S.Broadcast(numbers.GradientScale), step = S.Broadcast(-numbers.StepSize), epsilon = S.Broadcast(numbers.Epsilon);
        V beta1 = S.Broadcast(numbers.Beta1), keep1 = S.Broadcast(1 - numbers.Beta1), tiny = S.Broadcast(Tiny);
        V beta2 = S.Broadcast(numbers.Beta2), keep2 = S.Broadcast(1 - numbers.Beta2);
        V strength = S.Broadcast(-numbers.RateStrength), own = S.Broadcast(rowRate);
        V shrink = S.Broadcast(-numbers.Shrink);
        for (int i = 0; i < length; i += S.Count)
        {
            V g = S.Multiply(scale, S.Load(gradient + i));
            V m = S.MultiplyAdd(keep1, g, S.Multiply(beta1, S.Load(first + i)));
            V v = S.MultiplyAdd(keep2, S.Multiply(g, g), S.Multiply(beta2, S.Load(second + i)));
            m = S.WhereGreater(S.Abs(m), tiny, m);
            v = S.WhereGreater(v, tiny, v);
            V w = S.Load(weights + i);
            w = S.MultiplyAdd(S.Multiply(strength, S.Load(pull + i)), S.Add(own, S.Load(rates + i)), w);
            w = S.MultiplyAdd(shrink, w, w);
            w = S.MultiplyAdd(step, S.Divide(m, S.Add(S.SquareRoot(v), epsilon)), w);
            S.Store(m, first + i);
            S.Store(v, second + i);
            S.Store(w, weights + i);
            S.Store(S.Zero, gradient + i);
        }
    }
}
