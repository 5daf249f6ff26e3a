using System.Runtime.CompilerServices;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// A network of one window as a map from its inputs to its mean outputs, with the map's Jacobian carried along with the steps: for each
/// input one tangent, through the same pseudo-derivatives as <see cref="LsnnPass.BackwardToInputs"/> goes back through, and so the same
/// numbers but for rounding (the definition: <see cref="ReferenceLsnn.Backward"/>). With fewer inputs than outputs it is less work, and
/// nothing of the steps has to be kept. Weights are read in place. Allocates nothing; one a thread. Made by
/// <see cref="LsnnEngine.CreateTangents(LsnnWeights)"/>.
/// </summary>
public abstract class LsnnTangents
{
    private protected LsnnTangents(LsnnWeights weights)
    {
        Shape = weights.Shape;
        if (Shape.Windows != 1)
        {
            throw new ArgumentException($"tangents are those of a network of one window, not of {Shape.Windows}: LsnnPass goes back " +
                "through any number.");
        }
    }

    /// <summary>Shape of the network.</summary>
    public LsnnShape Shape { get; }

    /// <summary>Runs the window from zero state.</summary>
    /// <param name="inputs">[Channels], finite.</param>
    /// <param name="means">Receives the mean outputs over the loss steps, [Outputs].</param>
    public abstract void Run(ReadOnlySpan<float> inputs, Span<float> means);

    /// <summary>The same with what the means change by with the inputs.</summary>
    /// <param name="inputs">[Channels], finite.</param>
    /// <param name="means">Receives the mean outputs over the loss steps, [Outputs].</param>
    /// <param name="jacobian">Receives d(means)/d(inputs), [Outputs x Channels], row-major.</param>
    public abstract void Run(ReadOnlySpan<float> inputs, Span<float> means, Span<float> jacobian);

    /// <summary>Values kept between steps that may decay for ever; tests look here for denormals.</summary>
    internal abstract IEnumerable<float[]> DecayingState();
}

