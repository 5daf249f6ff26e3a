using System.Runtime.Intrinsics;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Network;

/// <summary>Width of the vectors that a pass computes with. Results of different widths agree to rounding, not to the bit.</summary>
public enum VectorWidth
{
    /// <summary>4 floats (SSE, Arm NEON).</summary>
    Bits128 = 128,

    /// <summary>8 floats (AVX2).</summary>
    Bits256 = 256,

    /// <summary>16 floats (AVX-512).</summary>
    Bits512 = 512,
}

/// <summary>Makes float32 passes for this machine.</summary>
public static class LsnnEngine
{
    /// <summary>The widest vectors that this processor runs in hardware.</summary>
    public static VectorWidth WidestVectors =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256 : VectorWidth.Bits128;

    /// <summary>The event-driven pass: what training and inference use.</summary>
    public static LsnnPass CreateEventPass(LsnnWeights weights) => CreateEventPass(weights, WidestVectors);

    /// <summary>The event-driven pass at a given vector width; a width beyond the processor's is correct but slow.</summary>
    public static LsnnPass CreateEventPass(LsnnWeights weights, VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => new EventPass<Simd512, Vector512<float>>(weights),
        VectorWidth.Bits256 => new EventPass<Simd256, Vector256<float>>(weights),
        VectorWidth.Bits128 => new EventPass<Simd128, Vector128<float>>(weights),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "vector width must be 128, 256 or 512 bits."),
    };

    /// <summary>The dense pass with the widest vectors: the baseline that shows what events are worth.</summary>
    public static LsnnPass CreateDensePass(LsnnWeights weights) => WidestVectors switch
    {
        VectorWidth.Bits512 => new DensePass<Simd512, Vector512<float>>(weights),
        VectorWidth.Bits256 => new DensePass<Simd256, Vector256<float>>(weights),
        _ => new DensePass<Simd128, Vector128<float>>(weights),
    };

    /// <summary>A network that runs on without end, with the widest vectors; throws <see cref="ArgumentException"/> for one with clock
    /// inputs.</summary>
    public static LsnnRunner CreateRunner(LsnnWeights weights) => WidestVectors switch
    {
        VectorWidth.Bits512 => new LsnnRunner<Simd512, Vector512<float>>(weights),
        VectorWidth.Bits256 => new LsnnRunner<Simd256, Vector256<float>>(weights),
        _ => new LsnnRunner<Simd128, Vector128<float>>(weights),
    };

    /// <summary>A network of one window with its Jacobian, with the widest vectors; throws <see cref="ArgumentException"/> for one of
    /// more.</summary>
    public static LsnnTangents CreateTangents(LsnnWeights weights) => CreateTangents(weights, WidestVectors);

    /// <summary>The same at a given vector width.</summary>
    public static LsnnTangents CreateTangents(LsnnWeights weights, VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => new LsnnTangents<Simd512, Vector512<float>>(weights),
        VectorWidth.Bits256 => new LsnnTangents<Simd256, Vector256<float>>(weights),
        _ => new LsnnTangents<Simd128, Vector128<float>>(weights),
    };

    /// <summary>Gradients by eligibility traces, with the widest vectors.</summary>
    internal static EligibilityTraces CreateTraces(LsnnWeights weights) => WidestVectors switch
    {
        VectorWidth.Bits512 => new EligibilityTraces<Simd512, Vector512<float>>(weights),
        VectorWidth.Bits256 => new EligibilityTraces<Simd256, Vector256<float>>(weights),
        _ => new EligibilityTraces<Simd128, Vector128<float>>(weights),
    };
}
