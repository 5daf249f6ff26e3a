using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
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

    /// <summary>Each arm built otherwise, another servo on each: the short form of `bench calibration`. No pulse ever changes faster than
    /// is allowed: a count is what rounding adds at either end of a change.</summary>
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

    /// <summary>A gripper's pulses go into its own section: found by its ends alone.</summary>
    [Fact]
    public void A_gripper_is_found_within_two_counts()
    {
        foreach (int seed in (ReadOnlySpan<int>)[7124, 7143])
        {
            var trial = CalibrationTrial.Run(ShippedFiles.Text("trunk6-3g-gripper"), seed);
            Assert.True(trial is { Channel: 18, RightWay: true, Counts: <= Counts, Excess: <= Counts }, $"{trial}");
        }
    }

    /// <summary>A sensor with offsets as its data sheet has them, on a body that stands level: told as it is once it is
    /// calibrated.</summary>
    [Fact]
    public void An_inertial_sensor_is_level_and_at_rest()
    {
        using var bench = new Bench(ShippedFiles.Text("walker-rig12-imu"), 5);
        bench.Calibrate(item => item.Kind == CalibrationKind.Imu).Write();
        RobotDescription found = RobotFile.Load(bench.Path);
        ImuZero zero = found.Boards[0].Chips.OfType<Mpu6050>().Single().Zero;
        Assert.True(Math.Abs(zero.RollRate) > 0.1 && Math.Abs(zero.Roll) > 0.05, $"{zero}"); // it was off, or this would show nothing
        using var board = new BoardSession("trunk", () => bench.Robot.Connect(0), bench.Robot.World, new Random(2));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(found, 0) with { Channels = [] }));
        board.Await(board.Arm());
        new BoardGroup(bench.Robot.World, board).PollUntil(bench.Robot.World.NowNanoseconds + 8_000_000_000);
        Assert.InRange(board.Telemetry.Pitch, -0.003, 0.003);
        Assert.InRange(board.Telemetry.Roll, -0.003, 0.003);
        Assert.InRange(board.Telemetry.PitchRate, -0.02, 0.02);
        Assert.InRange(board.Telemetry.RollRate, -0.02, 0.02);
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
                    // The gauge tells 0.1 kPa.
                    Assert.InRange(sensor.ShareOf(real.FullVolts) * valve.FullScale - valve.FullScale, -0.3, 0.3);
                    break;
            }
        }
    }
}