internal sealed unsafe class LsnnTangents<S, V> : LsnnTangents
    where S : ISimd<V>
    where V : struct
{
    private const float Tiny = 1e-30f;
    private readonly LsnnWeights _weights;
    private readonly CellState<S, V> _cells;
    private readonly float[] _inputs;
    private readonly int _hidden, _stride, _channels;
    private readonly float _alpha, _rho, _kappa;

    // Lists of one step.
    private readonly AlignedFloats _spikes, _active, _slopes;

    // A row a tangent: d[v | y], d[what arrives], da, dz, and the means of dy.
    private readonly AlignedFloats _state, _arriving, _adaptation, _spike, _means;

    public LsnnTangents(LsnnWeights weights)
        : base(weights)
    {
        (_weights, _cells) = (weights, new CellState<S, V>(weights));
        (_hidden, _stride, _channels) = (weights.HiddenStride, weights.Stride, Shape.Channels);
        NeuronConstants constants = weights.Constants;
        (_alpha, _rho, _kappa) = ((float)constants.MembraneDecay, (float)constants.AdaptationDecay, (float)constants.ReadoutDecay);
        _inputs = new float[_channels];

        // One whole vector after the last entry.
        int list = _hidden + S.Count;
        (_spikes, _active, _slopes) = (new AlignedFloats(list), new AlignedFloats(list), new AlignedFloats(list));
        (_state, _arriving) = (new AlignedFloats(_channels * _stride), new AlignedFloats(_channels * _stride));
        (_adaptation, _spike) = (new AlignedFloats(_channels * _hidden), new AlignedFloats(_channels * _hidden));
        _means = new AlignedFloats(_channels * (_stride - _hidden));
    }

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<float> inputs, Span<float> means)
    {
        Begin(inputs);
        for (int within = 0; within < Shape.StepsPerWindow; within++)
        {
            Step(within, means);
        }
    }

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<float> inputs, Span<float> means, Span<float> jacobian)
    {
        Begin(inputs);
        _state.Span.Clear();
        _arriving.Span.Clear();
        _adaptation.Span.Clear();
        _spike.Span.Clear();
        _means.Span.Clear();
        for (int within = 0; within < Shape.StepsPerWindow; within++)
        {
            int active = Step(within, means);
            Follow(active);
            Read(within >= Shape.StepsPerWindow - Shape.LossSteps);
        }

        for (int k = 0; k < Shape.Outputs; k++)
        {
            for (int c = 0; c < _channels; c++)
            {
                jacobian[k * _channels + c] = _means.Pointer[c * (_stride - _hidden) + k];
            }
        }
    }

    internal override IEnumerable<float[]> DecayingState() =>
        [.. _cells.DecayingState(), _state.Span.ToArray(), _adaptation.Span.ToArray(), _means.Span.ToArray()];

    private void Begin(ReadOnlySpan<float> inputs)
    {
        LsnnPass.CheckLength(inputs.Length, _channels, "inputs [Channels]");
        LsnnPass.CheckFinite(inputs);
        inputs.CopyTo(_inputs);
        _cells.Reset();
    }

    /// <summary>One step of the neurons.</summary>
    /// <returns>How many have a pseudo-derivative above zero.</returns>
    private int Step(int within, Span<float> means)
    {
        int spikes = 0, active = 0;
        _cells.Drive(_inputs, 0, within);
        _cells.Step((int*)_spikes.Pointer, ref spikes, (int*)_active.Pointer, _slopes.Pointer, ref active);
        Rows<S, V>.Sum(_weights.NeuronRow(0), _stride, (int*)_spikes.Pointer, spikes, _cells.Arriving, _stride);
        _cells.Read(0, within, [], means);
        return active;
    }

    /// <summary>
    /// dv(t) = alpha dv(t-1) + Win + Wrec dz(t-1) - vthr dz(t-1), da(t) = rho da(t-1) + dz(t-1) and dz(t) = h(t) (dv(t) - zeta da(t)):
    /// derivatives of eqs. 1, 5 and, with h for that of a spike, of 3; then what dz makes arrive, of the neurons with h above 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Follow(int count)
    {
        V alpha = S.Broadcast(_alpha), rho = S.Broadcast(_rho), reset = S.Broadcast(-_cells.Threshold), tiny = S.Broadcast(Tiny);
        V minus = S.Broadcast(-1);
        float* zeta = _cells.Zeta, pseudo = _cells.Pseudo;
        for (int c = 0; c < _channels; c++)
        {
            float* state = _state.Pointer + c * _stride, arriving = _arriving.Pointer + c * _stride, row = _weights.InputRow(c);
            float* adaptation = _adaptation.Pointer + c * _hidden, spike = _spike.Pointer + c * _hidden;
            for (int column = 0; column < _hidden; column += S.Count)
            {
                V before = S.Load(spike + column), input = S.Add(S.Load(row + column), S.Load(arriving + column));
                V v = S.MultiplyAdd(alpha, S.Load(state + column), S.MultiplyAdd(reset, before, input));
                V a = S.MultiplyAdd(rho, S.Load(adaptation + column), before);
                v = S.WhereGreater(S.Abs(v), tiny, v);
                a = S.WhereGreater(S.Abs(a), tiny, a);
                S.Store(v, state + column);
                S.Store(a, adaptation + column);
                V raised = S.Multiply(minus, S.Load(zeta + column));
                S.Store(S.Multiply(S.Load(pseudo + column), S.MultiplyAdd(raised, a, v)), spike + column);
            }

            Rows<S, V>.SumScaled(_weights.NeuronRow(0), _stride, (int*)_active.Pointer, spike, count, arriving, _stride);
        }
    }

    /// <summary>dy(t) = kappa dy(t-1) + Wout dz(t), and its mean over the loss steps.</summary>
    private void Read(bool isLoss)
    {
        V kappa = S.Broadcast(_kappa), tiny = S.Broadcast(Tiny), share = S.Broadcast(isLoss ? 1f / Shape.LossSteps : 0);
        int outputs = _stride - _hidden;
        for (int c = 0; c < _channels; c++)
        {
            float* readout = _state.Pointer + c * _stride + _hidden, arriving = _arriving.Pointer + c * _stride + _hidden;
            float* mean = _means.Pointer + c * outputs;
            for (int k = 0; k < outputs; k += S.Count)
            {
                V y = S.MultiplyAdd(kappa, S.Load(readout + k), S.Load(arriving + k));
                y = S.WhereGreater(S.Abs(y), tiny, y);
                S.Store(y, readout + k);
                S.Store(S.MultiplyAdd(share, y, S.Load(mean + k)), mean + k);
            }
        }
    }
}
