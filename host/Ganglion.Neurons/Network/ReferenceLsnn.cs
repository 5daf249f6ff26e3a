namespace Ganglion.Neurons.Network;

/// <summary>
/// The LSNN in plain float64 loops: the definition that the fast passes are tested against, and the source of the traces that reports draw.
/// Per step t, in the order of the authors' kernel (trunk paper, eqs. 1-6 and 9-10):
/// <code>
/// I = Win x(t) + Wrec z(t-1)
/// v(t) = alpha v(t-1) + I - vthr z(t-1)
/// a(t) = rho a(t-1) + z(t-1)                     (ALIF; LIF has zeta = 0)
/// A(t) = vthr + zeta a(t)
/// h(t) = lambda max(0, 1 - |v(t) - A(t)| / vthr) (0 while refractory)
/// z(t) = v(t) > A(t)                             (0 while refractory)
/// y(t) = kappa y(t-1) + Wout z(t)
/// </code>
/// All states start at 0. The backward pass is exact BPTT with dz/dv := h and dz/da := -zeta h (appendix II, eqs. 25-40); the gradient runs
/// through the reset term and through the adaptive threshold.
/// </summary>
public sealed class ReferenceLsnn
{
    private readonly LsnnShape _shape;
    private readonly NeuronConstants _constants;
    private readonly double[,] _inputWeights, _recurrentWeights, _readoutWeights;
    private readonly double[] _inputs;

    /// <summary>Copies the weights; later changes to them are not seen. Weights and constants are those of the float32 network, the
    /// arithmetic is float64.</summary>
    public ReferenceLsnn(LsnnWeights weights)
    {
        _shape = weights.Shape;
        _constants = weights.Constants.ToSingle();
        (int rows, int hidden, int outputs, int steps) = (_shape.InputRows, _shape.Hidden, _shape.Outputs, _shape.Steps);
        _inputWeights = Table(rows, hidden, (i, j) => weights.Input(i, j));
        _recurrentWeights = Table(hidden, hidden, (i, j) => weights.Recurrent(i, j));
        _readoutWeights = Table(hidden, outputs, (i, k) => weights.Readout(i, k));
        _inputs = new double[_shape.InputLength];
        Voltages = new double[steps, hidden];
        Thresholds = new double[steps, hidden];
        PseudoDerivatives = new double[steps, hidden];
        Spikes = new bool[steps, hidden];
        Outputs = new double[steps, outputs];
        Means = new double[_shape.MeanLength];
    }

    /// <summary>v, [Steps, Hidden].</summary>
    public double[,] Voltages { get; }

    /// <summary>A, [Steps, Hidden].</summary>
    public double[,] Thresholds { get; }

    /// <summary>h, [Steps, Hidden].</summary>
    public double[,] PseudoDerivatives { get; }

    /// <summary>z, [Steps, Hidden].</summary>
    public bool[,] Spikes { get; }

    /// <summary>y, [Steps, Outputs]: every step, not only those with loss.</summary>
    public double[,] Outputs { get; }

    /// <summary>Mean of the outputs over the loss steps of each window, [Windows x Outputs].</summary>
    public double[] Means { get; }

    /// <summary>Smallest |v - A| of the last forward pass: how close any neuron came to deciding otherwise.</summary>
    public double SmallestMargin { get; private set; }

    /// <summary>Runs one sample from zero state. <paramref name="inputs"/> is [Windows x Channels].</summary>
    public void Forward(ReadOnlySpan<double> inputs)
    {
        inputs.CopyTo(_inputs);
        Array.Clear(Means);
        SmallestMargin = double.PositiveInfinity;
        int hidden = _shape.Hidden;
        double[] voltage = new double[hidden], adaptation = new double[hidden], readout = new double[_shape.Outputs];
        int[] sinceSpike = new int[hidden];
        Array.Fill(sinceSpike, _constants.RefractorySteps + 1);
        for (int t = 0; t < _shape.Steps; t++)
        {
            for (int j = 0; j < hidden; j++)
            {
                double current = InputCurrent(t, j);
                for (int i = 0; i < hidden; i++)
                {
                    current += Fired(t - 1, i) ? _recurrentWeights[i, j] : 0;
                }

                bool before = Fired(t - 1, j);
                sinceSpike[j] = before ? 1 : sinceSpike[j] + 1;
                voltage[j] = _constants.MembraneDecay * voltage[j] + current - (before ? _constants.Threshold : 0);
                adaptation[j] = _constants.AdaptationDecay * adaptation[j] + (before ? 1 : 0);
                double threshold = _constants.Threshold + Zeta(j) * adaptation[j];
                double distance = voltage[j] - threshold;
                bool ready = sinceSpike[j] > _constants.RefractorySteps;
                Voltages[t, j] = voltage[j];
                Thresholds[t, j] = threshold;
                PseudoDerivatives[t, j] = ready ? _constants.Dampening * Math.Max(0, 1 - Math.Abs(distance) / _constants.Threshold) : 0;
                Spikes[t, j] = ready && distance > 0;
                SmallestMargin = Math.Min(SmallestMargin, ready ? Math.Abs(distance) : double.PositiveInfinity);
            }

            Read(t, readout);
        }
    }

