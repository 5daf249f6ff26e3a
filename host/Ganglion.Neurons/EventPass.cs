using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ganglion.Neurons;

/// <summary>
/// The event-driven pass: exact, but touches a weight row only where something happens. Forward adds the rows of the neurons that spiked. Backward needs
/// dE/dz of a neuron only where its pseudo-derivative is above zero (the triangle has no tails, so this drops nothing), one dot product with the same row.
/// A step's source row [dE/dv(t+1) | dE/dy(t)] lines up with a neuron's weight row [recurrent | readout], so that one product serves both, and the weight
/// gradient of a neuron is the sum of the source rows over its spike times: one read and write of its gradient row per sample.
/// </summary>
internal sealed unsafe class EventPass<S, V> : LsnnPass
    where S : ISimd<V>
    where V : struct
{
    private readonly CellState<S, V> _cells;
    private readonly WindowGradients<S, V> _windows;
    private readonly float[] _inputs;
    private readonly int[] _spikes, _spikeEnds, _active, _activeEnds, _spikeTimes;
    private readonly float[] _slopes;
    private readonly AlignedFloats _sources, _deltaA, _windowSum, _gated;

    public EventPass(LsnnWeights weights)
        : base(weights)
    {
        int steps = Shape.Steps;
        _cells = new CellState<S, V>(weights);
        _inputs = new float[Shape.InputLength];
        _spikes = GC.AllocateUninitializedArray<int>(steps * Shape.Hidden + S.Count, pinned: true);
        _spikeTimes = GC.AllocateUninitializedArray<int>(steps * Shape.Hidden, pinned: true);
        _active = GC.AllocateUninitializedArray<int>(steps * (Shape.Hidden + Group) + S.Count, pinned: true);
        _slopes = GC.AllocateUninitializedArray<float>(steps * (Shape.Hidden + Group) + S.Count, pinned: true);
        _spikeEnds = new int[steps];
        _activeEnds = new int[steps];
        _sources = new AlignedFloats((steps + 1) * weights.Stride);
        _deltaA = new AlignedFloats(weights.HiddenStride);
        _windowSum = new AlignedFloats(weights.HiddenStride);
        _gated = new AlignedFloats(weights.HiddenStride + Group);
        _windows = new WindowGradients<S, V>(weights, _inputs, _windowSum.Pointer);
    }

    // Dot products run four rows at a time; a step's list is filled up with neuron 0 at slope 0, which adds exactly nothing.
    private const int Group = 4;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> inputs)
    {
        CheckInputs(inputs);
        inputs.CopyTo(_inputs);
        WritableSpikeCounts.Clear();
        ActiveCount = 0;
        _cells.Reset();
        int spikeCount = 0, activeCount = 0;
        fixed (int* spikes = _spikes, active = _active)
        fixed (float* slopes = _slopes)
        {
            for (int t = 0; t < Shape.Steps; t++)
            {
                int firstSpike = spikeCount, firstActive = activeCount;
                _cells.DriveWindow(_inputs, t);
                _cells.Step(spikes, ref spikeCount, active, slopes, ref activeCount);
                ActiveCount += activeCount - firstActive;
                for (; ((activeCount - firstActive) & (Group - 1)) != 0; activeCount++)
                {
                    active[activeCount] = 0;
                    slopes[activeCount] = 0;
                }

                _spikeEnds[t] = spikeCount;
                _activeEnds[t] = activeCount;
                Rows<S, V>.Sum(Weights.NeuronRow(0), Weights.Stride, spikes + firstSpike, spikeCount - firstSpike, _cells.Arriving, Weights.Stride);
                _cells.Read(t, WritableOutputs);
            }

            Span<int> counts = WritableSpikeCounts;
            for (int s = 0; s < spikeCount; s++)
            {
                counts[spikes[s]]++;
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
        if (weightGradients.Shape != Shape)
        {
            throw new ArgumentException($"weight gradients of shape {weightGradients.Shape} do not fit {Shape}.");
        }

        Backward(outputGradients, default, weightGradients);
        AddNeuronGradients(weightGradients);
    }

    /// <inheritdoc/>
    public override void CopyRaster(Span<byte> raster)
    {
        CheckLength(raster.Length, Shape.Steps * Shape.Hidden, "raster [Steps x Hidden]");
        raster.Clear();
        for (int t = 0, s = 0; t < Shape.Steps; t++)
        {
            for (; s < _spikeEnds[t]; s++)
            {
                raster[t * Shape.Hidden + _spikes[s]] = 1;
            }
        }
    }

    /// <inheritdoc/>
    internal override IEnumerable<float[]> DecayingState() =>
        [.. _cells.DecayingState(), _sources.Span.ToArray(), _deltaA.Span.ToArray(), _windowSum.Span.ToArray()];

    private void Backward(ReadOnlySpan<float> outputGradients, Span<float> inputGradients, LsnnWeights? weightGradients)
    {
        LsnnShape shape = Shape;
        int stride = Weights.Stride, hidden = Weights.HiddenStride, steps = shape.Steps;

        // Source row t+1 is [dE/dv(t+1) | dE/dy(t)]. The weight gradients need all of them; without, two rows take turns and stay in the nearest cache.
        int rowMask = weightGradients is null ? 1 : -1;
        float* sources = _sources.Pointer, deltaA = _deltaA.Pointer, windowSum = _windowSum.Pointer, gated = _gated.Pointer;
        new Span<float>(sources + (steps & rowMask) * stride, stride).Clear();
        _deltaA.Span.Clear();
        _windowSum.Span.Clear();
        float* deltaY = stackalloc float[stride - hidden];
        new Span<float>(deltaY, stride - hidden).Clear();
        fixed (int* active = _active)
        fixed (float* slopes = _slopes, gradients = outputGradients)
        {
            for (int t = steps - 1; t >= 0; t--)
            {
                float* source = sources + ((t + 1) & rowMask) * stride;
                float* next = sources + (t & rowMask) * stride;
                _cells.FilterOutputGradient(t, gradients, deltaY, source + hidden);
                int first = t == 0 ? 0 : _activeEnds[t - 1], count = _activeEnds[t] - first;
                GateErrors(source, active + first, slopes + first, count, deltaA, gated);
                _cells.Decay(source, next, windowSum, deltaA);
                if (t + 1 < steps)
                {
                    _windows.CloseStep(t + 1, inputGradients, weightGradients);
                }

                _cells.Scatter(active + first, gated, count, next, deltaA);
            }

            Rows<S, V>.Add(sources, windowSum, hidden);
            _windows.CloseStep(0, inputGradients, weightGradients);
        }
    }

    /// <summary>gated[i] = h * dE/dz for the active neurons of one step (trunk paper, eqs. 31 and 36).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GateErrors(float* source, int* active, float* slopes, int count, float* deltaA, float* gated)
    {
        float* rows = Weights.NeuronRow(0);
        int stride = Weights.Stride;
        float threshold = _cells.Threshold;
        for (int n = 0; n < count; n += Group)
        {
            (int i0, int i1, int i2, int i3) = (active[n], active[n + 1], active[n + 2], active[n + 3]);
            Vector128<float> signal = Rows<S, V>.Dots(
                rows + (long)i0 * stride, rows + (long)i1 * stride, rows + (long)i2 * stride, rows + (long)i3 * stride, source, stride);
            Vector128<float> own = Vector128.Create(source[i0], source[i1], source[i2], source[i3]);
            Vector128<float> adaptation = Vector128.Create(deltaA[i0], deltaA[i1], deltaA[i2], deltaA[i3]);
            signal = Vector128.MultiplyAddEstimate(own, Vector128.Create(-threshold), signal + adaptation);
            Simd128.Store(CellState<S, V>.Flush(signal * Vector128.Load(slopes + n)), gated + n);
        }
    }

    private void AddNeuronGradients(LsnnWeights gradients)
    {
        // Counting sort of the spikes by neuron; times of one neuron stay in order, so sums come out the same every time.
        Span<int> ends = stackalloc int[Shape.Hidden];
        int total = 0;
        for (int j = 0; j < Shape.Hidden; j++)
        {
            ends[j] = total;
            total += SpikeCounts[j];
        }

        fixed (int* spikes = _spikes, times = _spikeTimes)
        {
            for (int t = 0, s = 0; t < Shape.Steps; t++)
            {
                for (; s < _spikeEnds[t]; s++)
                {
                    times[ends[spikes[s]]++] = t + 1;
                }
            }

            int stride = Weights.Stride;
            for (int j = 0, first = 0; j < Shape.Hidden; first = ends[j++])
            {
                if (ends[j] > first)
                {
                    Rows<S, V>.AddSum(_sources.Pointer, stride, times + first, ends[j] - first, gradients.NeuronRow(j), stride);
                }
            }
        }
    }
}
