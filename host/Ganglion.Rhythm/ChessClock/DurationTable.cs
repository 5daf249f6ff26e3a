using System.Collections.Immutable;
using System.Text;
using Ganglion.Basics;
using Ganglion.Basics.Text;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>
/// Reads a phase-duration characteristic from a <see cref="NumberTable"/> with the columns speed [m/s], swing [s] and stance [s], a row a
/// measurement.
/// </summary>
public static class DurationTable
{
    /// <summary>Most bytes of such a file.</summary>
    public const int MostBytes = 1 << 22;

    /// <summary>Different speeds that a fit needs at least.</summary>
    public const int LeastSpeeds = 3;

    private const double FastestSpeed = 100, LongestPhase = 30;
    private static readonly NumberColumn[] Columns = [new("speed", "m/s"), new("swing", "s"), new("stance", "s")];

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
        var table = NumberTable.Parse(text, file, Columns, "measure it, or leave the row out");
        for (int k = 0; k < table.Rows.Count; k++)
        {
            Check(table.Rows[k], $"{file}:{table.Lines[k]}");
        }

        int speeds = table.Rows.Select(row => row[0]).Distinct().Count();
        return speeds >= LeastSpeeds ? new PhaseDurations(Column(table, 0), Column(table, 1), Column(table, 2))
            : throw new InvalidDataException($"{file}: measurements at {speeds} speed(s), and a fit needs {LeastSpeeds}; add rows at " +
                "other speeds.");
    }

    private static ImmutableArray<double> Column(NumberTable table, int column) => [.. table.Rows.Select(row => row[column])];

    private static void Check(double[] row, string place)
    {
        for (int i = 0; i < row.Length; i++)
        {
            double most = i == 0 ? FastestSpeed : LongestPhase;
            if (row[i] <= 0 || row[i] > most)
            {
                throw new InvalidDataException($"{place}: {Columns[i].Name} is {row[i]}; it is above 0 and at most {most} " +
                    (i == 0 ? "m/s." : "s (seconds, not milliseconds)."));
            }
        }
    }
}
