using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ganglion.Neurons.Vectors;

/// <summary>Four floats at once.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Zero => Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SquareRoot(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> WhereGreater(Vector128<float> a, Vector128<float> b, Vector128<float> chosen) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), chosen, Vector128<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CompressIndices(Vector128<float> a, int first, int* indices) =>
        SetBits.Append(Vector128.GreaterThan(a, Vector128<float>.Zero).ExtractMostSignificantBits(), first, indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress(Vector128<float> a, int first, int* indices, float* values) =>
        SetBits.Append(Vector128.GreaterThan(a, Vector128<float>.Zero).ExtractMostSignificantBits(), first, (float*)&a, indices, values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> a)
    {
        Vector128<float> pairs = a + Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        // Two halving steps of a 4x4 transpose: (a0+a2, b0+b2, a1+a3, b1+b3), the same for c and d, then the last pairs.
        Vector128<float> ab = Interleave(a, b, low: true) + Interleave(a, b, low: false);
        Vector128<float> cd = Interleave(c, d, low: true) + Interleave(c, d, low: false);
        var first = Vector128.Create(ab.GetLower(), cd.GetLower());
        var second = Vector128.Create(ab.GetUpper(), cd.GetUpper());
        return first + second;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b, bool low)
    {
        if (Sse.IsSupported)
        {
            return low ? Sse.UnpackLow(a, b) : Sse.UnpackHigh(a, b);
        }

        return low
            ? Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1))
            : Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
    }
}
