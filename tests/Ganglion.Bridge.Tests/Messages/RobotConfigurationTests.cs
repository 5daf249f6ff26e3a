using Ganglion.Bridge.Messages;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;

namespace Ganglion.Bridge.Tests.Messages;

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

    private static BoardConfig Read(RobotDescription robot, int board)
    {
        BoardConfiguration configuration = RobotConfiguration.Of(robot, board);
        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        var read = new BoardConfig();
        Assert.True(read.Load(bytes, bytes.Length, configuration.Profile), $"{robot.Name}: field {read.FaultField}, index " +
            $"{read.FaultIndex}");
        return read;
    }
}
