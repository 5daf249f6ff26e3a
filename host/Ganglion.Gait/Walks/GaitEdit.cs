using System.Text.RegularExpressions;
using Ganglion.Robots.Gaits;

namespace Ganglion.Gait.Walks;

/// <summary>A gait's file with other lists: everything else, comments included, stays as it stands.</summary>
public static partial class GaitEdit
{
    /// <summary>With other speeds.</summary>
    /// <param name="text">The gait's file.</param>
    /// <param name="name">What the gait is called in the new one.</param>
    /// <param name="speeds">What stands under `speeds` there.</param>
    public static string WithSpeeds(string text, string name, IReadOnlyList<GroundSpeed> speeds) =>
        With(Speeds().Replace(text.ReplaceLineEndings("\n"), ""), name, GaitText.Speeds(speeds));

    /// <summary>With another atlas, and without speeds: they were measured with other steps.</summary>
    /// <param name="text">The gait's file.</param>
    /// <param name="name">What the gait is called in the new one.</param>
    /// <param name="gait">Has the atlas that stands there.</param>
    public static string WithAtlas(string text, string name, GaitDescription gait) =>
        With(Atlas().Replace(Speeds().Replace(text.ReplaceLineEndings("\n"), ""), ""), name, GaitText.Atlas(gait));

    private static string With(string text, string name, string list) =>
        Timeout().Replace(Name().Replace(text, $"name: {name}", 1), list + "\ntimeout_s:", 1);

    [GeneratedRegex("^name:.*$", RegexOptions.Multiline)]
    private static partial Regex Name();

    // With the empty line before it.
    [GeneratedRegex("^\\n?speeds:.*\\n(?:[ \\t]+.*\\n|[ \\t]*\\n(?=[ \\t]))*", RegexOptions.Multiline)]
    private static partial Regex Speeds();

    [GeneratedRegex("^\\n?atlas:.*\\n(?:[ \\t]+.*\\n|[ \\t]*\\n(?=[ \\t]))*", RegexOptions.Multiline)]
    private static partial Regex Atlas();

    [GeneratedRegex("^\\n?timeout_s:", RegexOptions.Multiline)]
    private static partial Regex Timeout();
}
