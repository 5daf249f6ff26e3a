using Ganglion.Neurons.Network;
namespace Ganglion.Neurons.Tests.Network;

public class OutputLossTests
{
    private static readonly LsnnShape Shape = new()
    {
        Channels = 2,
        Windows = 3,
        Hidden = 4,
        Outputs = 5,
        StepsPerWindow = 6,
        ClockSteps =
        0,
        LossSteps = 2
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [InlineData(false, 3)]
    public void GradientsEqualFiniteDifferences(bool classes, int counted = 0)
    {
        IOutputLoss loss = classes ? new SoftmaxLoss() : counted > 0 ? new LastWindowLoss(counted) : new SquaredErrorLoss();
        float[] outputs = Samples.Uniform(Shape.OutputLength, 1), targets = new float[loss.TargetLength(Shape)];
        (classes ? [0, 0, 1, 0, 0] : Samples.Uniform(targets.Length, 2)).CopyTo(targets, 0);
        float[] gradients = new float[outputs.Length];
        loss.Evaluate(Shape, outputs, targets, gradients);
        Assert.Contains(gradients, g => Math.Abs(g) > 0.1);
        AgreesWithDifferences(loss, outputs, targets, gradients);
    }

    /// <summary>The mean of a window is what counts, and what is not a number was not measured: finite differences, and no gradient where
    /// the mean is right already or nothing is known.</summary>
    [Fact]
    public void AKnownMeanAloneCounts()
    {
        var loss = new KnownMeanLoss();
        float[] outputs = Samples.Uniform(Shape.OutputLength, 1), targets = Samples.Uniform(Shape.MeanLength, 2);
        float[] gradients = new float[outputs.Length];
        (targets[0], targets[7], targets[14]) = (float.NaN, float.NaN, (outputs[24] + outputs[29]) / 2);
        loss.Evaluate(Shape, outputs, targets, gradients);
        AgreesWithDifferences(loss, outputs, targets, gradients);

        Assert.All((int[])[0, 5, 12, 17, 24, 29], i => Assert.Equal(0, gradients[i], 1e-6));
        Assert.Equal(24, gradients.Count(gradient => Math.Abs(gradient) > 1e-6));
    }

    /// <summary>What was not measured changes nothing: other windows and outputs have no gradient, whatever their targets say.</summary>
    [Fact]
    public void TheLastWindowAloneCounts()
    {
        float[] outputs = Samples.Uniform(Shape.OutputLength, 1), targets = Samples.Uniform(Shape.MeanLength, 2), other = [.. targets];
        float[] all = new float[outputs.Length], last = new float[outputs.Length];
        new SquaredErrorLoss().Evaluate(Shape, outputs, targets, all);
        Array.Fill(other, 7, 0, other.Length - 5);
        (other[^1], other[^2]) = (7, 7);
        Assert.Equal(new LastWindowLoss(3).Evaluate(Shape, outputs, targets, last), new LastWindowLoss(3).Evaluate(Shape, outputs, other,
            last));
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(i >= outputs.Length - 10 && i % 5 < 3 ? all[i] : 0, last[i]);
        }
    }

    [Fact]
    public void SoftmaxOfEqualScoresIsTheLogOfTheClasses()
    {
        double loss = new SoftmaxLoss().Evaluate(Shape, new float[Shape.OutputLength], [0, 1, 0, 0, 0],
            new float[Shape.OutputLength]);
        Assert.Equal(Math.Log(5), loss, 12);
    }

    private static void AgreesWithDifferences(IOutputLoss loss, float[] outputs, float[] targets, float[] gradients)
    {
        float[] ignored = new float[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            const float Step = 1 / 128f;
            float before = outputs[i];
            outputs[i] = before + Step;
            double above = loss.Evaluate(Shape, outputs, targets, ignored);
            outputs[i] = before - Step;
            double below = loss.Evaluate(Shape, outputs, targets, ignored);
            outputs[i] = before;
            Assert.Equal((above - below) / (2 * Step), gradients[i], 2e-5);
        }
    }
}
