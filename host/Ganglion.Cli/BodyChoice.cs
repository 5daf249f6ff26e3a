using System.CommandLine;
using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Body;

namespace Ganglion.Cli;

/// <summary>Which network places the body that an arm keeps clear.</summary>
internal static class BodyChoice
{
    public static Option<string?> Option() => new("--body")
    {
        Description = "Network that learned the arm's joint (ganglion train --recipe joint-4g): a file, or the name of one in " +
            "hardware/models. The body that is kept clear is placed by it, and bent aside by gradients through its spikes; what it may be " +
            "off by is kept clear as well. Without it kinematics place the body.",
        HelpName = "FILE|NAME",
    };

    /// <summary>What an arm keeps clear of, with its body placed by a network.</summary>
    /// <param name="kept">What it keeps clear of.</param>
    /// <param name="model">File or name; null: kinematics place the body.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no network of the arm's joint, or of no use.</exception>
    public static KeptClearance Placed(KeptClearance kept, string? model)
    {
        if (model == null)
        {
            return kept;
        }

        string path = ShippedFiles.Find(FileKind.Model, model);
        var network = BodyNetwork.Load(path, kept.Arm);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the body is placed by {Path.GetFileNameWithoutExtension(path)}: " +
            $"{1000 * network.Allowance(0):0.0} mm at the base to {1000 * network.Allowance(kept.Arm.Joints):0.0} mm at the tool are kept " +
            $"clear besides, by its errors on {network.Errors.Poses} postures."));
        return kept with { Network = network };
    }
}
