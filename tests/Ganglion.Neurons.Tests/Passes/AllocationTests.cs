using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Shared.Tests;
namespace Ganglion.Neurons.Tests.Passes;

public class AllocationTests
{
    [Theory]
    [InlineData("event512")]
    [InlineData("dense")]
    public void PassesDoNotAllocate(string kind)
    {
        LsnnPass pass = Passes.Create(kind, Samples.Network(hidden: 64, windows: 3, seed: 1));
        LsnnShape shape = pass.Shape;
        float[] inputs = Samples.Uniform(shape.InputLength, 1), outputGradients = Samples.Uniform(shape.OutputLength, 2), back =
            new float[shape.InputLength];
        var gradients = new LsnnWeights(shape, pass.Weights.Constants);
        Assert.Equal(0, Allocation.Of(() =>
        {
            pass.Forward(inputs);
            pass.BackwardToInputs(outputGradients, back);
            pass.BackwardToWeights(outputGradients, gradients);
        }));
    }

    [Fact]
    public void UpdatesDoNotAllocate()
    {
        var shape = new LsnnShape { Channels = 3, Windows = 3, Hidden = 32, Outputs = 7 };
        var recipe = new TrainingRecipe { Updates = 100 };
        using var trainer = new Trainer(shape, new NeuronConstants(), recipe, new TrunkSource(3, 1), new SquaredErrorLoss(), 1);
        Assert.Equal(0, Allocation.Of(() => trainer.Update()));
    }
}
