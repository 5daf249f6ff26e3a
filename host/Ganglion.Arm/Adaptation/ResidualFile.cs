using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>
/// A learned residual as a safetensors file: tensors residual.gears [gears, 3] (play, gain, jump; parts of the travel and of what is told)
/// and residual.yielding [1 + joints, 2] (all joints, then each; modules and load; rad/(N m) and kg). It belongs to an arm of the
/// dimensions that were learned with it, and is refused for another one.
/// </summary>
public static class ResidualFile
{
    /// <summary>What comes after the description's name.</summary>
    public const string Extension = ".residual.safetensors";

    private const string Format = "ganglion-arm-residual/1", Gears = "residual.gears", Yielding = "residual.yielding";

    /// <summary>Writes it whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arm">Dimensions, as the description keeps them, and residual.</param>
    /// <param name="robot">Name of the arm, for people.</param>
    /// <param name="recording">SHA-256 of what it was learned from.</param>
    /// <param name="errors">On poses that were kept back.</param>
    /// <exception cref="IOException">The disk will not take it.</exception>
    public static void Save(string path, AdaptedArm arm, string robot, string recording, TipErrors errors)
    {
        float[] all = [.. arm.Weights.ToArray().Select(weight => (float)weight)];
        int gears = arm.Arm.StrokeCount, own = AdaptedArm.PerGear * gears;
        SafeTensors.Write(path,
            [
                new Tensor(Gears, [gears, AdaptedArm.PerGear], all[..own]),
                new Tensor(Yielding, [1 + arm.Arm.Joints, AdaptedArm.PerJoint], all[own..]),
            ],
            new Dictionary<string, string>
            {
                ["format"] = Format,
                ["arm"] = robot,
                ["arm_hash"] = ArmModel.Hash(arm.Arm),
                ["recording"] = recording,
                ["error_tip_mm"] = (1e3 * errors.Mean).ToString("0.###", CultureInfo.InvariantCulture),
            });
    }

    /// <summary>Reads the residual of an arm.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arm">As it is described, with the dimensions that were learned.</param>
    /// <exception cref="InvalidDataException">It is damaged, no residual, or of another arm.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AdaptedArm Load(string path, TrunkArm arm)
    {
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(path);
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw new InvalidDataException($"{path} is no learned residual of an arm (its format is " +
                $"'{metadata.GetValueOrDefault("format")}'): give the NAME{Extension} that ganglion adapt --out wrote.");
        }

        if (metadata.GetValueOrDefault("arm_hash") != ArmModel.Hash(arm))
        {
            throw new InvalidDataException($"{path} was learned of the arm '{metadata.GetValueOrDefault("arm")}' with other dimensions " +
                "than " +
                $"this one has: give the description that ganglion adapt wrote beside it (--robot), or adapt again.");
        }

        float[] all = [.. Numbers(Gears, arm.StrokeCount, AdaptedArm.PerGear), .. Numbers(Yielding, 1 + arm.Joints, AdaptedArm.PerJoint)];
        return new AdaptedArm(arm.Dimensions, [.. all.Select(weight => (double)weight)]);

        float[] Numbers(string name, int rows, int columns) =>
            tensors.TryGetValue(name, out Tensor? tensor) && tensor.Shape.SequenceEqual([rows, columns])
            && Array.TrueForAll(tensor.Data, float.IsFinite) ? tensor.Data
            : throw new InvalidDataException($"{path}: tensor {name} [{rows}, {columns}] is missing, of another shape, or not finite: " +
                $"restore it, or adapt again.");
    }

    /// <summary>Whether a file is a residual of an arm of these dimensions, by what it says of itself.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsOf(string path, TrunkArm arm)
    {
        try
        {
            IReadOnlyDictionary<string, string> metadata = SafeTensors.ReadMetadata(path);
            return metadata.GetValueOrDefault("format") == Format && metadata.GetValueOrDefault("arm_hash") == ArmModel.Hash(arm);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
