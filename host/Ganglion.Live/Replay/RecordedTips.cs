using Ganglion.Basics.Space;
using Ganglion.Live.Recording;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Replay;

/// <summary>Where the tip of an arm was measured while it was recorded.</summary>
public sealed class RecordedTips
{
    /// <summary>Poses further apart tell nothing about what lies between them, s.</summary>
    private const double LongestPause = 0.1;

    private readonly List<(double Time, Vec3 Tip)> _tips = [];

    private RecordedTips()
    {
    }

    /// <summary>Measurements.</summary>
    public int Count => _tips.Count;

    /// <summary>Reads them; a log without any has none.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="robot">The arm that was recorded.</param>
    /// <param name="strokes">What it was told; its first setpoint is time 0.</param>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedTips Read(string path, RobotDescription robot, StrokeRecording strokes)
    {
        var read = new RecordedTips();
        List<(long Time, Vec3 Tip)> all = [];
        var log = RecordedLog.Read(path, robot, new Dictionary<string, RecordedLog.Taker>
        {
            [PoseRecorder.Topic] = (time, place, message) => all.Add((time, PoseJson.Read(message).Position)),
        });
        foreach ((long time, Vec3 tip) in all.OrderBy(one => one.Time))
        {
            read._tips.Add(((time + log.Start - strokes.Start) * 1e-9, tip));
        }

        return read;
    }

    /// <summary>Where it was, in a straight line between two measurements.</summary>
    /// <param name="time">s from the first setpoint.</param>
    /// <param name="tip">m.</param>
    /// <returns>False: nothing was measured about then.</returns>
    public bool TryGet(double time, out Vec3 tip)
    {
        int low = 0, after = _tips.Count;
        while (low < after)
        {
            int middle = (low + after) / 2;
            (low, after) = _tips[middle].Time < time ? (middle + 1, after) : (low, middle);
        }

        tip = default;
        if (after == 0 || after == _tips.Count || _tips[after].Time - _tips[after - 1].Time > LongestPause)
        {
            return false;
        }

        double share = (time - _tips[after - 1].Time) / (_tips[after].Time - _tips[after - 1].Time);
        tip = _tips[after - 1].Tip + share * (_tips[after].Tip - _tips[after - 1].Tip);
        return true;
    }
}
