using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

public sealed class ArmModelTests : IDisposable
{
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-arm-");

    private string ModelPath => Path.Combine(_folder.FullName, "model.safetensors");

    [Fact]
    public void Arms_of_one_build_share_a_hash_and_others_do_not()
    {
        TrunkArm[] others = [new(JointDesign.FourGeared, 4), new(JointDesign.ThreeGeared, 3), new(JointDesign.FourGeared, 3,
            paperCompatible: true)];
        Assert.Equal(ArmModel.Hash(Arm), ArmModel.Hash(new TrunkArm(JointDesign.FourGeared, 3)));
        Assert.Equal(4, others.Append(Arm).Select(ArmModel.Hash).Distinct().Count());
    }

    [Fact]
    public void A_model_is_loaded_for_its_own_arm_and_refused_for_another()
    {
        TargetForm form = new(PositionTarget.Next, OrientationTarget.Raw);
        Save(ArmModel.Subject(Arm, form));
        (TrainedModel model, TargetForm trained) = ArmModel.Load(ModelPath, Arm);
        Assert.Equal(form, trained);
        Assert.Equal(0.5f, model.Weights.Input(1, 2));
        (_, _, TrunkArm found) = ArmModel.Open(ModelPath);
        Assert.Equal((JointDesign.FourGeared, 3), (found.Design, found.Joints));
        string refusal = Assert.Throws<InvalidDataException>(() =>
            ArmModel.Load(ModelPath, new TrunkArm(JointDesign.ThreeGeared, 3))).Message;
        Assert.Contains("was trained on the arm 'mine'", refusal);
        Assert.Throws<InvalidDataException>(() => ArmModel.Load(ModelPath, new TrunkArm(JointDesign.FourGeared, 4)));
    }

    [Fact]
    public void A_model_of_something_else_is_refused()
    {
        Save("MNIST digits");
        Assert.Contains("not of a trunk arm", Assert.Throws<InvalidDataException>(() => ArmModel.Load(ModelPath, Arm)).Message);
    }

    /// <summary>Cut anywhere, or with one byte of the header changed, the file is refused and never half read.</summary>
    [Fact]
    public void A_damaged_file_is_refused()
    {
        Save(ArmModel.Subject(Arm, new TargetForm()));
        byte[] whole = File.ReadAllBytes(ModelPath);
        foreach (int length in new[] { 0, 5, 8, 200, whole.Length - 1 })
        {
            File.WriteAllBytes(ModelPath, whole[..length]);
            Assert.Throws<InvalidDataException>(() => ArmModel.Load(ModelPath, Arm));
        }
        byte[] nan = [.. whole];
        BitConverter.TryWriteBytes(nan.AsSpan(nan.Length - 4), float.NaN);
        File.WriteAllBytes(ModelPath, nan);
        Assert.Contains("NaN", Assert.Throws<InvalidDataException>(() => ArmModel.Load(ModelPath, Arm)).Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Save(string subject)
    {
        LsnnWeights weights = new(ArmModel.Shape(Arm, 8), new NeuronConstants());
        weights.Input(1, 2) = 0.5f;
        new TrainedModel(weights, subject, new TrainingRecipe { Updates = 1 }, new Dictionary<string, string> { ["arm"] = "mine" })
            .Save(ModelPath);
    }
}
