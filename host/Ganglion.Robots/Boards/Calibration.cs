using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Motion;

namespace Ganglion.Robots.Boards;

/// <summary>One channel's calibration: its own values where given, else the defaults. Microseconds become seconds here.</summary>
internal readonly struct Calibration(Entry defaults, Entry? own)
{
    /// <summary>What only a servo has.</summary>
    public static readonly string[] ServoKeys = ["pulse_min_us", "pulse_max_us", "direction", "offset_us"];

    /// <exception cref="RobotFileException">The values contradict each other or do not fit into the chip's PWM period.</exception>
    public ServoChannel Servo(Outlet outlet, Pca9685 driver, string name)
    {
        ServoChannel channel = new(
            outlet.Board, outlet.Chip, outlet.Output,
            Number("pulse_min_us") * 1e-6,
            Number("pulse_max_us") * 1e-6,
            (int)Number("direction"),
            Number("offset_us") * 1e-6,
            Number("limit_min"),
            Number("limit_max"),
            Number("slew_per_s"),
            Number("park"),
            OnSafeOf(Where("on_safe")),
            name);

        if (channel.PulseMin >= channel.PulseMax)
        {
            throw Error("pulse_max_us", "pulse_max_us is not above pulse_min_us; to turn the servo round, set direction: -1");
        }

        CheckLimits(channel);
        CheckPeriod(channel, driver, "pulse_max_us");
        if (channel.PulseMin + channel.Offset <= 0)
        {
            throw Error("offset_us", "pulse_min_us + offset_us is not above 0; check the offset");
        }

        return channel;
    }

    /// <summary>The servo of a gripper, whose section names the pulses of both ends.</summary>
    /// <exception cref="RobotFileException">The values contradict each other or do not fit into the chip's PWM period.</exception>
    public ServoChannel Gripper(Outlet outlet, Pca9685 driver)
    {
        double open = Number("pulse_open_us"), closed = Number("pulse_closed_us");
        if (open == closed)
        {
            throw Error("pulse_closed_us", "pulse_closed_us is the same as pulse_open_us; give the pulses of both ends");
        }

        ServoChannel channel = new(
            outlet.Board, outlet.Chip, outlet.Output,
            Math.Min(open, closed) * 1e-6,
            Math.Max(open, closed) * 1e-6,
            closed > open ? 1 : -1,
            0,
            Number("limit_min"),
            Number("limit_max"),
            Number("slew_per_s"),
            Number("park"),
            OnSafeOf(Where("on_safe")),
            GripperDescription.Name);
        CheckLimits(channel);
        CheckPeriod(channel, driver, closed > open ? "pulse_closed_us" : "pulse_open_us");
        return channel;
    }

    /// <exception cref="RobotFileException">The values contradict each other.</exception>
    public PressureChannel Valve(Outlet outlet, double fullScale, string name)
    {
        PressureChannel channel = new(
            outlet.Board, outlet.Chip, outlet.Output,
            fullScale,
            Number("limit_min"),
            Number("limit_max"),
            Number("slew_per_s"),
            Number("park"),
            OnSafeOf(Where("on_safe")),
            name);
        CheckLimits(channel);
        return channel;
    }

    private void CheckPeriod(ServoChannel channel, Pca9685 driver, string key)
    {
        // As the board judges: an offset of either sign is taken off the room that the period leaves.
        double longest = channel.PulseMax + Math.Abs(channel.Offset);
        if (longest > PulseScale.MaxCount * driver.CountTime)
        {
            throw Error(key, $"a pulse of {longest * 1e6:0} us does not fit into the PWM period of {driver.Period * 1e6:0} " +
                $"us; lower frequency_hz of chip '{driver.Id}' or the pulse");
        }
    }

    private void CheckLimits(ChannelDescription channel)
    {
        if (channel.LimitMin >= channel.LimitMax)
        {
            throw Error("limit_max", "limit_max is not above limit_min; the channel could not move");
        }

        if (channel.Park < channel.LimitMin || channel.Park > channel.LimitMax)
        {
            throw Error("park", $"park {channel.Park:0.###} lies outside limit_min..limit_max; choose it within " +
                $"{channel.LimitMin:0.###}..{channel.LimitMax:0.###}");
        }
    }

    private Entry Where(string key) => own is { } entry && entry.Has(key) ? entry : defaults;

    private double Number(string key) => Where(key).Number(key);

    private RobotFileException Error(string key, string problem) => Where(key).Error(key, problem);

    private static OnSafe OnSafeOf(Entry entry) => entry.Text("on_safe") switch
    {
        "hold" => OnSafe.Hold,
        "park" => OnSafe.Park,
        _ => OnSafe.Release,
    };
}
