using System.Text.Json;
using Ganglion.Bridge.Log;

namespace Ganglion.Live.Replay;

/// <summary>What a walker walked on.</summary>
/// <param name="Name">For people, such as "ramp 15 deg".</param>
/// <param name="Stretches">Length along x (m), slope (rad, up above 0) and the step at its beginning (m, up above 0), from x = 0 on; the
/// first and the last go on.</param>
/// <param name="IsBelt">It is level in its own frame, and as a whole has the slope that the moment tells.</param>
public sealed record RecordedGround(string Name, IReadOnlyList<(double Length, double Slope, double Rise)> Stretches, bool IsBelt)
{
    /// <summary>No trial's ground has more stretches, or goes so far (m), or is so steep (rad): a page draws all of it.</summary>
    private const int Most = 1000;
    private const double Farthest = 5000, Steepest = 1.5, Highest = 100;

    /// <summary>Level ground.</summary>
    public static RecordedGround Level { get; } = new("", [(1, 0, 0)], IsBelt: false);

    /// <summary>Reads what <see cref="BodyTopics.Ground"/> says; level ground where it says nothing.</summary>
    /// <exception cref="InvalidDataException">It is no ground.</exception>
    internal static RecordedGround Of(string file, IReadOnlyList<McapMetadata> metadata)
    {
        if (metadata.FirstOrDefault(one => one.Name == BodyTopics.Ground)?.Pairs is not { } pairs)
        {
            return Level;
        }

        try
        {
            double[][] stretches = Rows(pairs["stretches"], 3);
            bool isGround = stretches.Length is > 0 and <= Most && stretches.Sum(row => row[0]) <= Farthest
                && stretches.All(row => row[0] > 0 && Math.Abs(row[1]) <= Steepest && Math.Abs(row[2]) <= Highest);
            return isGround ? new RecordedGround(pairs["name"], [.. stretches.Select(row => (row[0], row[1], row[2]))],
                Rows(pairs["belt"], 2).Length > 0) : throw new FormatException();
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{file}: what it says of the ground is damaged: make the log anew (ganglion walk --out).");
        }
    }

    private static double[][] Rows(string json, int columns)
    {
        double[][] rows = JsonSerializer.Deserialize<double[][]>(json) ?? [];
        return rows.All(row => row?.Length == columns && row.All(double.IsFinite)) ? rows : throw new FormatException();
    }
}