    /// <summary>
    /// BPTT through the last forward pass. <paramref name="outputGradients"/> is dE/dy at the loss steps, [Windows x LossSteps x Outputs].
    /// </summary>
    public ReferenceGradients Backward(ReadOnlySpan<double> outputGradients)
    {
        int hidden = _shape.Hidden;
        var gradients = new ReferenceGradients(_shape);
        double[] deltaV = new double[hidden], deltaA = new double[hidden], deltaY = new double[_shape.Outputs], signal = new double[hidden];
        for (int t = _shape.Steps - 1; t >= 0; t--)
        {
            for (int k = 0; k < deltaY.Length; k++)
            {
                int loss = LossIndex(t);
                deltaY[k] = _constants.ReadoutDecay * deltaY[k] + (loss < 0 ? 0 : outputGradients[loss * _shape.Outputs + k]);
            }

            for (int i = 0; i < hidden; i++)
            {
                // dE/dz(t): through the readouts now, and through recurrence, reset and adaptation at t+1 (eqs. 31 and 36).
                signal[i] = deltaA[i] - _constants.Threshold * deltaV[i];
                for (int k = 0; k < deltaY.Length; k++)
                {
                    signal[i] += _readoutWeights[i, k] * deltaY[k];
                    gradients.Readout[i, k] += Spikes[t, i] ? deltaY[k] : 0;
                }

                for (int j = 0; j < hidden; j++)
                {
                    signal[i] += _recurrentWeights[i, j] * deltaV[j];
                    gradients.Recurrent[i, j] += Spikes[t, i] ? deltaV[j] : 0;
                }
            }

            for (int i = 0; i < hidden; i++)
            {
                double gated = PseudoDerivatives[t, i] * signal[i];
                deltaV[i] = _constants.MembraneDecay * deltaV[i] + gated;
                deltaA[i] = _constants.AdaptationDecay * deltaA[i] - Zeta(i) * gated;
            }

            AddInputGradients(t, deltaV, gradients);
        }

        return gradients;
    }

    /// <summary>Index of step t among the loss steps of the sample, or -1 when it carries no loss.</summary>
    public int LossIndex(int t)
    {
        int within = t % _shape.StepsPerWindow - (_shape.StepsPerWindow - _shape.LossSteps);
        return within < 0 ? -1 : t / _shape.StepsPerWindow * _shape.LossSteps + within;
    }

    private static double[,] Table(int rows, int columns, Func<int, int, double> value)
    {
        double[,] table = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                table[i, j] = value(i, j);
            }
        }

        return table;
    }

    private double Zeta(int neuron) => neuron < _shape.LifCount ? 0 : _constants.AdaptationScale;

    private bool Fired(int t, int neuron) => t >= 0 && Spikes[t, neuron];

    private bool ClockIsOn(int t) => t % _shape.StepsPerWindow >= _shape.StepsPerWindow - _shape.ClockSteps;

    private double InputCurrent(int t, int neuron)
    {
        int window = t / _shape.StepsPerWindow;
        double current = ClockIsOn(t) ? _inputWeights[_shape.Channels + window, neuron] : 0;
        for (int c = 0; c < _shape.Channels; c++)
        {
            current += _inputWeights[c, neuron] * _inputs[window * _shape.Channels + c];
        }

        return current;
    }

    private void Read(int t, double[] readout)
    {
        for (int k = 0; k < readout.Length; k++)
        {
            readout[k] *= _constants.ReadoutDecay;
            for (int i = 0; i < _shape.Hidden; i++)
            {
                readout[k] += Spikes[t, i] ? _readoutWeights[i, k] : 0;
            }

            Outputs[t, k] = readout[k];
            Means[t / _shape.StepsPerWindow * _shape.Outputs + k] += LossIndex(t) < 0 ? 0 : readout[k] / _shape.LossSteps;
        }
    }

    private void AddInputGradients(int t, double[] deltaV, ReferenceGradients gradients)
    {
        int window = t / _shape.StepsPerWindow;
        for (int j = 0; j < deltaV.Length; j++)
        {
            for (int c = 0; c < _shape.Channels; c++)
            {
                int input = window * _shape.Channels + c;
                gradients.Input[c, j] += _inputs[input] * deltaV[j];
                gradients.Inputs[input] += _inputWeights[c, j] * deltaV[j];
            }

            if (ClockIsOn(t))
            {
                gradients.Input[_shape.Channels + window, j] += deltaV[j];
            }
        }
    }
}

/// <summary>Gradients of one sample in float64: to the three groups of weights, and to the inputs summed over each window's steps (eq.
/// 14).</summary>
public sealed class ReferenceGradients(LsnnShape shape)
{
    /// <summary>[InputRows, Hidden].</summary>
    public double[,] Input { get; } = new double[shape.InputRows, shape.Hidden];

    /// <summary>[Hidden (from), Hidden (to)].</summary>
    public double[,] Recurrent { get; } = new double[shape.Hidden, shape.Hidden];

    /// <summary>[Hidden, Outputs].</summary>
    public double[,] Readout { get; } = new double[shape.Hidden, shape.Outputs];

    /// <summary>[Windows x Channels].</summary>
    public double[] Inputs { get; } = new double[shape.InputLength];
}
