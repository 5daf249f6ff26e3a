using System.Globalization;
using System.Text;

namespace Ganglion.Basics.Text;

/// <summary>Text from files, boards and datagrams made fit for a terminal, which would obey what is in it otherwise.</summary>
public static class Printable
{
    /// <summary>The text with every character that could steer a terminal written as its number, such as \u001b: controls but line ends and
    /// tabs, and the marks that turn the direction of writing.</summary>
    public static string Of(string text)
    {
        if (!text.Any(Steers))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (Steers(c) && !(c == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    // A lone carriage return writes over the line; one before a line feed is Windows' line end.
    private static bool Steers(char c) => (char.IsControl(c) && c is not ('\n' or '\t'))
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
