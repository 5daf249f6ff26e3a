using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// A network that runs on, window after window, and never goes back to zero state: what a closed loop needs, whose next inputs come from
/// the last outputs. One call computes what <see cref="LsnnPass.Forward"/> computes of one window; nothing is allocated. Weights are
/// read in place. Made by <see cref="LsnnEngine.CreateRunner"/>.
/// </summary>
public abstract class LsnnRunner
{
    private protected LsnnRunner(LsnnWeights weights)
    {
        Shape = weights.Shape;
        if (Shape.ClockSteps > 0)
        {
            throw new ArgumentException("a network with clock inputs reads samples of so many windows and cannot run on; build it with " +
                "ClockSteps 0.");
        }
    }

    /// <summary>Shape of the network; its number of windows plays no part here.</summary>
    public LsnnShape Shape { get; }

    /// <summary>Mean outputs over the loss steps of the last window, [Outputs].</summary>
    public abstract ReadOnlySpan<float> Means { get; }

    /// <summary>Neurons that spiked in a step of the last window, in ascending order.</summary>
    /// <param name="step">0..StepsPerWindow-1.</param>
    public abstract ReadOnlySpan<int> SpikesAt(int step);

    /// <summary>Runs one window on from where the last one ended.</summary>
    /// <param name="inputs">[Channels], finite.</param>
    public abstract void Advance(ReadOnlySpan<float> inputs);

    /// <summary>Back to zero state.</summary>
    public abstract void Reset();
}

internal sealed unsafe class LsnnRunner<S, V> : LsnnRunner
    where S : ISimd<V>
    where V : struct
{
    private readonly LsnnWeights _weights;
    private readonly CellState<S, V> _cells;
    private readonly float[] _inputs, _outputs, _means, _slopes;
    private readonly int[] _spikes, _spikeEnds, _active;

    public LsnnRunner(LsnnWeights weights)
        : base(weights)
    {
        _weights = weights;
        _cells = new CellState<S, V>(weights);
        _inputs = new float[Shape.Channels];
        _outputs = new float[Shape.LossSteps * Shape.Outputs];
        _means = new float[Shape.Outputs];
        _spikes = new int[Shape.StepsPerWindow * Shape.Hidden + S.Count];
        _spikeEnds = new int[Shape.StepsPerWindow];
        _active = new int[Shape.Hidden + S.Count];
        _slopes = new float[Shape.Hidden + S.Count];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Means => _means;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> SpikesAt(int step)
    {
        int first = step == 0 ? 0 : _spikeEnds[step - 1];
        return _spikes.AsSpan(first, _spikeEnds[step] - first);
    }

    /// <inheritdoc/>
    public override void Advance(ReadOnlySpan<float> inputs)
    {
        inputs.CopyTo(_inputs);
        int end = 0;
        fixed (int* spikes = _spikes, active = _active)
        fixed (float* slopes = _slopes)
        {
            for (int within = 0; within < Shape.StepsPerWindow; within++)
            {
                _cells.Drive(_inputs, 0, within);
                int first = end, activeCount = 0;
                _cells.Step(spikes, ref end, active, slopes, ref activeCount);
                _spikeEnds[within] = end;
                Rows<S, V>.Sum(_weights.NeuronRow(0), _weights.Stride, spikes + first, end - first, _cells.Arriving, _weights.Stride);
                _cells.Read(0, within, _outputs, _means);
            }
        }
    }

    /// <inheritdoc/>
    public override void Reset() => _cells.Reset();
}
