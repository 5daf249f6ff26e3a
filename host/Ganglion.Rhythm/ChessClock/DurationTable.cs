using System.Text;
using Ganglion.Basics;
using Ganglion.Basics.Text;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>
/// Reads a phase-duration characteristic from a table: a line of names with speed [m/s], swing [s] and stance [s] among them, in any
/// order, and a line a measurement. Columns are parted by commas, semicolons or tabs; decimals follow a point. Empty lines and lines that
/// begin with # are passed over.
/// </summary>
public static class DurationTable
{
    /// <summary>Most bytes of such a file.</summary>
    public const int MostBytes = 1 << 22;

    /// <summary>Different speeds that a fit needs at least.</summary>
    public const int LeastSpeeds = 3;

    private const double FastestSpeed = 100, LongestPhase = 30;
    private static readonly string[] Names = ["speed", "swing", "stance"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is refused; the message has file, line, fault and cure.</exception>
    public static PhaseDurations Load(string path) => Parse(Encoding.UTF8.GetString(BoundedFile.Read(path, MostBytes)), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The table.</param>
    /// <param name="file">Its name for messages.</param>
    /// <exception cref="InvalidDataException">It is refused; the message has file, line, fault and cure.</exception>
    public static PhaseDurations Parse(string text, string file)
    {
        string[] lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        int header = Array.FindIndex(lines, IsRow);
        if (header < 0)
        {
            throw new InvalidDataException($"{file}: there is no table in it; begin with a line 'speed,swing,stance' [m/s, s, s].");
        }

        char parting = lines[header].Contains('\t') ? '\t' : lines[header].Contains(';') ? ';' : ',';
        string[] cells = [.. lines[header].Split(parting).Select(cell => cell.Trim().Trim('"').ToLowerInvariant())];
        int[] columns = [.. Names.Select(name => Column(cells, name, $"{file}:{header + 1}"))];
        var rows = new List<double[]>();
        for (int i = header + 1; i < lines.Length; i++)
        {
            if (IsRow(lines[i]))
            {
                rows.Add(Row(lines[i].Split(parting), cells.Length, columns, parting, $"{file}:{i + 1}"));
            }
        }

        int speeds = rows.Select(row => row[0]).Distinct().Count();
        return speeds >= LeastSpeeds
            ? new PhaseDurations([.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])], [.. rows.Select(row => row[2])])
            : throw new InvalidDataException($"{file}: measurements at {speeds} speed(s), and a fit needs {LeastSpeeds}; add rows at " +
                "other speeds.");
    }

    private static bool IsRow(string line) => line.Trim() is { Length: > 0 } text && text[0] != '#';

    private static int Column(string[] cells, string name, string place)
    {
        int[] found = [.. Enumerable.Range(0, cells.Length).Where(i => cells[i] == name)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InvalidDataException($"{place}: there is no column '{name}' among {string.Join(", ", cells)}; " +
                "the first line names speed [m/s], swing [s] and stance [s]."),
            _ => throw new InvalidDataException($"{place}: {found.Length} columns are called '{name}'; keep one of them."),
        };
    }

    private static double[] Row(string[] cells, int count, int[] columns, char parting, string place)
    {
        if (cells.Length != count)
        {
            throw new InvalidDataException($"{place}: {cells.Length} cells, and the first line names {count}" +
                (parting == ',' && cells.Length == 2 * count
                    ? "; if commas stand before decimals, write points (0.25)."
                    : "; give each row a cell for each column."));
        }

        double[] row = new double[Names.Length];
        for (int i = 0; i < row.Length; i++)
        {
            string cell = cells[columns[i]].Trim().Trim('"');
            if (!NumberText.TryRead(cell, out row[i]))
            {
                throw new InvalidDataException(cell.Length == 0
                    ? $"{place}: {Names[i]} is empty; measure it, or leave the row out."
                    : $"{place}: {Names[i]} is '{cell}', which is no number{NumberText.Hint(cell, whole: false)}.");
            }

            double most = i == 0 ? FastestSpeed : LongestPhase;
            if (row[i] <= 0 || row[i] > most)
            {
                throw new InvalidDataException($"{place}: {Names[i]} is {cell}; it is above 0 and at most {most} " +
                    (i == 0 ? "m/s." : "s (seconds, not milliseconds)."));
            }
        }

        return row;
    }
}
