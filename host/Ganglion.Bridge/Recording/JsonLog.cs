using System.Buffers;
using System.Text;
using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;

namespace Ganglion.Bridge.Recording;

/// <summary>A channel of a log and how many messages it has.</summary>
public sealed class LogChannel(ushort id)
{
    public ushort Id { get; } = id;

    public uint Count { get; set; }
}

/// <summary>Channels in JSON of a log or of whoever watches, without allocation once they are there. When it cannot be written any more, it
/// says so once and drops the rest.</summary>
/// <param name="log">Stays the caller's.</param>
/// <param name="epoch">From the Unix epoch to the zero of the clock whose times are given here, ns.</param>
public sealed class JsonLog(IMessageSink log, long epoch)
{
    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private readonly Dictionary<string, ushort> _schemas = [];
    private Utf8JsonWriter? _json;
    private LogChannel? _channel;
    private bool _hasFailed;

    /// <summary>Raised once, when the log cannot be written any more.</summary>
    public event Action<IOException>? Failed;

    /// <summary>From the Unix epoch to the zero of the clock, ns.</summary>
    public long Epoch => epoch;

    /// <summary>Writes the message that <see cref="Begin"/> began.</summary>
    public Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_text);

    /// <summary>Adds a channel of bytes as they are.</summary>
    public LogChannel AddChannel(string topic, string encoding) => Add(topic, encoding, () => 0);

    /// <summary>Adds a channel in JSON.</summary>
    /// <param name="topic">Such as /board/base/telemetry.</param>
    /// <param name="type">Name of the schema, written once however many channels have it.</param>
    /// <param name="schema">JSON schema.</param>
    public LogChannel AddJson(string topic, string type, string schema) => Add(topic, "json", () =>
    {
        if (!_schemas.TryGetValue(type, out ushort id))
        {
            _schemas.Add(type, id = log.AddSchema(type, "jsonschema", Encoding.UTF8.GetBytes(schema)));
        }

        return id;
    });

    /// <summary>Begins a message, an object.</summary>
    /// <param name="channel">Where it goes.</param>
    /// <returns>False: nobody takes it, and nothing is to be written.</returns>
    public bool Begin(LogChannel channel)
    {
        if (!IsWanted(channel))
        {
            return false;
        }

        _channel = channel;
        _text.ResetWrittenCount();
        Json.Reset();
        Json.WriteStartObject();
        return true;
    }

    /// <summary>Ends it and adds it.</summary>
    /// <param name="time">When it was written down, ns of the clock.</param>
    /// <param name="measuredAt">When it came about, ns of the clock.</param>
    public void End(long time, long measuredAt)
    {
        Json.WriteEndObject();
        Json.Flush();
        Write(_channel!, time, measuredAt, _text.WrittenSpan);
    }

    /// <summary>A moment as Foxglove's messages have it.</summary>
    /// <param name="time">ns of the clock.</param>
    public void WriteTimestamp(long time)
    {
        const long second = 1_000_000_000;
        long ns = Math.Max(0, epoch + time);
        Json.WriteStartObject("timestamp");
        Json.WriteNumber("sec", ns / second);
        Json.WriteNumber("nsec", ns % second);
        Json.WriteEndObject();
    }

    /// <summary>A place or a direction as Foxglove's messages have it, to 1e-7.</summary>
    public void WriteVector(ReadOnlySpan<byte> name, in Vec3 v)
    {
        Json.WriteStartObject(name);
        Number("x"u8, v.X);
        Number("y"u8, v.Y);
        Number("z"u8, v.Z);
        Json.WriteEndObject();
    }

    /// <summary>A rotation as Foxglove's messages have it, to 1e-7.</summary>
    public void WriteQuaternion(ReadOnlySpan<byte> name, in Quat q)
    {
        Json.WriteStartObject(name);
        Number("x"u8, q.X);
        Number("y"u8, q.Y);
        Number("z"u8, q.Z);
        Number("w"u8, q.W);
        Json.WriteEndObject();
    }

    /// <summary>The fields of foxglove.JointStates but for the time.</summary>
    /// <param name="names">Of the joints.</param>
    /// <param name="values">As many, rad or m.</param>
    public void WriteJoints(ReadOnlySpan<JsonEncodedText> names, ReadOnlySpan<double> values)
    {
        Json.WriteStartArray("joints"u8);
        for (int i = 0; i < values.Length; i++)
        {
            Json.WriteStartObject();
            Json.WriteString("name"u8, names[i]);
            Number("position"u8, values[i]);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    /// <summary>Adds bytes as they are.</summary>
    public void Write(LogChannel channel, long time, long measuredAt, ReadOnlySpan<byte> data)
    {
        if (!IsWanted(channel))
        {
            return;
        }

        try
        {
            log.Write(channel.Id, ++channel.Count, epoch + time, Math.Max(0, epoch + measuredAt), data);
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    private void Number(ReadOnlySpan<byte> name, double value) => Json.WriteNumber(name, Math.Round(value, 7));

    private bool IsWanted(LogChannel channel) => !_hasFailed && log.IsWanted(channel.Id);

    private LogChannel Add(string topic, string encoding, Func<ushort> schema)
    {
        try
        {
            return new LogChannel(_hasFailed ? (ushort)0 : log.AddChannel(topic, encoding, schema()));
        }
        catch (IOException e)
        {
            Fail(e);
            return new LogChannel(0);
        }
    }

    private void Fail(IOException failure)
    {
        _hasFailed = true;
        Failed?.Invoke(failure);
    }
}
