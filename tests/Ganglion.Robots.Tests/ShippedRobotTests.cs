using System.Security.Cryptography;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Tests;

public class ShippedRobotTests
{
    [Fact]
    public void The_four_arms_of_the_paper_one_with_a_gripper_one_with_an_eye_five_rigs_and_two_walkers_are_there() =>
        Assert.Equal(["muscle-pair", "muscle-rig", "pendulum", "rig12", "trunk10-4g", "trunk10-4g-eye", "trunk20-3g", "trunk25-4g",
            "trunk6-3g", "trunk6-3g-gripper", "walker-rig12-imu", "walker10", "walker12"], Shipped.Robots);

    [Fact]
    public void Every_kind_of_chip_occurs_in_a_shipped_file()
    {
        IEnumerable<Type> used = Shipped.Robots.SelectMany(name => RobotFile.Load(Shipped.Path(name)).Boards)
            .SelectMany(board => board.Chips).Select(chip => chip.GetType());
        IEnumerable<Type> known = typeof(ChipDescription).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ChipDescription)));
        Assert.Equal(known.OrderBy(type => type.Name), used.Distinct().OrderBy(type => type.Name));
    }

    [Theory]
    [InlineData("trunk6-3g", JointDesign.ThreeGeared, 6, new[] { 18 })]
    [InlineData("trunk10-4g", JointDesign.FourGeared, 10, new[] { 40 })]
    [InlineData("trunk20-3g", JointDesign.ThreeGeared, 20, new[] { 60 })]
    [InlineData("trunk25-4g", JointDesign.FourGeared, 25, new[] { 36, 32, 32 })]
    public void Joints_boards_and_channels_are_as_designed(string name, JointDesign design, int joints, int[] channelsPerBoard)
    {
        RobotDescription robot = RobotFile.Load(Shipped.Path(name));
        Assert.Equal(name, robot.Name);
        Assert.Equal(design, robot.TrunkArm!.Design);
        Assert.Equal(joints, robot.TrunkArm.Joints);
        Assert.Equal(channelsPerBoard, robot.Boards.Select((_, board) => robot.ChannelsOf(board).Count()));
    }

    [Theory]
    [InlineData("trunk6-3g")]
    [InlineData("trunk10-4g")]
    [InlineData("trunk20-3g")]
    [InlineData("trunk25-4g")]
    public void Every_gear_has_its_own_channel_in_board_order(string name)
    {
        RobotDescription robot = RobotFile.Load(Shipped.Path(name));
        TrunkArmLayout arm = robot.TrunkArm!;
        Assert.Equal(arm.Joints * arm.GearsPerJoint, robot.Channels.Length);
        Assert.Equal(Enumerable.Range(0, robot.Channels.Length), arm.Gears.Select(gear => gear.Channel).Order());
        (int Board, int Chip, int Output)[] places = robot.Channels.Select(channel =>
            (channel.Board, channel.Chip, channel.Output)).ToArray();
        Assert.Equal(places.Distinct().Order(), places);
        foreach (GearChannel gear in arm.Gears)
        {
            Assert.Same(robot.ChannelsOf(gear.Board).ElementAt(gear.ChannelOnBoard), robot.Channels[gear.Channel]);
        }
    }

    [Fact]
    public void Files_speak_milliseconds_and_microseconds_and_the_model_seconds()
    {
        RobotDescription robot = RobotFile.Load(Shipped.Path("trunk10-4g"));
        BoardDescription board = robot.Boards[0];
        Assert.Equal((0.020, 0.080, 0.400, 0.100), (board.Tick, board.HoldTimeout, board.SafeTimeout, board.TelemetryPeriod));
        Assert.Equal(new BusDescription(1, 400_000), board.Buses[0]);
        var channel = (ServoChannel)robot.Channels[0];
        Assert.Equal(561e-6, channel.PulseMin, 12);
        Assert.Equal(2439e-6, channel.PulseMax, 12);
        Assert.Equal(OnSafe.Release, channel.OnSafe);
        // The stroke of 169 degrees, centred in a servo's 180 degrees over 500..2500 us.
        Assert.Equal(169.0 / 180 * 2000e-6, channel.PulseMax - channel.PulseMin, 6);
    }

    [Theory]
    [InlineData("trunk6-3g", 180)]
    [InlineData("trunk10-4g", 169)]
    [InlineData("trunk20-3g", 180)]
    [InlineData("trunk25-4g", 169)]
    public void Slew_bound_stays_below_the_servos_speed(string name, double travelInDegrees)
    {
        const double servoSpeed = 60 / 0.12;
        Assert.All(RobotFile.Load(Shipped.Path(name)).Channels, channel => Assert.True(channel.Slew * travelInDegrees < servoSpeed));
    }

    [Fact]
    public void File_hash_is_sha256_of_the_bytes()
    {
        string expected = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Shipped.Path("trunk6-3g"))));
        Assert.Equal(expected, RobotFile.Load(Shipped.Path("trunk6-3g")).FileHash);
    }

    /// <summary>NXP PCA9685, section 7.3.5: 200 Hz with the 25 MHz oscillator needs 0x1E = 30; reset value 0x1E; range 24..1526
    /// Hz.</summary>
    [Theory]
    [InlineData(200, 30)]
    [InlineData(24, 253)]
    [InlineData(1526, 3)]
    [InlineData(50, 121)]
    public void Prescaler_follows_the_datasheet(double frequency, int prescale) =>
        Assert.Equal(prescale, new Pca9685("pwm0", 1, 0x40, frequency, 25e6).Prescale);

    [Fact]
    public void Pulse_and_value_are_inverse_with_direction_and_offset()
    {
        ServoChannel channel = new(0, 0, 0, 500e-6, 2500e-6, -1, 12e-6, 0, 1, 2.7, 0.5, OnSafe.Release);
        Assert.Equal(2512e-6, channel.PulseOf(0), 12);
        Assert.Equal(512e-6, channel.PulseOf(1), 12);
        for (double value = -0.1; value < 1.15; value += 0.1)
        {
            Assert.Equal(value, channel.ValueOf(channel.PulseOf(value)), 12);
        }
    }
}
