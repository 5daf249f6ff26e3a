using Ganglion.Bridge.Messages;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;
using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Tests.Messages;

/// <summary>What a board makes of the values that it is sent: counts of a PWM chip for a servo, of a converter for a valve.</summary>
public class ShippedRobotPulseTests
{
    public static TheoryData<string> Shipped() => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "robots"))
        .Select(file => Path.GetFileName(file)!)];

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
                ChannelDescription channel = channels[i];
                foreach (double value in (double[])[channels[i].LimitMin, 0.3, channels[i].Park, channels[i].LimitMax])
                {
                    int count = PulseScale.ToCount((int)Math.Round(value * 16384), board.Channels.Gain[i], board.Channels.Bias[i]);
                    double expected = channel is ServoChannel servo
                        ? servo.PulseOf(value) / ((Pca9685)robot.Boards[b].Chips[servo.Chip]).CountTime
                        : value * Mcp4728.MaxCode;
                    Assert.InRange(count - expected, -0.6, 0.6);
                }
                Assert.Equal((byte)channels[i].OnSafe, board.Channels.Safe[i]);
                Assert.InRange(board.Channels.Slew[i] - channels[i].Slew * 16384 * board.TickMs / 1000, -9, 9);
            }
        }
    }

    /// <summary>A vented valve is exactly 0 V, and the whole of the converter's range is used.</summary>
    [Fact]
    public void A_valve_has_the_whole_range_of_its_converter()
    {
        RobotDescription robot = RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "robots", "muscle-pair.yaml"));
        byte[] bytes = BoardConfigEncoder.Encode(RobotConfiguration.Of(robot, 0));
        var board = new BoardConfig();
        Assert.True(board.Load(bytes, bytes.Length, RobotConfiguration.ProfileCode(robot.Boards[0].Profile)));
        Assert.Equal([0, 4095], new[] { 0, 16384 }.Select(value => PulseScale.ToCount(value, board.Channels.Gain[1],
            board.Channels.Bias[1])));
    }

    [Fact]
    public void There_are_shipped_robots() => Assert.True(Shipped().Count >= 4);
}
