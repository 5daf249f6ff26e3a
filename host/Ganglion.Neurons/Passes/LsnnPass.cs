using Ganglion.Neurons.Network;
namespace Ganglion.Neurons.Passes;

/// <summary>
/// One sample's way through a network in float32, forward and back, without allocation: what training and motor inference call. A pass
/// keeps the spikes of its last <see cref="Forward"/>, so several backward passes (the rows of a Jacobian) may follow one forward pass.
/// Weights are read in place: a change to them is seen by the next call. Not safe for two threads at once; make one pass per thread. Made
/// by <see cref="LsnnEngine"/>.
/// </summary>
public abstract class LsnnPass
{
    private readonly float[] _outputs;
    private readonly float[] _means;
    private readonly int[] _spikeCounts;

    private protected LsnnPass(LsnnWeights weights)
    {
        Weights = weights;
        _outputs = new float[weights.Shape.OutputLength];
        _means = new float[weights.Shape.MeanLength];
        _spikeCounts = new int[weights.Shape.Hidden];
    }

    /// <summary>The network that this pass reads.</summary>
    public LsnnWeights Weights { get; }

    /// <summary>Shape of the network.</summary>
    public LsnnShape Shape => Weights.Shape;

    /// <summary>y at the loss steps of the last forward pass, [Windows x LossSteps x Outputs].</summary>
    public ReadOnlySpan<float> Outputs => _outputs;

    /// <summary>Mean of <see cref="Outputs"/> over each window's loss steps, the network's prediction, [Windows x Outputs].</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>Spikes of each neuron in the last forward pass, [Hidden].</summary>
    public ReadOnlySpan<int> SpikeCounts => _spikeCounts;

    /// <summary>Neuron-steps with a pseudo-derivative above zero in the last forward pass.</summary>
    public int ActiveCount { get; private protected set; }

    /// <summary>Values kept between steps that may decay for ever; tests look here for denormals.</summary>
    internal abstract IEnumerable<float[]> DecayingState();

    private protected Span<float> WritableOutputs => _outputs;

    private protected Span<float> WritableMeans => _means;

    private protected Span<int> WritableSpikeCounts => _spikeCounts;

    /// <summary>Runs one sample from zero state; throws <see cref="ArgumentException"/> when the inputs have another length or are not
    /// finite.</summary>
    /// <param name="inputs">[Windows x Channels].</param>
    public abstract void Forward(ReadOnlySpan<float> inputs);

    /// <summary>BPTT through the last forward pass, to the inputs only.</summary>
    /// <param name="outputGradients">dE/dy at the loss steps, [Windows x LossSteps x Outputs].</param>
    /// <param name="inputGradients">Receives dE/dx, summed over the steps of each window (trunk paper, eq. 14), [Windows x
    /// Channels].</param>
    public abstract void BackwardToInputs(ReadOnlySpan<float> outputGradients, Span<float> inputGradients);

    /// <summary>BPTT through the last forward pass, to the weights; adds to <paramref name="weightGradients"/>.</summary>
    /// <param name="outputGradients">dE/dy at the loss steps, [Windows x LossSteps x Outputs].</param>
    /// <param name="weightGradients">Receives dE/dW, added; same shape as the network.</param>
    public abstract void BackwardToWeights(ReadOnlySpan<float> outputGradients, LsnnWeights weightGradients);

    /// <summary>Writes the raster of the last forward pass: 1 where a neuron spiked, [Steps x Hidden].</summary>
    public abstract void CopyRaster(Span<byte> raster);

    /// <summary>Writes the threshold that each neuron had in the last step of the last forward pass, [Hidden].</summary>
    public abstract void CopyThresholds(Span<float> thresholds);

    private protected void CheckInputs(ReadOnlySpan<float> inputs)
    {
        CheckLength(inputs.Length, Shape.InputLength, "inputs [Windows x Channels]");
        CheckFinite(inputs);
    }

    private protected void CheckOutputGradients(ReadOnlySpan<float> gradients) =>
        CheckLength(gradients.Length, Shape.OutputLength, "output gradients [Windows x LossSteps x Outputs]");

    internal static void CheckLength(int actual, int expected, string what)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{what} must hold {expected} numbers, not {actual}.");
        }
    }

    internal static void CheckFinite(ReadOnlySpan<float> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            // A neuron with a NaN voltage just falls silent, so nothing later would notice.
            if (!float.IsFinite(inputs[i]))
            {
                throw new ArgumentException($"input {i} is {inputs[i]}; inputs must be finite numbers.");
            }
        }
    }
}
