using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Config;
using Ganglion.Shared.Sensing;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>The distance sensors of a board, as `ganglion info` tells them.</summary>
internal static class InfoDistances
{
    public static void Print(BoardConfiguration configuration, BoardTelemetry? telemetry)
    {
        ChipConfiguration[] sensors = Of(configuration);
        if (sensors.Length > 0)
        {
            Output.Line($"  Distance sensors, in their order:");
            Output.Table(["chip", " stops below", " measured"], sensors.Select((sensor, i) => new[]
            {
                Name(sensor), sensor.Stop > 0 ? $"{1000 * sensor.Stop:0} mm" : "-",
                telemetry == null ? "-" : StateWords.Distance(telemetry.DistanceMm[i]),
            }));
        }
    }

    /// <returns>One entry a sensor; null without any.</returns>
    public static object? ToJson(BoardConfiguration? configuration, BoardTelemetry telemetry) =>
        configuration == null || Of(configuration) is not { Length: > 0 } sensors ? null : sensors.Select((sensor, i) => new
        {
            Name = Name(sensor),
            StopMm = sensor.Stop > 0 ? Output.Round(1000 * sensor.Stop) : (double?)null,
            Mm = telemetry.DistanceMm[i] is DistanceSensor.NoReading or DistanceSensor.OutOfRange ? (int?)null : telemetry.DistanceMm[i],
            NothingInRange = telemetry.DistanceMm[i] == DistanceSensor.OutOfRange,
        });

    private static ChipConfiguration[] Of(BoardConfiguration configuration) =>
        [.. configuration.Chips.Where(chip => chip.Type == ChipType.Vl53l0x)];

    private static string Name(ChipConfiguration sensor) => sensor.Name.Length > 0 ? sensor.Name : $"bus{sensor.Bus}";
}
