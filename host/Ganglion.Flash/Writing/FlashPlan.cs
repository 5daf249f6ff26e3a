using Ganglion.Bridge.Messages;
using Ganglion.Flash.Image;
using Ganglion.Flash.Looking;

namespace Ganglion.Flash.Writing;

/// <summary>What would be done to a board, step by step, without doing it.</summary>
public static class FlashPlan
{
    /// <param name="job">What is to be done.</param>
    /// <param name="found">Who is behind its port.</param>
    /// <param name="image">The application; null: there is none yet.</param>
    /// <param name="imageFile">What to call it.</param>
    public static IReadOnlyList<(FlashStep Step, string What)> Of(FlashJob job, PortFinding found, DeviceImage? image, string imageFile)
    {
        FlashTarget target = job.Target ?? FlashTarget.Classic;
        string chip = $"has to be an {target.Chip}{(target.LeastRevision > 0 ? $" of revision {target.LeastRevision}" : "")} with " +
            $"{FlashTarget.LeastFlash} MB of flash";
        return
        [
            (FlashStep.Look, found.Objection is { } objection ? $"{found.What}; REFUSED: {objection.Cause}. {objection.Remedy}"
                : $"{found.What}."),
            (FlashStep.Chip, $"{Nanoff.AsTyped(Nanoff.Chip(job.Port))}; {chip}."),
            (FlashStep.Runtime, $"{Nanoff.AsTyped(Nanoff.Runtime(job.Port, target, job.RuntimeVersion))}."),
            (FlashStep.Compare, $"{Nanoff.AsTyped(Nanoff.Details(job.Port))}; its native methods with those that " +
                $"{(image == null ? "the image needs" : $"{image.Assemblies.Count(one => one.NativeChecksum != 0)} assemblies need")}."),
            (FlashStep.Application, $"{Nanoff.AsTyped(Nanoff.Application(job.Port, target, imageFile))}; " +
                $"{(image == null ? "MISSING" : $"{image.Length} bytes")}."),
            (FlashStep.Answer, job.Link != null ? $"the firmware is asked on {job.Link}."
                : found.Tenant is PortTenant.Ganglion or PortTenant.OtherDefinition ? "the firmware is asked on the same port."
                : "the firmware is asked on the port that has a board which has started since."),
            (FlashStep.Description, job.Configuration is not { } configuration ? "none: give --robot."
                : $"{Words(configuration)}, {BoardConfigEncoder.Encode(configuration).Length} bytes, written and read back."),
        ];
    }

    /// <summary>What a board is told, in a few words.</summary>
    internal static string Words(BoardConfiguration configuration) =>
        $"{configuration.Board}: {configuration.Channels.Length} channels on {configuration.Chips.Length} chips";
}
