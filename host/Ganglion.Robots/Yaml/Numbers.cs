using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>Numbers and truth values as YAML 1.2's core schema writes them: decimal, 0x hexadecimal, finite floating point.</summary>
internal static partial class Numbers
{
    public static bool TryRead(YamlNode node, out double value)
    {
        value = 0;
        if (node is not YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text })
        {
            return false;
        }

        if (Hexadecimal().IsMatch(text))
        {
            return TryHexadecimal(text, out value);
        }

        return Decimal().IsMatch(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Reads "3" or "1-4"; the first may be above the last.</summary>
    public static bool TryReadRange(YamlNode node, out int first, out int last)
    {
        first = last = 0;
        if (node is not YamlScalarNode { Value: { } text })
        {
            return false;
        }

        Match match = Range().Match(text);
        if (!match.Success)
        {
            return false;
        }

        string end = match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value;
        return int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out first)
            && int.TryParse(end, CultureInfo.InvariantCulture, out last);
    }

    /// <summary>Reads true or false, unquoted.</summary>
    public static bool TryReadFlag(YamlNode node, out bool value)
    {
        string? text = node is YamlScalarNode { Style: ScalarStyle.Plain } scalar ? scalar.Value : null;
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    /// <summary>True for a plain scalar that YAML reads as true, false, null, infinity or not-a-number.</summary>
    public static bool IsOtherLiteral(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } && OtherLiteral().IsMatch(text);

    private static bool TryHexadecimal(string text, out double value)
    {
        bool read = uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint whole);
        value = whole;
        return read;
    }

    [GeneratedRegex("^0x[0-9a-fA-F]+$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex OtherLiteral();

    [GeneratedRegex("^([0-9]{1,10})(?:-([0-9]{1,10}))?$")]
    private static partial Regex Range();
}
