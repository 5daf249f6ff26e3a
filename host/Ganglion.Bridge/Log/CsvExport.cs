using System.Globalization;
using System.Text;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Basics.Text;

namespace Ganglion.Bridge.Log;

/// <summary>
/// Turns a log into tables, one CSV file (RFC 4180) a channel that has messages. Channels in JSON get a column for each value,
/// named by its path ("imu.tilt_deg", "position.3"); all others get the size of each message and its bytes in hexadecimal.
/// Each row starts with the log time and publish time in ns and the sequence number.
/// </summary>
public static class CsvExport
{
    private static readonly string[] CommonColumns = ["log_time_ns", "publish_time_ns", "sequence"];
    private static readonly string[] RawColumns = [.. CommonColumns, "bytes", "data_hex"];

    /// <summary>Reads the log twice: once for the columns, once for the rows.</summary>
    /// <param name="logPath">An MCAP log, cut or whole.</param>
    /// <param name="folder">Where the files go; made if need be. Files of the same names are replaced.</param>
    /// <returns>The files written, in the order of the channels, and how the log ended.</returns>
    /// <exception cref="NotALogException">It is no MCAP file.</exception>
    /// <exception cref="IOException">The log cannot be read or a table cannot be written; then no table is left half done.</exception>
    public static (IReadOnlyList<string> Files, LogEnd End) Write(string logPath, string folder)
    {
        Directory.CreateDirectory(folder);
        var tables = new SortedDictionary<ushort, Table>();
        try
        {
            using (var first = McapReader.Open(logPath))
            {
                while (first.ReadMessage())
                {
                    TableOf(tables, first.Current.Channel).Learn(first.Current.Data);
                }
            }
            foreach (Table table in tables.Values)
            {
                table.Open(folder);
            }

            using var second = McapReader.Open(logPath);
            while (second.ReadMessage())
            {
                // A log still being written may have grown between the two readings.
                if (tables.TryGetValue(second.Current.Channel.Id, out Table? table))
                {
                    table.Append(second.Current);
                }
            }
            return ([.. tables.Values.Select(t => t.Finish())], second.End!);
        }
        finally
        {
            foreach (Table table in tables.Values)
            {
                table.Dispose();
            }
        }
    }

    private static Table TableOf(SortedDictionary<ushort, Table> tables, McapChannel channel)
    {
        if (!tables.TryGetValue(channel.Id, out Table? table))
        {
            tables.Add(channel.Id, table = new Table(channel));
        }

        return table;
    }

    private sealed class Table(McapChannel channel) : IDisposable
    {
        private readonly bool _isJson = channel.MessageEncoding == "json";
        private readonly Dictionary<string, int> _columns = [];
        private string _path = "", _partial = "";
        private StreamWriter? _writer;
        private string[] _row = [];

        public void Learn(ReadOnlySpan<byte> data)
        {
            if (_isJson)
            {
                Flatten(data, (path, _) => _columns.TryAdd(path, _columns.Count));
            }
        }

        public void Open(string folder)
        {
            _path = Path.Combine(folder, FileName(channel));
            _partial = _path + ".partial";
            _writer = new StreamWriter(new DiskStream(new FileStream(_partial, FileMode.Create, FileAccess.Write)),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            {
                NewLine = "\r\n"
            };
            _row = new string[_columns.Count];
            _writer.WriteLine(string.Join(',', (_isJson ? [.. CommonColumns, .. _columns.Keys] : RawColumns).Select(CsvText.Quote)));
        }

        public void Append(McapMessage message)
        {
            try
            {
                Write(message);
            }
            catch (IOException failure)
            {
                throw AtomicFile.Refused(_path, failure);
            }
        }

        private void Write(McapMessage message)
        {
            _writer!.Write(string.Create(CultureInfo.InvariantCulture, $"{message.LogTime},{message.PublishTime},{message.Sequence}"));
            if (_isJson)
            {
                Array.Fill(_row, "");
                Flatten(message.Data, (path, value) =>
                {
                    if (_columns.TryGetValue(path, out int column))
                    {
                        _row[column] = value;
                    }
                });
                foreach (string value in _row)
                {
                    _writer.Write(',');
                    _writer.Write(CsvText.Quote(value));
                }
            }
            else
            {
                _writer.Write($",{message.Data.Length},{Convert.ToHexStringLower(message.Data)}");
            }
            _writer.WriteLine();
        }

        public string Finish()
        {
            try
            {
                _writer!.Flush();
                _writer.Dispose();
                _writer = null;
                File.Move(_partial, _path, overwrite: true);
                return _path;
            }
            catch (IOException failure)
            {
                throw AtomicFile.Refused(_path, failure);
            }
        }

        public void Dispose()
        {
            if (_writer == null)
            {
                return;
            }

            try
            {
                _writer.Dispose();
            }
            catch (IOException)
            {
                // What failed already, and is told, fails again when the rest of the buffer goes.
            }

            File.Delete(_partial);
        }
    }

    // The channel's number keeps "/a/b" and "/a-b" apart.
    private static string FileName(McapChannel channel)
    {
        var name = new StringBuilder();
        foreach (char c in channel.Topic.Trim('/'))
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '-');
        }

        return $"{name}.{channel.Id}.csv";
    }

    // Calls with each value of a JSON message and its path. A message that is no JSON becomes one value, "invalid_json".
    private static void Flatten(ReadOnlySpan<byte> json, Action<string, string> value)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                Flatten(document.RootElement, "", value);
            }
            else
            {
                Flatten(document.RootElement, "value", value);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: text that is no UTF-8, or half a surrogate pair, which the parser passes on.
            value("invalid_json", Encoding.UTF8.GetString(json));
        }
    }

    private static void Flatten(JsonElement element, string path, Action<string, string> value)
    {
        string prefix = path.Length == 0 ? "" : path + ".";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Flatten(property.Value, prefix + property.Name, value);
                }

                break;
            case JsonValueKind.Array:
                int i = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Flatten(item, prefix + i++.ToString(CultureInfo.InvariantCulture), value);
                }

                break;
            case JsonValueKind.Null:
                value(path, "");
                break;
            case JsonValueKind.String:
                value(path, element.GetString()!);
                break;
            default:
                value(path, element.GetRawText()); // numbers as they were written, true, false
                break;
        }
    }
}
