using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Neurons;

namespace Ganglion.Arm.Tests.Learning;

/// <summary>The models in hardware/models: each belongs to the arm that it names, and is as good as it says.</summary>
public class ShippedModelTests
{
    public static TheoryData<string> Models =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "models"), "*.safetensors").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_shipped_model_keeps_what_it_promises(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "hardware", "models", name + ".safetensors");
        string armName = TrainedModel.Load(path).Notes["arm"];
        TrunkArm arm = TrunkArm.FromDescription(Arms.Shipped(armName));
        (TrainedModel model, TargetForm form) = ArmModel.Load(path, arm);
        PoseErrors errors = ArmTraining.Test(arm, model, form, 400);
        // 400 of the 2000 postures: their mean is within a tenth of the mean over all.
        Promised("error_tip_mm", 1e3 * errors.TipMean);
        Promised("error_joint_mm", 1e3 * errors.JointMean);
        Promised("error_rotation_deg", errors.RotationMean * 180 / Math.PI);
        Assert.Equal(model.Weights.Shape.Hidden, TrainingRecord.Read(path)!.Hidden);

        void Promised(string note, double measured) =>
            Assert.InRange(measured / double.Parse(model.Notes[note], CultureInfo.InvariantCulture), 0.9, 1.1);
    }
}
