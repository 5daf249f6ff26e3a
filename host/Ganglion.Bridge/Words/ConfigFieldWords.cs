using Ganglion.Bridge.Messages;
using Ganglion.Robots.Gaits;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Bridge.Words;

/// <summary>What is wrong with a configuration, by the field that the board (or the same check on the host) named.</summary>
public static class ConfigFieldWords
{
    private static readonly string MostChannels = $"{FrameFormat.MaxChannels}";

    /// <param name="field">One of <see cref="ConfigField"/>.</param>
    /// <param name="index">Which chip, channel, oscillator or entry.</param>
    /// <param name="configuration">Gives names; null if unknown.</param>
    public static ReasonText Of(byte field, int index, BoardConfiguration? configuration)
    {
        string chip = configuration?.NameChip(index) ?? $"chip {index}";
        string channel = configuration?.NameChannel(index) ?? $"channel {index}";
        return field switch
        {
            ConfigField.Length => new(
                "the configuration has another length than its counts say" + (index > 0 ? $" ({index} bytes)" : ""),
                "Use firmware and program of the same release."),
            ConfigField.Version => new(
                $"the configuration's layout is not version {ConfigLayout.Version}",
                "Use firmware and program of the same release."),
            ConfigField.Profile => new(
                "the configuration was made for another kind of board (pin profile)",
                "Set 'profile' in the robot description to the board that is connected, or connect the other one."),
            ConfigField.Tick => new(
                "the tick or the telemetry period is not possible",
                "The tick is 10 or 20 ms, telemetry comes every 1 to 255 ticks."),
            ConfigField.Timeouts => new(
                "the timeouts are not possible",
                "Hold takes 20..2000 ms, safe more than hold and at most 60 s, a rhythm at most 3600 s in whole seconds."),
            ConfigField.Counts => new(
                "there are more parts than a board takes, or a rhythm or walk without channels",
                $"At most {FrameFormat.MaxChips} chips, {MostChannels} channels, 64 oscillators and 255 couplings; a rhythm needs at " +
                    $"least one map entry; a walk has 1 to 12 joints and at most 8 force sensors."),
            ConfigField.BusSpeed => new(
                $"the I2C bus of chip {index}, or bus {index} itself, has a clock that is not possible or is not used",
                "Buses are 1 and 2, their clocks 100, 400 or 1000 kHz; a chip must sit on a bus that has one."),
            ConfigField.ChipType => new(
                $"{chip} is of a type that the firmware does not drive, or one more of its type than a board takes",
                "It drives PCA9685, MCP4728, up to two ADS1115, one MPU6050 and two VL53L0X, one a bus; use a second board for more."),
            ConfigField.ChipAddress => new(
                $"{chip} has an address that is not possible or already taken on its bus",
                "Addresses are 0x08..0x7E, once a bus; 0x70 is the All-Call address of every PCA9685, and a VL53L0X has 0x29 alone."),
            ConfigField.ChipFrequency => new(
                $"{chip} cannot make its pulse frequency with its oscillator",
                "The oscillator is 23..27 MHz; at 25 MHz a PCA9685 makes 24..1526 Hz, in steps of 0.1 Hz."),
            ConfigField.ChannelOutput => new(
                $"{channel} uses an output that its chip does not have, or that another channel uses",
                "A PCA9685 has outputs 0..15, an MCP4728 0..3; each serves one channel."),
            ConfigField.ChannelPulse => new(
                $"{channel} has a pulse range that is not possible",
                "The longer end must be above the shorter one and, with the offset, inside the chip's period (or 4095 counts of a DAC); " +
                    "pulses go up to 8191 us."),
            ConfigField.ChannelLimits => new(
                $"{channel} has limits that are not possible",
                "Low <= park <= high, each within -2..2 of the travel, and both ends must be pulses that the chip can make."),
            ConfigField.ChannelSlew => new(
                $"{channel} has a slew bound that is not possible",
                "It is above 0 and below 64 travels a second, at least one step of 1/16384 a tick."),
            ConfigField.ChannelSafe => new(
                $"{channel} has an unknown behaviour in the safe state",
                "It releases, holds or parks."),
            ConfigField.Oscillator => new(
                $"oscillator {index} has a parameter that is not possible",
                "Time constants are 0.005..20 s and not too short for the tick, gains 0..50, the start lead 0..3 quarter turns; cells " +
                    "take at most 128 steps in a tick, and feel inputs of required converters."),
            ConfigField.Coupling => new(
                $"coupling {index} names an oscillator that is not there or has a weight beyond 50",
                "Oscillators count from 0."),
            ConfigField.RhythmMap => new(
                $"rhythm map entry {index} (or the ramp) is not possible",
                "Each entry needs a channel of its own and an oscillator of the board, an offset of 0..1 and a gain within +-100; the " +
                    "ramp takes 0.1..60 s."),
            ConfigField.Walk => new(
                $"the walk is not possible ({(WalkReason)index})",
                Enum.IsDefined((WalkReason)index) ? Sentence(GaitRefusedException.Words((WalkReason)index))
                : "Use firmware and program of the same release."),
            ConfigField.WalkNetwork when index == WalkingNetwork.BodyCount => new(
                "the chess clock of the walk is not possible",
                "Its rates are within 50 1/s, what drives a clock is above its leak and not too fast for the tick, it starts within " +
                    "0..1.99, and there are no oscillators beside it."),
            ConfigField.WalkNetwork => new(
                $"oscillator {index} of the walk is not possible or would come to rest",
                "Time constants are 0.005..20 s and not too short for the tick; adaptation is at least inhibition - 1, inhibition above " +
                    "1 + rise / adaptation time."),
            ConfigField.WalkJoint => new(
                $"joint {index} of the walk is not possible",
                "Each joint needs a channel of its own, a centre of 0..1 and a travel per radian within +-100."),
            ConfigField.WalkLoad => new(
                $"force sensor {index} of the walk is not possible",
                "Each sensor needs an analog input of its own, 0..7, a foot, 0 or 1, and a scale of 0.001..1000 body weights."),
            ConfigField.WalkSpeed => new(
                $"speed {index} of the walk is not possible",
                Sentence(GaitRefusedException.Words(WalkReason.SpeedOutOfRange))),
            ConfigField.WalkGround => new(
                $"entry {index} of the walk's atlas is not possible",
                Sentence(GaitRefusedException.Words(WalkReason.GroundOutOfRange))),
            ConfigField.Pressure => new(
                $"the pressure loop of {channel} is not possible",
                "Each loop needs a valve's channel (on an MCP4728) with limits within 0..1 and an analog input of its own on a required " +
                    "ADS1115; its sensor gives at full pressure at least 0.0625 V more than without pressure and less than 2.048 V; the " +
                        "lag is 5..2000 ms, the gain 0..5 1/s, the largest error 0.01..1 of full pressure."),
            ConfigField.DistanceStop => new(
                $"{chip} has a stop distance that is not possible",
                "A board stops at 20..1000 mm, or, at 0, at none."),
            _ => new(
                $"part {field} of the configuration (index {index}) is wrong, and this program does not know that part",
                "Use firmware and program of the same release."),
        };
    }

    private static string Sentence(string clause) => char.ToUpperInvariant(clause[0]) + clause[1..] + ".";
}
