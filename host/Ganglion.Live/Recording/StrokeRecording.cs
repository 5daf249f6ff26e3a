using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Recording;

/// <summary>What all gears of an arm were told over time, and its gripper, read from a log: of `ganglion teleop`, or of any other
/// run of the arm with --log.</summary>
public sealed class StrokeRecording
{
    /// <summary>Setpoints that are kept: two hours.</summary>
    private const int Most = 360_000;

    private readonly List<(double Time, double[] Strokes, double Grip)> _rows = [];

    private StrokeRecording()
    {
    }

    /// <summary>When the first setpoint was sent, ns of the log's epoch.</summary>
    public long Start { get; private set; }

    /// <summary>From the first to the last setpoint, s.</summary>
    public double Seconds => _rows[^1].Time;

    /// <summary>Setpoints.</summary>
    public int Count => _rows.Count;

    public int Gears => _rows[0].Strokes.Length;

    /// <summary>When a setpoint was sent, s from the first.</summary>
    public double TimeOf(int setpoint) => _rows[setpoint].Time;

    /// <summary>Its strokes, 0..1, joint-major.</summary>
    public ReadOnlySpan<double> StrokesOf(int setpoint) => _rows[setpoint].Strokes;

    /// <summary>Its grip, 0..1; not a number where there is no gripper.</summary>
    public double GripOf(int setpoint) => _rows[setpoint].Grip;

    /// <summary>Where the gears were told to be, in straight lines between setpoints.</summary>
    /// <param name="time">s from the first; before it that one holds, after the last that one.</param>
    /// <param name="strokes">Receives 0..1, joint-major.</param>
    public void At(double time, Span<double> strokes)
    {
        (int before, int after, double share) = Around(time);
        double[] from = _rows[before].Strokes, to = _rows[after].Strokes;
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = from[i] + share * (to[i] - from[i]);
        }
    }

    /// <summary>The grip that the gripper was told, likewise; not a number where there is none.</summary>
    /// <param name="time">s from the first setpoint.</param>
    public double GripAt(double time)
    {
        (int before, int after, double share) = Around(time);
        return _rows[before].Grip + share * (_rows[after].Grip - _rows[before].Grip);
    }

    private (int Before, int After, double Share) Around(double time)
    {
        int low = 0, high = _rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _rows[middle].Time > time ? (low, middle) : (middle + 1, high);
        }

        return (Math.Max(0, low - 1), Math.Min(low, _rows.Count - 1),
            low == 0 || low == _rows.Count ? 0 : (time - _rows[low - 1].Time) / (_rows[low].Time - _rows[low - 1].Time));
    }

    /// <summary>Reads the setpoints of a log, also of one that was cut off.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="robot">The arm that is to do it again.</param>
    /// <exception cref="InvalidDataException">It holds none, those of an arm with other boards or gears, or too many.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StrokeRecording Read(string path, RobotDescription robot)
    {
        var recording = new StrokeRecording();
        string name = Path.GetFileName(path);
        string[] topics = [.. robot.Boards.Select(board => $"/board/{board.Id}/setpoints")];
        double[] strokes = new double[robot.TrunkArm!.Gears.Length];
        Array.Fill(strokes, double.NaN);
        double grip = double.NaN;
        using var log = McapReader.Open(path);
        while (log.ReadMessage())
        {
            McapMessage message = log.Current;
            int board = Array.IndexOf(topics, message.Channel.Topic);
            if (board < 0 || message.Channel.MessageEncoding != "json")
            {
                continue;
            }

            Take(message.Data.ToArray(), robot, board, strokes, ref grip, $"{name}, setpoint {message.Sequence} of {topics[board]}");

            // The boards' frames of a period leave one after another: the last one makes the posture whole.
            if (board != topics.Length - 1 || Array.Exists(strokes, double.IsNaN))
            {
                continue;
            }

            long time = (long)message.LogTime;
            recording.Start = recording._rows.Count == 0 ? time : recording.Start;
            double seconds = (time - recording.Start) * 1e-9;
            if (recording._rows.Count > 0 && seconds <= recording.Seconds)
            {
                continue;
            }

            if (recording.Count == Most)
            {
                throw new InvalidDataException($"{name}: it holds more than {Most / 3000} minutes of motion: record less at a time.");
            }

            recording._rows.Add((seconds, [.. strokes], grip));
        }

        return recording.Count > 0 ? recording : throw new InvalidDataException($"{name}: it holds no setpoints for all gears of " +
            $"{robot.Name}: choose a log that was made with this robot (ganglion teleop, or --log).");
    }

    private static void Take(byte[] json, RobotDescription robot, int board, double[] strokes, ref double grip, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement travel = document.RootElement.GetProperty("travel");
            int perJoint = robot.TrunkArm!.GearsPerJoint;
            for (int i = 0; i < strokes.Length; i++)
            {
                if (robot.TrunkArm.Gears[i].Board == board)
                {
                    strokes[i] = Share($"joint-{i / perJoint + 1}-gear-{i % perJoint + 1}");
                }
            }

            if (robot.TrunkArm.Gripper is { } gripper && gripper.Servo.Board == board)
            {
                grip = Share(GripperDescription.Name);
            }

            double Share(string channel) => travel.GetProperty(channel).GetDouble() is >= 0 and <= 1 and double share ? share
                : throw new InvalidDataException($"{place}: {channel} was told {travel.GetProperty(channel)}, which is no share of its " +
                    "travel, 0 to 1: the log is damaged.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{place}: it does not tell the strokes of all gears of {robot.Name}: choose a log of this " +
                $"robot.");
        }
    }
}
