using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Neurons;

/// <summary>Sums, dot products and updates over rows of floats; lengths are multiples of 16 and every row starts on a 64-byte boundary.</summary>
internal static unsafe class Rows<S, V>
    where S : ISimd<V>
    where V : struct
{
    /// <summary>target = sum of the rows first + index * stride over the indices. Eight accumulators stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(float* first, int stride, int* indices, int count, float* target, int length)
    {
        int column = 0;
        for (; column + 8 * S.Count <= length; column += 8 * S.Count)
        {
            float* rows = first + column, o = target + column;
            V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero, a4 = S.Zero, a5 = S.Zero, a6 = S.Zero, a7 = S.Zero;
            for (int n = 0; n < count; n++)
            {
                float* row = rows + (long)indices[n] * stride;
                a0 = S.Add(a0, S.Load(row));
                a1 = S.Add(a1, S.Load(row + S.Count));
                a2 = S.Add(a2, S.Load(row + 2 * S.Count));
                a3 = S.Add(a3, S.Load(row + 3 * S.Count));
                a4 = S.Add(a4, S.Load(row + 4 * S.Count));
                a5 = S.Add(a5, S.Load(row + 5 * S.Count));
                a6 = S.Add(a6, S.Load(row + 6 * S.Count));
                a7 = S.Add(a7, S.Load(row + 7 * S.Count));
            }

            S.Store(a0, o);
            S.Store(a1, o + S.Count);
            S.Store(a2, o + 2 * S.Count);
            S.Store(a3, o + 3 * S.Count);
            S.Store(a4, o + 4 * S.Count);
            S.Store(a5, o + 5 * S.Count);
            S.Store(a6, o + 6 * S.Count);
            S.Store(a7, o + 7 * S.Count);
        }

        for (; column < length; column += S.Count)
        {
            S.Store(SumColumn(first + column, stride, indices, count), target + column);
        }
    }

    /// <summary>target += sum of the rows first + index * stride over the indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSum(float* first, int stride, int* indices, int count, float* target, int length)
    {
        int column = 0;
        for (; column + 8 * S.Count <= length; column += 8 * S.Count)
        {
            float* rows = first + column, o = target + column;
            V a0 = S.Load(o), a1 = S.Load(o + S.Count), a2 = S.Load(o + 2 * S.Count), a3 = S.Load(o + 3 * S.Count);
            V a4 = S.Load(o + 4 * S.Count), a5 = S.Load(o + 5 * S.Count), a6 = S.Load(o + 6 * S.Count), a7 = S.Load(o + 7 * S.Count);
            for (int n = 0; n < count; n++)
            {
                float* row = rows + (long)indices[n] * stride;
                a0 = S.Add(a0, S.Load(row));
                a1 = S.Add(a1, S.Load(row + S.Count));
                a2 = S.Add(a2, S.Load(row + 2 * S.Count));
                a3 = S.Add(a3, S.Load(row + 3 * S.Count));
                a4 = S.Add(a4, S.Load(row + 4 * S.Count));
                a5 = S.Add(a5, S.Load(row + 5 * S.Count));
                a6 = S.Add(a6, S.Load(row + 6 * S.Count));
                a7 = S.Add(a7, S.Load(row + 7 * S.Count));
            }

            S.Store(a0, o);
            S.Store(a1, o + S.Count);
            S.Store(a2, o + 2 * S.Count);
            S.Store(a3, o + 3 * S.Count);
            S.Store(a4, o + 4 * S.Count);
            S.Store(a5, o + 5 * S.Count);
            S.Store(a6, o + 6 * S.Count);
            S.Store(a7, o + 7 * S.Count);
        }

        for (; column < length; column += S.Count)
        {
            V sum = SumColumn(first + column, stride, indices, count);
            S.Store(S.Add(S.Load(target + column), sum), target + column);
        }
    }

    /// <summary>Dot products of four rows with one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Dots(float* row0, float* row1, float* row2, float* row3, float* vector, int length)
    {
        V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
        for (int column = 0; column < length; column += S.Count)
        {
            V x = S.Load(vector + column);
            a0 = S.MultiplyAdd(S.Load(row0 + column), x, a0);
            a1 = S.MultiplyAdd(S.Load(row1 + column), x, a1);
            a2 = S.MultiplyAdd(S.Load(row2 + column), x, a2);
            a3 = S.MultiplyAdd(S.Load(row3 + column), x, a3);
        }

        return S.Sums(a0, a1, a2, a3);
    }

    /// <summary>Dot product of two rows.</summary>
    public static float Dot(float* a, float* b, int length)
    {
        V sum = S.Zero;
        for (int column = 0; column < length; column += S.Count)
        {
            sum = S.MultiplyAdd(S.Load(a + column), S.Load(b + column), sum);
        }

        return S.Sum(sum);
    }

    /// <summary>target += row.</summary>
    public static void Add(float* row, float* target, int length)
    {
        for (int column = 0; column < length; column += S.Count)
        {
            S.Store(S.Add(S.Load(target + column), S.Load(row + column)), target + column);
        }
    }

    /// <summary>target += scale * row.</summary>
    public static void AddScaled(float* row, float scale, float* target, int length)
    {
        V factor = S.Broadcast(scale);
        for (int column = 0; column < length; column += S.Count)
        {
            S.Store(S.MultiplyAdd(S.Load(row + column), factor, S.Load(target + column)), target + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumColumn(float* first, int stride, int* indices, int count)
    {
        // Two chains halve the wait for each addition.
        V even = S.Zero, odd = S.Zero;
        int n = 0;
        for (; n + 1 < count; n += 2)
        {
            even = S.Add(even, S.Load(first + (long)indices[n] * stride));
            odd = S.Add(odd, S.Load(first + (long)indices[n + 1] * stride));
        }

        if (n < count)
        {
            even = S.Add(even, S.Load(first + (long)indices[n] * stride));
        }

        return S.Add(even, odd);
    }
}
