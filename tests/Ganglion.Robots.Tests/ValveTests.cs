using System.Text;
using System.Text.RegularExpressions;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

/// <summary>Valves as channels of a servo-rig: what they take over from the file, beside servos too, and each refusal with its
/// line.</summary>
public class ValveTests
{
    /// <summary>The shipped walker with its valves driven: channels 12 to 15.</summary>
    private static readonly string Mixed = Shipped.Text("walker-rig12-imu")
        .Replace("  layout:\n", "  valve_defaults: { slew_per_s: 4, limit_max: 0.6 }\n  layout:\n")
        .Replace("  overrides:\n", "    - { board: trunk, chip: valves, outputs: 0-3 }\n  overrides:\n    - { channel: 13, limit_min: " +
            "0.1, park: 0.2, on_safe: park }\n");

    private static RobotDescription Parse(string text) => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "rig.yaml");

    [Fact]
    public void The_muscle_pair_is_two_valves_that_vent_when_parked_and_when_safe()
    {
        RobotDescription pair = RobotFile.Load(Shipped.Path("muscle-pair"));
        Assert.Equal(
            [
                new PressureChannel(0, 0, 0, 500, 0, 0.8, 5, 0, OnSafe.Release, "flexor", new PressureSensor(0, 0.2, 1.8, 0.1, 1, 100)),
                new PressureChannel(0, 0, 1, 500, 0, 0.8, 5, 0, OnSafe.Release, "extensor", new PressureSensor(1, 0.2, 1.8, 0.1, 1, 100)),
            ],
            pair.Channels.ToArray());
        Assert.Equal("muscle-pair", RhythmFile.Load(Shipped.RhythmPath("muscle-pair"), pair).Name);
    }

    [Fact]
    public void Servos_and_valves_share_a_board_each_with_defaults_of_its_own()
    {
        RobotDescription walker = Parse(Mixed);
        Assert.Equal(16, walker.Channels.Length);
        Assert.All(walker.Channels.Take(12), channel => Assert.Equal(0.5, Assert.IsType<ServoChannel>(channel).Park));
        Assert.Equal(new PressureChannel(0, 3, 0, 500, 0, 0.6, 4, 0, OnSafe.Release), walker.Channels[12]);
        Assert.Equal(new PressureChannel(0, 3, 1, 500, 0.1, 0.6, 4, 0.2, OnSafe.Park), walker.Channels[13]);
    }

    [Theory]
    [InlineData("valve_defaults: {", "valve_defaults: { pulse_min_us: 500,", "unknown key 'pulse_min_us' in robot.channels.valve_defaults",
        "pulse_min_us: 500,")]
    [InlineData("valve_defaults: {", "valve_defaults: { offset_us: 5,", "unknown key 'offset_us' in robot.channels.valve_defaults",
        "offset_us: 5")]
    [InlineData("slew_per_s: 4, ", "", "robot.channels.valve_defaults has no 'slew_per_s'; add it", "valve_defaults:")]
    [InlineData("channel: 13,", "channel: 13, pulse_min_us: 600,", "channel 13 is a valve on chip 'valves' and takes no pulse_min_us",
        "channel: 13")]
    [InlineData("channel: 13,", "channel: 13, pulse_max_us: 600,", "channel 13 is a valve on chip 'valves' and takes no pulse_max_us",
        "channel: 13")]
    [InlineData("channel: 13,", "channel: 13, direction: -1,", "channel 13 is a valve on chip 'valves' and takes no direction",
        "channel: 13")]
    [InlineData("channel: 13,", "channel: 13, offset_us: 1,", "channel 13 is a valve on chip 'valves' and takes no offset_us",
        "channel: 13")]
    [InlineData("park: 0.2", "park: 0.7", "park 0.7 lies outside limit_min..limit_max", "channel: 13")]
    [InlineData("park: 0.2, ", "", "park 0 lies outside limit_min..limit_max", "valve_defaults:")]
    [InlineData("13, limit_min: 0.1", "13, limit_max: 0.1, limit_min: 0.2", "limit_max is not above limit_min", "channel: 13")]
    [InlineData("chip: valves, outputs: 0-3", "chip: valves, outputs: 1-4", "output 4 of chip 'valves' does not exist; it has outputs 0 " +
        "to 3", "outputs: 1-4")]
    [InlineData("    - { board: trunk, chip: valves, outputs: 0-3 }\n", "", "no layout entry names an mcp4728, so that valve_defaults " +
        "calibrates nothing; remove it", "valve_defaults:")]
    [InlineData(", full_scale_kpa: 500", "", "chip 'valves' has no full_scale_kpa", "chip: valves")]
    [InlineData("  valve_defaults: { slew_per_s: 4, limit_max: 0.6 }\n", "", "chip 'valves' drives valves and channels has no " +
        "valve_defaults for them; add it", "chip: valves")]
    public void A_fault_is_named_with_its_line(string from, string to, string problem, string where)
    {
        int at = Mixed.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        string bad = Mixed[..at] + to + Mixed[(at + from.Length)..];
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(bad));
        Assert.Contains(problem, error.Problem);
        Assert.Contains(";", error.Problem);
        Assert.Contains(where, bad.Split('\n')[error.Line - 1]);
    }

    [Fact]
    public void Valves_alone_take_no_servo_defaults_and_servos_need_theirs()
    {
        string pair = Shipped.Text("muscle-pair"), rig = Shipped.Text("rig12");
        RobotFileException unused = Assert.Throws<RobotFileException>(() =>
            Parse(pair.Replace("  valve_defaults:", "  defaults: { pulse_min_us: 500, pulse_max_us: 2500, slew_per_s: 2 }\n  " +
                "valve_defaults:")));
        Assert.Contains("no layout entry names a pca9685, so that defaults calibrates nothing; remove it", unused.Problem);
        RobotFileException missing = Assert.Throws<RobotFileException>(() =>
            Parse(Regex.Replace(rig, "  defaults:.*  layout:", "  layout:", RegexOptions.Singleline)));
        Assert.Contains("chip 'pwm0' drives servos and channels has no defaults for them; add it", missing.Problem);
    }
}
