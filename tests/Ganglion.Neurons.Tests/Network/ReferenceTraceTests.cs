using Ganglion.Neurons.Network;

namespace Ganglion.Neurons.Tests.Network;

/// <summary>Gradients by eligibility traces where they must be exact, and what they leave out.</summary>
public class ReferenceTraceTests
{
    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 0)]
    public void Without_recurrent_weights_they_are_those_of_going_back_in_time(int refractory, int clockSteps)
    {
        LsnnWeights weights = Samples.Network(hidden: 24, windows: 5, seed: 3, refractory, clockSteps: clockSteps);
        for (int i = 0; i < weights.Shape.Hidden * weights.Shape.Hidden; i++)
        {
            weights.Recurrent(i / weights.Shape.Hidden, i % weights.Shape.Hidden) = 0;
        }

        (ReferenceGradients traces, ReferenceGradients exact) = Both(weights);
        AssertClose(exact.Input, traces.Input);
        AssertClose(exact.Recurrent, traces.Recurrent);
        AssertClose(exact.Readout, traces.Readout);
        Assert.True(exact.Recurrent.Cast<double>().Max(Math.Abs) > 1e-3, "no spike reached a synapse");
    }

    /// <summary>The linearised network run forward in time along any direction, without what spikes do to other neurons: the derivative of
    /// the loss along it is the product with the traces' gradient.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void With_them_they_leave_out_the_way_through_other_neurons_and_nothing_else(int refractory)
    {
        LsnnWeights weights = Samples.Network(hidden: 30, windows: 5, seed: 11, refractory);
        (ReferenceGradients traces, ReferenceGradients exact) = Both(weights);
        LsnnShape shape = weights.Shape;
        for (ulong seed = 20; seed < 24; seed++)
        {
            LsnnWeights direction = Samples.Network(shape.Hidden, shape.Windows, seed);
            double sum = 0, size = 0;
            for (int j = 0; j < shape.Hidden; j++)
            {
                for (int i = 0; i < shape.InputRows + shape.Hidden; i++)
                {
                    Add(i < shape.InputRows ? traces.Input[i, j] * direction.Input(i, j)
                        : traces.Recurrent[i - shape.InputRows, j] * direction.Recurrent(i - shape.InputRows, j));
                }

                for (int k = 0; k < shape.Outputs; k++)
                {
                    Add(traces.Readout[j, k] * direction.Readout(j, k));
                }
            }

            Assert.Equal(CutTangent(weights, direction), sum, 1e-12 * size);

            void Add(double product)
            {
                sum += product;
                size += Math.Abs(product);
            }
        }

        Assert.True(Enumerable.Range(0, shape.Hidden).Max(j => Math.Abs(traces.Recurrent[0, j] - exact.Recurrent[0, j])) > 1e-3,
            "the exact gradient has a way that traces have not");
    }

    private static (ReferenceGradients Traces, ReferenceGradients Exact) Both(LsnnWeights weights)
    {
        (double[] inputs, double[] outputGradients) = Sample(weights.Shape);
        var reference = new ReferenceLsnn(weights);
        reference.Forward(inputs);
        return (new ReferenceTraces(weights).Sum(inputs, outputGradients), reference.Backward(outputGradients));
    }

    private static (double[] Inputs, double[] OutputGradients) Sample(LsnnShape shape) =>
        (Samples.Double(Samples.Uniform(shape.InputLength, 1)), Samples.Double(Samples.Uniform(shape.OutputLength, 2)));

    private static double CutTangent(LsnnWeights weights, LsnnWeights direction)
    {
        (LsnnShape shape, NeuronConstants c) = (weights.Shape, weights.Constants.ToSingle());
        (double[] inputs, double[] outputGradients) = Sample(shape);
        var reference = new ReferenceLsnn(weights);
        reference.Forward(inputs);
        double[] dv = new double[shape.Hidden], da = new double[shape.Hidden], dz = new double[shape.Hidden];
        double[] dy = new double[shape.Outputs];
        double total = 0;
        for (int t = 0; t < shape.Steps; t++)
        {
            (int window, int within) = Math.DivRem(t, shape.StepsPerWindow);
            for (int j = 0; j < shape.Hidden; j++)
            {
                double current = within >= shape.StepsPerWindow - shape.ClockSteps ? direction.Input(shape.Channels + window, j) : 0;
                for (int k = 0; k < shape.Channels; k++)
                {
                    current += direction.Input(k, j) * inputs[window * shape.Channels + k];
                }

                for (int i = 0; i < shape.Hidden; i++)
                {
                    current += t > 0 && reference.Spikes[t - 1, i] ? direction.Recurrent(i, j) : 0;
                }

                double zeta = j < shape.LifCount ? 0 : c.AdaptationScale;
                dv[j] = c.MembraneDecay * dv[j] + current - c.Threshold * dz[j];
                da[j] = c.AdaptationDecay * da[j] + dz[j];
                dz[j] = reference.PseudoDerivatives[t, j] * (dv[j] - zeta * da[j]);
            }

            int loss = reference.LossIndex(t);
            for (int k = 0; k < shape.Outputs; k++)
            {
                dy[k] *= c.ReadoutDecay;
                for (int i = 0; i < shape.Hidden; i++)
                {
                    dy[k] += direction.Readout(i, k) * (reference.Spikes[t, i] ? 1 : 0) + weights.Readout(i, k) * dz[i];
                }

                total += loss < 0 ? 0 : outputGradients[loss * shape.Outputs + k] * dy[k];
            }
        }

        return total;
    }

    private static void AssertClose(double[,] expected, double[,] actual)
    {
        double largest = expected.Cast<double>().Max(Math.Abs);
        Assert.All(expected.Cast<double>().Zip(actual.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * largest));
    }
}
