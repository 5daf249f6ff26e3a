using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>A forward model of a trunk arm: commands in, poses of all joints out (trunk paper, section III).</summary>
public static class ArmModel
{
    /// <summary>Where the poses came from if not from a recording: the exact kinematics.</summary>
    public const string Simulated = "simulated";

    /// <summary>Under this note a model keeps the dimensions of an arm that has its own (<see cref="TrunkDimensions.ToText"/>).</summary>
    public const string DimensionsNote = "dimensions";

    private const string Kind = "trunk-arm";

    /// <summary>
    /// SHA-256 of what decides an arm's kinematics: design, number of joints and dimensions. How its servos are wired does not matter to
    /// a model, so two arms of one build share their models.
    /// </summary>
    public static string Hash(TrunkArm arm)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"trunk-arm {arm.Design} {arm.Joints} {arm.NormalisingLength:R} {arm.ToolOffset.Z:R} {arm.InputMin:R} {arm.InputMax:R} " +
                $"{arm.PaperCompatible}");
        if (!arm.Dimensions.IsStandard)
        {
            text += " " + arm.Dimensions.ToText();
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What a model or a checkpoint says it was trained on: the arm's hash, the form of the targets, and where the poses came
    /// from.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="form">What is reported.</param>
    /// <param name="data"><see cref="Simulated"/>, or the SHA-256 of the recorded poses.</param>
    public static string Subject(TrunkArm arm, TargetForm form, string data = Simulated) =>
        $"{Kind} {Hash(arm)} {form.Position} {form.Orientation} {data}";

    /// <summary>
    /// Loads a model for an arm and the form of its targets. Throws <see cref="InvalidDataException"/> when the file is damaged, no model
    /// of a trunk arm, or trained on another arm; <see cref="IOException"/> when it cannot be read.
    /// </summary>
    public static (TrainedModel Model, TargetForm Form) Load(string path, TrunkArm arm)
    {
        var model = TrainedModel.Load(path);
        (string hash, TargetForm form) = Trained(path, model);
        if (hash != Hash(arm))
        {
            string on = model.Notes.TryGetValue("arm", out string? name) ? $"'{name}'" : hash[..12];
            throw new InvalidDataException(
                $"{path} was trained on the arm {on}, and this one is built otherwise ({(int)arm.Design}-geared, {arm.Joints} joints): " +
                    $"train a model for it (ganglion train), or choose its own.");
        }

        LsnnShape shape = Shape(arm, model.Weights.Shape.Hidden);
        return model.Weights.Shape == shape ? (model, form)
            : throw new InvalidDataException($"{path} has a network of shape {model.Weights.Shape}, and this arm needs {shape}: train " +
                $"the model again.");
    }

    /// <summary>SHA-256 of the recorded poses that a model learned from; null if it learned from the exact geometry.</summary>
    public static string? RecordedData(TrainedModel model) =>
        model.Subject.Split(' ') is [.., var data] && data != Simulated ? data : null;

    /// <summary>
    /// Loads a model together with the arm that it was trained on, which its hash and size tell. Throws as <see cref="Load"/> does.
    /// </summary>
    public static (TrainedModel Model, TargetForm Form, TrunkArm Arm) Open(string path)
    {
        var model = TrainedModel.Load(path);
        (string hash, TargetForm form) = Trained(path, model);
        TrunkArm? arm = Enum.GetValues<JointDesign>().Select(design => Built(model, design)).FirstOrDefault(arm => arm != null &&
            Hash(arm) == hash);
        return arm is not null && model.Weights.Shape == Shape(arm, model.Weights.Shape.Hidden) ? (model, form, arm)
            : throw new InvalidDataException($"{path} was trained on an arm that this version does not know: train the model again.");
    }

    /// <summary>The arm of a design with a model's dimensions; null if it cannot have them.</summary>
    private static TrunkArm? Built(TrainedModel model, JointDesign design)
    {
        int joints = model.Weights.Shape.Windows;
        if (!model.Notes.TryGetValue(DimensionsNote, out string? text))
        {
            return new TrunkArm(design, joints);
        }

        try
        {
            return new TrunkArm(TrunkDimensions.Parse(design, joints, text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is a model of an arm of this build, by what it says of itself; false also for what is no model.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsOf(string path, TrunkArm arm)
    {
        try
        {
            string[] words = SafeTensors.ReadMetadata(path).GetValueOrDefault("subject", "").Split(' ');
            return words.Length == 5 && words[0] == Kind && words[1] == Hash(arm);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The arm's hash and the form of the targets that a model names; throws <see cref="InvalidDataException"/> when it is no
    /// model of a trunk arm.</summary>
    public static (string ArmHash, TargetForm Form) Trained(string path, TrainedModel model)
    {
        string[] words = model.Subject.Split(' ');
        return words.Length == 5 && words[0] == Kind && Enum.TryParse(words[2], out PositionTarget position)
            && Enum.TryParse(words[3], out OrientationTarget orientation)
            ? (words[1], new TargetForm(position, orientation))
            : throw new InvalidDataException($"{path} is a model of something else ('{model.Subject}'), not of a trunk arm: choose a " +
                $"model that ganglion train made.");
    }

    /// <summary>The network that an arm needs: a window of 12 steps per joint, clocked, 3 inputs and 7 outputs.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="hidden">Neurons, at least 2.</param>
    public static LsnnShape Shape(TrunkArm arm, int hidden) => new()
    {
        Channels = PoseSamples.InputsPerJoint,
        Windows = arm.Joints,
        Hidden = hidden,
        Outputs = PoseSamples.TargetsPerJoint,
    };
}
