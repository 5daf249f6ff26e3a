using System.Numerics;

namespace Ganglion.Neurons.Training;

/// <summary>
/// A finite set of samples held in memory (a recorded log, a set of images), given out epoch after epoch, each epoch in an order of its
/// own. The order is a keyed permutation that is computed from the index (a four-round Feistel network over the next power of four, walked
/// until it falls inside the set), so that any index can be asked for at any time.
/// </summary>
public sealed class SampleTable : ISampleSource
{
    private readonly float[] _inputs, _targets;
    private readonly ulong _seed;
    private readonly int _count, _halfBits;

    /// <summary>
    /// Takes <paramref name="inputs"/> [Count x InputLength] and <paramref name="targets"/> [Count x TargetLength]; throws
    /// <see cref="ArgumentException"/> when the lengths do not fit each other or a number is not finite.
    /// </summary>
    public SampleTable(float[] inputs, int inputLength, float[] targets, int targetLength, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        _count = inputs.Length / inputLength;
        if (_count < 1 || inputs.Length != (long)_count * inputLength || targets.Length != (long)_count * targetLength)
        {
            throw new ArgumentException($"{inputs.Length} inputs and {targets.Length} targets are not whole samples of {inputLength} and " +
                $"{targetLength}.");
        }

        RejectNonFinite(inputs, inputLength, "input");
        RejectNonFinite(targets, targetLength, "target");
        (_inputs, InputLength, _targets, TargetLength, _seed) = (inputs, inputLength, targets, targetLength, seed);
        _halfBits = Math.Max(1, (BitOperations.Log2((uint)Math.Max(1, _count - 1)) + 2) / 2);
    }

    /// <summary>Samples in the set.</summary>
    public int Count => _count;

    /// <inheritdoc/>
    public int InputLength { get; }

    /// <inheritdoc/>
    public int TargetLength { get; }

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        int row = RowAt(index);
        _inputs.AsSpan(row * InputLength, InputLength).CopyTo(inputs);
        _targets.AsSpan(row * TargetLength, TargetLength).CopyTo(targets);
    }

    /// <summary>Row of the set that sample <paramref name="index"/> is: in every run of Count indices from a multiple of Count, each row
    /// comes once.</summary>
    public int RowAt(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        (long epoch, long place) = Math.DivRem(index, _count);
        uint x = (uint)place, mask = (1u << _halfBits) - 1;
        do
        {
            uint left = x >> _halfBits, right = x & mask;
            for (uint round = 0; round < 4; round++)
            {
                (left, right) = (right, left ^ (Mix(right, (ulong)epoch * 4 + round) & mask));
            }

            x = (left << _halfBits) | right;
        }
        while (x >= (uint)_count);

        return (int)x;
    }

    private static void RejectNonFinite(float[] values, int rowLength, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException($"sample {i / rowLength}: {what} {i % rowLength} is {values[i]}; remove the sample or repair " +
                    $"its record.");
            }
        }
    }

    private uint Mix(uint value, ulong round)
    {
        ulong z = (_seed + value + 1) * 0x9E3779B97F4A7C15UL ^ (round + 1) * 0xD1342543DE82EF95UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (uint)(z >> 32);
    }
}
