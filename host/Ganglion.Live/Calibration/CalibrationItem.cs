using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>What can be calibrated on its own.</summary>
public enum CalibrationKind
{
    /// <summary>The oscillator of a PCA9685; <see cref="CalibrationItem.Index"/> is the chip's on its board.</summary>
    Oscillator,

    /// <summary>A servo; the index is the robot's channel.</summary>
    Servo,

    /// <summary>A pressure sensor; the index is the channel of its valve.</summary>
    Pressure,

    /// <summary>An inertial sensor; the index is the chip's on its board.</summary>
    Imu,
}

/// <summary>One thing to be calibrated.</summary>
/// <param name="Kind">Of what kind.</param>
/// <param name="Board">Index into the robot's boards.</param>
/// <param name="Index">See the kind.</param>
/// <param name="Id">How commands and files name it: chip:base/pwm0, channel:3, pressure:0, imu:base/imu.</param>
/// <param name="Title">For people, with its place.</param>
public sealed record CalibrationItem(CalibrationKind Kind, int Board, int Index, string Id, string Title)
{
    /// <summary>All that a robot has, in the order in which one needs another: a chip's oscillator before the pulses that it
    /// makes.</summary>
    public static IEnumerable<CalibrationItem> Of(RobotDescription robot)
    {
        for (int board = 0; board < robot.Boards.Length; board++)
        {
            BoardDescription description = robot.Boards[board];
            for (int chip = 0; chip < description.Chips.Length; chip++)
            {
                if (description.Chips[chip] is Pca9685 pwm && robot.ChannelsOf(board).Any(channel => channel.Chip == chip))
                {
                    yield return new CalibrationItem(CalibrationKind.Oscillator, board, chip, $"chip:{description.Id}/{pwm.Id}",
                        $"Oscillator of {pwm.Id} (board {description.Id}, address 0x{pwm.Address:X2})");
                }
                else if (description.Chips[chip] is Mpu6050 imu)
                {
                    yield return new CalibrationItem(CalibrationKind.Imu, board, chip, $"imu:{description.Id}/{imu.Id}",
                        $"Level and bias of {imu.Id} (board {description.Id}, address 0x{imu.Address:X2})");
                }
            }

            for (int channel = 0; channel < robot.Channels.Length; channel++)
            {
                ChannelDescription one = robot.Channels[channel];
                if (one.Board != board)
                {
                    continue;
                }

                string name = one.Name.Length > 0 ? $"channel {channel}, {one.Name}" : $"channel {channel}";
                string place = $"board {description.Id}, {description.Chips[one.Chip].Id} output {one.Output}";
                if (one is ServoChannel)
                {
                    yield return new CalibrationItem(CalibrationKind.Servo, board, channel, $"channel:{channel}",
                        $"Servo of {name} ({place})");
                }
                else if (one is PressureChannel { Sensor: { } sensor })
                {
                    yield return new CalibrationItem(CalibrationKind.Pressure, board, channel, $"pressure:{channel}",
                        $"Pressure sensor of {name} ({place}, input {sensor.Input})");
                }
            }
        }
    }
}
