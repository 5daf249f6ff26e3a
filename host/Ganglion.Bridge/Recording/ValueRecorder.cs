using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Sensing;

namespace Ganglion.Bridge.Recording;

/// <summary>
/// What a described board is told and what it measures, in units and by the names of the description: under /board/ID/setpoints what the
/// host streams, under positions what the board says its channels are told now (also by a rhythm or a walk of its own), under feet,
/// pressures and distances the sensors (a distance only where there is one); of a walker also <see cref="LegRecorder"/>. Allocates nothing.
/// </summary>
internal sealed class ValueRecorder
{
    private const double OneTravel = FixedPoint.One;
    private static readonly JsonEncodedText Travel = JsonEncodedText.Encode("travel"), Pulse = JsonEncodedText.Encode("pulse_us"),
        Kpa = JsonEncodedText.Encode("kpa"), Millimetre = JsonEncodedText.Encode("mm"), Newton = JsonEncodedText.Encode("n");

    private readonly JsonLog _log;
    private readonly (ServoChannel Servo, int At, JsonEncodedText Name)[] _servos;
    private readonly (PressureChannel Valve, int At, JsonEncodedText Name)[] _valves;
    private readonly (FootSensor Sensor, JsonEncodedText Name)[] _feet;
    private readonly JsonEncodedText[] _eyes;
    private readonly bool _measuresPressure;
    private readonly int _channels;
    private readonly LogChannel _setpoints, _positions;
    private readonly LogChannel? _footLoads, _pressures, _distances;
    private readonly LegRecorder? _legs;
    private Quat _attitude = Quat.Identity;

    /// <param name="log">Where to.</param>
    /// <param name="robot">Has the board.</param>
    /// <param name="board">Name of the board.</param>
    public ValueRecorder(JsonLog log, RobotDescription robot, string board)
    {
        _log = log;
        int index = robot.Boards.IndexOf(robot.Boards.First(one => one.Id == board));
        ChannelDescription[] channels = [.. robot.ChannelsOf(index)];
        _channels = channels.Length;
        JsonEncodedText[] names = [.. ChannelNames.Of(robot, index).Select(name => JsonEncodedText.Encode(name))];
        _servos = [.. channels.Index().Where(one => one.Item is ServoChannel).Select(one => ((ServoChannel)one.Item, one.Index,
            names[one.Index]))];
        _valves = [.. channels.Index().Where(one => one.Item is PressureChannel).Select(one => ((PressureChannel)one.Item, one.Index,
            names[one.Index]))];
        _measuresPressure = _valves.Any(valve => valve.Valve.Sensor != null);
        _feet = [.. (robot.Walker?.FootSensors ?? []).Select(foot => (foot,
            JsonEncodedText.Encode($"{(foot.Right ? "right" : "left")}_{(foot.Toe ? "toe" : "heel")}")))];
        _eyes = [.. robot.Boards[index].Chips.OfType<Vl53l0x>().Select(eye => JsonEncodedText.Encode(eye.Id))];
        _setpoints = AddNamed("setpoints");
        _positions = AddNamed("positions");
        _footLoads = _feet.Length > 0 ? AddNamed("feet") : null;
        _pressures = _measuresPressure ? AddNamed("pressures") : null;
        _distances = _eyes.Length > 0 ? AddNamed("distances") : null;
        _legs = robot.Walker == null ? null : new LegRecorder(log, robot, board);

        LogChannel AddNamed(string topic) => log.AddJson($"/board/{board}/{topic}", "ganglion.Named", LogSchemas.Named);
    }

    /// <summary>A frame to the board.</summary>
    public void Sent(long time, ReadOnlySpan<byte> frame)
    {
        if (frame[FrameFormat.TypeOffset] == MessageType.Setpoint)
        {
            Channels(_setpoints, time, Values(frame, MessageLayout.SetpointValuesAt));
        }
    }

    /// <summary>A frame from the board.</summary>
    public void Received(long time, ReadOnlySpan<byte> frame)
    {
        if (frame[FrameFormat.TypeOffset] == MessageType.Positions)
        {
            Channels(_positions, time, Values(frame, MessageLayout.PositionsValuesAt));
        }
    }

    /// <summary>The board's analog inputs, and how its body stands.</summary>
    public void Measured(long time, long measuredAt, BoardTelemetry telemetry)
    {
        _attitude = Quat.FromRotationVector(telemetry.Pitch * Vec3.UnitY) * Quat.FromRotationVector(telemetry.Roll * Vec3.UnitX);
        if (_footLoads != null && _log.Begin(_footLoads))
        {
            _log.Json.WriteStartObject(Newton);
            foreach ((FootSensor sensor, JsonEncodedText name) in _feet)
            {
                Number(name, sensor.NewtonsOf(telemetry.Analog[sensor.Input]));
            }

            _log.Json.WriteEndObject();
            _log.End(time, measuredAt);
        }

        if (_pressures != null && _log.Begin(_pressures))
        {
            _log.Json.WriteStartObject(Kpa);
            foreach ((PressureChannel valve, _, JsonEncodedText name) in _valves)
            {
                if (valve.Sensor is { } sensor)
                {
                    Number(name, valve.KpaOf(telemetry.Analog[sensor.Input]));
                }
            }

            _log.Json.WriteEndObject();
            _log.End(time, measuredAt);
        }

        if (_distances != null && _log.Begin(_distances))
        {
            _log.Json.WriteStartObject(Millimetre);
            for (int i = 0; i < _eyes.Length; i++)
            {
                if (telemetry.DistanceMm[i] is not (DistanceSensor.NoReading or DistanceSensor.OutOfRange))
                {
                    Number(_eyes[i], telemetry.DistanceMm[i]);
                }
            }

            _log.Json.WriteEndObject();
            _log.End(time, measuredAt);
        }
    }

    /// <summary>The angles that the board's walk commands.</summary>
    public void Walked(long time, long measuredAt, WalkTelemetry walk) => _legs?.Write(time, measuredAt, walk, _attitude);

    private static ReadOnlySpan<byte> Values(ReadOnlySpan<byte> frame, int at) =>
        frame[(FrameFormat.HeaderSize + at)..^FrameFormat.CrcSize];

    private void Channels(LogChannel to, long time, ReadOnlySpan<byte> values)
    {
        if (values.Length != 2 * _channels || !_log.Begin(to))
        {
            return;
        }

        if (_servos.Length > 0)
        {
            _log.Json.WriteStartObject(Travel);
            foreach ((_, int at, JsonEncodedText name) in _servos)
            {
                Number(name, Payload.I16(values, 2 * at) / OneTravel);
            }

            _log.Json.WriteEndObject();
            _log.Json.WriteStartObject(Pulse);
            foreach ((ServoChannel servo, int at, JsonEncodedText name) in _servos)
            {
                Number(name, 1e6 * servo.PulseOf(Payload.I16(values, 2 * at) / OneTravel));
            }

            _log.Json.WriteEndObject();
        }

        if (_valves.Length > 0)
        {
            _log.Json.WriteStartObject(Kpa);
            foreach ((PressureChannel valve, int at, JsonEncodedText name) in _valves)
            {
                Number(name, valve.FullScale * Payload.I16(values, 2 * at) / OneTravel);
            }

            _log.Json.WriteEndObject();
        }

        _log.End(time, time);
    }

    // Five digits: a step of a setpoint is 6e-5 of the travel.
    private void Number(JsonEncodedText name, double value) => _log.Json.WriteNumber(name, Math.Round(value, 5));
}
