using System.Globalization;
using System.Text.RegularExpressions;

namespace Ganglion.Flash.Writing;

/// <summary>A chip as `nanoff --platform esp32 --devicedetails` prints it.</summary>
/// <param name="Chip">Its kind, such as ESP32 or ESP32-S3.</param>
/// <param name="Name">Package and revision; empty where nothing was printed.</param>
/// <param name="Revision">The first number of its revision; null where none was printed.</param>
/// <param name="FlashMegabytes">Size of its flash; null where none was printed.</param>
/// <param name="Mac">Its address, which no other chip has; empty where none was printed.</param>
public sealed partial record ChipDetails(string Chip, string Name, int? Revision, int? FlashMegabytes, string Mac)
{
    /// <summary>Reads the text; null: it names no chip.</summary>
    public static ChipDetails? Read(string text)
    {
        Match chip = Kind().Match(text);
        return chip.Success ? new ChipDetails(chip.Groups["chip"].Value, chip.Groups["name"].Value, Number(RevisionOf(), text),
            Number(Flash(), text), Address().Match(text).Groups["mac"].Value) : null;
    }

    /// <summary>Why a target does not run on it, with what to do instead; null: it does.</summary>
    internal (string Cause, string Remedy)? Against(FlashTarget target) =>
        Chip != target.Chip
            ? ($"the chip is an {Chip}, and {target.Name} is for an {target.Chip}", "See that this is the port of the board that is " +
                "meant, and that its description's profile, or --target, names its chip.")
            : Revision < target.LeastRevision
                ? ($"the chip is of revision {Revision}, and {target.Name} starts from revision {target.LeastRevision} on", "Take a " +
                    "board with an ESP32 of revision 3 (modules WROOM-32E, WROVER-E) or an ESP32-S3.")
                : FlashMegabytes < FlashTarget.LeastFlash
                    ? ($"the chip has {FlashMegabytes} MB of flash, too little for runtime and application",
                        "Take a board with 4 MB or more.")
                    : null;

    /// <inheritdoc/>
    public override string ToString() => $"{(Name.Length > 0 ? Name : Chip)}{(FlashMegabytes is { } size ? $", {size} MB of flash" : "")}" +
        $"{(Mac.Length > 0 ? $", {Mac}" : "")}";

    private static int? Number(Regex pattern, string text) => pattern.Match(text) is { Success: true } match
        ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^\s*(?<chip>ESP32(-[A-Z]\d+)?)(\s+\((?<name>ESP32.*)\))?\s*$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"revision v?(?<number>\d{1,3})")]
    private static partial Regex RevisionOf();

    [GeneratedRegex(@"Flash size (?<number>\d{1,5})\s?MB")]
    private static partial Regex Flash();

    [GeneratedRegex(@"^MAC (?<mac>[0-9A-Fa-f:]{12,17})\s*$", RegexOptions.Multiline)]
    private static partial Regex Address();
}
