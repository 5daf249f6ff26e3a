using Ganglion.Neurons.Network;
namespace Ganglion.Neurons.Tests.Network;

/// <summary>The float64 reference against derivations that share no code with its backward pass.</summary>
public class ReferenceGradientTests
{
    [Fact]
    public void ReadoutGradientEqualsFiniteDifferences()
    {
        LsnnWeights weights = Samples.Network(hidden: 24, windows: 4, seed: 3);
        for (int i = 0; i < weights.Shape.Hidden * weights.Shape.Outputs; i++)
        {
            // On a binary grid the steps below are exact, and a parabola's central difference then is its slope.
            ref float weight = ref weights.Readout(i / weights.Shape.Outputs, i % weights.Shape.Outputs);
            weight = MathF.Round(weight * 1024) / 1024;
        }

        double[] inputs = Samples.Double(Samples.Uniform(weights.Shape.InputLength, 5));
        float[] targets = Samples.Uniform(weights.Shape.MeanLength, 6);
        var reference = new ReferenceLsnn(weights);
        reference.Forward(inputs);
        ReferenceGradients gradients = reference.Backward(SquaredErrorGradient(reference, targets));

        const float Step = 1 / 64f;
        double largest = gradients.Readout.Cast<double>().Max(Math.Abs);
        for (int i = 0; i < weights.Shape.Hidden; i++)
        {
            for (int k = 0; k < weights.Shape.Outputs; k++)
            {
                double difference = (LossAt(+Step) - LossAt(-Step)) / (2 * Step);
                Assert.Equal(difference, gradients.Readout[i, k], 1e-9 * largest);

                double LossAt(float step)
                {
                    float before = weights.Readout(i, k);
                    weights.Readout(i, k) = before + step;
                    var moved = new ReferenceLsnn(weights);
                    moved.Forward(inputs);
                    weights.Readout(i, k) = before;
                    return SquaredError(moved, targets);
                }
            }
        }
    }

    /// <summary>
    /// With dz = h (dv - zeta da) the linearised network can be run forwards in time along any direction; its directional derivative must
    /// equal the product of the direction with the gradient that comes from running backwards.
    /// </summary>
    [Theory]
    [InlineData(40, 6, 0)]
    [InlineData(30, 5, 3)]
    public void BackwardEqualsTangentRunForward(int hidden, int windows, int refractory)
    {
        LsnnWeights weights = Samples.Network(hidden, windows, seed: 11, refractory);
        LsnnShape shape = weights.Shape;
        double[] inputs = Samples.Double(Samples.Uniform(shape.InputLength, 1));
        var reference = new ReferenceLsnn(weights);
        reference.Forward(inputs);
        double[] outputGradients = Samples.Double(Samples.Uniform(shape.OutputLength, 2));
        ReferenceGradients gradients = reference.Backward(outputGradients);

        for (ulong seed = 20; seed < 24; seed++)
        {
            LsnnWeights direction = Samples.Network(hidden, windows, seed);
            double[] inputDirection = Samples.Double(Samples.Uniform(shape.InputLength, seed));
            double forward = Tangent(reference, weights, inputs, direction, inputDirection, outputGradients);
            double backward = 0, size = 0;
            void Add(double product)
            {
                backward += product;
                size += Math.Abs(product);
            }

            for (int j = 0; j < hidden; j++)
            {
                for (int i = 0; i < shape.InputRows; i++)
                {
                    Add(gradients.Input[i, j] * direction.Input(i, j));
                }

                for (int i = 0; i < hidden; i++)
                {
                    Add(gradients.Recurrent[i, j] * direction.Recurrent(i, j));
                }

                for (int k = 0; k < shape.Outputs; k++)
                {
                    Add(gradients.Readout[j, k] * direction.Readout(j, k));
                }
            }

            for (int i = 0; i < inputDirection.Length; i++)
            {
                Add(gradients.Inputs[i] * inputDirection[i]);
            }

            Assert.Equal(forward, backward, 1e-12 * size);
        }
    }

    [Fact]
    public void ConstantsAreThePapers()
    {
        var constants = new NeuronConstants();
        Assert.Equal(0.951229, constants.MembraneDecay, 6);
        Assert.Equal(0.999167, constants.AdaptationDecay, 6);
        Assert.Equal(0.951229, constants.ReadoutDecay, 6);
        Assert.Equal((0.61, 0.03, 0.3, 0), (constants.Threshold, constants.AdaptationScale, constants.Dampening,
            constants.RefractorySteps));
    }

