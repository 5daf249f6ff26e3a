using System.Collections.Immutable;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Sensing;

namespace Ganglion.Robots.Boards;

/// <summary>The sensors that measure what valves make: each on a valve's channel and an input of its own, on a converter without which
/// the board goes safe.</summary>
internal static class PressureSensorReader
{
    private const int InputsPerChip = 4;

    // Of full pressure.
    private const double OtherwiseError = 0.2, LeastError = (double)PressureSettings.LeastError / FixedPoint.One;

    private const double LeastSpan = PressureSettings.LeastSpan * AnalogScale.VoltsPerCount;

    /// <summary>The channels, those that a sensor measures with it.</summary>
    public static ImmutableArray<ChannelDescription> Read(Entry channels, ImmutableArray<BoardDescription> boards,
        ImmutableArray<ChannelDescription> plain)
    {
        ChannelDescription[] measured = [.. plain];
        foreach (Entry entry in channels.List("pressure_sensors"))
        {
            int number = entry.Whole("channel"), input = entry.Whole("input");
            if (number >= measured.Length)
            {
                throw entry.Error("channel", $"channel {number} does not exist; the robot has channels 0 to {measured.Length - 1}");
            }

            if (measured[number] is not PressureChannel valve)
            {
                throw entry.Error("channel", $"channel {number} is a servo and has no pressure; name a channel on an mcp4728");
            }

            if (valve.Sensor != null)
            {
                throw entry.Error("channel", $"channel {number} has a sensor already; keep one of the two");
            }

            CheckInput(entry, boards[valve.Board], input);
            int rival = Array.FindIndex(measured, other => other.Board == valve.Board && other is PressureChannel { Sensor: { } sensor }
                && sensor.Input == input);
            if (rival >= 0)
            {
                throw entry.Error("input", $"input {input} measures channel {rival} already; give each sensor its own");
            }

            measured[number] = valve with { Sensor = ReadSensor(entry, input, valve.FullScale) };
        }
        return [.. measured];
    }

    private static void CheckInput(Entry entry, BoardDescription board, int input)
    {
        Ads1115[] converters = [.. board.Chips.OfType<Ads1115>()];
        if (input >= InputsPerChip * converters.Length)
        {
            throw entry.Error("input", converters.Length == 0
                ? $"board '{board.Id}' has no ads1115 that could measure; add the chip"
                : $"board '{board.Id}' has the inputs 0 to {InputsPerChip * converters.Length - 1}");
        }
        Ads1115 converter = converters[input / InputsPerChip];
        if (!converter.Required)
        {
            throw entry.Error("input", $"input {input} is on chip '{converter.Id}', without which the board would go on blindly; add " +
                $"required: true to the chip");
        }
    }

    private static PressureSensor ReadSensor(Entry entry, int input, double fullScale)
    {
        PressureSensor sensor = new(
            input, entry.Number("zero_v"), entry.Number("full_scale_v"), entry.Number("lag_ms") * 1e-3,
            entry.Number("integral_per_s"), entry.Has("max_error_kpa") ? entry.Number("max_error_kpa") : OtherwiseError * fullScale);
        if (sensor.FullVolts - sensor.ZeroVolts < LeastSpan)
        {
            throw entry.Error("full_scale_v", $"full_scale_v is not {LeastSpan} above zero_v; the converter " +
                $"would hardly see the pressure");
        }

        if (sensor.MostError < LeastError * fullScale || sensor.MostError > fullScale)
        {
            throw entry.Error("max_error_kpa", $"max_error_kpa is within " +
                $"{LeastError * fullScale:0.#}..{fullScale:0.#}, a hundredth and all of full_scale_kpa");
        }

        return sensor;
    }
}
