using System.Globalization;
using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Recording;

/// <summary>
/// Writes everything that goes between host and boards to a log: every frame as it was (topics /board/ID/tx and rx), and in
/// JSON telemetry, identity, events, and with a description what was commanded and measured in units (<see cref="ValueRecorder"/>). Frames
/// and telemetry are written without allocation.
/// </summary>
/// <remarks>Log times are the host's, shifted to the Unix epoch. Telemetry carries as its publish time the moment when the
/// board measured it. A log that cannot be written ends the recording and nothing else: what it records goes on.</remarks>
public sealed class SessionRecorder : IBoardObserver
{
    private const double DegreesPerRadian = 180 / Math.PI;

    private readonly JsonLog _log;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, Channels> _boards = [];
    private readonly RobotDescription? _robot;

    /// <param name="log">Stays the caller's: it is not closed here.</param>
    /// <param name="clock">The clock that the sessions use.</param>
    /// <param name="now">The date and time that belong to the clock's present.</param>
    /// <param name="robot">Whose boards they are, by their names: then values of channels and sensors are written in their units as well;
    /// null: of boards that nobody described, what they send alone.</param>
    public SessionRecorder(IMessageSink log, IClock clock, DateTimeOffset now, RobotDescription? robot = null)
    {
        _log = new JsonLog(log, (now - DateTimeOffset.UnixEpoch).Ticks * 100 - clock.NowNanoseconds);
        _json = _log.Json;
        _robot = robot;
        log.AddMetadata("protocol", [
            new("version", Definition.ProtocolVersion.ToString(CultureInfo.InvariantCulture)),
            new("definition", Definition.Hash.ToString("X8", CultureInfo.InvariantCulture)),
        ]);
    }

    /// <summary>Raised once, when the log cannot be written any more: recording has ended.</summary>
    public event Action<IOException>? Failed
    {
        add => _log.Failed += value;
        remove => _log.Failed -= value;
    }

    /// <summary>For what else belongs into the same log.</summary>
    public JsonLog Log => _log;

    public void FrameSent(string board, long time, ReadOnlySpan<byte> frame)
    {
        Channels channels = Of(board);
        _log.Write(channels.Sent, time, time, frame);
        channels.Values?.Sent(time, frame);
    }

    public void FrameReceived(string board, long time, ReadOnlySpan<byte> frame)
    {
        Channels channels = Of(board);
        _log.Write(channels.Received, time, time, frame);
        channels.Values?.Received(time, frame);
    }

    public void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt)
    {
        Channels channels = Of(board);
        if (_log.Begin(channels.Telemetry))
        {
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
            _json.WriteStartArray(Key.Distance);
            for (int i = 0; i < telemetry.DistanceMm.Length; i++)
            {
                _json.WriteNumberValue(telemetry.DistanceMm[i]);
            }

            _json.WriteEndArray();
            _log.End(time, measuredAt);
        }

        channels.Values?.Measured(time, measuredAt, telemetry);
    }

    public void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt)
    {
        Channels channels = Of(board);
        if (_log.Begin(channels.Walk))
        {
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
            _log.End(time, measuredAt);
        }

        channels.Values?.Walked(time, measuredAt, walk);
    }

    public void Identified(string board, long time, BoardIdentity identity)
    {
        Channels channels = Of(board);
        if (_log.Begin(channels.Identity))
        {
            _json.WriteString("firmware", identity.Firmware.ToString());
            _json.WriteString("name", identity.Name);
            _json.WriteNumber("protocol", identity.Protocol);
            _json.WriteString("definition", identity.DefinitionHash.ToString("X8", CultureInfo.InvariantCulture));
            _json.WriteNumber("profile", identity.Profile);
            _json.WriteNumber("tick_ms", identity.TickMs);
            _json.WriteString(Key.State, StateWords.Name(identity.State));
            _json.WriteNumber(Key.Reason, identity.Reason);
            _json.WriteNumber(Key.Detail, identity.Detail);
            _json.WriteNumber("channels", identity.Channels);
            _json.WriteNumber("chips", identity.Chips);
            _json.WriteString("config_hash", identity.ConfigHash.ToString("X8", CultureInfo.InvariantCulture));
            _log.End(time, time);
        }
    }

    public void Happened(BoardEvent what)
    {
        Channels channels = Of(what.Board);
        if (_log.Begin(channels.Events))
        {
            _log.WriteTimestamp(what.Time);
            _json.WriteNumber("level", what.Level);
            _json.WriteString("message", what.Words);
            _json.WriteString("name", what.Board);
            _json.WriteString("file", "");
            _json.WriteNumber("line", 0);
            _json.WriteString("kind", what.Kind.ToString());
            _json.WriteString(Key.State, StateWords.Name(what.State));
            _json.WriteNumber(Key.Reason, what.Reason);
            _json.WriteNumber(Key.Detail, what.Detail);
            _log.End(what.Time, what.Time);
        }
    }

    private Channels Of(string board)
    {
        if (!_boards.TryGetValue(board, out Channels? channels))
        {
            _boards.Add(board, channels = new Channels(_log, _robot, board));
        }

        return channels;
    }

    private sealed class Channels
    {
        public readonly LogChannel Sent, Received, Telemetry, Identity, Events, Walk;
        public readonly ValueRecorder? Values;

        public Channels(JsonLog log, RobotDescription? robot, string board)
        {
            Sent = log.AddChannel($"/board/{board}/tx", "ganglion.frame");
            Received = log.AddChannel($"/board/{board}/rx", "ganglion.frame");
            Telemetry = log.AddJson($"/board/{board}/telemetry", "ganglion.Telemetry", LogSchemas.Telemetry);
            Identity = log.AddJson($"/board/{board}/identity", "ganglion.Identity", LogSchemas.Identity);
            Events = log.AddJson($"/board/{board}/events", "foxglove.Log", LogSchemas.Log);
            Walk = log.AddJson($"/board/{board}/walk", "ganglion.WalkTelemetry", LogSchemas.Walk);
            Values = robot != null && robot.Boards.Any(one => one.Id == board) ? new ValueRecorder(log, robot, board) : null;
        }
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
        public static readonly JsonEncodedText Distance = JsonEncodedText.Encode("distance_mm");
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
}
