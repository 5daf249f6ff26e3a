using Ganglion.Lab.Bench;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Tests;
namespace Ganglion.Lab.Tests.Bench;

public class BenchmarkTests
{
    [Fact]
    public void MeasuresWithoutTouchingTheNetwork()
    {
        LsnnWeights weights = Samples.Network(hidden: 32, windows: 3, seed: 4);
        float[] before = weights.Padded.ToArray();
        BenchmarkFigures figures = LsnnBenchmark.Run(weights, new TrunkSource(3, 2), threads: 2, TimeSpan.FromMilliseconds(20));
        Assert.Equal(before, weights.Padded.ToArray());
        Assert.All(
            new[] { figures.Event, figures.Dense }, times => Assert.True(times.Forward > 0 && times.Inference > times.Forward
                && times.Training > times.Forward));
        Assert.True(figures.SamplesPerSecond > 0);
    }

    [Fact]
    public void ActivityCountsWhatTheReferenceCounts()
    {
        LsnnWeights weights = Samples.Network(hidden: 16, windows: 2, seed: 6);
        var source = new TrunkSource(2, 8);
        var activity = NetworkActivity.Measure(LsnnEngine.CreateEventPass(weights), source, 3);
        var reference = new ReferenceLsnn(weights);
        float[] inputs = new float[6], targets = new float[14];
        double[] rates = new double[16];
        int active = 0;
        for (int s = 0; s < 3; s++)
        {
            source.Fill(s, inputs, targets);
            reference.Forward(Samples.Double(inputs));
            active += reference.PseudoDerivatives.Cast<double>().Count(h => h > 1e-6);
            for (int t = 0; t < 24; t++)
            {
                for (int j = 0; j < 16; j++)
                {
                    rates[j] += reference.Spikes[t, j] ? 1.0 / 72 : 0;
                }
            }
        }

        Assert.Equal(rates, activity.Rates.Select(r => r), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(rates.Count(r => r == 0), activity.Silent);
        Assert.Equal(active / (72.0 * 16), activity.ActiveFraction, 12);
    }
}
