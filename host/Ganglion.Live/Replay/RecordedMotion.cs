using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Live.Replay;

/// <summary>A board that walked, played a rhythm or made pressures, read from its log, as the views that its loop published then; of a walk
/// in physics with what only the simulation knew.</summary>
public sealed class RecordedMotion
{
    private const double Radians = Math.PI / 180;

    private readonly RecordedLog _log;
    private readonly Track<Walk> _walk = new();
    private readonly Track<double[]> _positions = new();
    private readonly Track<BodyPose> _poses = new();
    private readonly Track<BodyForces> _forces = new();

    private RecordedMotion(string path, RobotDescription robot, IClock clock)
    {
        string board = robot.Boards[0].Id;
        ChannelDescription[] channels = [.. robot.ChannelsOf(0)];
        string[] names = [.. ChannelNames.Of(robot, 0)];
        _log = RecordedLog.Read(path, robot, new Dictionary<string, RecordedLog.Taker>
        {
            [$"/board/{board}/walk"] = (time, _, message) => _walk.Add(time, Walk.Of(message)),
            [$"/board/{board}/positions"] = TakePositions,
            [$"/board/{board}/setpoints"] = TakePositions,
            [BodyTopics.Pose] = (time, _, message) => _poses.Add(time, new BodyPose(Vector(message, "hips_m"),
                Turn(message, "attitude_wxyz"), Numbers(message, "angles_rad", Walker.AngleCount))),
            [BodyTopics.Forces] = (time, _, message) => _forces.Add(time, BodyForces.Of(message)),
        });
        Ground = RecordedGround.Of(Path.GetFileName(path), _log.Metadata);
        Line = new TimeLine(_log.Seconds, clock);
        Views = new RecordedViews<OwnMotionView>(Line, () => new OwnMotionView(board, channels.Length), Fill);

        void TakePositions(long time, string place, JsonElement message)
        {
            double[] positions = new double[channels.Length];
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] = channels[i] is PressureChannel valve ? Number(message.GetProperty("kpa"), names[i]) / valve.FullScale
                    : Number(message.GetProperty("travel"), names[i]);
            }

            _positions.Add(time, positions);
        }
    }

    /// <summary>Where one is.</summary>
    public TimeLine Line { get; }

    public IViews<OwnMotionView> Views { get; }

    /// <summary>What it was read from.</summary>
    public RecordedLog Log => _log;

    /// <summary>What it walked on.</summary>
    public RecordedGround Ground { get; }

    /// <summary>Reads a log, also one that was cut off.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="robot">The robot that was recorded; one board.</param>
    /// <param name="clock">By which it is to be played.</param>
    /// <exception cref="InvalidDataException">It holds no motion of this robot, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedMotion Read(string path, RobotDescription robot, IClock clock)
    {
        var motion = new RecordedMotion(path, robot, clock);
        return motion._walk.Count + motion._positions.Count + motion._poses.Count > 0 ? motion
            : throw new InvalidDataException($"{Path.GetFileName(path)}: it holds no motion of {robot.Name}: choose a log of a run in " +
                "which it moved.");
    }

    private void Fill(OwnMotionView view, double seconds)
    {
        long time = (long)(seconds * 1e9);
        view.Frame++;
        view.Time = time;
        RecordedBoard board = _log.Boards[0];
        board.Fill(view.Board, time);
        view.Attitude = board.Measured(time, view.Analog);
        (view.IsMoving, view.IsStopped) = (view.Board.State == BoardState.Running, view.Board.State == BoardState.Safe);

        // Before the first word of its walk it stands with straight legs, also where a later moment was looked at before.
        (_walk.TryGet(time, out Walk walk) ? walk : Walk.None).Fill(view);
        if (!view.IsMoving)
        {
            view.Stage = WalkStage.Rest;
        }

        if (_positions.TryGet(time, out double[] positions))
        {
            positions.CopyTo(view.Positions);
        }
        else
        {
            view.Positions.Fill(double.NaN);
        }

        BodyView body = view.Body;
        body.HasPose = _poses.TryGet(time, out BodyPose pose);
        if (body.HasPose)
        {
            (body.Hips, body.Attitude) = (pose.Hips, pose.Attitude);
            pose.Angles.CopyTo(body.Angles);
        }

        body.HasForces = _forces.TryGet(time, out BodyForces forces);
        (body.Centre, body.Pressure, body.Loads, body.Pitch, body.Slope) = (forces.Centre, forces.Pressure, forces.Loads, forces.Pitch,
            forces.Slope);
    }

    private static double Number(JsonElement message, string name) => RecordedLog.Number(message.GetProperty(name));

    private static double[] Numbers(JsonElement message, string name, int count)
    {
        JsonElement list = message.GetProperty(name);
        return list.GetArrayLength() == count ? [.. list.EnumerateArray().Select(RecordedLog.Number)]
            : throw new FormatException($"{name} has {list.GetArrayLength()} numbers, not {count}");
    }

    private static Vec3 Vector(JsonElement message, string name)
    {
        double[] v = Numbers(message, name, 3);
        return new Vec3(v[0], v[1], v[2]);
    }

    private static Quat Turn(JsonElement message, string name)
    {
        double[] q = Numbers(message, name, 4);
        return new Quat(q[0], q[1], q[2], q[3]).Normalized();
    }

    private readonly record struct BodyPose(Vec3 Hips, Quat Attitude, double[] Angles);

    private readonly record struct BodyForces(Vec3 Centre, Vec3 Pressure, (double Left, double Right) Loads, double Pitch, double Slope)
    {
        public static BodyForces Of(JsonElement message)
        {
            double[] loads = Numbers(message, "loads_n", 2);
            Vec3 pressure = message.GetProperty("pressure_m").GetArrayLength() == 0 ? new Vec3(double.NaN, double.NaN, double.NaN)
                : Vector(message, "pressure_m");
            return new BodyForces(Vector(message, "centre_m"), pressure, (loads[0], loads[1]),
                Number(message, "pitch_rad"), Number(message, "slope_rad"));
        }
    }

    private readonly record struct Walk(byte Stage, double LeftPhase, double RightPhase, bool LeftSwings, bool RightSwings, double Speed,
        double Turn, double Level, double Slope, double Shift, double[] Angles)
    {
        /// <summary>Nothing was told yet.</summary>
        public static readonly Walk None = default(Walk) with { Angles = new double[Walker.AngleCount] };

        public static Walk Of(JsonElement message) => new(
            message.GetProperty("stage").GetByte(), Number(message, "left_phase_turns"), Number(message, "right_phase_turns"),
            message.GetProperty("left_swings").GetBoolean(), message.GetProperty("right_swings").GetBoolean(),
            Number(message, "speed_m_s"), Radians * Number(message, "turn_deg_s"), Number(message, "level"),
            Radians * Number(message, "slope_deg"), 1e-3 * Number(message, "shift_mm"),
            [.. Numbers(message, "angles_deg", Walker.AngleCount).Select(angle => Radians * angle)]);

        public void Fill(OwnMotionView view)
        {
            (view.Stage, view.Speed, view.Turn, view.Level) = (Stage, Speed, Turn, Level);
            (view.Phase, view.Swings, view.Reflex) = ((LeftPhase, RightPhase), (LeftSwings, RightSwings), (Slope, Shift));
            Angles.CopyTo(view.Angles);
        }
    }
}
