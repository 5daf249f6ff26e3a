using Ganglion.Rhythm.Spiking;
using Ganglion.Shared.Tests;

namespace Ganglion.Rhythm.Tests.Spiking;

/// <summary>The ensemble against Nengo's rule, against closed forms, and its fast form against the one to be read.</summary>
public class EnsembleTests
{
    private const double Dt = LifPopulation.Step;

    private static double[,] SomeDecoders(LifPopulation population, int outputs)
    {
        double[,] decoders = new double[population.Count, outputs];
        for (int i = 0; i < population.Count; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                decoders[i, k] = Math.Sin(1 + i * 0.7 + k) / 100;
            }
        }

        return decoders;
    }

    /// <summary>A neuron of constant current fires at trc ln(J / (J - 1)), and from then on each 1 / rate: to the step, for 10 s.</summary>
    [Fact]
    public void SpikesFallIntoTheStepsThatTheClosedFormNames()
    {
        var population = LifPopulation.Draw(101, [1, 1], 5);
        var ensemble = new SpikingEnsemble(population, new double[101, 1]);
        double[] x = [0.61, -0.37];
        var spikes = new List<int>[population.Count];
        for (int i = 0; i < spikes.Length; i++)
        {
            spikes[i] = [];
        }

        for (int k = 0; k < 10_000; k++)
        {
            ensemble.Advance(x);
            foreach (int i in ensemble.Fired)
            {
                spikes[i].Add(k);
            }
        }

        int silent = 0;
        for (int i = 0; i < population.Count; i++)
        {
            double rate = population.Rate(i, x), interval = 1 / rate;
            silent += rate == 0 ? 1 : 0;
            Assert.Equal(rate == 0 ? 0 : Math.Floor(10 * rate + LifPopulation.RefractoryTime * rate), spikes[i].Count, 1.0);
            for (int n = 0; n < spikes[i].Count; n++)
            {
                double when = (n + 1) * interval - LifPopulation.RefractoryTime; // a step earlier or later by rounding alone
                Assert.True(Math.Abs(when / Dt - (spikes[i][n] + 0.5)) < 0.5 + 1e-6, $"neuron {i}, spike {n}");
            }
        }

        Assert.InRange(silent, 10, 90);
    }

    /// <summary>Gain and bias make a neuron fire at its rate at the end of its direction, and begin at its intercept.</summary>
    [Fact]
    public void RatesAndInterceptsAreWhereTheyWereDrawn()
    {
        var population = LifPopulation.Draw(300, [1], 3);
        int[] right = [.. Enumerable.Range(0, 300).Where(i => population.Current(i, [1]) > population.Current(i, [-1]))];
        Assert.InRange(right.Length, 110, 190);
        Assert.All(right, i => Assert.InRange(population.Rate(i, [1]), 200, 400));
        double[] intercepts = [.. right.Select(i => (1 - population.Current(i, [0])) / (population.Current(i, [1]) - population.Current(i,
            [0])))];
        Assert.All(intercepts, one => Assert.InRange(one, -0.95 - 1e-9, 0.9 + 1e-9));
        Assert.True(intercepts.Min() < -0.8 && intercepts.Max() > 0.75);
    }

    [Theory]
    [InlineData(200, 3, 4)]
    [InlineData(61, 1, 2)]
    [InlineData(3, 2, 5)]
    public void FastAndReadableFormFireTheSameSpikes(int neurons, int dimensions, int outputs)
    {
        var population = LifPopulation.Draw(neurons, Enumerable.Repeat(1.1, dimensions).ToArray(), 11);
        double[,] decoders = SomeDecoders(population, outputs);
        Agree(new SpikingEnsemble(population, decoders), new ReferenceEnsemble(population, decoders), dimensions, 3000);
    }

    [Fact]
    public void EachSpikeIsOneOfNengosRule()
    {
        var population = LifPopulation.Draw(200, [1.2, 1.2, 1.1], 12);
        double[,] decoders = SomeDecoders(population, 4);
        Agree(new SpikingEnsemble(population, decoders), new NengoEnsemble(population, decoders), 3, 2000);
    }

    private static void Agree(ISpikingEnsemble one, ISpikingEnsemble other, int dimensions, int steps)
    {
        double[] x = new double[dimensions];
        long spikes = 0;
        for (int k = 0; k < steps; k++)
        {
            for (int d = 0; d < dimensions; d++)
            {
                x[d] = 1.3 * Math.Sin(0.011 * k * (d + 1) + d); // beyond the radius, so that some neurons fire at their fastest
            }

            one.Advance(x);
            other.Advance(x);
            Assert.True(one.Fired.SequenceEqual(other.Fired), $"step {k}");
            Assert.True(one.Decoded.SequenceEqual(other.Decoded), $"step {k}");
            spikes += one.Fired.Length;
        }

        Assert.True(spikes > steps / 10);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var population = LifPopulation.Draw(200, [1, 1, 1], 1);
        var ensemble = new SpikingEnsemble(population, SomeDecoders(population, 4));
        double[] x = [0.5, 0.2, -0.3];
        ensemble.Advance(x);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int k = 0; k < 1000; k++)
            {
                ensemble.Advance(x);
            }
        }));
    }

    /// <summary>At the least squares the gradient vanishes: A'(A D - Y) + m sigma^2 D = 0, with sigma 5 % of the highest rate.</summary>
    [Fact]
    public void DecodersAreTheRegularisedLeastSquares()
    {
        var population = LifPopulation.Draw(12, [1], 2);
        const int m = 40;
        double[,] points = new double[m, 1], values = new double[m, 1], rates = new double[m, 12];
        for (int p = 0; p < m; p++)
        {
            points[p, 0] = -1 + 2.0 * p / (m - 1);
            values[p, 0] = Math.Sin(3 * points[p, 0]);
            for (int i = 0; i < 12; i++)
            {
                rates[p, i] = population.Rate(i, [points[p, 0]]);
            }
        }

        double[,] decoders = new DecoderSolver(population, points).Solve(values);
        double highest = rates.Cast<double>().Max(), ridge = m * 0.05 * 0.05 * highest * highest;
        for (int i = 0; i < 12; i++)
        {
            double gradient = ridge * decoders[i, 0], size = Math.Abs(gradient);
            for (int p = 0; p < m; p++)
            {
                double error = -values[p, 0];
                for (int k = 0; k < 12; k++)
                {
                    error += rates[p, k] * decoders[k, 0];
                }

                gradient += rates[p, i] * error;
                size += Math.Abs(rates[p, i] * error);
            }

            Assert.InRange(Math.Abs(gradient) / size, 0, 1e-9);
        }
    }
}
