using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// The event-driven pass: exact, but touches a weight row only where something happens. Forward adds the rows of the neurons that spiked.
/// Backward needs dE/dz of a neuron only where its pseudo-derivative is above zero (the triangle has no tails, so this drops nothing), one
/// dot product with the same row. A neuron's weight gradient sums the source rows over its spike times: one read and write of its gradient
/// row per sample.
/// </summary>
internal sealed unsafe class EventPass<S, V> : UnrolledPass<S, V>
    where S : ISimd<V>
    where V : struct
{
    // Dot products run four rows at a time; a step's list is filled up with neuron 0 at slope 0, which adds exactly nothing.
    private const int Group = 4;
    private readonly int[] _spikes, _spikeEnds, _active, _activeEnds, _spikeTimes;
    private readonly float[] _slopes;
    private readonly AlignedFloats _gated;
    private readonly int* _spikeList, _activeList;
    private readonly float* _slopeList;

    public EventPass(LsnnWeights weights)
        : base(weights)
    {
        int steps = Shape.Steps;
        _spikes = GC.AllocateUninitializedArray<int>(steps * Shape.Hidden + S.Count, pinned: true);
        _spikeTimes = GC.AllocateUninitializedArray<int>(steps * Shape.Hidden, pinned: true);
        _active = GC.AllocateUninitializedArray<int>(steps * (Shape.Hidden + Group) + S.Count, pinned: true);
        _slopes = GC.AllocateUninitializedArray<float>(steps * (Shape.Hidden + Group) + S.Count, pinned: true);
        _spikeEnds = new int[steps];
        _activeEnds = new int[steps];
        _gated = new AlignedFloats(weights.HiddenStride + Group);
        _spikeList = (int*)Unsafe.AsPointer(ref _spikes[0]);
        _activeList = (int*)Unsafe.AsPointer(ref _active[0]);
        _slopeList = (float*)Unsafe.AsPointer(ref _slopes[0]);
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

    protected override void Step(int t)
    {
        int firstSpike = FirstOf(_spikeEnds, t), firstActive = FirstOf(_activeEnds, t), spikeCount = firstSpike, activeCount = firstActive;
        Cells.Step(_spikeList, ref spikeCount, _activeList, _slopeList, ref activeCount);
        ActiveCount += activeCount - firstActive;
        for (; ((activeCount - firstActive) & (Group - 1)) != 0; activeCount++)
        {
            _activeList[activeCount] = 0;
            _slopeList[activeCount] = 0;
        }

        _spikeEnds[t] = spikeCount;
        _activeEnds[t] = activeCount;
        Rows<S, V>.Sum(Weights.NeuronRow(0), Weights.Stride, _spikeList + firstSpike, spikeCount - firstSpike, Cells.Arriving,
            Weights.Stride);
    }

    protected override void CountSpikes(Span<int> counts)
    {
        counts.Clear();
        foreach (int neuron in _spikes.AsSpan(0, _spikeEnds[^1]))
        {
            counts[neuron]++;
        }
    }

    protected override void GateErrors(int t, float* source)
    {
        float* rows = Weights.NeuronRow(0), deltaA = DeltaA, gated = _gated.Pointer;
        int stride = Weights.Stride, end = _activeEnds[t];
        var reset = Vector128.Create(-Cells.Threshold);
        for (int n = FirstOf(_activeEnds, t); n < end; n += Group, gated += Group)
        {
            int* active = _activeList + n;
            (int i0, int i1, int i2, int i3) = (active[0], active[1], active[2], active[3]);
            Vector128<float> signal = Rows<S, V>.Dots(
                rows + (long)i0 * stride, rows + (long)i1 * stride, rows + (long)i2 * stride, rows + (long)i3 * stride, source, stride);
            var own = Vector128.Create(source[i0], source[i1], source[i2], source[i3]);
            var adaptation = Vector128.Create(deltaA[i0], deltaA[i1], deltaA[i2], deltaA[i3]);
            signal = Vector128.MultiplyAddEstimate(own, reset, signal + adaptation);
            Simd128.Store(CellState<S, V>.Flush(signal * Vector128.Load(_slopeList + n)), gated);
        }
    }

    protected override void AddErrors(int t, float* deltaV)
    {
        int first = FirstOf(_activeEnds, t);
        Cells.Scatter(_activeList + first, _gated.Pointer, _activeEnds[t] - first, deltaV, DeltaA);
    }

    protected override void AddNeuronGradients(LsnnWeights gradients)
    {
        // Counting sort of the spikes by neuron; times of one neuron stay in order, so sums come out the same every time.
        Span<int> ends = stackalloc int[Shape.Hidden];
        int total = 0;
        for (int j = 0; j < Shape.Hidden; j++)
        {
            ends[j] = total;
            total += SpikeCounts[j];
        }

        fixed (int* times = _spikeTimes)
        {
            for (int t = 0, s = 0; t < Shape.Steps; t++)
            {
                for (; s < _spikeEnds[t]; s++)
                {
                    times[ends[_spikeList[s]]++] = t;
                }
            }

            int stride = Weights.Stride;
            for (int j = 0, first = 0; j < Shape.Hidden; first = ends[j++])
            {
                if (ends[j] > first)
                {
                    Rows<S, V>.AddSum(FirstSource, stride, times + first, ends[j] - first, gradients.NeuronRow(j), stride);
                }
            }
        }
    }

    private static int FirstOf(int[] ends, int t) => t == 0 ? 0 : ends[t - 1];
}
