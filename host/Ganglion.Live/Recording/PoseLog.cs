using System.Security.Cryptography;
using System.Text.Json;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Recording;

/// <summary>Reads what <see cref="PoseRecorder"/> wrote: what an arm's gears were told and where its modules were, for a forward model to
/// learn from.</summary>
public static class PoseLog
{
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P'];

    /// <summary>Whether a file is a log and not a table.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool Is(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[Magic.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Magic);
    }

    /// <summary>Reads the poses of a log, also of one that was cut off.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="arm">The arm that was measured.</param>
    /// <exception cref="InvalidDataException">It holds none, or of another arm.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedPoses Read(string path, TrunkArm arm)
    {
        using FileStream bytes = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        List<(TrackerMessage Pose, double[] Strokes)> read = [.. Measurements(path, arm)];

        // What no tracker measured is the identity in a log, and no arm that moves keeps it.
        return RecordedPoses.Of(arm, read.Select(one => (one.Strokes, one.Pose.Modules, one.Pose.Tip)), path, hash,
            turns: read.TrueForAll(one => one.Pose.HasOrientation) && read.Exists(one => one.Pose.Tip.Orientation != Quat.Identity));
    }

    private static IEnumerable<(TrackerMessage Pose, double[] Strokes)> Measurements(string path, TrunkArm arm)
    {
        using var log = McapReader.Open(path);
        while (log.ReadMessage())
        {
            if (log.Current.Channel.Topic == PoseRecorder.Topic)
            {
                yield return Measurement($"{path}, pose {log.Current.Sequence} of {PoseRecorder.Topic}", log.Current.Data.ToArray(), arm);
            }
        }
    }

    private static (TrackerMessage Pose, double[] Strokes) Measurement(string place, byte[] json, TrunkArm arm)
    {
        try
        {
            var pose = TrackerMessage.Read(json, token: null, arm.Joints);
            double[] strokes = Strokes(json);
            if (strokes.Length != arm.StrokeCount)
            {
                throw new InvalidDataException($"{place}: it has {strokes.Length} strokes and this arm {arm.StrokeCount}: choose the log " +
                    $"of this arm.");
            }

            if (!strokes.All(double.IsFinite))
            {
                throw new InvalidDataException($"{place}: a stroke is no finite number: the log is damaged.");
            }

            return (pose, strokes);
        }
        catch (InvalidOperationException)
        {
            throw new InvalidDataException($"{place}: it holds text that is no UTF-8, or half a surrogate pair: the log is damaged.");
        }
        catch (TrackerRefusedException e)
        {
            throw new InvalidDataException($"{place}: {e.Message}: choose the log of this arm.");
        }
    }

    private static double[] Strokes(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("strokes", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(stroke => stroke.ValueKind == JsonValueKind.Number ? stroke.GetDouble() : double.NaN)]
            : [];
    }
}
