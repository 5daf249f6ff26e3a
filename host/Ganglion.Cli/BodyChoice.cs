using System.CommandLine;
using System.Globalization;
using Ganglion.Arm.Body;
using Ganglion.Robots.Trunk;

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

    /// <summary>The network that places an arm's body; it is said how much is kept clear besides.</summary>
    /// <param name="model">File or name; null: kinematics place the body.</param>
    /// <param name="arm">The arm.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no network of the arm's joint, or of no use.</exception>
    public static BodyNetwork? Load(string? model, TrunkArm arm)
    {
        if (model == null)
        {
            return null;
        }

        string path = ShippedFiles.Find(FileKind.Model, model);
        var network = BodyNetwork.Load(path, arm);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)} places the body: " +
            $"{1000 * network.Allowance(0):0.0} mm at the base to {1000 * network.Allowance(arm.Joints):0.0} mm at the tool are kept " +
            $"clear besides, by its errors on {network.Errors.Poses} postures."));
        return network;
    }
}
