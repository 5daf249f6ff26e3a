using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Neurons.Vectors;

/// <summary>Sums, dot products and updates over rows of floats; lengths are multiples of 16 and every row starts on a 64-byte
/// boundary.</summary>
internal static unsafe class Rows<S, V>
    where S : ISimd<V>
    where V : struct
{
    /// <summary>target = sum of the rows first + index * stride over the indices.</summary>
    public static void Sum(float* first, int stride, int* indices, int count, float* target, int length)
    {
        new Span<float>(target, length).Clear();
        AddSum(first, stride, indices, count, target, length);
    }

    /// <summary>
    /// target += sum of the rows first + index * stride over the indices. Sums stay in registers: eight at a time, nine where that ends the
    /// row (128 neurons and up to 16 readouts in 512-bit vectors).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSum(float* first, int stride, int* indices, int count, float* target, int length)
    {
        int column = 0;
        for (; column + 8 * S.Count <= length; column += 8 * S.Count)
        {
            float* rows = first + column, o = target + column;
            bool last = column + 9 * S.Count == length;
            V a0 = S.Load(o), a1 = S.Load(o + S.Count), a2 = S.Load(o + 2 * S.Count), a3 = S.Load(o + 3 * S.Count);
            V a4 = S.Load(o + 4 * S.Count), a5 = S.Load(o + 5 * S.Count), a6 = S.Load(o + 6 * S.Count), a7 = S.Load(o + 7 * S.Count);
            V a8 = last ? S.Load(o + 8 * S.Count) : S.Zero;
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
                if (last)
                {
                    a8 = S.Add(a8, S.Load(row + 8 * S.Count));
                }
            }

            S.Store(a0, o);
            S.Store(a1, o + S.Count);
            S.Store(a2, o + 2 * S.Count);
            S.Store(a3, o + 3 * S.Count);
            S.Store(a4, o + 4 * S.Count);
            S.Store(a5, o + 5 * S.Count);
            S.Store(a6, o + 6 * S.Count);
            S.Store(a7, o + 7 * S.Count);
            if (last)
            {
                S.Store(a8, o + 8 * S.Count);
                return;
            }
        }

        for (; column + 5 * S.Count <= length; column += 5 * S.Count)
        {
            // As below, five columns together (64 neurons and up to 16 readouts in 512-bit vectors): lists are short, and each end of one
            // is a guess of the processor's that fails.
            float* rows = first + column, o = target + column;
            V e0 = S.Load(o), e1 = S.Load(o + S.Count), e2 = S.Load(o + 2 * S.Count), e3 = S.Load(o + 3 * S.Count);
            V e4 = S.Load(o + 4 * S.Count), d0 = S.Zero, d1 = S.Zero, d2 = S.Zero, d3 = S.Zero, d4 = S.Zero;
            int n = 0;
            for (; n + 1 < count; n += 2)
            {
                float* even = rows + (long)indices[n] * stride, odd = rows + (long)indices[n + 1] * stride;
                (e0, d0) = (S.Add(e0, S.Load(even)), S.Add(d0, S.Load(odd)));
                (e1, d1) = (S.Add(e1, S.Load(even + S.Count)), S.Add(d1, S.Load(odd + S.Count)));
                (e2, d2) = (S.Add(e2, S.Load(even + 2 * S.Count)), S.Add(d2, S.Load(odd + 2 * S.Count)));
                (e3, d3) = (S.Add(e3, S.Load(even + 3 * S.Count)), S.Add(d3, S.Load(odd + 3 * S.Count)));
                (e4, d4) = (S.Add(e4, S.Load(even + 4 * S.Count)), S.Add(d4, S.Load(odd + 4 * S.Count)));
            }

            if (n < count)
            {
                float* even = rows + (long)indices[n] * stride;
                (e0, e1, e2) = (S.Add(e0, S.Load(even)), S.Add(e1, S.Load(even + S.Count)), S.Add(e2, S.Load(even + 2 * S.Count)));
                (e3, e4) = (S.Add(e3, S.Load(even + 3 * S.Count)), S.Add(e4, S.Load(even + 4 * S.Count)));
            }

            S.Store(S.Add(e0, d0), o);
            S.Store(S.Add(e1, d1), o + S.Count);
            S.Store(S.Add(e2, d2), o + 2 * S.Count);
            S.Store(S.Add(e3, d3), o + 3 * S.Count);
            S.Store(S.Add(e4, d4), o + 4 * S.Count);
        }

        for (; column < length; column += S.Count)
        {
            // Two chains halve the wait for each addition.
            V even = S.Load(target + column), odd = S.Zero;
            int n = 0;
            for (; n + 1 < count; n += 2)
            {
                even = S.Add(even, S.Load(first + column + (long)indices[n] * stride));
                odd = S.Add(odd, S.Load(first + column + (long)indices[n + 1] * stride));
            }

            if (n < count)
            {
                even = S.Add(even, S.Load(first + column + (long)indices[n] * stride));
            }

            S.Store(S.Add(even, odd), target + column);
        }
    }

    /// <summary>target = sum of the rows first + index * stride over the indices, each times the scale at its index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumScaled(float* first, int stride, int* indices, float* scales, int count, float* target, int length)
    {
        int column = 0;
        for (; column + 4 * S.Count <= length; column += 4 * S.Count)
        {
            float* rows = first + column, o = target + column;
            V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
            for (int n = 0; n < count; n++)
            {
                float* row = rows + (long)indices[n] * stride;
                V scale = S.Broadcast(scales[indices[n]]);
                a0 = S.MultiplyAdd(scale, S.Load(row), a0);
                a1 = S.MultiplyAdd(scale, S.Load(row + S.Count), a1);
                a2 = S.MultiplyAdd(scale, S.Load(row + 2 * S.Count), a2);
                a3 = S.MultiplyAdd(scale, S.Load(row + 3 * S.Count), a3);
            }

            S.Store(a0, o);
            S.Store(a1, o + S.Count);
            S.Store(a2, o + 2 * S.Count);
            S.Store(a3, o + 3 * S.Count);
        }

        for (; column < length; column += S.Count)
        {
            V sum = S.Zero;
            for (int n = 0; n < count; n++)
            {
                sum = S.MultiplyAdd(S.Broadcast(scales[indices[n]]), S.Load(first + column + (long)indices[n] * stride), sum);
            }

            S.Store(sum, target + column);
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
}
