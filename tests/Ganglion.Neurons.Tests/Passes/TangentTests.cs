using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Shared.Tests;

namespace Ganglion.Neurons.Tests.Passes;

/// <summary>Jacobians that are carried forward with the steps, against those of the float64 reference, which goes back.</summary>
public class TangentTests
{
    [Theory]
    [InlineData(VectorWidth.Bits512, 64, 0, 0)]
    [InlineData(VectorWidth.Bits512, 128, 0, 7)]
    [InlineData(VectorWidth.Bits256, 64, 5, 0)]
    [InlineData(VectorWidth.Bits128, 50, 0, 7)]
    [InlineData(VectorWidth.Bits512, 21, 2, 0)]
    public void Means_and_Jacobian_equal_the_float64_reference(VectorWidth width, int hidden, int refractory, int clockSteps)
    {
        int compared = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            LsnnWeights weights = Samples.Network(hidden, 1, seed, refractory, outputs: 6, clockSteps: clockSteps);
            LsnnShape shape = weights.Shape;
            float[] inputs = Samples.Uniform(shape.InputLength, seed, scale: 2), means = new float[6], jacobian = new float[18];
            var reference = new ReferenceLsnn(weights);
            reference.Forward(Samples.Double(inputs));
            if (reference.SmallestMargin <= 3e-6)
            {
                continue; // rounding to float32 may rightly decide otherwise
            }

            LsnnTangents tangents = LsnnEngine.CreateTangents(weights, width);
            tangents.Run(Samples.Uniform(shape.InputLength, seed + 20), means, jacobian);
            tangents.Run(inputs, means, jacobian);
            double[] expected = [.. Enumerable.Range(0, 6).SelectMany(output => Row(reference, shape, output))];
            double most = expected.Max(Math.Abs), mostMean = reference.Means.Max(Math.Abs);
            Assert.True(most > 0.01 && mostMean > 0.01, "a silent network would prove nothing");
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], jacobian[i], 1e-5 * most);
            }

            // Without the Jacobian the means are the same to the bit, and those of the pass that training goes by.
            float[] alone = new float[6];
            tangents.Run(inputs, alone);
            Assert.Equal(means, alone);
            LsnnPass pass = LsnnEngine.CreateEventPass(weights, width);
            pass.Forward(inputs);
            Assert.Equal(pass.Means.ToArray(), alone);
            compared++;
        }

        Assert.True(compared >= 3, $"only {compared} of 6 samples keep clear of the threshold");
    }

    [Fact]
    public void Nothing_is_allocated_and_nothing_turns_denormal()
    {
        var shape = new LsnnShape { Channels = 3, Windows = 1, Hidden = 32, Outputs = 6, ClockSteps = 0, StepsPerWindow = 2500 };
        var weights = new LsnnWeights(shape, new NeuronConstants());

        // Fed by the first neuron alone, which spikes while an input drives it hard; then what it left fades for ever.
        for (int j = 0; j < 32; j++)
        {
            (weights.Recurrent(0, j), weights.Input(0, j)) = (j == 0 ? -40 : 0.3f, j == 0 ? 0.7f : 0);
            weights.Readout(j, j % 6) = 0.1f;
        }

        LsnnTangents tangents = LsnnEngine.CreateTangents(weights);
        float[] inputs = [1, 0, 0], means = new float[6], jacobian = new float[18];
        Assert.Equal(0, Allocation.Of(() => tangents.Run(inputs, means, jacobian)));
        float[] state = [.. tangents.DecayingState().SelectMany(values => values)];
        Assert.Contains(state, x => x != 0);
        Assert.DoesNotContain(state, float.IsSubnormal);
    }

    [Fact]
    public void A_network_of_more_windows_and_inputs_that_are_no_numbers_are_refused()
    {
        Assert.Contains("one window", Assert.Throws<ArgumentException>(() => LsnnEngine.CreateTangents(Samples.Network(16, 2, 1))).Message);
        LsnnTangents tangents = LsnnEngine.CreateTangents(Samples.Network(16, 1, 1));
        Assert.Throws<ArgumentException>(() => tangents.Run([1, float.NaN, 0], new float[7]));
        Assert.Throws<ArgumentException>(() => tangents.Run([1, 0], new float[7]));
    }

    /// <summary>d(mean of an output)/d(inputs), backward.</summary>
    private static double[] Row(ReferenceLsnn reference, LsnnShape shape, int output)
    {
        double[] gradient = new double[shape.OutputLength];
        for (int step = 0; step < shape.LossSteps; step++)
        {
            gradient[step * shape.Outputs + output] = 1.0 / shape.LossSteps;
        }

        return reference.Backward(gradient).Inputs;
    }
}
