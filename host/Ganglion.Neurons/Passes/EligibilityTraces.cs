using System.Runtime.CompilerServices;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// Gradients by eligibility traces in float32, as <see cref="ReferenceTraces"/> defines them: a sample runs forward once, each synapse
/// keeps three numbers of its own past, and nothing of earlier windows is stored. Not safe for two threads at once.
/// </summary>
internal abstract class EligibilityTraces
{
    /// <summary>Runs a sample from zero state and adds its gradients to the weights.</summary>
    /// <param name="inputs">[Windows x Channels].</param>
    /// <param name="outputGradients">dE/dy at the loss steps, [Windows x LossSteps x Outputs]; of a step, only what is known at it.</param>
    /// <param name="weightGradients">Receives dE/dW, added; same shape as the network.</param>
    public abstract void AddGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, LsnnWeights weightGradients);
}

internal sealed unsafe class EligibilityTraces<S, V> : EligibilityTraces
    where S : ISimd<V>
    where V : struct
{
    private const float Tiny = 1e-30f;
    private readonly LsnnWeights _weights;
    private readonly LsnnShape _shape;
    private readonly CellState<S, V> _cells;
    private readonly int _hidden, _rows, _perWindow, _lifColumns;
    private readonly float _alpha, _rho, _kappa;

    // Rows as those of the weights, over the hidden columns only.
    private readonly AlignedFloats _voltage, _adaptation, _filtered;

    // Of each step of a window: slopes (before them those of the last step of the window before), learning signals, inputs of all rows. A
    // synapse's numbers then stay in registers for a whole window.
    private readonly AlignedFloats _slopes, _signals, _pre;
    private readonly AlignedFloats _zeta, _rates;
    private readonly float[] _inputs, _outputs, _means, _unused;
    private readonly int[] _spikes, _active;

    public EligibilityTraces(LsnnWeights weights)
    {
        _weights = weights;
        _shape = weights.Shape;
        _cells = new CellState<S, V>(weights);
        _hidden = weights.HiddenStride;
        _rows = _shape.InputRows + _shape.Hidden;
        _perWindow = _shape.StepsPerWindow;
        _lifColumns = _shape.LifCount / S.Count * S.Count;
        _voltage = new AlignedFloats(_rows * _hidden);
        _adaptation = new AlignedFloats(_rows * _hidden);
        _filtered = new AlignedFloats(_rows * _hidden);
        _slopes = new AlignedFloats((_perWindow + 1) * _hidden);
        _signals = new AlignedFloats(_perWindow * _hidden);
        _pre = new AlignedFloats((_perWindow + 1) * _rows);
        _zeta = new AlignedFloats(_hidden);
        _zeta.Span[_shape.LifCount.._shape.Hidden].Fill((float)weights.Constants.AdaptationScale);
        _rates = new AlignedFloats(_shape.Hidden);
        _inputs = new float[_shape.InputLength];
        _outputs = new float[_shape.OutputLength];
        _means = new float[_shape.MeanLength];
        _spikes = new int[_shape.Hidden + S.Count];
        _active = new int[_shape.Hidden + S.Count];
        _unused = new float[_shape.Hidden + S.Count];
        (_alpha, _rho, _kappa) = ((float)weights.Constants.MembraneDecay, (float)weights.Constants.AdaptationDecay,
            (float)weights.Constants.ReadoutDecay);
    }

    /// <inheritdoc/>
    public override void AddGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, LsnnWeights weightGradients)
    {
        inputs.CopyTo(_inputs);
        _cells.Reset();
        foreach (AlignedFloats state in (ReadOnlySpan<AlignedFloats>)[_voltage, _adaptation, _filtered, _slopes, _pre, _rates])
        {
            state.Span.Clear();
        }

        for (int window = 0; window < _shape.Windows; window++)
        {
            for (int within = 0; within < _perWindow; within++)
            {
                Step(window, within);
                int loss = within - (_perWindow - _shape.LossSteps);
                Signal(within, loss < 0 ? default : outputGradients.Slice((window * _shape.LossSteps + loss) * _shape.Outputs,
                    _shape.Outputs), weightGradients);
            }

            for (int row = 0; row < _rows; row++)
            {
                float* gradient = weightGradients.Pointer + (long)row * weightGradients.Stride;
                AdvanceFixed(row, gradient);
                AdvanceAdaptive(row, gradient);
            }

            // The last step of this window is what the next one begins behind.
            _slopes.Span[(_perWindow * _hidden)..].CopyTo(_slopes.Span);
            _pre.Span[(_perWindow * _rows)..].CopyTo(_pre.Span);
        }
    }

    /// <summary>One step of the network; keeps slopes and what arrives at the synapses.</summary>
    private void Step(int window, int within)
    {
        float* pre = _pre.Pointer + within * _rows;
        for (int row = 0; row < _shape.InputRows; row++)
        {
            pre[row] = row < _shape.Channels ? _inputs[window * _shape.Channels + row]
                : row - _shape.Channels == window && within >= _perWindow - _shape.ClockSteps ? 1 : 0;
        }

        int count = 0, activeCount = 0;
        _cells.Drive(_inputs, window, within);
        fixed (int* spikes = _spikes, active = _active)
        fixed (float* unused = _unused)
        {
            _cells.Step(spikes, ref count, active, unused, ref activeCount);
            Rows<S, V>.Sum(_weights.NeuronRow(0), _weights.Stride, spikes, count, _cells.Arriving, _weights.Stride);
        }

        _cells.Read(window, within, _outputs, _means);
        new Span<float>(_cells.Pseudo, _hidden).CopyTo(_slopes.Span[((within + 1) * _hidden)..]);

        // A spike arrives in the next step.
        new Span<float>(_cells.Spiked, _shape.Hidden).CopyTo(_pre.Span[((within + 1) * _rows + _shape.InputRows)..]);
    }

    /// <summary>What more of each neuron's spikes would do to the loss of a step, and the readouts' gradients.</summary>
    private void Signal(int within, ReadOnlySpan<float> errors, LsnnWeights gradients)
    {
        float* signal = _signals.Pointer + within * _hidden;
        for (int j = 0; j < _shape.Hidden; j++)
        {
            float rate = _kappa * _rates.Pointer[j] + _cells.Spiked[j];
            rate = rate > Tiny ? rate : 0;
            _rates.Pointer[j] = rate;
            float* readout = _weights.NeuronRow(j) + _hidden, gradient = gradients.NeuronRow(j) + _hidden;
            float sum = 0;
            for (int k = 0; k < errors.Length; k++)
            {
                sum += readout[k] * errors[k];
                gradient[k] += rate * errors[k];
            }

            signal[j] = sum;
        }
    }

    /// <summary>One window of the synapses from one input or neuron to neurons of fixed threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdvanceFixed(int row, float* gradient)
    {
        float* slopes = _slopes.Pointer, signals = _signals.Pointer, pre = _pre.Pointer + row;
        long first = (long)row * _hidden;
        V alpha = S.Broadcast(_alpha), kappa = S.Broadcast(_kappa), reset = S.Broadcast(-_cells.Threshold), tiny = S.Broadcast(Tiny);
        int perWindow = _perWindow, rows = _rows, hidden = _hidden;
        for (int column = 0; column < _lifColumns; column += S.Count)
        {
            float* slope = slopes + column, signal = signals + column, x = pre;
            V ev = S.Load(_voltage.Pointer + first + column), f = S.Load(_filtered.Pointer + first + column);
            V sum = S.Load(gradient + column), trace = S.Multiply(S.Load(slope), ev);
            for (int t = 0; t < perWindow; t++, signal += hidden, x += rows)
            {
                slope += hidden;
                ev = S.MultiplyAdd(reset, trace, S.MultiplyAdd(alpha, ev, S.Broadcast(*x)));
                trace = S.Multiply(S.Load(slope), ev);
                f = S.MultiplyAdd(kappa, f, trace);
                sum = S.MultiplyAdd(S.Load(signal), f, sum);
            }

            S.Store(S.WhereGreater(S.Abs(ev), tiny, ev), _voltage.Pointer + first + column);
            S.Store(S.WhereGreater(S.Abs(f), tiny, f), _filtered.Pointer + first + column);
            S.Store(sum, gradient + column);
        }
    }

    /// <summary>The same to neurons with an adaptive threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdvanceAdaptive(int row, float* gradient)
    {
        float* slopes = _slopes.Pointer, signals = _signals.Pointer, pre = _pre.Pointer + row;
        long first = (long)row * _hidden;
        V alpha = S.Broadcast(_alpha), rho = S.Broadcast(_rho), kappa = S.Broadcast(_kappa);
        V reset = S.Broadcast(-_cells.Threshold), tiny = S.Broadcast(Tiny);
        int perWindow = _perWindow, rows = _rows, hidden = _hidden;
        for (int column = _lifColumns; column < hidden; column += S.Count)
        {
            float* slope = slopes + column, signal = signals + column, x = pre;
            V ev = S.Load(_voltage.Pointer + first + column), ea = S.Load(_adaptation.Pointer + first + column);
            V f = S.Load(_filtered.Pointer + first + column), sum = S.Load(gradient + column), zeta = S.Load(_zeta.Pointer + column);
            V trace = S.Multiply(S.Load(slope), S.Subtract(ev, S.Multiply(zeta, ea)));
            for (int t = 0; t < perWindow; t++, signal += hidden, x += rows)
            {
                slope += hidden;
                ev = S.MultiplyAdd(reset, trace, S.MultiplyAdd(alpha, ev, S.Broadcast(*x)));
                ea = S.MultiplyAdd(rho, ea, trace);
                trace = S.Multiply(S.Load(slope), S.Subtract(ev, S.Multiply(zeta, ea)));
                f = S.MultiplyAdd(kappa, f, trace);
                sum = S.MultiplyAdd(S.Load(signal), f, sum);
            }

            S.Store(S.WhereGreater(S.Abs(ev), tiny, ev), _voltage.Pointer + first + column);
            S.Store(S.WhereGreater(S.Abs(ea), tiny, ea), _adaptation.Pointer + first + column);
            S.Store(S.WhereGreater(S.Abs(f), tiny, f), _filtered.Pointer + first + column);
            S.Store(sum, gradient + column);
        }
    }
}
