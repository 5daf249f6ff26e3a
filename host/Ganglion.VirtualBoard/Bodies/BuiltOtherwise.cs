using Ganglion.Basics;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>
/// A robot as it is when it has just been put together: wired as described, but with servos mounted either way round and off their middle,
/// of a scale of their own, stopped early on one side, with oscillators and sensors that are off. It is the truth that a calibration has to
/// find; a <see cref="VirtualRobot"/> of it stops at its limits.
/// </summary>
public static class BuiltOtherwise
{
    /// <summary>A PCA9685's oscillator may be off by 8 %; by this share here, so that it stays within what a description may say.</summary>
    private const double Oscillator = 0.06;

    /// <summary>Half a tooth of a horn with 25, us; a servo's scale, share; what a mechanism may lack on one side, share of the
    /// travel.</summary>
    private const double HalfTooth = 80e-6, ShortestScale = 0.9, LongestScale = 1.04, Lacks = 0.1;

    /// <summary>Of a sensor's voltages, V.</summary>
    private const double SensorVolts = 0.05;

    /// <summary>Draws one.</summary>
    /// <param name="robot">As described.</param>
    /// <param name="seed">Of everything random.</param>
    public static RobotDescription Draw(RobotDescription robot, int seed)
    {
        var random = new SeededRandom((ulong)seed, 0);
        return robot with
        {
            Boards = [.. robot.Boards.Select(board => board with
            {
                Chips = [.. board.Chips.Select(chip => chip is Pca9685 pwm
                    ? pwm with { Oscillator = 25e6 * (1 + random.NextUniform(-Oscillator, Oscillator)) } : chip)],
            })],
            Channels = [.. robot.Channels.Select((channel, index) => channel switch
            {
                ServoChannel servo => Servo(robot, index, servo, ref random),
                PressureChannel { Sensor: { } sensor } valve => valve with
                {
                    Sensor = sensor with
                    {
                        ZeroVolts = Math.Max(0, sensor.ZeroVolts + random.NextUniform(-SensorVolts, SensorVolts)),
                        FullVolts = sensor.FullVolts + random.NextUniform(-SensorVolts, SensorVolts),
                    },
                },
                _ => channel,
            })],
        };
    }

    private static ServoChannel Servo(RobotDescription robot, int channel, ServoChannel servo, ref SeededRandom random)
    {
        // A joint's angle goes by the servo's scale, which nothing here measures, and its range has to stay.
        bool isJoint = robot.Walker?.Joints.Any(joint => joint.Channel == channel) ?? false;
        double middle = (servo.PulseMin + servo.PulseMax) / 2;
        double half = (servo.PulseMax - servo.PulseMin) / 2 * (isJoint ? 1 : random.NextUniform(ShortestScale, LongestScale));
        bool isGripper = robot.IsGripper(channel);
        double lacks = isJoint || isGripper ? 0 : Math.Max(0, random.NextUniform(-Lacks, Lacks));
        bool below = random.NextUnit() < 0.5;
        return servo with
        {
            Direction = random.NextUnit() < 0.5 ? -1 : 1,
            PulseMin = middle - half,
            PulseMax = middle + half,
            Offset = random.NextUniform(-HalfTooth, HalfTooth),

            // What a gripper may do is a matter of its owner; its mechanism ends where it is open and closed.
            LimitMin = isGripper ? 0 : Math.Min(servo.Park, servo.LimitMin + (below ? lacks : 0)),
            LimitMax = isGripper ? 1 : Math.Max(servo.Park, servo.LimitMax - (below ? 0 : lacks)),
        };
    }
}
