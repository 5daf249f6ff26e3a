using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Inference;

public class ModelCheckTests
{
    private static string Folder
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return Path.Combine(folder, "hardware", "models");
        }
    }

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Folder, "*.safetensors").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_shipped_models_know_their_arms(string file)
    {
        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(Path.Combine(Folder, file));
        ModelCheck.Run(new SpikingPoseModel(arm, model.Weights, form), file);
    }

    /// <summary>One whose neurons are read out as those of others, and one that was never trained.</summary>
    [Fact]
    public void A_model_that_knows_nothing_is_refused()
    {
        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(Path.Combine(Folder, "trunk6-3g-128.safetensors"));
        LsnnWeights weights = model.Weights;
        for (int hidden = 0; hidden < weights.Shape.Hidden / 2; hidden++)
        {
            for (int output = 0; output < weights.Shape.Outputs; output++)
            {
                (weights.Readout(hidden, output), weights.Readout(weights.Shape.Hidden - 1 - hidden, output)) =
                    (weights.Readout(weights.Shape.Hidden - 1 - hidden, output), weights.Readout(hidden, output));
            }
        }

        string told = Assert.Throws<InvalidDataException>(() => ModelCheck.Run(new SpikingPoseModel(arm, weights, form), "mine")).Message;
        Assert.Contains("mine predicts nonsense", told);
        Assert.Contains("--controller ik", told);

        var blank = new LsnnWeights(weights.Shape, weights.Constants);
        Assert.Throws<InvalidDataException>(() => ModelCheck.Run(new SpikingPoseModel(arm, blank, form), "blank"));
    }
}
