using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Neurons;

/// <summary>
/// The same pass without looking for events: every weight row is read in every step, forward and back, as a dense library would. It is vectorised and
/// tiled like the event-driven pass and exists to show how much of the speed comes from events alone.
/// </summary>
internal sealed unsafe class DensePass<S, V> : LsnnPass
    where S : ISimd<V>
    where V : struct
{
    private readonly CellState<S, V> _cells;
    private readonly WindowGradients<S, V> _windows;
    private readonly float[] _inputs;
    private readonly int[] _indices;
    private readonly float[] _slopes;
    private readonly AlignedFloats _spikes, _pseudo, _sources, _deltaA, _windowSum, _gated;
    private readonly int _rows;

    public DensePass(LsnnWeights weights)
        : base(weights)
    {
        int steps = Shape.Steps, hidden = weights.HiddenStride;
        _cells = new CellState<S, V>(weights);
        _inputs = new float[Shape.InputLength];
        _indices = GC.AllocateUninitializedArray<int>(hidden + S.Count, pinned: true);
        _slopes = GC.AllocateUninitializedArray<float>(hidden + S.Count, pinned: true);
        _spikes = new AlignedFloats(steps * hidden);
        _pseudo = new AlignedFloats(steps * hidden);
        _sources = new AlignedFloats((steps + 1) * weights.Stride);
        _deltaA = new AlignedFloats(hidden);
        _windowSum = new AlignedFloats(hidden);
        _gated = new AlignedFloats(hidden);
        _windows = new WindowGradients<S, V>(weights, _inputs, _windowSum.Pointer);
        _rows = Shape.Hidden;
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> inputs)
    {
        CheckInputs(inputs);
        inputs.CopyTo(_inputs);
        WritableSpikeCounts.Clear();
        ActiveCount = 0;
        _cells.Reset();
        int hidden = Weights.HiddenStride;
        fixed (int* indices = _indices)
        fixed (float* slopes = _slopes)
        {
            for (int t = 0; t < Shape.Steps; t++)
            {
                int spiked = 0, active = 0;
                _cells.DriveWindow(_inputs, t);
                _cells.Step(indices, ref spiked, indices, slopes, ref active);
                ActiveCount += active;
                float* spikes = _spikes.Pointer + t * hidden;
                new ReadOnlySpan<float>(_cells.Spiked, hidden).CopyTo(new Span<float>(spikes, hidden));
                new ReadOnlySpan<float>(_cells.Pseudo, hidden).CopyTo(new Span<float>(_pseudo.Pointer + t * hidden, hidden));
                Product(spikes, _cells.Arriving);
                _cells.Read(t, WritableOutputs);
            }
        }

        for (int t = 0; t < Shape.Steps; t++)
        {
            for (int j = 0; j < _rows; j++)
            {
                WritableSpikeCounts[j] += (int)_spikes.Pointer[t * hidden + j];
            }
        }

        AverageOutputs();
    }

    /// <inheritdoc/>
    public override void BackwardToInputs(ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        CheckOutputGradients(outputGradients);
        CheckLength(inputGradients.Length, Shape.InputLength, "input gradients [Windows x Channels]");
        Backward(outputGradients, inputGradients, null);
    }

    /// <inheritdoc/>
    public override void BackwardToWeights(ReadOnlySpan<float> outputGradients, LsnnWeights weightGradients)
    {
        CheckOutputGradients(outputGradients);
        Backward(outputGradients, default, weightGradients);
        AddOuterProducts(weightGradients);
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

    /// <inheritdoc/>
    internal override IEnumerable<float[]> DecayingState() =>
        [.. _cells.DecayingState(), _sources.Span.ToArray(), _deltaA.Span.ToArray(), _windowSum.Span.ToArray()];

    /// <summary>target = spikes * W over all rows, whatever the spikes are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Product(float* spikes, float* target)
    {
        int stride = Weights.Stride, column = 0;
        float* first = Weights.NeuronRow(0);
        for (; column + 4 * S.Count <= stride; column += 4 * S.Count)
        {
            V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
            for (int j = 0; j < _rows; j++)
            {
                float* row = first + (long)j * stride + column;
                V z = S.Broadcast(spikes[j]);
                a0 = S.MultiplyAdd(z, S.Load(row), a0);
                a1 = S.MultiplyAdd(z, S.Load(row + S.Count), a1);
                a2 = S.MultiplyAdd(z, S.Load(row + 2 * S.Count), a2);
                a3 = S.MultiplyAdd(z, S.Load(row + 3 * S.Count), a3);
            }

            S.Store(a0, target + column);
            S.Store(a1, target + column + S.Count);
            S.Store(a2, target + column + 2 * S.Count);
            S.Store(a3, target + column + 3 * S.Count);
        }

        for (; column < stride; column += S.Count)
        {
            V sum = S.Zero;
            for (int j = 0; j < _rows; j++)
            {
                sum = S.MultiplyAdd(S.Broadcast(spikes[j]), S.Load(first + (long)j * stride + column), sum);
            }

            S.Store(sum, target + column);
        }
    }

    private void Backward(ReadOnlySpan<float> outputGradients, Span<float> inputGradients, LsnnWeights? weightGradients)
    {
        int stride = Weights.Stride, hidden = Weights.HiddenStride, steps = Shape.Steps;
        int rowMask = weightGradients is null ? 1 : -1;
        float* sources = _sources.Pointer, deltaA = _deltaA.Pointer, windowSum = _windowSum.Pointer;
        new Span<float>(sources + (steps & rowMask) * stride, stride).Clear();
        _deltaA.Span.Clear();
        _windowSum.Span.Clear();
        float* deltaY = stackalloc float[stride - hidden];
        new Span<float>(deltaY, stride - hidden).Clear();
        fixed (float* gradients = outputGradients)
        {
            for (int t = steps - 1; t >= 0; t--)
            {
                float* source = sources + ((t + 1) & rowMask) * stride;
                float* next = sources + (t & rowMask) * stride;
                _cells.FilterOutputGradient(t, gradients, deltaY, source + hidden);
                GateErrors(source, _pseudo.Pointer + t * hidden, deltaA);
                _cells.Decay(source, next, windowSum, deltaA);
                if (t + 1 < steps)
                {
                    _windows.CloseStep(t + 1, inputGradients, weightGradients);
                }

                _cells.AddGated(_gated.Pointer, next, deltaA);
            }

            Rows<S, V>.Add(sources, windowSum, hidden);
            _windows.CloseStep(0, inputGradients, weightGradients);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GateErrors(float* source, float* pseudo, float* deltaA)
    {
        float* rows = Weights.NeuronRow(0), gated = _gated.Pointer;
        int stride = Weights.Stride, i = 0;
        for (; i + 4 <= _rows; i += 4)
        {
            float* row = rows + (long)i * stride;
            Vector128<float> signal = Rows<S, V>.Dots(row, row + stride, row + 2 * stride, row + 3 * stride, source, stride);
            signal = Vector128.MultiplyAddEstimate(Vector128.Load(source + i), Vector128.Create(-_cells.Threshold), signal + Vector128.Load(deltaA + i));
            Simd128.Store(CellState<S, V>.Flush(signal * Vector128.Load(pseudo + i)), gated + i);
        }

        for (; i < _rows; i++)
        {
            float signal = Rows<S, V>.Dot(rows + (long)i * stride, source, stride) + deltaA[i] - _cells.Threshold * source[i];
            gated[i] = CellState<S, V>.Flush(Vector128.CreateScalar(pseudo[i] * signal)).ToScalar();
        }
    }

    /// <summary>gradients += spikes^T * sources, in tiles of four neurons by four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOuterProducts(LsnnWeights gradients)
    {
        int stride = Weights.Stride, hidden = Weights.HiddenStride;

        // Spike rows are padded to whole vectors; gradient rows are not, so the last tile of neurons is done one by one.
        int whole = _rows / 4 * 4;
        for (int j = 0; j < whole; j += 4)
        {
            for (int column = 0; column < stride; column += S.Count)
            {
                V a0 = S.Zero, a1 = S.Zero, a2 = S.Zero, a3 = S.Zero;
                for (int t = 0; t < Shape.Steps; t++)
                {
                    V source = S.Load(_sources.Pointer + (t + 1) * stride + column);
                    float* z = _spikes.Pointer + t * hidden + j;
                    a0 = S.MultiplyAdd(S.Broadcast(z[0]), source, a0);
                    a1 = S.MultiplyAdd(S.Broadcast(z[1]), source, a1);
                    a2 = S.MultiplyAdd(S.Broadcast(z[2]), source, a2);
                    a3 = S.MultiplyAdd(S.Broadcast(z[3]), source, a3);
                }

                AddTo(gradients.NeuronRow(j) + column, a0);
                AddTo(gradients.NeuronRow(j + 1) + column, a1);
                AddTo(gradients.NeuronRow(j + 2) + column, a2);
                AddTo(gradients.NeuronRow(j + 3) + column, a3);
            }
        }

        for (int j = whole; j < _rows; j++)
        {
            for (int t = 0; t < Shape.Steps; t++)
            {
                Rows<S, V>.AddScaled(_sources.Pointer + (t + 1) * stride, _spikes.Pointer[t * hidden + j], gradients.NeuronRow(j), stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* target, V value) => S.Store(S.Add(S.Load(target), value), target);
}
