using System.Globalization;
using System.Text.RegularExpressions;

namespace Ganglion.Basics.Text;

/// <summary>
/// Numbers as people type them, in options, arguments and tables: a point before the decimals, perhaps an exponent, nothing between
/// thousands, whatever the machine's language. What .NET's own parsers also take, such as "120,5" for 1205, is refused with a hint.
/// </summary>
public static partial class NumberText
{
    /// <summary>Reads a finite number.</summary>
    /// <param name="text">Such as 12, -0.5, 1e-3; blanks around it are left out.</param>
    /// <param name="value">The number; 0 where it is none.</param>
    public static bool TryRead(string text, out double value)
    {
        value = 0;
        return Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>Reads a whole number, written without point and exponent.</summary>
    /// <param name="text">Such as 12 or -3; blanks around it are left out.</param>
    /// <param name="value">The number; 0 where it is none, or beyond 128 bits.</param>
    public static bool TryReadWhole(string text, out Int128 value)
    {
        value = 0;
        return Whole().IsMatch(text) && Int128.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>How to write what was refused, to follow its naming; empty where there is nothing to guess.</summary>
    /// <param name="text">No number by <see cref="TryRead"/>, or no whole one by <see cref="TryReadWhole"/>.</param>
    /// <param name="whole">Whether a whole number was asked for.</param>
    public static string Hint(string text, bool whole)
    {
        string pointed = text.Replace(',', '.');
        if (text.Contains(',', StringComparison.Ordinal))
        {
            return !whole && text.Count(c => c == ',') == 1 && TryRead(pointed, out _)
                ? $": decimals follow a point ({pointed.Trim()}), and thousands stand without a comma"
                : ": write it without commas";
        }

        if (whole && TryRead(text, out _))
        {
            return ": give a whole one, without point and exponent";
        }

        if (NotFinite().IsMatch(text))
        {
            return ": give a finite one";
        }

        Match united = WithUnit().Match(text);
        return united.Success ? $": write it without a unit ({united.Groups[1].Value})" : "";
    }

    [GeneratedRegex(@"^\s*[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\s*[-+]?[0-9]{1,38}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\s*[-+]?(nan|inf|infinity|∞|[0-9.]+[eE][-+]?[0-9]+)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^\s*([-+]?[0-9]+(?:\.[0-9]*)?)\s*(?:%|°|[a-zA-Z][a-zA-Z/]{0,5})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex WithUnit();
}
