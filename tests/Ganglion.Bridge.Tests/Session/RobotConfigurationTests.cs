using Ganglion.Robots;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>Every shipped robot makes configurations that a board's own reader takes, with its sensors' flags and its names.</summary>
public class RobotConfigurationTests
{
    private static RobotDescription Robot(string name) => RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "robots", name + ".yaml"));

    [Fact]
    public void A_board_accepts_every_shipped_robot()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "robots"), "*.yaml");
        Assert.True(files.Length >= 6);
        foreach (string file in files)
        {
            RobotDescription robot = RobotFile.Load(file);
            for (int board = 0; board < robot.Boards.Length; board++)
            {
                BoardConfig read = Read(robot, board);
                Assert.Equal(robot.ChannelsOf(board).Count(), read.Channels.Count);
                Assert.Equal(robot.Boards[board].Chips.Select(chip => (byte)chip.Address), read.ChipAddress);
            }
        }
    }

    [Fact]
    public void Sensors_are_required_as_the_file_says()
    {
        BoardConfig read = Read(Robot("walker-rig12-imu"), 0);
        Assert.Equal([ChipType.Pca9685, ChipType.Mpu6050, ChipType.Ads1115, ChipType.Mcp4728], read.ChipTypes);
        Assert.Equal((true, false), (read.ChipRequired[1], read.ChipRequired[2]));
    }

    [Fact]
    public void Channels_go_by_their_names_and_else_by_their_outputs()
    {
        Assert.Equal("left-knee", RobotConfiguration.Of(Robot("walker-rig12-imu"), 0).Channels[3].Name);
        Assert.Equal("pwm0/3", RobotConfiguration.Of(Robot("rig12"), 0).Channels[3].Name);
        Assert.Equal("joint 1 gear 4", RobotConfiguration.Of(Robot("trunk10-4g"), 0).Channels[3].Name);
    }

    public static TheoryData<string> Shipped() => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "robots")).Select(file => Path.GetFileName(file)!)];

    /// <summary>Each board of each shipped robot takes its configuration, and makes the pulses that the description says.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void Shipped_robots_make_the_pulses_of_their_description(string file)
    {
        RobotDescription robot = RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "robots", file));
        for (int b = 0; b < robot.Boards.Length; b++)
        {
            byte[] bytes = BoardConfigEncoder.Encode(RobotConfiguration.Of(robot, b));
            var board = new BoardConfig();
            Assert.True(board.Load(bytes, bytes.Length, RobotConfiguration.ProfileCode(robot.Boards[b].Profile)));
            ChannelDescription[] channels = [.. robot.ChannelsOf(b)];
            Assert.Equal(channels.Length, board.Channels.Count);
            Assert.Equal(robot.Boards[b].HoldTimeout, board.HoldTimeout * 1e-3, 9);
            Assert.Equal(robot.Boards[b].TelemetryPeriod, board.TelemetryTicks * board.TickMs * 1e-3, 9);
            for (int i = 0; i < channels.Length; i++)
            {
                var chip = (Pca9685)robot.Boards[b].Chips[channels[i].Chip];
                foreach (double value in (double[])[channels[i].LimitMin, 0.3, channels[i].Park, channels[i].LimitMax])
                {
                    int count = PulseScale.ToCount((int)Math.Round(value * 16384), board.Channels.Gain[i], board.Channels.Bias[i]);
                    Assert.InRange(count - channels[i].PulseOf(value) / chip.CountTime, -0.6, 0.6);
                }
                Assert.Equal((byte)channels[i].OnSafe, board.Channels.Safe[i]);
                Assert.InRange(board.Channels.Slew[i] - channels[i].Slew * 16384 * board.TickMs / 1000, -9, 9);
            }
        }
    }

    private static BoardConfig Read(RobotDescription robot, int board)
    {
        BoardConfiguration configuration = RobotConfiguration.Of(robot, board);
        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        var read = new BoardConfig();
        Assert.True(read.Load(bytes, bytes.Length, configuration.Profile), $"{robot.Name}: field {read.FaultField}, index {read.FaultIndex}");
        return read;
    }
}
