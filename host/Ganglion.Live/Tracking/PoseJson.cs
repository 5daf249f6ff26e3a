using System.Text.Json;
using Ganglion.Basics.Space;

namespace Ganglion.Live.Tracking;

/// <summary>Writes poses as trackers send them and logs keep them: "position_mm" and "quaternion" of the tip, and "modules" with the same
/// of each.</summary>
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
