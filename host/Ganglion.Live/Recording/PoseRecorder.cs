using System.Buffers;
using System.Text;
using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Live.Tracking;

namespace Ganglion.Live.Recording;

/// <summary>
/// Writes measured poses to a log, in JSON under <see cref="Topic"/>: the tip and, where they are measured, the modules as trackers send
/// them, and beside them the "strokes" that all gears had at that moment if their servos kept up with what they were told (fractions of
/// their travel, joint-major). That is what a forward model is learned from.
/// </summary>
/// <remarks>The publish time is when the tip was there.</remarks>
public sealed class PoseRecorder
{
    public const string Topic = "/arm/pose";

    private readonly McapWriter _log;
    private readonly ArmSession _session;
    private readonly long _epoch;
    private readonly ushort _channel;
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
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteStartArray("strokes");
        foreach (double stroke in _strokes)
        {
            _json.WriteNumberValue(Math.Round(stroke, 6));
        }

        _json.WriteEndArray();
        PoseJson.Write(_json, posture.Tip, posture.Modules);
        _json.WriteEndObject();
        _json.Flush();
        _log.Write(_channel, ++_count, _epoch + _session.Clock.NowNanoseconds, _epoch + posture.Time, _text.WrittenSpan);
    }

    private const string Schema = """
        {"type":"object","properties":{"strokes":{"type":"array","items":{"type":"number"}},
        "position_mm":{"type":"array","items":{"type":"number"}},"quaternion":{"type":"array","items":{"type":"number"}},
        "modules":{"type":"array","items":{"type":"object","properties":{"position_mm":{"type":"array","items":{"type":"number"}},
        "quaternion":{"type":"array","items":{"type":"number"}}}}}}}
        """;
}
