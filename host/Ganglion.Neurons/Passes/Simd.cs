using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ganglion.Neurons.Passes;

/// <summary>The vector operations of the kernels at one width, so that each kernel is written once and compiled for 512, 256 and 128
/// bits.</summary>
internal unsafe interface ISimd<V>
    where V : struct
{
    static abstract int Count { get; }

    static abstract V Zero { get; }

    static abstract V Load(float* source);

    static abstract void Store(V value, float* target);

    static abstract V Broadcast(float value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    /// <summary>a * b + c.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V Divide(V a, V b);

    static abstract V SquareRoot(V a);

    static abstract V Max(V a, V b);

    static abstract V Abs(V a);

    /// <summary>Where a > b: <paramref name="chosen"/>, elsewhere 0.</summary>
    static abstract V WhereGreater(V a, V b, V chosen);

    /// <summary>
    /// Appends first + i to <paramref name="indices"/> for every i with a[i] > 0, in order, and returns how many; may write up to
    /// <see cref="Count"/> places whatever the number.
    /// </summary>
    static abstract int CompressIndices(V a, int first, int* indices);

    /// <summary>Appends every a[i] > 0 to <paramref name="values"/>, and first + i to <paramref name="indices"/>, like
    /// <see cref="CompressIndices"/>.</summary>
    static abstract int Compress(V a, int first, int* indices, float* values);

    static abstract float Sum(V a);

    /// <summary>The four sums of the elements of a, b, c and d.</summary>
    static abstract Vector128<float> Sums(V a, V b, V c, V d);
}

internal readonly unsafe struct Simd512 : ISimd<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Zero => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquareRoot(Vector512<float> a) => Vector512.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WhereGreater(Vector512<float> a, Vector512<float> b, Vector512<float> chosen) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), chosen, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CompressIndices(Vector512<float> a, int first, int* indices)
    {
        var mask = Vector512.GreaterThan(a, Vector512<float>.Zero);
        ulong bits = mask.ExtractMostSignificantBits();
        if (Avx512F.IsSupported)
        {
            Avx512F.Compress(Vector512<int>.Zero, mask.AsInt32(), Vector512<int>.Indices + Vector512.Create(first)).Store(indices);
            return BitOperations.PopCount(bits);
        }

        return SetBits.Append(bits, first, indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress(Vector512<float> a, int first, int* indices, float* values)
    {
        if (Avx512F.IsSupported)
        {
            var mask = Vector512.GreaterThan(a, Vector512<float>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, mask.AsInt32(), Vector512<int>.Indices + Vector512.Create(first)).Store(indices);
            Avx512F.Compress(Vector512<float>.Zero, mask, a).Store(values);
            return BitOperations.PopCount(mask.ExtractMostSignificantBits());
        }

        return SetBits.Append(Vector512.GreaterThan(a, Vector512<float>.Zero).ExtractMostSignificantBits(), first, (float*)&a,
            indices, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> a) => Simd256.Sum(a.GetLower() + a.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) =>
        Simd256.Sums(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
}

internal readonly unsafe struct Simd256 : ISimd<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Zero => Vector256<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> a) => Vector256.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> WhereGreater(Vector256<float> a, Vector256<float> b, Vector256<float> chosen) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), chosen, Vector256<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CompressIndices(Vector256<float> a, int first, int* indices) =>
        SetBits.Append(Vector256.GreaterThan(a, Vector256<float>.Zero).ExtractMostSignificantBits(), first, indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress(Vector256<float> a, int first, int* indices, float* values) =>
        SetBits.Append(Vector256.GreaterThan(a, Vector256<float>.Zero).ExtractMostSignificantBits(), first, (float*)&a, indices, values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> a) => Simd128.Sum(a.GetLower() + a.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Simd128.Sums(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
}

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

/// <summary>Lists of the set bits of a mask, for processors without a compress instruction.</summary>
internal static unsafe class SetBits
{
    public static int Append(ulong bits, int first, int* indices)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            indices[count++] = first + BitOperations.TrailingZeroCount(bits);
        }

        return count;
    }

    public static int Append(ulong bits, int first, float* vector, int* indices, float* values)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            int i = BitOperations.TrailingZeroCount(bits);
            indices[count] = first + i;
            values[count++] = vector[i];
        }

        return count;
    }
}
