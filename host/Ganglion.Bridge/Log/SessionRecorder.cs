using System.Buffers;
using System.Text;
using System.Text.Json;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Log;

/// <summary>
/// Writes everything that goes between host and boards to a log: every frame as it was (topics /board/ID/tx and rx), and in
/// JSON telemetry, identity and events. Frames and telemetry are written without allocation.
/// </summary>
/// <remarks>Log times are the host's, shifted to the Unix epoch. Telemetry carries as its publish time the moment when the
/// board measured it. A log that cannot be written ends the recording and nothing else: what it records goes on.</remarks>
public sealed class SessionRecorder : IBoardObserver
{
    private const double DegreesPerRadian = 180 / Math.PI;

    private readonly McapWriter _log;
    private readonly long _epoch;
    private readonly Dictionary<string, Channels> _boards = [];
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly ushort _telemetrySchema, _walkSchema, _identitySchema, _eventSchema;
    private bool _hasFailed;

    /// <param name="log">Stays the caller's: it is not closed here.</param>
    /// <param name="clock">The clock that the sessions use.</param>
    /// <param name="now">The date and time that belong to the clock's present.</param>
    public SessionRecorder(McapWriter log, IClock clock, DateTimeOffset now)
    {
        _log = log;
        _epoch = (now - DateTimeOffset.UnixEpoch).Ticks * 100 - clock.NowNanoseconds;
        _json = new Utf8JsonWriter(_text);
        _telemetrySchema = AddSchema("ganglion.Telemetry", TelemetrySchema);
        _walkSchema = AddSchema("ganglion.WalkTelemetry", WalkSchema);
        _identitySchema = AddSchema("ganglion.Identity", IdentitySchema);
        _eventSchema = AddSchema("ganglion.Event", EventSchema);
        log.AddMetadata("protocol", [
            new("version", Definition.ProtocolVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("definition", Definition.Hash.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)),
        ]);
    }

    /// <summary>Raised once, when the log cannot be written any more: recording has ended.</summary>
    public event Action<IOException>? Failed;

    /// <summary>From the Unix epoch to the zero of the sessions' clock, ns.</summary>
    public long Epoch => _epoch;

    public void FrameSent(string board, long time, ReadOnlySpan<byte> frame)
    {
        Channels channels = Of(board);
        Write(channels.Sent, ++channels.SentCount, _epoch + time, _epoch + time, frame);
    }

    public void FrameReceived(string board, long time, ReadOnlySpan<byte> frame)
    {
        Channels channels = Of(board);
        Write(channels.Received, ++channels.ReceivedCount, _epoch + time, _epoch + time, frame);
    }

