using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

/// <summary>Robots of kind servo-rig: numbering, names, overrides, required sensors, and each refusal with its line.</summary>
public class ServoRigTests
{
    private static RobotDescription Parse(string text) => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "rig.yaml");

    [Fact]
    public void Rig12_is_twelve_equal_channels_on_one_chip()
    {
        RobotDescription rig = RobotFile.Load(Shipped.Path("rig12"));
        Assert.Equal((RobotKind.ServoRig, "rig12", (TrunkArmLayout?)null), (rig.Kind, rig.Name, rig.TrunkArm));
        Assert.Equal(Enumerable.Range(0, 12), rig.Channels.Select(channel => channel.Output));
        Assert.All(rig.Channels, channel => Assert.Equal(new ServoChannel(0, 0, channel.Output, 500e-6, 2500e-6, 1, 0, 0, 1, 2.7, 0.5,
            OnSafe.Release), channel));
    }

    [Fact]
    public void Walker_names_its_channels_and_turns_the_right_pitch_servos_round()
    {
        RobotDescription walker = RobotFile.Load(Shipped.Path("walker-rig12-imu"));
        Assert.Equal("left-knee", walker.Channels[3].Name);
        Assert.Equal("right-ankle-roll", walker.Channels[11].Name);
        Assert.Equal([8, 9, 10], Enumerable.Range(0, 12).Where(channel => ((ServoChannel)walker.Channels[channel]).Direction < 0));
    }

    /// <summary>Also for arms, so that a message about a channel can say which gear it is.</summary>
    [Fact]
    public void An_arms_channels_are_named_by_their_gears()
    {
        RobotDescription arm = RobotFile.Load(Shipped.Path("trunk10-4g"));
        Assert.Equal("joint 3 gear 2", arm.Channels[arm.TrunkArm![2, 1].Channel].Name);
    }

    [Theory]
    [InlineData("type: mpu6050, bus: 2, address: 0x68, required: true", true)]
    [InlineData("type: mpu6050, bus: 2, address: 0x68, required: false", false)]
    [InlineData("type: mpu6050, bus: 2, address: 0x68", true)]
    [InlineData("type: ads1115, bus: 2, address: 0x4A, required: true", true)]
    [InlineData("type: ads1115, bus: 2, address: 0x4A", false)]
    [InlineData("type: pca9685, bus: 2, address: 0x41, frequency_hz: 50", true)]
    [InlineData("type: mcp4728, bus: 2, address: 0x61", true)]
    public void A_required_chip_is_one_without_which_the_board_goes_safe(string chip, bool required)
    {
        string text = Shipped.Text("walker-rig12-imu").Replace("{ id: imu, type: mpu6050, bus: 2, address: 0x68, required: true }",
            $"{{ id: asked, {chip} }}");
        Assert.Equal(required, Parse(text).Boards[0].Chips.Single(candidate => candidate.Id == "asked").Required);
    }

    [Fact]
    public void Channels_of_two_boards_are_numbered_on()
    {
        string good = Shipped.Text("rig12");
        string board = good[good.IndexOf("  - id: base", StringComparison.Ordinal)..good.IndexOf("\nchannels:", StringComparison.Ordinal)];
        RobotDescription rig = Parse(good.Replace(board, board + board.Replace("id: base", "id: second"))
            .Replace("outputs: 0-11 }", "outputs: 0-3 }\n    - { board: second, chip: pwm0, outputs: 8 }\n  overrides:\n    - { channel: " +
                "4, park: 0.25 }"));
        Assert.Equal([0, 0, 0, 0, 1], rig.Channels.Select(channel => channel.Board));
        Assert.Equal((8, 0.25), (rig.Channels[4].Output, rig.Channels[4].Park));
        Assert.Equal(rig.Channels[4], Assert.Single(rig.ChannelsOf(1)));
    }

    [Theory]
    [InlineData("chip: legs\n      outputs: 6-11", "chip: legs\n      outputs: 3-8", "output 3 of chip 'legs' is already channel 3", 1)]
    [InlineData("outputs: 0-5", "outputs: 6-11", "output 6 of chip 'legs' is already channel 0", 4)]
    [InlineData("outputs: 0-5", "outputs: 9-14", "list boards, chips and outputs in rising order", 4)]
    [InlineData("outputs: 6-11", "outputs: 6-10", "6 names are given for 5 outputs", 1)]
    [InlineData("right-knee", "left-knee", "two channels are called 'left-knee'", 0)]
    [InlineData("right-knee", "right-hip-yaw", "two channels are called 'right-hip-yaw'", 0)]
    [InlineData("right-knee", "right knee", "robot.channels.layout[1].names[3] is 'right knee'; use 1 to 32 letters", 0)]
    [InlineData("channel: 8,", "channel: 12,", "channel 12 does not exist; the robot has channels 0 to 11", 0)]
    [InlineData("channel: 9,", "channel: 8,", "channel 8 has an override already", 0)]
    [InlineData("channel: 8,", "joint: 8,", "unknown key 'joint' in robot.channels.overrides[0]", 0)]
    [InlineData("{ channel: 8, direction: -1 }", "{ channel: 8, park: 0.95 }", "park 0.95 lies outside limit_min..limit_max", 0)]
    [InlineData("slew_per_s: 1.9", "slew_per_s: 64", "must be within 0.01..63.9", 0)]
    [InlineData("chip: legs\n      outputs: 6-11", "chip: valves\n      outputs: 6-11", "output 11 of chip 'valves' does not exist; it " +
        "has outputs 0 to 3", 1)]
    [InlineData("chip: legs\n      outputs: 6-11", "chip: valves\n      outputs: 0-3", "chip 'valves' drives valves and channels has no " +
        "valve_defaults", 0)]
    [InlineData("chip: legs\n      outputs: 6-11", "chip: feet\n      outputs: 6-11", "chip 'feet' is a sensor and drives nothing", 0)]
    [InlineData("board: trunk\n      chip: legs\n      outputs: 6-11", "board: tail\n      chip: legs\n      outputs: 6-11",
        "there is no board 'tail'", 0)]
    [InlineData("kind: servo-rig", "kind: servo-rog", "did you mean 'servo-rig'?", 0)]
    [InlineData("kind: servo-rig", "kind: servo-rig\njoints: 3", "unknown key 'joints' in robot", 1)]
    public void A_fault_is_named_with_its_line(string from, string to, string problem, int line)
    {
        string good = Shipped.Text("walker-rig12-imu");
        int at = good.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(good[..at] + to + good[(at + from.Length)..]));
        Assert.Contains(problem, error.Problem);
        Assert.Contains(";", error.Problem);
        Assert.Equal(good[..at].Count(c => c == '\n') + 1 + line, error.Line);
    }

    [Fact]
    public void A_board_takes_as_many_channels_as_a_frame_carries()
    {
        string good = Shipped.Text("rig12");
        const string chip = "      - { id: pwm0, type: pca9685, bus: 1, address: 0x40, frequency_hz: 50 }\n", run =
            "    - { board: base, chip: pwm0, outputs: 0-11 }\n";
        string Rig(int chips, int last) => good
            .Replace(chip, string.Concat(Enumerable.Range(0, chips).Select(i => chip.Replace("pwm0", $"pwm{i}")
                .Replace("0x40", $"0x{0x40 + i:X2}"))))
            .Replace(run, string.Concat(Enumerable.Range(0, chips).Select(i => run.Replace("pwm0", $"pwm{i}").Replace("0-11", i == chips - 1
                ? $"0-{last}" : "0-15"))));
        Assert.Equal(120, Parse(Rig(8, 7)).Channels.Length);
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(Rig(8, 8)));
        Assert.Contains("board 'base' has 121 channels; a board takes 120", error.Problem);
    }
}
