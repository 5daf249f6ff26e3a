namespace Ganglion.Neurons.Network;

/// <summary>
/// Learning without a way back in time, in plain float64 loops: e-prop (Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein and Maass, A
/// solution to the learning dilemma for recurrent networks of spiking neurons, Nature Communications 11, 3625, 2020), the definition that
/// the fast traces are tested against. Each synapse i to j carries what its past inputs did to the state of neuron j, and the sum of
/// gradients grows as the network runs; only values of the last step are kept.
/// <code>
/// ev(t) = alpha ev(t-1) - vthr e(t-1) + x_i(t)           x_i: the input, or z_i(t-1) of a recurrent synapse
/// ea(t) = rho ea(t-1) + e(t-1)
/// e(t)  = h_j(t) (ev(t) - zeta_j ea(t))                  eligibility trace
/// f(t)  = kappa f(t-1) + e(t)                            as the readout filters spikes
/// dE/dW_ij += L_j(t) f(t)                                L_j(t) = sum over k of Wout_jk dE/dy_k(t)
/// </code>
/// The trace runs through the neuron's own reset and adaptation; what a spike does to other neurons through the recurrent weights is left
/// out, and nothing else: with that path cut (or without recurrent weights) the sum is the gradient of <see cref="ReferenceLsnn"/>.
/// The learning signal uses the readout weights themselves ("symmetric").
/// </summary>
public sealed class ReferenceTraces
{
    private readonly LsnnShape _shape;
    private readonly NeuronConstants _constants;
    private readonly LsnnWeights _weights;
    private readonly ReferenceLsnn _network;
    private readonly double[,] _voltageTraces, _adaptationTraces, _traces, _filtered; // [InputRows + Hidden, Hidden]

    /// <summary>Reads the weights as they are now.</summary>
    public ReferenceTraces(LsnnWeights weights)
    {
        (_shape, _constants, _weights) = (weights.Shape, weights.Constants.ToSingle(), weights);
        _network = new ReferenceLsnn(weights);
        int rows = _shape.InputRows + _shape.Hidden;
        _voltageTraces = new double[rows, _shape.Hidden];
        _adaptationTraces = new double[rows, _shape.Hidden];
        _traces = new double[rows, _shape.Hidden];
        _filtered = new double[rows, _shape.Hidden];
    }

    /// <summary>Sums the gradients of one sample, from its first step to its last; those of the inputs stay 0, which traces do not
    /// give.</summary>
    /// <param name="inputs">[Windows x Channels].</param>
    /// <param name="outputGradients">dE/dy at the loss steps, [Windows x LossSteps x Outputs].</param>
    public ReferenceGradients Sum(ReadOnlySpan<double> inputs, ReadOnlySpan<double> outputGradients)
    {
        foreach (double[,] state in new[] { _voltageTraces, _adaptationTraces, _traces, _filtered })
        {
            Array.Clear(state);
        }

        _network.Forward(inputs);
        var gradients = new ReferenceGradients(_shape);
        double[] signal = new double[_shape.Hidden], rates = new double[_shape.Hidden];
        for (int t = 0; t < _shape.Steps; t++)
        {
            int loss = _network.LossIndex(t);
            ReadOnlySpan<double> errors = loss < 0 ? new double[_shape.Outputs] : outputGradients.Slice(loss * _shape.Outputs,
                _shape.Outputs);
            for (int j = 0; j < _shape.Hidden; j++)
            {
                rates[j] = _constants.ReadoutDecay * rates[j] + (_network.Spikes[t, j] ? 1 : 0);
                signal[j] = 0;
                for (int k = 0; k < _shape.Outputs; k++)
                {
                    signal[j] += _weights.Readout(j, k) * errors[k];
                    gradients.Readout[j, k] += errors[k] * rates[j];
                }
            }

            for (int row = 0; row < _shape.InputRows + _shape.Hidden; row++)
            {
                double x = row < _shape.InputRows ? Input(t, row, inputs) : t > 0 && _network.Spikes[t - 1, row - _shape.InputRows] ? 1 : 0;
                for (int j = 0; j < _shape.Hidden; j++)
                {
                    double change = signal[j] * Advance(t, row, j, x);
                    if (row < _shape.InputRows)
                    {
                        gradients.Input[row, j] += change;
                    }
                    else
                    {
                        gradients.Recurrent[row - _shape.InputRows, j] += change;
                    }
                }
            }
        }

        return gradients;
    }

    /// <summary>One step of one synapse.</summary>
    private double Advance(int t, int row, int j, double x)
    {
        double before = _traces[row, j], zeta = j < _shape.LifCount ? 0 : _constants.AdaptationScale;
        ref double voltage = ref _voltageTraces[row, j], adaptation = ref _adaptationTraces[row, j];
        voltage = _constants.MembraneDecay * voltage - _constants.Threshold * before + x;
        adaptation = _constants.AdaptationDecay * adaptation + before;
        _traces[row, j] = _network.PseudoDerivatives[t, j] * (voltage - zeta * adaptation);
        return _filtered[row, j] = _constants.ReadoutDecay * _filtered[row, j] + _traces[row, j];
    }

    private double Input(int t, int row, ReadOnlySpan<double> inputs)
    {
        (int window, int within) = Math.DivRem(t, _shape.StepsPerWindow);
        return row < _shape.Channels ? inputs[window * _shape.Channels + row]
            : row - _shape.Channels == window && within >= _shape.StepsPerWindow - _shape.ClockSteps ? 1 : 0;
    }
}
