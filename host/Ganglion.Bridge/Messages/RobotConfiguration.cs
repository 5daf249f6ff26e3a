using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;

namespace Ganglion.Bridge.Messages;

/// <summary>From a robot's description to what each of its boards is told.</summary>
public static class RobotConfiguration
{
    /// <summary>The configuration of one board.</summary>
    /// <param name="robot">The description.</param>
    /// <param name="board">Index into its boards.</param>
    public static BoardConfiguration Of(RobotDescription robot, int board)
    {
        BoardDescription description = robot.Boards[board];
        return new BoardConfiguration
        {
            Board = robot.NameOf(board),
            Profile = ProfileCode(description.Profile),
            Tick = description.Tick,
            HoldTimeout = description.HoldTimeout,
            SafeTimeout = description.SafeTimeout,
            TelemetryTicks = Math.Clamp((int)Math.Round(description.TelemetryPeriod / description.Tick), 1, 255),
            Bus1Speed = SpeedOf(description, 1),
            Bus2Speed = SpeedOf(description, 2),
            Chips = [.. description.Chips.Select(ChipOf)],
            ImuZero = description.Chips.OfType<Mpu6050>().FirstOrDefault()?.Zero ?? default,
            Channels = [.. robot.ChannelsOf(board).Select(channel => ChannelOf(description, channel))],
        };
    }

    /// <summary>The profile's number in the firmware (firmware/BoardPins.cs).</summary>
    public static int ProfileCode(BoardProfile profile) => profile switch
    {
        BoardProfile.Esp32Wroom => 1,
        BoardProfile.Esp32Wrover => 2,
        _ => 3,
    };

    private static double SpeedOf(BoardDescription board, int bus) =>
        board.Buses.FirstOrDefault(candidate => candidate.Id == bus)?.Speed ?? 0;

    private static ChipConfiguration ChipOf(ChipDescription chip) => chip switch
    {
        Pca9685 pwm => new ChipConfiguration(ChipType.Pca9685, pwm.Bus, pwm.Address, false, pwm.Frequency, pwm.Oscillator, pwm.Id),
        Mcp4728 dac => new ChipConfiguration(ChipType.Mcp4728, dac.Bus, dac.Address, Name: dac.Id),
        Ads1115 adc => new ChipConfiguration(ChipType.Ads1115, adc.Bus, adc.Address, adc.Required, Name: adc.Id),
        Mpu6050 imu => new ChipConfiguration(ChipType.Mpu6050, imu.Bus, imu.Address, imu.Required, Name: imu.Id),
        Vl53l0x eye => new ChipConfiguration(ChipType.Vl53l0x, eye.Bus, Vl53l0x.OnlyAddress, eye.Required, Name: eye.Id)
        {
            Stop = eye.Stop ?? 0,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(chip), chip.GetType().Name, "No firmware driver for this chip."),
    };

    private static ChannelConfiguration ChannelOf(BoardDescription board, ChannelDescription channel) => channel switch
    {
        ServoChannel servo => Motion(board, servo, servo.PulseMin, servo.PulseMax) with
        {
            Reversed = servo.Direction < 0,
            Offset =
            servo.Offset
        },
        _ => Motion(board, channel, 0, Mcp4728.MaxCode) with { Pressure = LoopOf(channel) },
    };

    private static PressureLoopConfiguration? LoopOf(ChannelDescription channel) =>
        channel is PressureChannel { Sensor: { } sensor } valve
            ? new PressureLoopConfiguration(sensor.Input, sensor.ZeroVolts, sensor.FullVolts, sensor.Lag, sensor.Integral,
                sensor.MostError / valve.FullScale)
            : null;

    private static ChannelConfiguration Motion(BoardDescription board, ChannelDescription channel, double low, double high) => new()
    {
        Chip = channel.Chip,
        Output = channel.Output,
        OnSafe = (byte)channel.OnSafe,
        PulseMin = low,
        PulseMax = high,
        Low = channel.LimitMin,
        High = channel.LimitMax,
        Slew = channel.Slew,
        Park = channel.Park,
        Name = channel.Name.Length > 0 ? channel.Name : $"{board.Chips[channel.Chip].Id}/{channel.Output}",
    };
}