    /// <summary>One LIF and one ALIF neuron by hand: constant current 0.4, no decay, so the crossing times follow from sums.</summary>
    [Fact]
    public void SpikeTimesFollowFromTheEquations()
    {
        var shape = new LsnnShape { Channels = 1, Windows = 1, Hidden = 2, Outputs = 1, StepsPerWindow = 6, ClockSteps = 0, LossSteps = 1 };
        var weights = new LsnnWeights(shape, new NeuronConstants { MembraneDecay = 0, AdaptationDecay = 0.5, AdaptationScale = 0.4 });
        (weights.Input(0, 0), weights.Input(0, 1)) = (1, 1);
        var reference = new ReferenceLsnn(weights);
        reference.Forward([1.3]);

        // LIF: 1.3 > 0.61 spikes; then 1.3 - 0.61 = 0.69 > 0.61 spikes again, for ever. ALIF thresholds: 0.61, then 0.61 + 0.4 = 1.01 >
        // 0.69 (silent), 0.61 + 0.2 = 0.81 < 1.3 (spike), a = 0.25 + 1: 1.11 > 0.69 (silent), 0.86 < 1.3 (spike), silent.
        for (int t = 0; t < 6; t++)
        {
            Assert.True(reference.Spikes[t, 0]);
            Assert.Equal(t % 2 == 0, reference.Spikes[t, 1]);
        }

        Assert.Equal([0.61, 1.01, 0.81, 1.11, 0.86], Enumerable.Range(0, 5).Select(t => Math.Round(reference.Thresholds[t, 1], 6)));
    }

    private static double Tangent(
        ReferenceLsnn reference, LsnnWeights weights, double[] inputs, LsnnWeights direction, double[] inputDirection,
        double[] outputGradients)
    {
        (LsnnShape shape, NeuronConstants c) = (weights.Shape, weights.Constants.ToSingle());
        int hidden = shape.Hidden;
        double[] dv = new double[hidden], da = new double[hidden], dz = new double[hidden], dy = new double[shape.Outputs];
        double total = 0;
        for (int t = 0; t < shape.Steps; t++)
        {
            int window = t / shape.StepsPerWindow;
            bool clock = t % shape.StepsPerWindow >= shape.StepsPerWindow - shape.ClockSteps;
            double[] dzBefore = (double[])dz.Clone();
            for (int j = 0; j < hidden; j++)
            {
                double dI = clock ? direction.Input(shape.Channels + window, j) : 0;
                for (int k = 0; k < shape.Channels; k++)
                {
                    int input = window * shape.Channels + k;
                    dI += direction.Input(k, j) * inputs[input] + weights.Input(k, j) * inputDirection[input];
                }

                for (int i = 0; i < hidden; i++)
                {
                    double z = t > 0 && reference.Spikes[t - 1, i] ? 1 : 0;
                    dI += direction.Recurrent(i, j) * z + weights.Recurrent(i, j) * dzBefore[i];
                }

                dv[j] = c.MembraneDecay * dv[j] + dI - c.Threshold * dzBefore[j];
                da[j] = c.AdaptationDecay * da[j] + dzBefore[j];
                double zeta = j < shape.LifCount ? 0 : c.AdaptationScale;
                dz[j] = reference.PseudoDerivatives[t, j] * (dv[j] - zeta * da[j]);
            }

            int loss = reference.LossIndex(t);
            for (int k = 0; k < shape.Outputs; k++)
            {
                dy[k] *= c.ReadoutDecay;
                for (int i = 0; i < hidden; i++)
                {
                    dy[k] += direction.Readout(i, k) * (reference.Spikes[t, i] ? 1 : 0) + weights.Readout(i, k) * dz[i];
                }

                total += loss < 0 ? 0 : outputGradients[loss * shape.Outputs + k] * dy[k];
            }
        }

        return total;
    }

    private static double[] SquaredErrorGradient(ReferenceLsnn reference, float[] targets)
    {
        int outputs = reference.Outputs.GetLength(1);
        return [.. LossSteps(reference).SelectMany(s => Enumerable.Range(0, outputs).Select(k => reference.Outputs[s.Step, k]
            - targets[s.Window * outputs + k]))];
    }

    private static double SquaredError(ReferenceLsnn reference, float[] targets) => SquaredErrorGradient(reference, targets)
        .Sum(e => 0.5 * e * e);

    private static IEnumerable<(int Step, int Window)> LossSteps(ReferenceLsnn reference) =>
        from t in Enumerable.Range(0, reference.Outputs.GetLength(0)) where reference.LossIndex(t) >= 0 select (t, t / 12);
}
