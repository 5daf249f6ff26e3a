using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ganglion.Basics.Space;

namespace Ganglion.Live.Tracking;

/// <summary>Why a tracker's datagram was not taken.</summary>
public enum TrackerRefusal
{
    /// <summary>No JSON object, or a field is missing or of the wrong kind.</summary>
    Malformed,
    /// <summary>A number is NaN, infinite, or the quaternion is no rotation.</summary>
    NotFinite,
    /// <summary>The token is missing or another one.</summary>
    WrongToken,
    /// <summary>Another frame is named, or the place is beyond the arm's reach.</summary>
    ForeignFrame,
    /// <summary>Faster than the arm can move.</summary>
    Jump,
    /// <summary>Older than what is known already, or too long on its way.</summary>
    Late,
}

/// <summary>A datagram was not taken.</summary>
/// <param name="refusal">Under which count it goes.</param>
/// <param name="words">What was wrong with it.</param>
internal sealed class TrackerRefusedException(TrackerRefusal refusal, string words) : Exception(words)
{
    public TrackerRefusal Refusal { get; } = refusal;
}

/// <summary>One measurement as a tracker sends it: a JSON object a datagram; the fields are told in TRACKER.md.</summary>
/// <param name="Seconds">Time on the sender's own clock, s; null where it does not tell.</param>
/// <param name="Tip">REP-103, base frame, m; the identity where no orientation is measured.</param>
/// <param name="HasOrientation">Whether there was a quaternion.</param>
/// <param name="Modules">Poses of all modules, base first; empty where only the tip is measured.</param>
internal sealed record TrackerMessage(double? Seconds, Pose Tip, bool HasOrientation, Pose[] Modules)
{
    /// <summary>Bytes of the longest datagram that is looked at.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The only frame there is.</summary>
    public const string BaseFrame = "base";

    /// <summary>A quaternion may be this far from length 1, for trackers that round.</summary>
    private const double UnitTolerance = 0.02;

    /// <summary>Reads a datagram.</summary>
    /// <param name="datagram">UTF-8.</param>
    /// <param name="token">What it must carry; null: nothing.</param>
    /// <param name="modules">Modules of the arm.</param>
    /// <exception cref="TrackerRefusedException">It cannot be used.</exception>
    public static TrackerMessage Read(ReadOnlyMemory<byte> datagram, string? token, int modules)
    {
        try
        {
            return ReadText(datagram, token, modules);
        }
        catch (InvalidOperationException)
        {
            // Bytes and escapes that are no Unicode pass the parser, and fail where a text or a name is looked at.
            throw new TrackerRefusedException(TrackerRefusal.Malformed, "it holds text that is no UTF-8, or half a surrogate pair");
        }
    }

    private static TrackerMessage ReadText(ReadOnlyMemory<byte> datagram, string? token, int modules)
    {
        using JsonDocument document = Parse(datagram);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, "it is no JSON object");
        }

        if (token != null && !(root.TryGetProperty("token", out JsonElement given) && given.ValueKind == JsonValueKind.String
            && Same(given.GetString()!, token)))
        {
            throw new TrackerRefusedException(TrackerRefusal.WrongToken, "its token is missing or wrong");
        }

        if (root.TryGetProperty("frame", out JsonElement frame) && !(frame.ValueKind == JsonValueKind.String
            && frame.ValueEquals(BaseFrame)))
        {
            throw new TrackerRefusedException(TrackerRefusal.ForeignFrame, $"its frame is {frame.GetRawText()}, not \"{BaseFrame}\"");
        }

        double? seconds = root.TryGetProperty("t", out JsonElement time) ? Number(time, "t") : null;
        Pose tip = ReadPose(root, "", required: false, out bool turned);
        return new TrackerMessage(seconds, tip, turned, root.TryGetProperty("modules", out JsonElement list)
            ? ReadModules(list, modules) : []);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> datagram)
    {
        try
        {
            return JsonDocument.Parse(datagram);
        }
        catch (JsonException e)
        {
            // Some writers put NaN where JSON has no word for it.
            string text = Encoding.UTF8.GetString(datagram.Span);
            throw text.Contains("NaN", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal)
                ? new TrackerRefusedException(TrackerRefusal.NotFinite, "it holds NaN or Infinity")
                : new TrackerRefusedException(TrackerRefusal.Malformed, $"it is no JSON (byte {e.BytePositionInLine})");
        }
    }

    private static Pose[] ReadModules(JsonElement list, int modules)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != modules)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"modules is no list of {modules} poses, one a module of this arm");
        }

        return [.. list.EnumerateArray().Select((module, i) => ReadPose(module, $"modules[{i}].", required: true, out _))];
    }

    private static Pose ReadPose(JsonElement pose, string place, bool required, out bool turned)
    {
        if (pose.ValueKind != JsonValueKind.Object)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"{place.TrimEnd('.')} is no object");
        }

        if (!pose.TryGetProperty("position_mm", out JsonElement position))
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"{place}position_mm is missing");
        }

        double[] p = Numbers(position, place + "position_mm", 3);
        turned = pose.TryGetProperty("quaternion", out JsonElement quaternion);
        if (!turned && required)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"{place}quaternion is missing");
        }

        return new Pose(new Vec3(p[0] / 1000, p[1] / 1000, p[2] / 1000), turned ? Rotation(quaternion, place + "quaternion")
            : Quat.Identity);
    }

    private static Quat Rotation(JsonElement element, string place)
    {
        double[] q = Numbers(element, place, 4);
        double length = Math.Sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        return Math.Abs(length - 1) <= UnitTolerance
            ? new Quat(q[0], q[1], q[2], q[3]).Normalized()
            : throw new TrackerRefusedException(TrackerRefusal.NotFinite,
                $"{place} has length {length:0.###}, a rotation has 1");
    }

    private static double[] Numbers(JsonElement list, string place, int count)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != count)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"{place} is no list of {count} numbers");
        }

        return [.. list.EnumerateArray().Select(element => Number(element, place))];
    }

    private static double Number(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, $"{place} holds {element.GetRawText()}, which is no number");
        }

        return element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw new TrackerRefusedException(TrackerRefusal.NotFinite, $"{place} holds {element.GetRawText()}");
    }

    private static bool Same(string given, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}
