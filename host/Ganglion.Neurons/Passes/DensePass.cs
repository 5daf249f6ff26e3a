using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// The same pass without looking for events: every weight row is read in every step, forward and back, as a dense library would. It is
/// vectorised and tiled like the event-driven pass and exists to show how much of the speed comes from events alone.
/// </summary>
internal sealed unsafe class DensePass<S, V> : UnrolledPass<S, V>
    where S : ISimd<V>
    where V : struct
{
    private readonly int[] _indices;
    private readonly float[] _slopes;
    private readonly AlignedFloats _spikes, _pseudo, _gated;
    private readonly int _rows;

    public DensePass(LsnnWeights weights)
        : base(weights)
    {
        int hidden = weights.HiddenStride;
        _indices = GC.AllocateUninitializedArray<int>(hidden + S.Count, pinned: true);
        _slopes = GC.AllocateUninitializedArray<float>(hidden + S.Count, pinned: true);
        _spikes = new AlignedFloats(Shape.Steps * hidden);
        _pseudo = new AlignedFloats(Shape.Steps * hidden);
        _gated = new AlignedFloats(hidden);
        _rows = Shape.Hidden;
    }

    /// <inheritdoc/>
    public override void CopyRaster(Span<byte> raster)
    {
        CheckLength(raster.Length, Shape.Steps * _rows, "raster [Steps x Hidden]");
        for (int i = 0; i < raster.Length; i++)
        {
            raster[i] = (byte)_spikes.Pointer[i / _rows * Weights.HiddenStride + i % _rows];
        }
    }

    protected override void Step(int t)
    {
        int spiked = 0, active = 0, hidden = Weights.HiddenStride;
        fixed (int* indices = _indices)
        fixed (float* slopes = _slopes)
        {
            // The lists of events are made by the shared step and not looked at.
            Cells.Step(indices, ref spiked, indices, slopes, ref active);
        }

        ActiveCount += active;
        float* spikes = _spikes.Pointer + t * hidden;
        new ReadOnlySpan<float>(Cells.Spiked, hidden).CopyTo(new Span<float>(spikes, hidden));
        new ReadOnlySpan<float>(Cells.Pseudo, hidden).CopyTo(new Span<float>(_pseudo.Pointer + t * hidden, hidden));
        Product(spikes, Cells.Arriving);
    }

    protected override void CountSpikes(Span<int> counts)
    {
        counts.Clear();
        for (int t = 0; t < Shape.Steps; t++)
        {
            for (int j = 0; j < counts.Length; j++)
            {
                counts[j] += (int)_spikes.Pointer[t * Weights.HiddenStride + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GateErrors(int t, float* source)
    {
        float* pseudo = _pseudo.Pointer + t * Weights.HiddenStride, deltaA = DeltaA;
        float* rows = Weights.NeuronRow(0), gated = _gated.Pointer;
        int stride = Weights.Stride, i = 0;
        for (; i + 4 <= _rows; i += 4)
        {
            float* row = rows + (long)i * stride;
            Vector128<float> signal = Rows<S, V>.Dots(row, row + stride, row + 2 * stride, row + 3 * stride, source, stride);
            signal = Vector128.MultiplyAddEstimate(Vector128.Load(source + i), Vector128.Create(-Cells.Threshold),
                signal + Vector128.Load(deltaA + i));
            Simd128.Store(CellState<S, V>.Flush(signal * Vector128.Load(pseudo + i)), gated + i);
        }

        for (; i < _rows; i++)
        {
            float signal = Rows<S, V>.Dot(rows + (long)i * stride, source, stride) + deltaA[i] - Cells.Threshold * source[i];
            gated[i] = CellState<S, V>.Flush(Vector128.CreateScalar(pseudo[i] * signal)).ToScalar();
        }
    }

    protected override void AddErrors(int t, float* deltaV) => Cells.AddGated(_gated.Pointer, deltaV, DeltaA);

    /// <summary>gradients += spikes^T * sources, in tiles of four neurons by two vectors, summed over time in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AddNeuronGradients(LsnnWeights gradients)
    {
        int stride = Weights.Stride, hidden = Weights.HiddenStride, steps = Shape.Steps, whole = _rows / 4 * 4;
        for (int j = 0; j < whole; j += 4)
        {
            float* g0 = gradients.NeuronRow(j), g1 = gradients.NeuronRow(j + 1), g2 = gradients.NeuronRow(j + 2), g3 =
                gradients.NeuronRow(j + 3);
            int column = 0;
            for (; column + 2 * S.Count <= stride; column += 2 * S.Count)
            {
                V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero, b0 = S.Zero, b1 = S.Zero, b2 = S.Zero, b3 = S.Zero;
                float* source = FirstSource + column, z = _spikes.Pointer + j;
                for (int t = 0; t < steps; t++, source += stride, z += hidden)
                {
                    V s0 = S.Load(source), s1 = S.Load(source + S.Count);
                    V z0 = S.Broadcast(z[0]), z1 = S.Broadcast(z[1]), z2 = S.Broadcast(z[2]), z3 = S.Broadcast(z[3]);
                    a0 = S.MultiplyAdd(z0, s0, a0);
                    a1 = S.MultiplyAdd(z1, s0, a1);
                    a2 = S.MultiplyAdd(z2, s0, a2);
                    a3 = S.MultiplyAdd(z3, s0, a3);
                    b0 = S.MultiplyAdd(z0, s1, b0);
                    b1 = S.MultiplyAdd(z1, s1, b1);
                    b2 = S.MultiplyAdd(z2, s1, b2);
                    b3 = S.MultiplyAdd(z3, s1, b3);
                }

                AddTo(g0 + column, a0);
                AddTo(g1 + column, a1);
                AddTo(g2 + column, a2);
                AddTo(g3 + column, a3);
                AddTo(g0 + column + S.Count, b0);
                AddTo(g1 + column + S.Count, b1);
                AddTo(g2 + column + S.Count, b2);
                AddTo(g3 + column + S.Count, b3);
            }

            for (; column < stride; column += S.Count)
            {
                V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
                for (int t = 0; t < steps; t++)
                {
                    V source = S.Load(FirstSource + t * stride + column);
                    float* z = _spikes.Pointer + t * hidden + j;
                    a0 = S.MultiplyAdd(S.Broadcast(z[0]), source, a0);
                    a1 = S.MultiplyAdd(S.Broadcast(z[1]), source, a1);
                    a2 = S.MultiplyAdd(S.Broadcast(z[2]), source, a2);
                    a3 = S.MultiplyAdd(S.Broadcast(z[3]), source, a3);
                }

                AddTo(g0 + column, a0);
                AddTo(g1 + column, a1);
                AddTo(g2 + column, a2);
                AddTo(g3 + column, a3);
            }
        }

        for (int j = whole; j < _rows; j++)
        {
            for (int t = 0; t < steps; t++)
            {
                Rows<S, V>.AddScaled(FirstSource + t * stride, _spikes.Pointer[t * hidden + j], gradients.NeuronRow(j), stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* target, V value) => S.Store(S.Add(S.Load(target), value), target);

    /// <summary>target = spikes * W over all rows, whatever the spikes are; eight sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Product(float* spikes, float* target)
    {
        int stride = Weights.Stride, rows = _rows, column = 0;
        float* first = Weights.NeuronRow(0);
        for (; column + 8 * S.Count <= stride; column += 8 * S.Count)
        {
            V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero, a4 = S.Zero, a5 = S.Zero, a6 = S.Zero, a7 = S.Zero;
            float* row = first + column;
            for (int j = 0; j < rows; j++, row += stride)
            {
                V z = S.Broadcast(spikes[j]);
                a0 = S.MultiplyAdd(z, S.Load(row), a0);
                a1 = S.MultiplyAdd(z, S.Load(row + S.Count), a1);
                a2 = S.MultiplyAdd(z, S.Load(row + 2 * S.Count), a2);
                a3 = S.MultiplyAdd(z, S.Load(row + 3 * S.Count), a3);
                a4 = S.MultiplyAdd(z, S.Load(row + 4 * S.Count), a4);
                a5 = S.MultiplyAdd(z, S.Load(row + 5 * S.Count), a5);
                a6 = S.MultiplyAdd(z, S.Load(row + 6 * S.Count), a6);
                a7 = S.MultiplyAdd(z, S.Load(row + 7 * S.Count), a7);
            }

            float* o = target + column;
            S.Store(a0, o);
            S.Store(a1, o + S.Count);
            S.Store(a2, o + 2 * S.Count);
            S.Store(a3, o + 3 * S.Count);
            S.Store(a4, o + 4 * S.Count);
            S.Store(a5, o + 5 * S.Count);
            S.Store(a6, o + 6 * S.Count);
            S.Store(a7, o + 7 * S.Count);
        }

        for (; column < stride; column += S.Count)
        {
            V even = S.Zero, odd = S.Zero;
            float* row = first + column;
            for (int j = 0; j + 1 < rows; j += 2, row += 2 * stride)
            {
                even = S.MultiplyAdd(S.Broadcast(spikes[j]), S.Load(row), even);
                odd = S.MultiplyAdd(S.Broadcast(spikes[j + 1]), S.Load(row + stride), odd);
            }

            if ((rows & 1) != 0)
            {
                even = S.MultiplyAdd(S.Broadcast(spikes[rows - 1]), S.Load(row), even);
            }

            S.Store(S.Add(even, odd), target + column);
        }
    }
}
