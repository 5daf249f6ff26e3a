namespace Ganglion.Cli.Tests.Arm;

/// <summary>What --log of the verbs besides `run` leaves, read back by `ganglion log`.</summary>
public class RecordingTests
{
    [Fact]
    public void A_reach_is_recorded_with_its_measured_poses()
    {
        using var scratch = new Scratch();
        Outcome reach = GanglionProcess.Run("reach", "120", "-60", "480", "--hold", "1", "--virtual-time", "--json", "--log",
            scratch.At("reach.mcap"));
        Assert.Equal((0, ""), (reach.ExitCode, reach.Errors));
        Dictionary<string, long> messages = Messages(scratch.At("reach.mcap"));

        // 50 setpoints and at least 25 measured postures a second, over the motion and the second of holding.
        double seconds = 1 + reach.Json.GetProperty("motionSeconds").GetDouble();
        Assert.True(messages["/board/base/tx"] > 50 * seconds, $"{messages["/board/base/tx"]} frames in {seconds} s");
        Assert.InRange(messages["/arm/pose"], 25 * seconds, 60 * seconds);
        Assert.Equal(1, messages["/arm/target"]);
    }

    [Fact]
    public void A_rhythm_is_recorded()
    {
        using var scratch = new Scratch();
        Outcome play = GanglionProcess.Run("rhythm", "play", "half-center", "--seconds", "5", "--virtual-time", "--json", "--log",
            scratch.At("rhythm.mcap"));
        Assert.Equal((0, ""), (play.ExitCode, play.Errors));
        Dictionary<string, long> messages = Messages(scratch.At("rhythm.mcap"));
        Assert.True(messages.Single(entry => entry.Key.EndsWith("/tx", StringComparison.Ordinal)).Value > 10);
        Assert.True(messages.Single(entry => entry.Key.EndsWith("/rx", StringComparison.Ordinal)).Value > 50);
    }

    private static Dictionary<string, long> Messages(string file)
    {
        Outcome log = InProcess.Run("log", file, "--json");
        Assert.Equal(0, log.ExitCode);
        Assert.True(log.Json.GetProperty("complete").GetBoolean());
        return log.Json.GetProperty("channels").EnumerateArray()
            .ToDictionary(channel => channel.GetProperty("topic").GetString()!, channel => channel.GetProperty("messages").GetInt64());
    }
}
