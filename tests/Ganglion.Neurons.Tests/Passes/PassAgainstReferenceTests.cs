using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
namespace Ganglion.Neurons.Tests.Passes;

public class PassAgainstReferenceTests
{
    public static TheoryData<string, int, int, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int, int, int>();
        foreach (string kind in new[] { "event512", "event256", "event128", "dense" })
        {
            cases.Add(kind, 128, 10, 0, 7);
            cases.Add(kind, 128, 4, 5, 7);
            cases.Add(kind, 50, 3, 0, 7);
            cases.Add(kind, 21, 5, 2, 0);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SpikesAndGradientsEqualTheFloat64Reference(string kind, int hidden, int windows, int refractory, int clockSteps)
    {
        int compared = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            LsnnWeights weights = Samples.Network(hidden, windows, seed, refractory, clockSteps: clockSteps);
            float[] inputs = Samples.Uniform(weights.Shape.InputLength, seed);
            var reference = new ReferenceLsnn(weights);
            reference.Forward(Samples.Double(inputs));

            // Closer than this to the threshold, rounding to float32 may rightly decide otherwise.
            if (reference.SmallestMargin > 3e-6)
            {
                CompareOne(Passes.Create(kind, weights), reference, inputs, seed);
                compared++;
            }
        }

        Assert.True(compared >= 2, $"only {compared} of 4 samples keep clear of the threshold");
    }

    /// <summary>
    /// Training silences neurons with voltages of hundreds of thresholds; inputs do it here, with currents that float32 holds exactly. What
    /// it loses of the voltages must not be missing when the neurons come back.
    /// </summary>
    [Theory]
    [InlineData("event512")]
    [InlineData("event256")]
    [InlineData("event128")]
    [InlineData("dense")]
    public void NeuronsThatWereFarFromTheirThresholdAreExactWhenTheyComeBack(string kind)
    {
        LsnnWeights weights = Samples.Network(hidden: 64, windows: 10, seed: 3, clockSteps: 0);
        for (int i = 0; i < 64 * 64; i++)
        {
            weights.Recurrent(i / 64, i % 64) = 0;
            (weights.Input(0, i % 64), weights.Input(1, i % 64), weights.Input(2, i % 64)) = (1 + i % 64 / 64f, 0, 0);
        }

        float[] inputs = [.. Enumerable.Range(0, 30).Select(i => i % 3 > 0 ? 0 : i / 3 % 5 == 0 ? -50f : i / 3 % 5 == 1 ? 27f : 0.375f)];
        var reference = new ReferenceLsnn(weights);
        reference.Forward(Samples.Double(inputs));
        Assert.True(reference.Voltages.Cast<double>().Min() < -500 && reference.SmallestMargin > 3e-6);
        CompareOne(Passes.Create(kind, weights), reference, inputs, seed: 3);
    }

    /// <summary>By the law: a threshold is the base and zeta times the spikes before the last step, each faded by rho a step.</summary>
    [Theory]
    [InlineData("event512", 128)]
    [InlineData("event256", 50)]
    [InlineData("event128", 21)]
    [InlineData("dense", 50)]
    public void ThresholdsFollowFromTheSpikes(string kind, int hidden)
    {
        LsnnWeights weights = Samples.Network(hidden, windows: 5, seed: 2);
        LsnnPass pass = Passes.Create(kind, weights);
        LsnnShape shape = pass.Shape;
        pass.Forward(Samples.Uniform(shape.InputLength, 2));
        byte[] raster = new byte[shape.Steps * hidden];
        float[] thresholds = new float[hidden];
        pass.CopyRaster(raster);
        pass.CopyThresholds(thresholds);
        NeuronConstants constants = weights.Constants;
        int raised = 0;
        for (int j = 0; j < hidden; j++)
        {
            double adaptation = 0;
            for (int t = 0; t < shape.Steps - 1; t++)
            {
                adaptation = constants.AdaptationDecay * adaptation + raster[t * hidden + j];
            }

            double scale = j < shape.LifCount ? 0 : constants.AdaptationScale;
            Assert.Equal(constants.Threshold + scale * adaptation, thresholds[j], 1e-5);
            raised += thresholds[j] > constants.Threshold + 1e-4 ? 1 : 0;
        }

        Assert.InRange(raised, 1, hidden - shape.LifCount);
    }

    private static void CompareOne(LsnnPass pass, ReferenceLsnn reference, float[] inputs, ulong seed)
    {
        LsnnShape shape = pass.Shape;
        pass.Forward(inputs);
        byte[] raster = new byte[shape.Steps * shape.Hidden];
        pass.CopyRaster(raster);
        int spikes = 0;
        for (int t = 0; t < shape.Steps; t++)
        {
            for (int j = 0; j < shape.Hidden; j++)
            {
                Assert.Equal(reference.Spikes[t, j], raster[t * shape.Hidden + j] == 1);
                spikes += raster[t * shape.Hidden + j];
            }
        }

        Assert.True(spikes > shape.Steps / 2, "a silent network would prove nothing");
        Near(reference.Means, Samples.Double(pass.Means.ToArray()), "means");

        float[] outputGradients = Samples.Uniform(shape.OutputLength, seed + 100);
        ReferenceGradients expected = reference.Backward(Samples.Double(outputGradients));
        float[] inputGradients = new float[shape.InputLength];
        pass.BackwardToInputs(outputGradients, inputGradients);
        Near(expected.Inputs, Samples.Double(inputGradients), "inputs");

        var gradients = new LsnnWeights(shape, pass.Weights.Constants);
        pass.BackwardToWeights(outputGradients, gradients);
        Near(Flat(expected.Input), Flat(shape.InputRows, shape.Hidden, (i, j) => gradients.Input(i, j)), "input weights");
        Near(Flat(expected.Recurrent), Flat(shape.Hidden, shape.Hidden, (i, j) => gradients.Recurrent(i, j)), "recurrent weights");
        Near(Flat(expected.Readout), Flat(shape.Hidden, shape.Outputs, (i, j) => gradients.Readout(i, j)), "readout weights");

        // A second backward pass of the same forward pass adds the same again.
        pass.BackwardToWeights(outputGradients, gradients);
        Near(Flat(expected.Recurrent), Flat(shape.Hidden, shape.Hidden, (i, j) => gradients.Recurrent(i, j) / 2),
            "recurrent weights, twice");
    }

    private static double[] Flat(double[,] table) => [.. table.Cast<double>()];

    private static double[] Flat(int rows, int columns, Func<int, int, double> value) =>
        [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select value(i, j)];

    /// <summary>Largest difference within 1e-5 of the largest value.</summary>
    private static void Near(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs), worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(scale > 0, $"{what}: all zero would prove nothing");
        Assert.True(worst <= 1e-5 * scale, $"{what}: off by {worst / scale:e2} of the largest value");
    }
}

internal static class Passes
{
    public static LsnnPass Create(string kind, LsnnWeights weights) => kind switch
    {
        "event512" => LsnnEngine.CreateEventPass(weights, VectorWidth.Bits512),
        "event256" => LsnnEngine.CreateEventPass(weights, VectorWidth.Bits256),
        "event128" => LsnnEngine.CreateEventPass(weights, VectorWidth.Bits128),
        "dense" => LsnnEngine.CreateDensePass(weights),
        _ => throw new ArgumentException(kind),
    };
}
