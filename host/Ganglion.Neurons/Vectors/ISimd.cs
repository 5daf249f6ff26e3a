using System.Runtime.Intrinsics;

namespace Ganglion.Neurons.Vectors;

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
