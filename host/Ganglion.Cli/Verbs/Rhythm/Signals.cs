using System.Globalization;
using System.Text;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>One signal.</summary>
/// <param name="Group">What it belongs to, with the unit, as in angle_rad.</param>
/// <param name="Name">Within the group, as in upper.</param>
/// <param name="Values">One a sample.</param>
internal sealed record Signal(string Group, string Name, double[] Values);

/// <summary>Signals that were sampled together: as a table, as a log, on the terminal.</summary>
/// <param name="step">Between two samples, s.</param>
/// <param name="signals">All of one length.</param>
internal sealed class Signals(double step, params Signal[] signals)
{
    /// <summary>Topic of the log's only channel.</summary>
    public const string Topic = "/rhythm/signals";

    private int Samples => signals[0].Values.Length;

    /// <summary>Writes the table, RFC 4180: time_s, then a column a signal, its group and its name.</summary>
    public void WriteCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.NewLine = "\r\n";
        writer.WriteLine(string.Join(',', signals.Select(signal => $"{signal.Name}_{signal.Group}").Prepend("time_s")));
        var line = new StringBuilder();
        for (int k = 0; k < Samples; k++)
        {
            line.Clear().Append(CultureInfo.InvariantCulture, $"{k * step:0.#########}");
            foreach (Signal signal in signals)
            {
                line.Append(CultureInfo.InvariantCulture, $",{signal.Values[k]:G9}");
            }

            writer.WriteLine(line);
        }
    });

    /// <summary>Writes an MCAP log: one channel of JSON, a message a sample, signals by group and name; time runs from 0.</summary>
    /// <param name="path">A new file.</param>
    /// <param name="made">What it was made from.</param>
    /// <exception cref="IOException">There is a log of that name, or it cannot be written.</exception>
    public void WriteLog(string path, IEnumerable<KeyValuePair<string, string>> made)
    {
        using var log = McapWriter.Create(path);
        log.AddMetadata("run", made.Prepend(new("version", Output.Version)));
        var json = new JsonLog(log, 0);
        json.Failed += failure => throw failure;
        LogChannel channel = json.AddJson(Topic, "ganglion.Signals", LogSchemas.Named);
        (JsonEncodedText Group, (JsonEncodedText Name, double[] Values)[] Signals)[] groups = [.. signals.GroupBy(signal => signal.Group)
            .Select(group => (JsonEncodedText.Encode(group.Key), group.Select(signal =>
                (JsonEncodedText.Encode(signal.Name), signal.Values)).ToArray()))];
        for (int k = 0; k < Samples; k++)
        {
            json.Begin(channel);
            foreach ((JsonEncodedText group, (JsonEncodedText Name, double[] Values)[] within) in groups)
            {
                json.Json.WriteStartObject(group);
                foreach ((JsonEncodedText name, double[] values) in within)
                {
                    json.Json.WriteNumber(name, Math.Round(values[k], 7));
                }

                json.Json.WriteEndObject();
            }

            long time = (long)Math.Round(k * step * 1e9);
            json.End(time, time);
        }
    }
}
