using Ganglion.Live.Calibration;
using Ganglion.Live.Tests;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Sim.Tests.Calibration;

/// <summary>An observer who sees nothing but the body finds how it is built. The seeds tuned nothing.</summary>
public class RecoveryTests
{
    /// <summary>A board's pulse may be off by so many counts, at the ends and where it is straight.</summary>
    private const double Counts = 2;

    /// <summary>Of each arm the driver of one servo and that servo, another on each; no pulse ever changes faster than is allowed.</summary>
    [Theory]
    [InlineData(6000)]
    [InlineData(6100)]
    public void A_hundred_arms_are_found_within_two_counts(int first)
    {
        string text = ShippedFiles.Text("trunk6-3g");
        double worst = 0;
        for (int seed = first; seed < first + 100; seed++)
        {
            using var bench = new Bench(text, seed);
            int channel = seed % bench.Truth.Channels.Length;
            PulseProbe probe = bench.Probe(channel);
            string chip = channel < 15 ? "chip:base/pwm0" : "chip:base/pwm1";
            CalibrationRecord record = bench.Calibrate(item => item.Id == chip || item.Id == $"channel:{channel}");
            Assert.Equal(2, record.Found.Count);
            record.Write();
            worst = Math.Max(worst, Furthest(bench.Truth, RobotFile.Load(bench.Path), channel));
            Assert.True(worst <= Counts, $"seed {seed}, channel {channel}: {worst:0.00} counts beside the truth");
            Assert.True(probe.Changes > 500 && probe.Excess <= 2 * Count(bench.Truth, channel) * 1e6,
                $"seed {seed}: {probe.Changes} pulses, {probe.Excess:0.0} us further than {PulseProbe.Speed} us/s allow");
        }
    }

    /// <summary>A walker's legs keep their scale, whatever their known places are; valves' sensors are found against a gauge.</summary>
    [Theory]
    [InlineData("walker10", 7)]
    [InlineData("muscle-rig", 8)]
    [InlineData("rig12", 9)]
    public void A_whole_robot_of_another_kind_is_found(string robot, int seed)
    {
        using var bench = new Bench(ShippedFiles.Text(robot), seed);
        CalibrationRecord record = bench.Calibrate(item => item.Kind != CalibrationKind.Servo || item.Index is 3 or 8);
        record.Write();
        RobotDescription found = RobotFile.Load(bench.Path);
        for (int channel = 0; channel < found.Channels.Length; channel++)
        {
            switch (found.Channels[channel])
            {
                case ServoChannel when channel is 3 or 8:
                    Assert.InRange(Furthest(bench.Truth, found, channel), 0, Counts);
                    break;
                case PressureChannel { Sensor: { } sensor } valve:
                    PressureSensor real = ((PressureChannel)bench.Truth.Channels[channel]).Sensor!;
                    Assert.InRange(sensor.ZeroVolts - real.ZeroVolts, -125e-6, 125e-6); // two counts of the converter
                    Assert.InRange(sensor.ShareOf(real.FullVolts) * valve.FullScale - valve.FullScale, -0.3, 0.3); // the gauge tells 0.1 kPa
                    break;
            }
        }
    }

    /// <summary>How far beside the truth a board's pulse is, at worst, counts: what the chip that it really is makes of what the board tells
    /// it, against what the mechanism needs; and how far the found ends are beside the true ones.</summary>
    private static double Furthest(RobotDescription truth, RobotDescription found, int channel)
    {
        (ServoChannel real, ServoChannel servo) = ((ServoChannel)truth.Channels[channel], (ServoChannel)found.Channels[channel]);
        Assert.Equal(real.Direction, servo.Direction);
        var told = new PulseRounding(servo, (Pca9685)found.Boards[real.Board].Chips[real.Chip]);
        double count = ((Pca9685)found.Boards[real.Board].Chips[real.Chip]).Prescale + 1;
        count /= ((Pca9685)truth.Boards[real.Board].Chips[real.Chip]).Oscillator;
        double place = truth.Walker?.Joints.First(joint => joint.Channel == channel).Centre ?? real.Park;
        double worst = new[] { place, servo.LimitMin, servo.LimitMax }.Max(value =>
            Math.Abs(told.Counts(value) * count - real.PulseOf(value)) / count);
        double span = (real.PulseMax - real.PulseMin) / count;
        return Math.Max(worst, span * Math.Max(Math.Abs(servo.LimitMin - real.LimitMin), Math.Abs(servo.LimitMax - real.LimitMax)));
    }

    private static double Count(RobotDescription robot, int channel) =>
        ((Pca9685)robot.Boards[0].Chips[robot.Channels[channel].Chip]).CountTime;
}
