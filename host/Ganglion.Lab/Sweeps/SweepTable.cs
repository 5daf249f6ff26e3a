using System.Globalization;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Basics.Text;
using Ganglion.Robots.Sweeps;
using Parquet;
using Parquet.Schema;

namespace Ganglion.Lab.Sweeps;

/// <summary>
/// The results of a sweep as one table: a row a point in the grid's order, with its number, the words that were varied, exit code, seconds,
/// what it said on stderr, and the figures of its JSON. A figure that is a number wherever it is has a column of numbers; nothing is
/// where a point does not have it.
/// </summary>
public sealed class SweepTable
{
    private const string Point = "point", ExitCode = "exit_code", Seconds = "seconds", Error = "error";

    private readonly List<(string Name, bool IsNumber)> _columns = [];
    private readonly List<Dictionary<string, object>> _rows = [];

    /// <param name="sweep">The sweep.</param>
    /// <param name="results">One a point, in order.</param>
    public SweepTable(SweepDescription sweep, IReadOnlyList<SweepResult> results)
    {
        var isNumber = new Dictionary<string, bool> { [Point] = true };
        List<string> order = [Point, .. sweep.Axes.Select(axis => axis.Name), ExitCode, Seconds, Error];
        foreach (string name in order.Skip(1))
        {
            isNumber[name] = name is ExitCode or Seconds;
        }

        for (int i = 0; i < results.Count; i++)
        {
            SweepResult result = results[i];
            var row = new Dictionary<string, object>
            {
                [Point] = (double)i,
                [ExitCode] = (double)result.ExitCode,
                [Seconds] = result.Seconds,
            };
            foreach ((SweepAxis axis, string value) in sweep.Axes.Zip(sweep.ValuesOf(i)))
            {
                row[axis.Name] = value;
            }

            if (result.Error.Length > 0)
            {
                row[Error] = result.Error;
            }

            foreach ((string path, JsonElement value) in result.Figures())
            {
                // A figure that is called like a column of the table's own keeps its own column.
                string name = order.IndexOf(path) is >= 0 and var at && at < sweep.Axes.Length + 4 ? $"result.{path}" : path;
                bool number = value.ValueKind == JsonValueKind.Number;
                if (isNumber.TryAdd(name, number))
                {
                    order.Add(name);
                }

                isNumber[name] &= number;
                row[name] = number ? value.GetDouble() : value.ToString();
            }

            _rows.Add(row);
        }

        _columns = [.. order.Select(name => (name, isNumber[name]))];
    }

    /// <summary>Writes it as comma-separated values (RFC 4180, UTF-8), whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write($"{string.Join(',', _columns.Select(column => CsvText.Quote(column.Name)))}\n");
        foreach (Dictionary<string, object> row in _rows)
        {
            writer.Write($"{string.Join(',', _columns.Select(column => CsvText.Quote(Text(row, column.Name))))}\n");
        }
    });

    /// <summary>Writes it as an Apache Parquet file of one row group, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteParquet(string path)
    {
        DataField[] fields = [.. _columns.Select(column => column.IsNumber ? (DataField)new DataField<double?>(column.Name)
            : new DataField<string>(column.Name))];
        using var memory = new MemoryStream();
        WriteAsync(new ParquetSchema(fields), fields, memory).GetAwaiter().GetResult();
        AtomicFile.Write(path, stream => memory.WriteTo(stream));
    }

    private async Task WriteAsync(ParquetSchema schema, DataField[] fields, Stream stream)
    {
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach ((DataField field, (string name, bool isNumber)) in fields.Zip(_columns))
        {
            if (isNumber)
            {
                double?[] numbers = [.. _rows.Select(row => row.TryGetValue(name, out object? value) ? (double?)value : null)];
                await group.WriteAsync<double>(field, numbers);
            }
            else
            {
                string?[] texts = [.. _rows.Select(row => row.ContainsKey(name) ? Text(row, name) : null)];
                await group.WriteAsync(field, texts!);
            }
        }

        group.CompleteValidate();
    }

    private static string Text(Dictionary<string, object> row, string name) => !row.TryGetValue(name, out object? value) ? ""
        : value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string)value;
}