    public void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt)
    {
        Channels channels = Of(board);
        Begin();
        _json.WriteString(Key.State, StateWords.Name(telemetry.State));
        _json.WriteNumber(Key.Reason, telemetry.Reason);
        _json.WriteNumber(Key.Detail, telemetry.Detail);
        _json.WriteNumber(Key.Mode, telemetry.Mode);
        _json.WriteNumber(Key.BoardTime, telemetry.BoardTime);
        _json.WriteNumber(Key.Buffered, telemetry.Buffered);
        _json.WriteNumber(Key.MaxWork, telemetry.MaxWorkUs);
        _json.WriteNumber(Key.Overruns, telemetry.Overruns);
        _json.WriteNumber(Key.LateFrames, telemetry.LateFrames);
        _json.WriteNumber(Key.MissedFrames, telemetry.MissedFrames);
        _json.WriteNumber(Key.RefusedFrames, telemetry.RefusedFrames);
        _json.WriteNumber(Key.StarvedTicks, telemetry.StarvedTicks);
        _json.WriteNumber(Key.ChecksumErrors, telemetry.ChecksumErrors);
        _json.WriteNumber(Key.I2cErrors, telemetry.I2cErrors);
        if (telemetry.HasImu)
        {
            _json.WriteStartObject(Key.Imu);
            _json.WriteBoolean(Key.Frozen, telemetry.ImuFrozen);
            _json.WriteNumber(Key.Pitch, telemetry.Pitch * DegreesPerRadian);
            _json.WriteNumber(Key.Roll, telemetry.Roll * DegreesPerRadian);
            _json.WriteNumber(Key.PitchRate, telemetry.PitchRate * DegreesPerRadian);
            _json.WriteNumber(Key.RollRate, telemetry.RollRate * DegreesPerRadian);
            _json.WriteEndObject();
        }
        _json.WriteStartArray(Key.Analog);
        for (int i = 0; i < telemetry.Analog.Length; i++)
        {
            _json.WriteNumberValue(telemetry.Analog[i]);
        }

        _json.WriteEndArray();
        End(channels.Telemetry, ++channels.TelemetryCount, time, measuredAt);
    }

    public void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt)
    {
        Channels channels = Of(board);
        Begin();
        _json.WriteNumber(Key.Stage, walk.Stage);
        _json.WriteNumber(Key.BoardTime, walk.BoardTime);
        _json.WriteBoolean(Key.LeftSwings, walk.LeftSwings);
        _json.WriteBoolean(Key.RightSwings, walk.RightSwings);
        _json.WriteNumber(Key.LeftPhase, walk.LeftPhase);
        _json.WriteNumber(Key.RightPhase, walk.RightPhase);
        _json.WriteNumber(Key.Speed, walk.Speed);
        _json.WriteNumber(Key.Turn, walk.Turn * DegreesPerRadian);
        _json.WriteNumber(Key.Level, walk.Level);
        _json.WriteNumber(Key.Slope, walk.Slope * DegreesPerRadian);
        _json.WriteNumber(Key.Shift, walk.Shift * 1e3);
        _json.WriteStartArray(Key.Angles);
        for (int i = 0; i < walk.Angles.Length; i++)
        {
            _json.WriteNumberValue(walk.Angles[i] * DegreesPerRadian);
        }

        _json.WriteEndArray();
        End(channels.Walk, ++channels.WalkCount, time, measuredAt);
    }

    public void Identified(string board, long time, BoardIdentity identity)
    {
        Channels channels = Of(board);
        Begin();
        _json.WriteString("firmware", identity.Firmware.ToString());
        _json.WriteNumber("protocol", identity.Protocol);
        _json.WriteString("definition", identity.DefinitionHash.ToString("X8", System.Globalization.CultureInfo.InvariantCulture));
        _json.WriteNumber("profile", identity.Profile);
        _json.WriteNumber("tick_ms", identity.TickMs);
        _json.WriteString(Key.State, StateWords.Name(identity.State));
        _json.WriteNumber(Key.Reason, identity.Reason);
        _json.WriteNumber(Key.Detail, identity.Detail);
        _json.WriteNumber("channels", identity.Channels);
        _json.WriteNumber("chips", identity.Chips);
        _json.WriteString("config_hash", identity.ConfigHash.ToString("X8", System.Globalization.CultureInfo.InvariantCulture));
        End(channels.Identity, ++channels.IdentityCount, time, time);
    }

    public void Happened(BoardEvent what)
    {
        Channels channels = Of(what.Board);
        Begin();
        _json.WriteString("kind", what.Kind.ToString());
        _json.WriteString(Key.State, StateWords.Name(what.State));
        _json.WriteNumber(Key.Reason, what.Reason);
        _json.WriteNumber(Key.Detail, what.Detail);
        _json.WriteString("words", what.Words);
        End(channels.Events, ++channels.EventCount, what.Time, what.Time);
    }

    private void Begin()
    {
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
    }

    private void End(ushort channel, uint sequence, long time, long measuredAt)
    {
        _json.WriteEndObject();
        _json.Flush();
        Write(channel, sequence, _epoch + time, Math.Max(0, _epoch + measuredAt), _text.WrittenSpan);
    }

    private void Write(ushort channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            _log.Write(channel, sequence, logTime, publishTime, data);
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    private ushort AddChannel(string topic, string encoding, ushort schema = 0)
    {
        try
        {
            return _hasFailed ? (ushort)0 : _log.AddChannel(topic, encoding, schema);
        }
        catch (IOException e)
        {
            Fail(e);
            return 0;
        }
    }

    private void Fail(IOException failure)
    {
        if (!_hasFailed)
        {
            _hasFailed = true;
            Failed?.Invoke(failure);
        }
    }

    private Channels Of(string board)
    {
        if (!_boards.TryGetValue(board, out Channels? channels))
        {
            _boards.Add(board, channels = new Channels(this, board));
        }

        return channels;
    }

    private ushort AddSchema(string name, string text) => _log.AddSchema(name, "jsonschema", Encoding.UTF8.GetBytes(text));

    private sealed class Channels(SessionRecorder recorder, string board)
    {
        public readonly ushort Sent = recorder.AddChannel($"/board/{board}/tx", "ganglion.frame");
        public readonly ushort Received = recorder.AddChannel($"/board/{board}/rx", "ganglion.frame");
        public readonly ushort Telemetry = recorder.AddChannel($"/board/{board}/telemetry", "json", recorder._telemetrySchema);
        public readonly ushort Identity = recorder.AddChannel($"/board/{board}/identity", "json", recorder._identitySchema);
        public readonly ushort Events = recorder.AddChannel($"/board/{board}/events", "json", recorder._eventSchema);
        public readonly ushort Walk = recorder.AddChannel($"/board/{board}/walk", "json", recorder._walkSchema);
        public uint SentCount, ReceivedCount, TelemetryCount, WalkCount, IdentityCount, EventCount;
    }

    // Encoded once, so that writing them does not look for characters to escape.
    private static class Key
    {
        public static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
        public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
        public static readonly JsonEncodedText Detail = JsonEncodedText.Encode("detail");
        public static readonly JsonEncodedText Mode = JsonEncodedText.Encode("mode");
        public static readonly JsonEncodedText BoardTime = JsonEncodedText.Encode("board_time_us");
        public static readonly JsonEncodedText Buffered = JsonEncodedText.Encode("buffered");
        public static readonly JsonEncodedText MaxWork = JsonEncodedText.Encode("max_work_us");
        public static readonly JsonEncodedText Overruns = JsonEncodedText.Encode("overruns");
        public static readonly JsonEncodedText LateFrames = JsonEncodedText.Encode("late_frames");
        public static readonly JsonEncodedText MissedFrames = JsonEncodedText.Encode("missed_frames");
        public static readonly JsonEncodedText RefusedFrames = JsonEncodedText.Encode("refused_frames");
        public static readonly JsonEncodedText StarvedTicks = JsonEncodedText.Encode("starved_ticks");
        public static readonly JsonEncodedText ChecksumErrors = JsonEncodedText.Encode("checksum_errors");
        public static readonly JsonEncodedText I2cErrors = JsonEncodedText.Encode("i2c_errors");
        public static readonly JsonEncodedText Imu = JsonEncodedText.Encode("imu");
        public static readonly JsonEncodedText Frozen = JsonEncodedText.Encode("frozen");
        public static readonly JsonEncodedText Pitch = JsonEncodedText.Encode("pitch_deg");
        public static readonly JsonEncodedText Roll = JsonEncodedText.Encode("roll_deg");
        public static readonly JsonEncodedText PitchRate = JsonEncodedText.Encode("pitch_rate_deg_s");
        public static readonly JsonEncodedText RollRate = JsonEncodedText.Encode("roll_rate_deg_s");
        public static readonly JsonEncodedText Analog = JsonEncodedText.Encode("analog_v");
        public static readonly JsonEncodedText Stage = JsonEncodedText.Encode("stage");
        public static readonly JsonEncodedText LeftSwings = JsonEncodedText.Encode("left_swings");
        public static readonly JsonEncodedText RightSwings = JsonEncodedText.Encode("right_swings");
        public static readonly JsonEncodedText LeftPhase = JsonEncodedText.Encode("left_phase_turns");
        public static readonly JsonEncodedText RightPhase = JsonEncodedText.Encode("right_phase_turns");
        public static readonly JsonEncodedText Speed = JsonEncodedText.Encode("speed_m_s");
        public static readonly JsonEncodedText Turn = JsonEncodedText.Encode("turn_deg_s");
        public static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
        public static readonly JsonEncodedText Slope = JsonEncodedText.Encode("slope_deg");
        public static readonly JsonEncodedText Shift = JsonEncodedText.Encode("shift_mm");
        public static readonly JsonEncodedText Angles = JsonEncodedText.Encode("angles_deg");
    }

    private const string TelemetrySchema = """
        {"type":"object","properties":{"state":{"type":"string"},"reason":{"type":"integer"},"detail":{"type":"integer"},
        "mode":{"type":"integer"},"board_time_us":{"type":"integer"},"buffered":{"type":"integer"},"max_work_us":{"type":"integer"},
        "overruns":{"type":"integer"},"late_frames":{"type":"integer"},"missed_frames":{"type":"integer"},
        "refused_frames":{"type":"integer"},"starved_ticks":{"type":"integer"},"checksum_errors":{"type":"integer"},
        "i2c_errors":{"type":"integer"},"imu":{"type":"object","properties":{"frozen":{"type":"boolean"},"pitch_deg":{"type":"number"},
        "roll_deg":{"type":"number"},"pitch_rate_deg_s":{"type":"number"},"roll_rate_deg_s":{"type":"number"}}},
        "analog_v":{"type":"array","items":{"type":"number"}}}}
        """;

    private const string WalkSchema = """
        {"type":"object","properties":{"stage":{"type":"integer"},"board_time_us":{"type":"integer"},"left_swings":{"type":"boolean"},
        "right_swings":{"type":"boolean"},"left_phase_turns":{"type":"number"},"right_phase_turns":{"type":"number"},
        "speed_m_s":{"type":"number"},"turn_deg_s":{"type":"number"},"level":{"type":"number"},"slope_deg":{"type":"number"},
        "shift_mm":{"type":"number"},"angles_deg":{"type":"array","items":{"type":"number"}}}}
        """;

    private const string IdentitySchema = """
        {"type":"object","properties":{"firmware":{"type":"string"},"protocol":{"type":"integer"},"definition":{"type":"string"},
        "profile":{"type":"integer"},"tick_ms":{"type":"integer"},"state":{"type":"string"},"reason":{"type":"integer"},
        "detail":{"type":"integer"},"channels":{"type":"integer"},"chips":{"type":"integer"},"config_hash":{"type":"string"}}}
        """;

    private const string EventSchema = """
        {"type":"object","properties":{"kind":{"type":"string"},"state":{"type":"string"},"reason":{"type":"integer"},
        "detail":{"type":"integer"},"words":{"type":"string"}}}
        """;
}
