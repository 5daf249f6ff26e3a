using System.Runtime.Intrinsics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Vectors;

namespace Ganglion.Neurons.Tests.Passes;

/// <summary>Fast traces against the float64 definition, and a network that runs on against one sample's pass.</summary>
public class EligibilityTraceTests
{
    [Theory]
    [InlineData(512, 128, 8, 0, 7)]
    [InlineData(256, 128, 8, 0, 7)]
    [InlineData(128, 50, 3, 0, 7)]
    [InlineData(256, 21, 5, 2, 0)]
    public void Gradients_equal_the_float64_reference(int bits, int hidden, int windows, int refractory, int clockSteps)
    {
        int compared = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            LsnnWeights weights = Samples.Network(hidden, windows, seed, refractory, clockSteps: clockSteps);
            LsnnShape shape = weights.Shape;
            float[] inputs = Samples.Uniform(shape.InputLength, seed), errors = Samples.Uniform(shape.OutputLength, seed + 50);
            var forward = new ReferenceLsnn(weights);
            forward.Forward(Samples.Double(inputs));
            if (forward.SmallestMargin <= 3e-6)
            {
                continue; // rounding to float32 may rightly decide otherwise
            }

            compared++;
            ReferenceGradients expected = new ReferenceTraces(weights).Sum(Samples.Double(inputs), Samples.Double(errors));
            var actual = new LsnnWeights(shape, weights.Constants);
            EligibilityTraces traces = Create(bits, weights);
            traces.AddGradients(inputs, errors, actual);
            traces.AddGradients(inputs, errors, actual); // adds, from zero state again
            AssertClose(expected.Input, (i, j) => actual.Input(i, j));
            AssertClose(expected.Recurrent, (i, j) => actual.Recurrent(i, j));
            AssertClose(expected.Readout, (i, k) => actual.Readout(i, k));
        }

        Assert.True(compared >= 2, $"only {compared} of 4 samples keep clear of the threshold");
    }

    /// <summary>Window after window, to the bit.</summary>
    [Fact]
    public void A_network_that_runs_on_does_what_the_pass_of_a_sample_does()
    {
        LsnnWeights weights = Samples.Network(hidden: 50, windows: 9, seed: 4, clockSteps: 0);
        LsnnShape shape = weights.Shape;
        float[] inputs = Samples.Uniform(shape.InputLength, 8);
        LsnnPass pass = LsnnEngine.CreateEventPass(weights);
        pass.Forward(inputs);
        byte[] raster = new byte[shape.Steps * shape.Hidden], played = new byte[raster.Length];
        pass.CopyRaster(raster);
        LsnnRunner runner = LsnnEngine.CreateRunner(weights);
        for (int round = 0; round < 2; round++)
        {
            runner.Reset();
            Array.Clear(played);
            for (int window = 0; window < shape.Windows; window++)
            {
                runner.Advance(inputs.AsSpan(window * shape.Channels, shape.Channels));
                Assert.Equal(pass.Means.Slice(window * shape.Outputs, shape.Outputs).ToArray(), runner.Means.ToArray());
                for (int step = 0; step < shape.StepsPerWindow; step++)
                {
                    foreach (int neuron in runner.SpikesAt(step))
                    {
                        played[(window * shape.StepsPerWindow + step) * shape.Hidden + neuron] = 1;
                    }
                }
            }

            Assert.Equal(raster, played);
            Assert.Contains((byte)1, raster);
        }

        Assert.Contains("clock inputs", Assert.Throws<ArgumentException>(() =>
            LsnnEngine.CreateRunner(Samples.Network(hidden: 8, windows: 2, seed: 1))).Message);
    }

    private static EligibilityTraces Create(int bits, LsnnWeights weights) => bits switch
    {
        512 => new EligibilityTraces<Simd512, Vector512<float>>(weights),
        256 => new EligibilityTraces<Simd256, Vector256<float>>(weights),
        _ => new EligibilityTraces<Simd128, Vector128<float>>(weights),
    };

    private static void AssertClose(double[,] expected, Func<int, int, float> actual)
    {
        double largest = expected.Cast<double>().Max(Math.Abs);
        for (int i = 0; i < expected.GetLength(0); i++)
        {
            for (int j = 0; j < expected.GetLength(1); j++)
            {
                Assert.Equal(2 * expected[i, j], actual(i, j), 1e-4 * largest);
            }
        }
    }
}
