using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Vectors;
namespace Ganglion.Neurons.Tests.Passes;

/// <summary>
/// Arithmetic on denormal floats is tens of times slower and .NET cannot switch it off, so no state that decays may ever become denormal.
/// Counting them finds that out on every processor, unlike a stopwatch.
/// </summary>
public class DenormalTests
{
    [Theory]
    [InlineData("event512")]
    [InlineData("event256")]
    [InlineData("event128")]
    [InlineData("dense")]
    public void NoStateTurnsDenormalInALongSilence(string kind)
    {
        // One window of input, then silence for 2,988 steps: e^(-2988/20) of anything is far below the smallest float.
        LsnnWeights weights = Samples.Network(hidden: 32, windows: 250, seed: 2, clockSteps: 0);
        LsnnShape shape = weights.Shape;
        for (int i = 0; i < shape.Hidden * shape.Hidden; i++)
        {
            weights.Recurrent(i / shape.Hidden, i % shape.Hidden) = 0;
        }

        float[] inputs = new float[shape.InputLength];
        Samples.Uniform(shape.Channels, 4, scale: 3).CopyTo(inputs, 0);
        var reference = new ReferenceLsnn(weights);
        reference.Forward(Samples.Double(inputs));
        Assert.Contains(reference.Voltages.Cast<double>(), v => v != 0 && Math.Abs(v) < 1.17e-38);

        // The loss is in the middle, so that errors, too, decay through a long silence on their way back.
        LsnnPass pass = Passes.Create(kind, weights);
        pass.Forward(inputs);
        Assert.True(pass.SpikeCounts.ToArray().Sum() > 10);
        float[] outputGradients = new float[shape.OutputLength];
        outputGradients.AsSpan(125 * shape.LossSteps * shape.Outputs, shape.LossSteps * shape.Outputs).Fill(1);
        pass.BackwardToWeights(outputGradients, new LsnnWeights(shape, weights.Constants));

        float[] state = [.. pass.DecayingState().SelectMany(values => values)];
        Assert.Contains(state, x => x != 0);
        Assert.DoesNotContain(state, float.IsSubnormal);
        Assert.DoesNotContain(pass.Outputs.ToArray(), float.IsSubnormal);
    }

    [Fact]
    public unsafe void OptimiserMomentsOfAnUnusedWeightFadeToZero()
    {
        var kernel = UpdateKernel.Create();
        AlignedFloats weights = new(16), gradient = new(16), first = new(16), second = new(16), zero = new(16);
        first.Span.Fill(1e-3f);
        second.Span.Fill(1e-6f);
        var numbers = new AdamNumbers(1, 1e-3f, 0.9f, 0.999f, 1e-8f, 0, 0);
        for (int update = 0; update < 100_000; update++)
        {
            kernel.Apply(numbers, weights.Pointer, gradient.Pointer, first.Pointer, second.Pointer, 0, zero.Pointer, zero.Pointer, 16);
        }

        Assert.All(first.Span.ToArray(), m => Assert.Equal(0, m));
        Assert.All(second.Span.ToArray(), v => Assert.Equal(0, v));
    }
}
