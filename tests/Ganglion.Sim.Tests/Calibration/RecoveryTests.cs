using Ganglion.Live.Calibration;
using Ganglion.Live.Tests;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Calibration;

namespace Ganglion.Sim.Tests.Calibration;

/// <summary>An observer who sees nothing but the body finds how it is built. The seeds tuned nothing.</summary>
public class RecoveryTests
{
    /// <summary>A board's pulse may be off by so many counts, at the ends and where it is straight.</summary>
    private const double Counts = 2;

    /// <summary>Each arm built otherwise, another servo on each: the short form of `bench calibration`. No pulse ever changes faster than is
    /// allowed: a count is what rounding adds at either end of a change.</summary>
    [Fact]
    public void Arms_are_found_within_two_counts()
    {
        string text = ShippedFiles.Text("trunk6-3g");
        foreach (int seed in Enumerable.Range(7000, 18))
        {
            var trial = CalibrationTrial.Run(text, seed);
            Assert.True(trial is { RightWay: true, Counts: <= Counts, Changes: > 500, Excess: <= Counts }, $"{trial}");
        }
    }

    /// <summary>A walker's legs keep their scale, whatever their known places are; valves' sensors are found against a gauge.</summary>
    [Theory]
    [InlineData("walker10", 7)]
    [InlineData("muscle-rig", 8)]
    [InlineData("rig12", 9)]
    public void A_robot_of_another_kind_is_found(string robot, int seed)
    {
        using var bench = new Bench(ShippedFiles.Text(robot), seed);
        CalibrationRecord record = bench.Calibrate(item => item.Kind != CalibrationKind.Servo || item.Index is 3 or 8);
        record.Write();
        RobotDescription found = RobotFile.Load(bench.Path);
        for (int channel = 0; channel < found.Channels.Length; channel++)
        {
            switch (found.Channels[channel])
            {
                case ServoChannel servo when channel is 3 or 8:
                    Assert.Equal(((ServoChannel)bench.Truth.Channels[channel]).Direction, servo.Direction);
                    Assert.InRange(CalibrationTrial.Furthest(bench.Truth, found, channel), 0, Counts);
                    break;
                case PressureChannel { Sensor: { } sensor } valve:
                    PressureSensor real = ((PressureChannel)bench.Truth.Channels[channel]).Sensor!;
                    Assert.InRange(sensor.ZeroVolts - real.ZeroVolts, -125e-6, 125e-6); // two counts of the converter
                    Assert.InRange(sensor.ShareOf(real.FullVolts) * valve.FullScale - valve.FullScale, -0.3, 0.3); // the gauge tells 0.1 kPa
                    break;
            }
        }
    }
}
