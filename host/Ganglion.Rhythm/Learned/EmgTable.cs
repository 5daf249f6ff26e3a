using System.Globalization;
using System.Text;
using Ganglion.Basics;
using Ganglion.Basics.Text;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// Recordings as a <see cref="NumberTable"/>: time [s], the four muscles of <see cref="EmgRecording.Names"/> and speed [m/s], a row a sample
/// at an even rate.
/// </summary>
public static class EmgTable
{
    /// <summary>Most bytes of such a file: about an hour of raw EMG at 1 kHz.</summary>
    public const int MostBytes = 1 << 28;

    /// <summary>Least rates [Hz]: raw EMG reaches to 400 Hz, and what is filtered at 10 Hz needs no more than 50.</summary>
    public const double LeastRawRate = 500, LeastRate = 50;

    private const double FastestSpeed = 100, LeastSeconds = 5;
    private static readonly NumberColumn[] Columns =
        [new("time", "s"), .. EmgRecording.Names.Select(name => new NumberColumn(name, "mV")), new("speed", "m/s")];

    private static IEnumerable<string> Names => Columns.Select(column => column.Name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The table.</param>
    /// <param name="rectified">Whether its muscles are envelopes already.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is refused; the message has file, line, fault and cure.</exception>
    public static EmgRecording Load(string path, bool rectified) =>
        Parse(Encoding.UTF8.GetString(BoundedFile.Read(path, MostBytes)), path, rectified);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The table.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="rectified">Whether its muscles are envelopes already.</param>
    /// <exception cref="InvalidDataException">It is refused; the message has file, line, fault and cure.</exception>
    public static EmgRecording Parse(string text, string file, bool rectified)
    {
        var table = NumberTable.Parse(text, file, Columns, "a recording has no holes: cut the file there", name =>
            $"there is no muscle '{name}': the columns are {string.Join(", ", Names)}; rename it to the one that it is, or take it out.");
        for (int k = 0; k < table.Rows.Count; k++)
        {
            if (table.Rows[k][^1] is not (> 0 and <= FastestSpeed))
            {
                throw new InvalidDataException($"{file}:{table.Lines[k]}: speed is {table.Rows[k][^1]:0.###}; it is above 0 and at most " +
                    $"{FastestSpeed} m/s.");
            }
        }

        return Recording(table.Rows, table.Lines, file, rectified);
    }

    /// <summary>Writes a recording in the form that is read.</summary>
    public static void Write(EmgRecording recording, string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.WriteLine(string.Join(',', Names));
        var line = new StringBuilder();
        for (int k = 0; k < recording.Samples; k++)
        {
            line.Clear().Append(CultureInfo.InvariantCulture, $"{k / recording.Rate:0.####}");
            foreach (double[] muscle in recording.Muscles)
            {
                line.Append(CultureInfo.InvariantCulture, $",{muscle[k]:0.####}");
            }

            writer.WriteLine(line.Append(CultureInfo.InvariantCulture, $",{recording.Speed[k]:0.###}"));
        }
    });

    private static EmgRecording Recording(IReadOnlyList<double[]> rows, IReadOnlyList<int> lines, string file, bool rectified)
    {
        double seconds = rows.Count < 2 ? 0 : rows[^1][0] - rows[0][0];
        if (seconds < LeastSeconds)
        {
            throw new InvalidDataException($"{file}: {rows.Count} samples over {seconds:0.##} s; a recording has {LeastSeconds} s at " +
                "least (time is in seconds, not in milliseconds or samples).");
        }

        // The median tells the rate even where there are gaps.
        double[] steps = [.. rows.Zip(rows.Skip(1), (before, after) => after[0] - before[0])];
        double usual = steps.Order().ElementAt(steps.Length / 2);
        for (int k = 0; k < steps.Length; k++)
        {
            if (!(steps[k] > 0))
            {
                throw new InvalidDataException($"{file}:{lines[k + 1]}: time goes from {rows[k][0]} to {rows[k + 1][0]} s; samples stand " +
                    "in the order of time, each once.");
            }

            if (steps[k] > 1.6 * usual)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}:{lines[k + 1]}: a gap of ") +
                    $"{steps[k]:0.####} s where samples are {usual:0.####} s apart; what filters made of it would be invented: keep the " +
                    "part before it or behind it.");
            }
        }

        double rate = steps.Length / seconds, least = rectified ? LeastRate : LeastRawRate;
        if (rate < least)
        {
            throw new InvalidDataException($"{file}: {rate:0.#} samples a second, and " + (rectified
                ? $"envelopes need {LeastRate} Hz at least."
                : $"raw EMG needs {LeastRawRate} Hz at least; if these are envelopes, say --rectified."));
        }

        double[][] muscles = [.. Enumerable.Range(1, EmgRecording.Names.Length).Select(i => rows.Select(row => row[i]).ToArray())];
        for (int m = 0; m < muscles.Length; m++)
        {
            CheckMuscle(muscles[m], EmgRecording.Names[m], lines, file, rectified);
        }

        return new EmgRecording(rate, muscles, [.. rows.Select(row => row[^1])], rectified);
    }

    private static void CheckMuscle(double[] values, string name, IReadOnlyList<int> lines, string file, bool rectified)
    {
        (double low, double high) = (values.Min(), values.Max());
        if (low == high)
        {
            throw new InvalidDataException($"{file}: {name} is {low} from end to end; its electrode was off, or the column is the wrong " +
                "one: without this muscle nothing can be learned.");
        }

        if (rectified && low < 0)
        {
            int at = Array.FindIndex(values, value => value < 0);
            throw new InvalidDataException($"{file}:{lines[at]}: {name} is {values[at]}, and envelopes are not negative; if this is raw " +
                "EMG, leave --rectified out.");
        }

        if (!rectified && low >= 0)
        {
            throw new InvalidDataException($"{file}: {name} never falls below 0, and raw EMG does; if these are envelopes, say " +
                "--rectified.");
        }
    }
}
