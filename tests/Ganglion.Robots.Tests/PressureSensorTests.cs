using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

/// <summary>Pressure sensors of valves: what is read, what is left out, and each refusal with its line.</summary>
public class PressureSensorTests
{
    private static readonly string Rig = Shipped.Text("muscle-rig");

    private static RobotDescription Parse(string text) => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "rig.yaml");

    private static PressureSensor? SensorOf(RobotDescription robot, int channel) => ((PressureChannel)robot.Channels[channel]).Sensor;

    [Fact]
    public void The_rigs_muscles_are_measured()
    {
        RobotDescription rig = Parse(Rig);
        Assert.Equal([new PressureSensor(0, 0.2, 1.8, 0.04, 1, 100), new PressureSensor(1, 0.2, 1.8, 0.04, 1, 100)],
            [SensorOf(rig, 0)!, SensorOf(rig, 1)!]);
        var valve = (PressureChannel)rig.Channels[0];
        Assert.Equal(300, valve.KpaOf(1.0), 9);
        Assert.Equal(double.NaN, (valve with { Sensor = null }).KpaOf(1.0));
    }

    [Fact]
    public void What_is_left_out_has_defaults_and_a_valve_need_not_be_measured()
    {
        RobotDescription rig = Parse(Rig[..Rig.IndexOf("    - { channel: 0, input", StringComparison.Ordinal)] + "    - { channel: 1, " +
            "input: 3, zero_v: 0.5, full_scale_v: 2, lag_ms: 25 }\n");
        Assert.Null(SensorOf(rig, 0));
        Assert.Equal(new PressureSensor(3, 0.5, 2, 0.025, 1, 120), SensorOf(rig, 1));
    }

    [Theory]
    [InlineData("channel: 1, input: 1", "channel: 2, input: 1", "channel 2 does not exist; the robot has channels 0 to 1", "input: 1,")]
    [InlineData("channel: 1, input: 1", "channel: 0, input: 1", "channel 0 has a sensor already; keep one of the two", "input: 1,")]
    [InlineData("channel: 1, input: 1", "channel: 1, input: 0", "input 0 measures channel 0 already; give each sensor its own",
        "channel: 1,")]
    [InlineData("channel: 1, input: 1", "channel: 1, input: 4", "board 'base' has the inputs 0 to 3", "input: 4")]
    [InlineData(", required: true", "", "input 0 is on chip 'sensors', without which the board would go on blindly; add required: true " +
        "to the chip", "input: 0")]
    [InlineData("      - { id: sensors, type: ads1115, bus: 1, address: 0x48, required: true }\n", "",
        "board 'base' has no ads1115 that could measure; add the chip", "input: 0")]
    [InlineData("full_scale_v: 1.8", "full_scale_v: 0.25", "full_scale_v is not 0.0625 above zero_v", "full_scale_v: 0.25")]
    [InlineData("max_error_kpa: 100", "max_error_kpa: 700", "max_error_kpa is within 6..600", "max_error_kpa: 700")]
    [InlineData("max_error_kpa: 100", "max_error_kpa: 1", "max_error_kpa is within 6..600", "max_error_kpa: 1 ")]
    [InlineData("lag_ms: 40", "lag_ms: 1", "robot.channels.pressure_sensors[0].lag_ms", "lag_ms: 1,")]
    [InlineData("zero_v: 0.2, ", "", "has no 'zero_v'; add it", "channel: 0")]
    public void A_fault_is_named_with_its_line(string from, string to, string problem, string where)
    {
        int at = Rig.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        string bad = Rig[..at] + to + Rig[(at + from.Length)..];
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(bad));
        Assert.Contains(problem, error.Problem);
        Assert.Contains(where, bad.Split('\n')[error.Line - 1]);
    }

    [Fact]
    public void A_servo_has_no_pressure()
    {
        string mixed = Shipped.Text("walker-rig12-imu").Replace("  layout:\n", "  pressure_sensors:\n    - { channel: 3, input: 0, " +
            "zero_v: 0.2, full_scale_v: 1.8, lag_ms: 40 }\n  layout:\n");
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(mixed));
        Assert.Contains("channel 3 is a servo and has no pressure; name a channel on an mcp4728", error.Problem);
    }
}
