using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;
namespace Ganglion.Neurons.Passes;

/// <summary>
/// What all float32 passes share: the walk over the steps of a sample and back, with one source row [dE/dv(t+1) | dE/dy(t)] per step. A
/// source row lines up with a neuron's weight row [recurrent | readout], so that one product of the two is what a spike of that neuron at t
/// is worth, and the sum of source rows over its spike times is the gradient of its weights.
/// </summary>
internal abstract unsafe class UnrolledPass<S, V> : LsnnPass
    where S : ISimd<V>
    where V : struct
{
    private readonly WindowGradients<S, V> _windows;
    private readonly float[] _inputs;
    private readonly AlignedFloats _sources, _deltaA, _windowSum;

    protected UnrolledPass(LsnnWeights weights)
        : base(weights)
    {
        Cells = new CellState<S, V>(weights);
        _inputs = new float[Shape.InputLength];
        _sources = new AlignedFloats((Shape.Steps + 1) * weights.Stride);
        _deltaA = new AlignedFloats(weights.HiddenStride);
        _windowSum = new AlignedFloats(weights.HiddenStride);
        _windows = new WindowGradients<S, V>(weights, _inputs, _windowSum.Pointer);
    }

    protected CellState<S, V> Cells { get; }

    /// <summary>Source row of step 0; those of later steps follow, Weights.Stride apart. Complete after a pass back to the
    /// weights.</summary>
    protected float* FirstSource => _sources.Pointer + Weights.Stride;

    /// <summary>dE/da(t+1), [HiddenStride].</summary>
    protected float* DeltaA => _deltaA.Pointer;

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<float> inputs)
    {
        CheckInputs(inputs);
        inputs.CopyTo(_inputs);
        ActiveCount = 0;
        Cells.Reset();
        for (int t = 0, window = 0; window < Shape.Windows; window++)
        {
            for (int within = 0; within < Shape.StepsPerWindow; within++, t++)
            {
                Cells.Drive(_inputs, window, within);
                Step(t);
                Cells.Read(window, within, WritableOutputs, WritableMeans);
            }
        }

        CountSpikes(WritableSpikeCounts);
    }

    /// <inheritdoc/>
    public sealed override void BackwardToInputs(ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        CheckOutputGradients(outputGradients);
        CheckLength(inputGradients.Length, Shape.InputLength, "input gradients [Windows x Channels]");
        Backward(outputGradients, inputGradients, null);
    }

    /// <inheritdoc/>
    public sealed override void BackwardToWeights(ReadOnlySpan<float> outputGradients, LsnnWeights weightGradients)
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
    public sealed override void CopyThresholds(Span<float> thresholds)
    {
        CheckLength(thresholds.Length, Shape.Hidden, "thresholds [Hidden]");
        Cells.CopyThresholds(thresholds);
    }

    /// <inheritdoc/>
    internal sealed override IEnumerable<float[]> DecayingState() =>
        [.. Cells.DecayingState(), _sources.Span.ToArray(), _deltaA.Span.ToArray(), _windowSum.Span.ToArray()];

    /// <summary>Forward: updates the neurons and lets their spikes arrive in <see cref="CellState{S,V}.Arriving"/>.</summary>
    protected abstract void Step(int t);

    /// <summary>Spikes of each neuron over the sample, [Hidden].</summary>
    protected abstract void CountSpikes(Span<int> counts);

    /// <summary>Backward, first half of a step: keeps h * dE/dz(t) (trunk paper, eqs. 31 and 36).</summary>
    protected abstract void GateErrors(int t, float* source);

    /// <summary>Backward, second half: adds what was kept to dE/dv(t) in <paramref name="deltaV"/>, and to dE/da.</summary>
    protected abstract void AddErrors(int t, float* deltaV);

    /// <summary>Adds the gradients of the recurrent and readout weights, from the source rows.</summary>
    protected abstract void AddNeuronGradients(LsnnWeights gradients);

    private void Backward(ReadOnlySpan<float> outputGradients, Span<float> inputGradients, LsnnWeights? weightGradients)
    {
        int stride = Weights.Stride, hidden = Weights.HiddenStride, perWindow = Shape.StepsPerWindow, t = Shape.Steps - 1;

        // The weight gradients need all source rows; without, two rows take turns and stay in the nearest cache. Row t+1 is that of step t.
        int rowMask = weightGradients is null ? 1 : -1;
        float* sources = _sources.Pointer, windowSum = _windowSum.Pointer;
        new Span<float>(sources + ((t + 1) & rowMask) * stride, stride).Clear();
        _deltaA.Span.Clear();
        _windowSum.Span.Clear();
        Cells.TakeOutputGradients(outputGradients);
        for (int window = Shape.Windows - 1; window >= 0; window--)
        {
            for (int within = perWindow - 1; within >= 0; within--, t--)
            {
                float* source = sources + ((t + 1) & rowMask) * stride;
                float* next = sources + (t & rowMask) * stride;
                Cells.FilterOutputGradient(window, within, source + hidden);
                GateErrors(t, source);
                Cells.Decay(source, next, windowSum, _deltaA.Pointer);
                if (within < perWindow - 1)
                {
                    _windows.CloseStep(window, within + 1, inputGradients, weightGradients);
                }
                else if (window < Shape.Windows - 1)
                {
                    _windows.CloseStep(window + 1, 0, inputGradients, weightGradients);
                }

                AddErrors(t, next);
            }
        }

        Rows<S, V>.Add(sources, windowSum, hidden);
        _windows.CloseStep(0, 0, inputGradients, weightGradients);
    }
}
