using System.Globalization;
using System.Text.RegularExpressions;

namespace Ganglion.Flash.Image;

/// <summary>A library of native methods that the runtime on a board has, as `nanoff --nanodevice --devicedetails` prints it.</summary>
/// <param name="Name">Of the assembly that needs it.</param>
/// <param name="Version">Its own version, not the assembly's.</param>
/// <param name="Checksum">What its methods are known by.</param>
public sealed partial record RuntimeLibrary(string Name, Version Version, uint Checksum)
{
    /// <summary>Those in the text of a board's details: lines such as "mscorlib v100.5.0.24, checksum 0x1549C856".</summary>
    /// <exception cref="InvalidDataException">There is none: that text is something else.</exception>
    public static IReadOnlyList<RuntimeLibrary> Read(string details)
    {
        RuntimeLibrary[] libraries = [.. Line().Matches(details).Select(match => new RuntimeLibrary(match.Groups["name"].Value,
            Version.Parse(match.Groups["version"].Value), uint.Parse(match.Groups["checksum"].Value, NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture)))];
        return libraries.Length > 0 ? libraries : throw new InvalidDataException("the board's details name no native assembly; they come " +
            "from: nanoff --nanodevice --devicedetails --serialport PORT");
    }

    [GeneratedRegex(@"^\s*(?<name>[\w.]+)\s+v(?<version>\d{1,5}(\.\d{1,5}){3}),\s*checksum\s+0x(?<checksum>[0-9A-Fa-f]{8})\s*$",
        RegexOptions.Multiline)]
    private static partial Regex Line();
}
