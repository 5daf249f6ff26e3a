using System.Text.RegularExpressions;

namespace Ganglion.Flash.Writing;

/// <summary>Why nanoff failed, in its own words, and what to do about it. Codes and words are those of its ExitCodes.cs (release
/// 2.5).</summary>
internal static partial class NanoffWords
{
    private const string Cable = "See to the board's supply, take a short cable and a socket of the computer itself, and run it again.",
        Boot = "Hold BOOT, press EN (reset), release both, and run it again; a board that holds BOOT by its wiring needs GPIO 0 free.",
        Network = "See that this machine reaches the internet, or take a runtime that nanoff has already (--fwversion), and run it again.",
        Starting = "Press EN (reset) with BOOT released and run it again; an ESP32-S3 has its debugger on its own USB port.";

    /// <summary>What to do where it does not know our command lines.</summary>
    public const string OtherRelease = "Its options are not those of release 2.5: see `nanoff --version`, and take that release.";

    private static readonly Dictionary<int, (string Words, string Remedy)> Codes = new()
    {
        [2000] = ("Error connecting to nano device.", Starting),
        [2001] = ("Error occurred with listing nano devices.", Starting),
        [2002] = ("Error executing operation with nano device.", Starting),
        [4000] = ("Error executing ESP32 serial command.", Boot),
        [4001] = ("Unsupported flash size for ESP32 target.", "Take a board with 4, 8 or 16 MB of flash."),
        [4002] = ("Failed to erase ESP32 flash.", Cable),
        [4003] = ("Failed to write new firmware to ESP32.", Cable),
        [4004] = ("Failed to read from ESP32 flash.", Cable),
        [4005] = ("Failed to open specified COM port.", "`ganglion ports` lists those that are there."),
        [6000] = ("Couldn't open serial device.", "`ganglion ports` lists those that are there, `ganglion doctor` says who may open them."),
        [6002] = ("Couldn't access serial device. Another (nanoFramework) application has exclusive access to the device.",
            "Close Visual Studio, its extension in VS Code, and other nanoffs."),
        [9000] = ("Invalid or missing arguments.", OtherRelease),
        [9005] = ("Can't find the target in Cloudsmith repository.", Network),
        [9006] = ("Can't create temporary directory to download firmware.", "See that the home folder and the disk have room."),
        [9007] = ("Error downloading firmware file.", Network),
        [9008] = ("Couldn't find application file. Check the path.", "See that the disk has room for temporary files."),
        [9015] = ("Can't find the target in the firmware archive.", Network),
    };

    /// <summary>Cause, a clause, and remedy, whole sentences, of a run that failed.</summary>
    public static (string Cause, string Remedy) Of(ToolOutcome outcome)
    {
        Match told = Code().Matches(outcome.Output).LastOrDefault() ?? Match.Empty;

        // An option that it does not know is told by the exit code alone, of which Linux and macOS keep the lowest eight bits.
        int code = told.Success ? int.Parse(told.Groups["code"].Value)
            : Codes.Keys.FirstOrDefault(one => one == outcome.ExitCode || (one & 0xFF) == outcome.ExitCode);
        if (code == 0)
        {
            return ($"nanoff ended with exit code {outcome.ExitCode}: {LastWords(outcome.Output)}", Cable);
        }

        (string words, string remedy) = Codes.GetValueOrDefault(code, ("", Cable));
        string own = told.Groups["words"].Value.Trim();
        string before = own.Length > 0 || !told.Success ? "" : LastWords(outcome.Output[..told.Index]);
        return ($"nanoff says: E{code}: {(own.Length > 0 ? own : words)}{(before.Length > 0 ? $" ({before})" : "")}".TrimEnd('.'), remedy);
    }

    /// <summary>Whether it ended well without having done anything, as it does where it understood none of its options.</summary>
    public static bool DidNothing(ToolOutcome outcome) => outcome.Output.Contains("No operation was performed", StringComparison.Ordinal);

    /// <summary>The last line that says something: no frame of asterisks, no heading.</summary>
    public static string LastWords(string output) => output.Split('\n', '\r').Select(line => line.Trim(' ', '*', '\t'))
        .LastOrDefault(line => line.Length > 0 && !Heading().IsMatch(line))?.TrimEnd('.') ?? "";

    // With words it may follow a line that was begun, such as that of a progress bar; without, it has a line of its own.
    [GeneratedRegex(@"(Error |^)E(?<code>\d{4})(:(?<words>[^\r\n]*))?\r?$", RegexOptions.Multiline)]
    private static partial Regex Code();

    // Of nanoff: its first lines, and its search for a newer one.
    [GeneratedRegex(@"^(\.NET nanoFramework Firmware Flasher|Copyright|Can't check the version|Continuing anyway)")]
    private static partial Regex Heading();
}
