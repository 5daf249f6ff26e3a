using System.Text.Json;
using Ganglion.Basics.Space;

namespace Ganglion.Live.Tracking;

/// <summary>Writes poses as trackers send them and logs keep them, and reads those of logs: "position_mm" and "quaternion" of the tip, and
/// "modules" with the same of each.</summary>
public static class PoseJson
{
    // A tenth of a micrometre and of a microradian: finer than anything measures.
    private const int PositionDigits = 4, QuaternionDigits = 7;

    /// <param name="json">Within an object.</param>
    /// <param name="tip">REP-103, base frame, m.</param>
    /// <param name="modules">Base first; empty: left out.</param>
    public static void Write(Utf8JsonWriter json, in Pose tip, ReadOnlySpan<Pose> modules)
    {
        Write(json, tip);
        if (modules.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("modules");
        foreach (ref readonly Pose module in modules)
        {
            json.WriteStartObject();
            Write(json, module);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The tip's pose of a log.</summary>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    /// <exception cref="FormatException">It has not as many numbers as a pose, or one is not finite.</exception>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    public static Pose Read(JsonElement message)
    {
        Span<double> p = stackalloc double[3], q = stackalloc double[4];
        Numbers(message.GetProperty("position_mm"), p);
        Numbers(message.GetProperty("quaternion"), q);
        return new Pose(1e-3 * new Vec3(p[0], p[1], p[2]), new Quat(q[0], q[1], q[2], q[3]).Normalized());
    }

    private static void Numbers(JsonElement list, Span<double> into)
    {
        if (list.GetArrayLength() != into.Length)
        {
            throw new FormatException($"{list.GetArrayLength()} numbers where {into.Length} belong");
        }

        for (int i = 0; i < into.Length; i++)
        {
            into[i] = list[i].GetDouble();
            if (!double.IsFinite(into[i]))
            {
                throw new FormatException("a number that is not finite");
            }
        }
    }

    private static void Write(Utf8JsonWriter json, in Pose pose)
    {
        (double x, double y, double z) = (1000 * pose.Position.X, 1000 * pose.Position.Y, 1000 * pose.Position.Z);
        Quat q = pose.Orientation;
        json.WriteStartArray("position_mm");
        Numbers(json, PositionDigits, [x, y, z]);
        json.WriteStartArray("quaternion");
        Numbers(json, QuaternionDigits, [q.W, q.X, q.Y, q.Z]);
    }

    private static void Numbers(Utf8JsonWriter json, int digits, ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            json.WriteNumberValue(Math.Round(number, digits));
        }

        json.WriteEndArray();
    }
}
