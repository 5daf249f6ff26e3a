using System.Globalization;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Training;

namespace Ganglion.Arm.Online;

/// <summary>A network that went on learning while its arm worked, as a model.</summary>
public static class LearnedModel
{
    /// <summary>Where its poses came from, as a model says it.</summary>
    public const string Data = "online";

    /// <summary>Writes it whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The network, with the gears that are known to stand still.</param>
    /// <param name="robot">Name of the arm, for people.</param>
    /// <param name="learning">How it learned.</param>
    /// <exception cref="IOException">The disk will not take it.</exception>
    public static void Save(string path, SpikingPoseModel model, string robot, OnlineLearning learning)
    {
        OnlineErrors errors = learning.HeldOut();
        Dictionary<string, string> notes = new()
        {
            ["arm"] = robot,
            ["arm_hash"] = ArmModel.Hash(model.Arm),
            ["updates_done"] = learning.Updates.ToString(CultureInfo.InvariantCulture),
            ["held_out_before_mm"] = (1e3 * errors.Before).ToString("0.###", CultureInfo.InvariantCulture),
            ["held_out_after_mm"] = (1e3 * errors.After).ToString("0.###", CultureInfo.InvariantCulture),
        };
        if (!model.Arm.Dimensions.IsStandard)
        {
            notes[ArmModel.DimensionsNote] = model.Arm.Dimensions.ToText();
        }

        if (model.Held.Any)
        {
            notes[HeldGears.Note] = model.Held.ToText();
        }

        TrainingRecipe recipe = learning.Recipe with { Updates = Math.Max(1, learning.Updates) };
        new TrainedModel(model.Weights, ArmModel.Subject(model.Arm, model.Form, Data), recipe, notes).Save(path);
    }
}
