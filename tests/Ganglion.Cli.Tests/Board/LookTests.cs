using System.Text.Json;

namespace Ganglion.Cli.Tests.Board;

/// <summary>The verbs that only look.</summary>
[Trait("Ports", "Real")]
public class LookTests
{
    [Fact]
    public void Info_tells_what_virtual_boards_are()
    {
        Outcome outcome = InProcess.Run("info", "--robot", "trunk25-4g", "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement[] boards = [.. outcome.Json.GetProperty("boards").EnumerateArray()];
        Assert.Equal(3, boards.Length);
        Assert.Equal(100, boards.Sum(board => board.GetProperty("channels").GetArrayLength()));
        Assert.All(boards, board =>
        {
            Assert.Equal("idle", board.GetProperty("state").GetString());
            Assert.Equal(1, board.GetProperty("protocol").GetInt32());
            Assert.Equal(20, board.GetProperty("tickMs").GetInt32());
            Assert.Matches(@"^\d+\.\d+$", board.GetProperty("firmware").GetString());
            Assert.True(board.GetProperty("configuration").GetProperty("matchesRobot").GetBoolean());
            JsonElement statistics = board.GetProperty("statistics");
            Assert.Equal(statistics.GetProperty("ticks").GetInt32(), statistics.GetProperty("jitter").EnumerateArray()
                .Sum(bin => bin.GetInt32()));
            Assert.All(board.GetProperty("chips").EnumerateArray(), chip => Assert.Equal(0, chip.GetProperty("errors").GetInt32()));
            JsonElement channel = board.GetProperty("channels")[0];
            Assert.Equal((0, 1), (channel.GetProperty("low").GetDouble(), channel.GetProperty("high").GetDouble()));
            Assert.Equal(0, board.GetProperty("telemetry").GetProperty("missedFrames").GetInt32());
        });
    }

    [Fact]
    public void Info_names_the_chips_of_the_description()
    {
        Outcome outcome = InProcess.Run("info", "--robot", "walker-rig12-imu");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("left-knee", outcome.Output);
        Assert.Matches(@"MPU6050\s+2\s+0x68", outcome.Output);
    }

    /// <summary>What is plugged in here is not known; the shape is.</summary>
    [Fact]
    public void Ports_and_doctor_answer_with_one_object()
    {
        Outcome ports = InProcess.Run("ports", "--json");
        Assert.Equal(0, ports.ExitCode);
        Assert.All(ports.Json.GetProperty("ports").EnumerateArray(), port => Assert.True(port.TryGetProperty("mayOpen", out _)));

        Outcome doctor = InProcess.Run("doctor", "--json");
        bool usable = doctor.Json.GetProperty("usable").GetBoolean();
        Assert.Equal(usable ? 0 : 1, doctor.ExitCode);
        Assert.Equal(usable, doctor.Json.GetProperty("checks").EnumerateArray().All(check => check.GetProperty("level")
            .GetString() != "trouble"));
        Assert.All(doctor.Json.GetProperty("checks").EnumerateArray(), check =>
            Assert.Equal(check.GetProperty("level").GetString() == "good", check.GetProperty("remedy").GetString() == ""));
    }
}
