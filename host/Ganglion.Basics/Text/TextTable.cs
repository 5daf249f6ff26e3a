using System.Text;

namespace Ganglion.Basics.Text;

/// <summary>
/// A table of plain text. A number never breaks: what is too wide for the screen comes as several tables, each with the first columns
/// again. Only text at the left may go on in the next line.
/// </summary>
public static class TextTable
{
    private const int Margin = 2, Gap = 3, LeastText = 16;

    /// <summary>Lines of a table.</summary>
    /// <param name="headers">One a column; a column whose header starts with a blank holds numbers and is aligned to the right.</param>
    /// <param name="rows">As many cells each; a number that is none ("NaN") is shown as a dash.</param>
    /// <param name="width">Columns of the screen.</param>
    public static IReadOnlyList<string> Render(string[] headers, IEnumerable<string[]> rows, int width)
    {
        string[][] cells = [[.. headers.Select(header => header.Trim())], .. rows];
        bool[] right = [.. headers.Select(header => header.StartsWith(' '))];
        foreach (string[] row in cells)
        {
            for (int c = 0; c < row.Length; c++)
            {
                row[c] = right[c] ? row[c].Replace("NaN", "-", StringComparison.Ordinal) : row[c].ReplaceLineEndings(" ");
            }
        }

        int[] widths = [.. right.Select((_, c) => cells.Max(row => row[c].Length))];
        int keys = Math.Max(1, Array.IndexOf(right, true) < 0 ? 1 : Array.IndexOf(right, true));
        if (Total(widths, Enumerable.Range(0, keys)) > width / 2)
        {
            keys = 1;
        }

        var lines = new List<string>();
        int next = keys;
        do
        {
            List<int> columns = [.. Enumerable.Range(0, keys)];
            while (next < widths.Length && (columns.Count == keys || Fits(widths, right, [.. columns, next], width)))
            {
                columns.Add(next++);
            }

            Append(lines, cells, right, Narrowed(widths, right, columns, width), columns);
        }
        while (next < widths.Length);
        return lines;
    }

    private static bool Fits(int[] widths, bool[] right, List<int> columns, int width) =>
        Total(Narrowed(widths, right, columns, width), columns) <= width;

    private static int Total(int[] widths, IEnumerable<int> columns) =>
        Margin + columns.Sum(c => widths[c] + Gap) - Gap;

    /// <summary>The columns' widths, those of text made narrower, the widest first, as far as that helps.</summary>
    private static int[] Narrowed(int[] widths, bool[] right, List<int> columns, int width)
    {
        int[] narrow = [.. widths];
        while (Total(narrow, columns) > width)
        {
            int widest = columns.Where(c => !right[c] && narrow[c] > LeastText).OrderByDescending(c => narrow[c]).FirstOrDefault(-1);
            if (widest < 0)
            {
                break;
            }

            narrow[widest]--;
        }

        return narrow;
    }

    private static void Append(List<string> lines, string[][] cells, bool[] right, int[] widths, List<int> columns)
    {
        lines.Add("");
        for (int r = 0; r < cells.Length; r++)
        {
            string[][] parts = [.. columns.Select(c => Broken(cells[r][c], right[c] ? int.MaxValue : widths[c]))];
            for (int line = 0; line < parts.Max(part => part.Length); line++)
            {
                StringBuilder text = new StringBuilder().Append(' ', Margin);
                for (int i = 0; i < columns.Count; i++)
                {
                    string part = line < parts[i].Length ? parts[i][line] : "";
                    text.Append(right[columns[i]] ? part.PadLeft(widths[columns[i]]) : part.PadRight(widths[columns[i]]));
                    text.Append(' ', i + 1 < columns.Count ? Gap : 0);
                }

                lines.Add(text.ToString().TrimEnd());
            }

            if (r == 0)
            {
                lines.Add(new string('─', Total(widths, columns)));
            }
        }

        lines.Add("");
    }

    /// <summary>Text in lines of a width, broken at blanks where there are any.</summary>
    private static string[] Broken(string text, int width)
    {
        var lines = new List<string>();
        while (text.Length > width)
        {
            int blank = text.LastIndexOf(' ', width);
            lines.Add(blank > 0 ? text[..blank] : text[..width]);
            text = blank > 0 ? text[(blank + 1)..] : text[width..];
        }

        lines.Add(text);
        return [.. lines];
    }
}
