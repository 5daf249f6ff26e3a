using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Passes;

/// <summary>
/// State of the layer within one sample, and the work of one step that is the same for event-driven and dense passes: input currents, the
/// neuron update, the readout filter, and the decay of the errors going back. Values below 1e-30 are set to 0 as they decay: .NET cannot
/// switch the processor to flush denormal numbers, and arithmetic on them is tens of times slower.
/// </summary>
internal sealed unsafe class CellState<S, V>
    where S : ISimd<V>
    where V : struct
{
    private const float Tiny = 1e-30f;
    private const float Never = 1e30f;
    private readonly LsnnWeights _weights;
    private readonly LsnnShape _shape;
    private readonly int _hidden, _outputs, _lifColumns, _refractory;
    private readonly float _alpha, _rho, _kappa, _lambda, _slope;
    private readonly AlignedFloats _drive, _arriving, _spiked, _pseudo, _sinceSpike, _zeta, _readout, _mean, _deltaY, _outputGradients,
        _noGradient;

    // Voltage, adaptation, base threshold, zeta and the voltage's remainder of S.Count neurons lie side by side: the step needs one pointer
    // for the five.
    private const int Fields = 5;
    private readonly AlignedFloats _cells, _resting;

    public CellState(LsnnWeights weights)
    {
        _weights = weights;
        _shape = weights.Shape;
        NeuronConstants constants = weights.Constants;
        _hidden = weights.HiddenStride;
        _outputs = weights.Stride - _hidden;
        _lifColumns = _shape.LifCount / S.Count * S.Count;
        _refractory = constants.RefractorySteps;
        Threshold = (float)constants.Threshold;
        _alpha = (float)constants.MembraneDecay;
        _rho = (float)constants.AdaptationDecay;
        _kappa = (float)constants.ReadoutDecay;
        _lambda = (float)constants.Dampening;
        _slope = (float)(constants.Dampening / constants.Threshold);
        _drive = new AlignedFloats(_hidden);
        _arriving = new AlignedFloats(weights.Stride);
        _cells = new AlignedFloats(Fields * _hidden);
        _resting = new AlignedFloats(Fields * _hidden);
        _spiked = new AlignedFloats(_hidden);
        _sinceSpike = new AlignedFloats(_hidden);
        _pseudo = new AlignedFloats(_hidden);
        _readout = new AlignedFloats(_outputs);
        _mean = new AlignedFloats(_outputs);
        _deltaY = new AlignedFloats(_outputs);
        _noGradient = new AlignedFloats(_outputs);
        _outputGradients = new AlignedFloats(_shape.Windows * _shape.LossSteps * _outputs);
        _zeta = new AlignedFloats(_hidden);

        _zeta.Span[_shape.LifCount.._shape.Hidden].Fill((float)constants.AdaptationScale);
        for (int j = 0; j < _hidden; j++)
        {
            // Padding neurons have a threshold out of reach, so that they neither spike nor have a pseudo-derivative.
            int cell = (j / S.Count * Fields * S.Count) + j % S.Count;
            (_resting.Pointer[cell + 2 * S.Count], _resting.Pointer[cell + 3 * S.Count]) = (j < _shape.Hidden ? Threshold : Never, Zeta[j]);
        }

        Reset();
    }

    public float Threshold { get; }

    /// <summary>What last step's spikes send to [hidden | readouts].</summary>
    public float* Arriving => _arriving.Pointer;

    /// <summary>1 where a neuron spiked in the last step, else 0.</summary>
    public float* Spiked => _spiked.Pointer;

    /// <summary>Pseudo-derivatives of the last step.</summary>
    public float* Pseudo => _pseudo.Pointer;

    /// <summary>What each neuron's adaptation raises its threshold by; 0 of those without.</summary>
    public float* Zeta => _zeta.Pointer;

    /// <summary>The values, with those closer to 0 than any that matter set to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Flush(Vector128<float> values) => Simd128.WhereGreater(Vector128.Abs(values),
        Vector128.Create(Tiny), values);

    public void Reset()
    {
        _arriving.Span.Clear();
        _resting.Span.CopyTo(_cells.Span);
        _spiked.Span.Clear();
        _readout.Span.Clear();
        _sinceSpike.Span.Fill(_refractory + 1);
    }

    /// <summary>Writes the threshold of each neuron in the last step: the base, and what its spikes added, [Hidden].</summary>
    public void CopyThresholds(Span<float> thresholds)
    {
        for (int j = 0; j < thresholds.Length; j++)
        {
            float* cell = _cells.Pointer + (j / S.Count * Fields * S.Count) + j % S.Count;
            thresholds[j] = cell[2 * S.Count] + cell[3 * S.Count] * cell[S.Count];
        }
    }

    /// <summary>Keeps the input current of a step: the held channels, and the clock in the last steps of a window.</summary>
    public void Drive(float[] inputs, int window, int within)
    {
        if (within == 0)
        {
            _drive.Span.Clear();
            for (int c = 0; c < _shape.Channels; c++)
            {
                float x = inputs[window * _shape.Channels + c];
                if (x != 0)
                {
                    Rows<S, V>.AddScaled(_weights.InputRow(c), x, _drive.Pointer, _hidden);
                }
            }
        }

        if (_shape.ClockSteps > 0 && within == _shape.StepsPerWindow - _shape.ClockSteps)
        {
            Rows<S, V>.Add(_weights.InputRow(_shape.Channels + window), _drive.Pointer, _hidden);
        }
    }

    /// <summary>
    /// One step of all neurons; appends those that spike, and those with a pseudo-derivative above zero with its value. The lists need room
    /// for one whole vector after their last entry.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(int* spikes, ref int spikeCount, int* active, float* slopes, ref int activeCount)
    {
        float* drive = _drive.Pointer, arriving = _arriving.Pointer, spiked = _spiked.Pointer, pseudo = _pseudo.Pointer, cells =
            _cells.Pointer;
        V alpha = S.Broadcast(_alpha), minusAlpha = S.Broadcast(-_alpha), rho = S.Broadcast(_rho), reset = S.Broadcast(-Threshold), tiny =
            S.Broadcast(Tiny);
        V lambda = S.Broadcast(_lambda), slope = S.Broadcast(-_slope), one = S.Broadcast(1);
        int spikeEnd = spikeCount, activeEnd = activeCount;
        for (int column = 0; column < _hidden; column += S.Count, cells += Fields * S.Count)
        {
            V before = S.Load(spiked + column);
            V current = S.MultiplyAdd(reset, before, S.Add(S.Load(drive + column), S.Load(arriving + column)));

            // Training silences neurons with voltages of hundreds of thresholds, and when they come back, what float32 lost of them is most
            // of the error of all gradients. So it is kept: the product's part by a fused multiply-add, the sum's by the difference that a
            // large voltage leaves of the current (Dekker 1971, Fast2Sum); of a small voltage nothing is lost that counts.
            V old = S.Load(cells), kept = S.Multiply(alpha, old);
            V small = S.Subtract(S.MultiplyAdd(alpha, S.Load(cells + 4 * S.Count), current), S.MultiplyAdd(minusAlpha, old, kept));
            V v = S.Add(kept, small), remainder = S.Subtract(small, S.Subtract(v, kept));
            v = S.WhereGreater(S.Abs(v), tiny, v);
            S.Store(S.WhereGreater(S.Abs(remainder), tiny, remainder), cells + 4 * S.Count);
            V limit = S.Load(cells + 2 * S.Count);
            if (column >= _lifColumns)
            {
                V a = S.MultiplyAdd(rho, S.Load(cells + S.Count), before);
                a = S.WhereGreater(a, tiny, a);
                limit = S.MultiplyAdd(S.Load(cells + 3 * S.Count), a, limit);
                S.Store(a, cells + S.Count);
            }

            V distance = S.Add(S.Subtract(v, limit), remainder);
            if (_refractory > 0)
            {
                distance = HoldBack(distance, before, column);
            }

            V h = S.Max(S.Zero, S.MultiplyAdd(slope, S.Abs(distance), lambda));
            S.Store(v, cells);
            S.Store(S.WhereGreater(distance, S.Zero, one), spiked + column);
            S.Store(h, pseudo + column);
            spikeEnd += S.CompressIndices(distance, column, spikes + spikeEnd);
            activeEnd += S.Compress(h, column, active + activeEnd, slopes + activeEnd);
        }

        spikeCount = spikeEnd;
        activeCount = activeEnd;
    }

    /// <summary>Filters what the spikes sent to the readouts, and keeps the outputs of a loss step, where there is room for them; at the
    /// end of a window also their mean.</summary>
    public void Read(int window, int within, Span<float> outputs, Span<float> means)
    {
        float* arriving = _arriving.Pointer + _hidden, readout = _readout.Pointer, mean = _mean.Pointer;
        int loss = LossStep(within);
        V kappa = S.Broadcast(_kappa), tiny = S.Broadcast(Tiny), share = S.Broadcast(loss < 0 ? 0 : 1f / _shape.LossSteps);
        for (int k = 0; k < _outputs; k += S.Count)
        {
            V y = S.MultiplyAdd(kappa, S.Load(readout + k), S.Load(arriving + k));
            y = S.WhereGreater(S.Abs(y), tiny, y);
            S.Store(y, readout + k);
            S.Store(S.MultiplyAdd(share, y, within == 0 ? S.Zero : S.Load(mean + k)), mean + k);
        }

        if (loss >= 0 && outputs.Length > 0)
        {
            new ReadOnlySpan<float>(readout, _shape.Outputs).CopyTo(outputs[((window * _shape.LossSteps + loss) * _shape.Outputs)..]);
        }

        if (within == _shape.StepsPerWindow - 1)
        {
            new ReadOnlySpan<float>(mean, _shape.Outputs).CopyTo(means[(window * _shape.Outputs)..]);
        }
    }

    /// <summary>Takes the loss gradients of a sample, [Windows x LossSteps x Outputs], into rows of whole vectors, and sets dE/dy to
    /// 0.</summary>
    public void TakeOutputGradients(ReadOnlySpan<float> gradients)
    {
        _deltaY.Span.Clear();
        float* padded = _outputGradients.Pointer;
        for (int source = 0; source < gradients.Length; padded += _outputs)
        {
            for (int k = 0; k < _shape.Outputs; k++)
            {
                padded[k] = gradients[source++];
            }
        }
    }

    /// <summary>dE/dy(t) = kappa dE/dy(t+1) + the loss gradient of the step, written to the source row.</summary>
    public void FilterOutputGradient(int window, int within, float* sourceReadouts)
    {
        int loss = LossStep(within);
        float* gradient = loss < 0 ? _noGradient.Pointer : _outputGradients.Pointer + (window * _shape.LossSteps + loss) * _outputs;
        V kappa = S.Broadcast(_kappa), tiny = S.Broadcast(Tiny);
        for (int k = 0; k < _outputs; k += S.Count)
        {
            V delta = S.MultiplyAdd(kappa, S.Load(_deltaY.Pointer + k), S.Load(gradient + k));
            delta = S.WhereGreater(S.Abs(delta), tiny, delta);
            S.Store(delta, _deltaY.Pointer + k);
            S.Store(delta, sourceReadouts + k);
        }
    }

    /// <summary>next = alpha * source over the hidden columns, and the same for the adaptation errors with rho; adds source to the window's
    /// sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decay(float* source, float* next, float* windowSum, float* deltaA)
    {
        V alpha = S.Broadcast(_alpha), rho = S.Broadcast(_rho), tiny = S.Broadcast(Tiny);
        for (int column = 0; column < _hidden; column += S.Count)
        {
            V delta = S.Load(source + column);
            S.Store(S.Add(S.Load(windowSum + column), delta), windowSum + column);
            V decayed = S.Multiply(alpha, delta);
            S.Store(S.WhereGreater(S.Abs(decayed), tiny, decayed), next + column);
        }

        for (int column = _lifColumns; column < _hidden; column += S.Count)
        {
            V decayed = S.Multiply(rho, S.Load(deltaA + column));
            S.Store(S.WhereGreater(S.Abs(decayed), tiny, decayed), deltaA + column);
        }
    }

    /// <summary>Adds the gated errors of one step's active neurons to dE/dv and dE/da.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scatter(int* active, float* gated, int count, float* deltaV, float* deltaA)
    {
        float* zeta = _zeta.Pointer;
        for (int n = 0; n < count; n++)
        {
            int i = active[n];
            deltaV[i] += gated[n];
            deltaA[i] -= zeta[i] * gated[n];
        }
    }

    /// <summary>The same for errors given for every neuron.</summary>
    public void AddGated(float* gated, float* deltaV, float* deltaA)
    {
        for (int column = 0; column < _hidden; column += S.Count)
        {
            V error = S.Load(gated + column);
            S.Store(S.Add(S.Load(deltaV + column), error), deltaV + column);
            V loss = S.Multiply(S.Load(_zeta.Pointer + column), error);
            S.Store(S.Subtract(S.Load(deltaA + column), loss), deltaA + column);
        }
    }

    public IEnumerable<float[]> DecayingState() =>
        [_drive.Span.ToArray(), _cells.Span.ToArray(), _readout.Span.ToArray()];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V HoldBack(V distance, V before, int column)
    {
        float* since = _sinceSpike.Pointer + column;
        V steps = S.MultiplyAdd(S.Load(since), S.Subtract(S.Broadcast(1), before), S.Broadcast(1));
        S.Store(steps, since);
        return S.Subtract(distance, S.WhereGreater(S.Broadcast(_refractory + 0.5f), steps, S.Broadcast(Never)));
    }

    private int LossStep(int within) => within - (_shape.StepsPerWindow - _shape.LossSteps);
}
