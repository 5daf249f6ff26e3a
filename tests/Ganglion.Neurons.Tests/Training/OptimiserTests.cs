using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Neurons.Vectors;
namespace Ganglion.Neurons.Tests.Training;

public class OptimiserTests
{
    /// <summary>Adam as its authors write it (Kingma and Ba 2015, algorithm 1), with decoupled decay (Loshchilov and Hutter 2019), in
    /// float64 beside the kernel.</summary>
    [Fact]
    public unsafe void KernelFollowsAdamWithDecayAndTheRateRule()
    {
        const int Length = 48;
        var kernel = UpdateKernel.Create();
        AlignedFloats weights = new(Length), gradient = new(Length), first = new(Length), second = new(Length), pull = new(Length), rates =
            new(Length);
        Samples.Uniform(Length, 1).CopyTo(weights.Span);
        Samples.Uniform(Length, 2).CopyTo(pull.Span);
        Samples.Uniform(Length, 3).CopyTo(rates.Span);
        double[] w = Samples.Double(weights.Span.ToArray()), m = new double[Length], v = new double[Length];
        (double rate, double b1, double b2, double eps, double strength, double row, double shrink) = (0.01, 0.9, 0.999, 1e-8, 0.002,
            0.3, 0.004);
        for (int t = 1; t <= 30; t++)
        {
            float[] g = Samples.Uniform(Length, 100 + (ulong)t);
            g.CopyTo(gradient.Span);
            double correction = Math.Sqrt(1 - Math.Pow(b2, t));
            var numbers = new AdamNumbers(
                0.5f, (float)(rate * correction / (1 - Math.Pow(b1, t))), (float)b1, (float)b2, (float)(eps * correction), (float)strength,
                (float)shrink);
            kernel.Apply(
                numbers, weights.Pointer, gradient.Pointer, first.Pointer, second.Pointer, (float)row, pull.Pointer, rates.Pointer, Length);
            for (int i = 0; i < Length; i++)
            {
                double half = 0.5 * g[i];
                m[i] = b1 * m[i] + (1 - b1) * half;
                v[i] = b2 * v[i] + (1 - b2) * half * half;
                w[i] -= strength * pull.Span[i] * (row + rates.Span[i]);
                w[i] -= shrink * w[i];
                w[i] -= rate * (m[i] / (1 - Math.Pow(b1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(b2, t))) + eps);
            }
        }

        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(w[i], weights.Span[i], 5e-6);
            Assert.Equal(0, gradient.Span[i]);
        }
    }

    [Fact]
    public void LearningRatesFallAsDescribed()
    {
        var cosine = new TrainingRecipe { Updates = 1000 };
        Assert.Equal([1, 0.5, 0], new long[] { 0, 500, 1000 }.Select(u => Math.Round(cosine.RateFraction(u), 12)));
        TrainingRecipe paper = cosine with { Fall = LearningRateFall.Step };
        Assert.Equal([1, 1, 0.5, 0.0625], new long[] { 0, 9_999, 10_000, 49_999 }.Select(paper.RateFraction));
        TrainingRecipe warm = cosine with { Fall = LearningRateFall.None, WarmUp = 4 };
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], new long[] { 0, 1, 2, 3, 4 }.Select(warm.RateFraction));
    }

    [Fact]
    public void ClippingBoundsTheGradientThatAdamSees()
    {
        // Adam forgets a common factor of all gradients except beside its epsilon; a huge epsilon makes the step proportional to the
        // clipped gradient.
        var source = new TrunkSource(2, 5);
        var recipe = new TrainingRecipe { Updates = 10, Epsilon = 1e6, RateStrength = 0, Fall = LearningRateFall.None, LearningRate = 1e6 };
        var shape = new LsnnShape { Channels = 3, Windows = 2, Hidden = 16, Outputs = 7 };
        double free = StepLength(recipe, out double norm);
        double clipped = StepLength(recipe with { ClipNorm = norm / 4 }, out _);
        Assert.Equal(free / 4, clipped, free * 1e-3);

        double StepLength(TrainingRecipe recipe, out double norm)
        {
            using var trainer = new Trainer(shape, new NeuronConstants(), recipe, source, new SquaredErrorLoss(), 1);
            var start = new LsnnWeights(shape, new NeuronConstants());
            start.CopyFrom(trainer.Weights);
            norm = trainer.Update().GradientNorm;
            double sum = 0;
            for (int i = 0; i < start.Padded.Length; i++)
            {
                double step = trainer.Weights.Padded[i] - start.Padded[i];
                sum += step * step;
            }

            return Math.Sqrt(sum);
        }
    }
}
