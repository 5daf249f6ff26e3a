using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// How exact an arm can be at best: the tip error that is left when every servo pulse is rounded to a whole number of its PWM
/// chip's counts, over random postures of <see cref="PoseSampler"/>.
/// </summary>
/// <param name="Frequency">PWM frequency that the prescaler really gives, Hz.</param>
/// <param name="CountTime">Length of a count, s.</param>
/// <param name="MedianError">Median tip error, m.</param>
/// <param name="P95Error">95th percentile of the tip error, m.</param>
/// <param name="MaxError">Largest tip error met, m.</param>
/// <param name="MedianAngle">Median orientation error of the tip, rad.</param>
/// <param name="MaxAngle">Largest orientation error met, rad.</param>
public sealed record QuantisationLimit(
    double Frequency, double CountTime, double MedianError, double P95Error, double MaxError, double MedianAngle, double MaxAngle)
{
    /// <summary>Measures the limit.</summary>
    /// <param name="arm">The arm's model.</param>
    /// <param name="robot">Its description: chips and calibration of every channel.</param>
    /// <param name="frequency">PWM frequency to assume instead of the description's, Hz: 24..1526, and a period longer than the
    /// pulses.</param>
    /// <param name="seed">Seed of the postures.</param>
    /// <param name="postures">Number of postures, at least 20.</param>
    /// <exception cref="ArgumentException">Arm and description do not belong together, or the pulses do not fit into the
    /// period.</exception>
    public static QuantisationLimit Measure(TrunkArm arm, RobotDescription robot, double frequency, int seed, int postures = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(postures, 20);
        TrunkArmLayout layout = robot.TrunkArm ?? throw new ArgumentException($"robot '{robot.Name}' is not a trunk arm", nameof(robot));
        if (layout.Design != arm.Design || layout.Joints != arm.Joints)
        {
            throw new ArgumentException($"robot '{robot.Name}' has {layout.Joints} {layout.Design} joints, the arm {arm.Joints} " +
                $"{arm.Design}; take the arm from the description", nameof(arm));
        }

        Pca9685[] drivers = [.. layout.Gears.Select(gear => DriverAt(robot, gear, frequency))];
        PoseSampler sampler = new(arm, seed);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        double[] errors = new double[postures], angles = new double[postures];
        for (int i = 0; i < postures; i++)
        {
            sampler.Sample(inputs);
            Pose exact = arm.Forward(inputs);
            arm.InputsToStrokes(inputs, strokes);
            for (int gear = 0; gear < strokes.Length; gear++)
            {
                ServoChannel channel = robot.ServoOf(layout.Gears[gear]);
                double count = drivers[gear].CountTime;
                strokes[gear] = channel.ValueOf(Math.Round(channel.PulseOf(strokes[gear]) / count) * count);
            }
            Pose rounded = arm.ForwardFromStrokes(strokes, []);
            errors[i] = (rounded.Position - exact.Position).Length;
            angles[i] = Quat.Angle(rounded.Orientation, exact.Orientation);
        }
        Array.Sort(errors);
        Array.Sort(angles);
        return new QuantisationLimit(
            1 / drivers[0].Period, drivers[0].CountTime, errors[postures / 2], errors[postures * 95 / 100], errors[^1],
            angles[postures / 2], angles[^1]);
    }

    private static Pca9685 DriverAt(RobotDescription robot, GearChannel gear, double frequency)
    {
        ServoChannel channel = robot.ServoOf(gear);
        Pca9685 driver = (Pca9685)robot.Boards[channel.Board].Chips[channel.Chip] with { Frequency = frequency };
        if (driver.Prescale is < Pca9685.MinPrescale or > Pca9685.MaxPrescale || channel.PulseMax + channel.Offset >= driver.Period)
        {
            throw new ArgumentOutOfRangeException(nameof(frequency), frequency, $"a PCA9685 cannot make pulses of " +
                $"{channel.PulseMax * 1e6:0} us at this frequency; choose 24 to {0.99 / channel.PulseMax:0} Hz");
        }

        return driver;
    }
}
