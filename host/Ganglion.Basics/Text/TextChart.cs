using System.Globalization;
using System.Text;

namespace Ganglion.Basics.Text;

/// <summary>Signals over one time axis as lines of text, one panel a signal: dots of Braille letters, two across and four up in each, so
/// that 80 columns show 136 moments. Where more samples than dots fall on a column, it reaches from the lowest to the highest: no spike is
/// lost.</summary>
/// <param name="seconds">What the axis spans, in <paramref name="unit"/>.</param>
/// <param name="start">Where it begins.</param>
/// <param name="unit">Such as s.</param>
public sealed class TextChart(double start, double seconds, string unit)
{
    private const int Width = 80, Label = 11, Across = Width - Label - 1, DotsAcross = 2 * Across;

    // Bits of a Braille letter by column and row of its dots.
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly List<string> _lines = [];

    /// <summary>A panel between the signal's extremes.</summary>
    /// <param name="name">Above it, with the unit.</param>
    /// <param name="values">Evenly spaced over the axis, at least one; what is not finite leaves a gap.</param>
    /// <param name="rows">Lines of text, 2 or more.</param>
    public TextChart Panel(string name, ReadOnlySpan<double> values, int rows = 4)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            (low, high) = double.IsFinite(value) ? (Math.Min(low, value), Math.Max(high, value)) : (low, high);
        }

        _lines.Add($"{new string(' ', Label)}{name}");
        if (low > high)
        {
            _lines.Add($"{new string(' ', Label)}(no values)");
            return this;
        }

        int[,] letters = Letters(values, low, high, rows);
        for (int row = 0; row < rows; row++)
        {
            string label = row == 0 ? Number(high) : row == rows - 1 ? Number(low) : "";
            StringBuilder line = new StringBuilder(label.PadLeft(Label - 1)).Append(row == 0 || row == rows - 1 ? '┤' : '│');
            for (int column = 0; column < Across; column++)
            {
                line.Append(letters[row, column] == 0 ? ' ' : (char)(0x2800 + letters[row, column]));
            }

            _lines.Add(line.ToString().TrimEnd());
        }

        return this;
    }

    /// <summary>All panels and the axis below them, no line longer than 80 columns.</summary>
    public IReadOnlyList<string> Render()
    {
        string left = Number(start), right = $"{Number(start + seconds)} {unit}";
        return [.. _lines, $"{new string(' ', Label)}{left}{right.PadLeft(Across - left.Length)}"];
    }

    private static int[,] Letters(ReadOnlySpan<double> values, double low, double high, int rows)
    {
        int[,] letters = new int[rows, Across];
        int last = 4 * rows - 1;
        double range = Math.Max(high - low, 1e-12);
        int? before = null;
        for (int x = 0; x < DotsAcross; x++)
        {
            int from = (int)((long)x * values.Length / DotsAcross), to = Math.Max(from + 1, (int)((x + 1L) * values.Length / DotsAcross));
            int top = -1, bottom = int.MaxValue;
            for (int k = from; k < to; k++)
            {
                if (double.IsFinite(values[k]))
                {
                    int y = (int)Math.Round(last * (values[k] - low) / range);
                    (top, bottom) = (Math.Max(top, y), Math.Min(bottom, y));
                }
            }

            if (top < 0)
            {
                before = null;
                continue;
            }

            // A line goes on from where it was.
            int middle = (top + bottom) / 2;
            if (before is { } level)
            {
                bottom = level < bottom - 1 ? Math.Min(bottom, level + 1) : bottom;
                top = level > top + 1 ? Math.Max(top, level - 1) : top;
            }

            before = middle;
            for (int y = bottom; y <= top; y++)
            {
                letters[rows - 1 - y / 4, x / 2] |= Dots[x % 2, 3 - y % 4];
            }
        }

        return letters;
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) is 0 or >= 1e-3 and < 1e5 ? "G5" : "0.0e0",
        CultureInfo.InvariantCulture);
}
