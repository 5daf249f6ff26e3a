using System.Text.RegularExpressions;
using Ganglion.Robots.Gaits;

namespace Ganglion.Gait.Walks;

/// <summary>A gait's file with other speeds: everything else, comments included, stays as it stands.</summary>
public static partial class SpeedText
{
    /// <summary>The new text.</summary>
    /// <param name="text">The gait's file.</param>
    /// <param name="name">What the gait is called in the new one.</param>
    /// <param name="speeds">What stands under `speeds` there.</param>
    public static string With(string text, string name, IReadOnlyList<GroundSpeed> speeds)
    {
        text = Name().Replace(Old().Replace(text.ReplaceLineEndings("\n"), ""), $"name: {name}", 1);
        return Timeout().Replace(text, GaitText.Speeds(speeds) + "\ntimeout_s:", 1);
    }

    [GeneratedRegex("^name:.*$", RegexOptions.Multiline)]
    private static partial Regex Name();

    // With the empty line before it.
    [GeneratedRegex("^\\n?speeds:.*\\n(?:[ \\t]+.*\\n|[ \\t]*\\n(?=[ \\t]))*", RegexOptions.Multiline)]
    private static partial Regex Old();

    [GeneratedRegex("^\\n?timeout_s:", RegexOptions.Multiline)]
    private static partial Regex Timeout();
}
