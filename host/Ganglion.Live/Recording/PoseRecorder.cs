using System.Buffers;
using System.Text;
using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Live.Tracking;

namespace Ganglion.Live.Recording;

/// <summary>
/// Writes measured poses to a log, in JSON under <see cref="Topic"/>: the tip and, where they are measured, the modules as trackers send
/// them, and beside them the "strokes" that all gears had at that moment if their servos kept up with what they were told (fractions of
/// their travel, joint-major). That is what a forward model is learned from. The same frames, modules first and the tip last, stand under
/// <see cref="FramesTopic"/> as Foxglove's foxglove.PosesInFrame, m, for its 3D panel.
/// </summary>
/// <remarks>The publish time is when the tip was there.</remarks>
public sealed class PoseRecorder
{
    public const string Topic = "/arm/pose";
    public const string FramesTopic = "/arm/frames";

    private readonly McapWriter _log;
    private readonly ArmSession _session;
    private readonly long _epoch;
    private readonly ushort _channel, _frames;
    private readonly double[] _strokes;
    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private readonly Utf8JsonWriter _json;
    private long _last = long.MinValue;
    private uint _count;

    /// <param name="log">Stays the caller's: it is not closed here.</param>
    /// <param name="session">The arm that is measured.</param>
    /// <param name="epoch">Nanoseconds from the Unix epoch to the zero of the session's clock.</param>
    public PoseRecorder(McapWriter log, ArmSession session, long epoch)
    {
        (_log, _session, _epoch) = (log, session, epoch);
        _strokes = new double[session.Arm.StrokeCount];
        _json = new Utf8JsonWriter(_text);
        _channel = log.AddChannel(Topic, "json", log.AddSchema("ganglion.Pose", "jsonschema", Encoding.UTF8.GetBytes(Schema)));
        _frames = log.AddChannel(FramesTopic, "json", log.AddSchema("foxglove.PosesInFrame", "jsonschema",
            Encoding.UTF8.GetBytes(FramesSchema)));
    }

    /// <summary>Writes a pose; the same one again is left out. The arm is armed.</summary>
    public void Note(MeasuredPosture posture)
    {
        if (posture.Time <= _last)
        {
            return;
        }

        _last = posture.Time;
        _session.StrokesAt(posture.Time, _strokes);
        Begin();
        _json.WriteStartArray("strokes");
        foreach (double stroke in _strokes)
        {
            _json.WriteNumberValue(Math.Round(stroke, 6));
        }

        _json.WriteEndArray();
        PoseJson.Write(_json, posture.Tip, posture.Modules);
        _count++;
        End(_channel, posture.Time);

        const long second = 1_000_000_000;
        Begin();
        _json.WriteStartObject("timestamp");
        _json.WriteNumber("sec", (_epoch + posture.Time) / second);
        _json.WriteNumber("nsec", (_epoch + posture.Time) % second);
        _json.WriteEndObject();
        _json.WriteString("frame_id", "base");
        _json.WriteStartArray("poses");
        foreach (Pose module in posture.Modules)
        {
            Write(module);
        }

        Write(posture.Tip);
        _json.WriteEndArray();
        End(_frames, posture.Time);
    }

    private void Begin()
    {
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End(ushort channel, long measuredAt)
    {
        _json.WriteEndObject();
        _json.Flush();
        _log.Write(channel, _count, _epoch + _session.Clock.NowNanoseconds, _epoch + measuredAt, _text.WrittenSpan);
    }

    private void Write(in Pose pose)
    {
        Quat q = pose.Orientation;
        _json.WriteStartObject();
        _json.WriteStartObject("position");
        Numbers(("x", pose.Position.X), ("y", pose.Position.Y), ("z", pose.Position.Z));
        _json.WriteStartObject("orientation");
        Numbers(("x", q.X), ("y", q.Y), ("z", q.Z), ("w", q.W));
        _json.WriteEndObject();
    }

    private void Numbers(params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        foreach ((string name, double value) in numbers)
        {
            _json.WriteNumber(name, Math.Round(value, 7));
        }

        _json.WriteEndObject();
    }

    private const string FramesSchema = """
        {"title":"foxglove.PosesInFrame","type":"object","properties":{"timestamp":{"type":"object","title":"time","properties":{
        "sec":{"type":"integer","minimum":0},"nsec":{"type":"integer","minimum":0}}},"frame_id":{"type":"string"},
        "poses":{"type":"array","items":{"title":"foxglove.Pose","type":"object","properties":{
        "position":{"title":"foxglove.Vector3","type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"},
        "z":{"type":"number"}}},"orientation":{"title":"foxglove.Quaternion","type":"object","properties":{"x":{"type":"number"},
        "y":{"type":"number"},"z":{"type":"number"},"w":{"type":"number"}}}}}}},"required":["timestamp","frame_id","poses"]}
        """;

    private const string Schema = """
        {"type":"object","properties":{"strokes":{"type":"array","items":{"type":"number"}},
        "position_mm":{"type":"array","items":{"type":"number"}},"quaternion":{"type":"array","items":{"type":"number"}},
        "modules":{"type":"array","items":{"type":"object","properties":{"position_mm":{"type":"array","items":{"type":"number"}},
        "quaternion":{"type":"array","items":{"type":"number"}}}}}}}
        """;
}
