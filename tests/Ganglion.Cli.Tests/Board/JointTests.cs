namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion joint`, and `ganglion doctor` with a board, as a user calls them.</summary>
public class JointTests
{
    [Fact]
    public void A_module_is_swept_on_a_virtual_board()
    {
        Outcome outcome = GanglionProcess.Run("joint", "3", "--sweep", "--cycles", "1", "--virtual-time", "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Equal("base pwm0 (bus 1, 0x40) output 8-11", outcome.Json.GetProperty("place").GetString());
        Assert.Equal((6, true), (outcome.Json.GetProperty("ways").GetInt32(), outcome.Json.GetProperty("whole").GetBoolean()));
    }

    /// <summary>Answers from a pipe, of which two say that two modules are exchanged.</summary>
    [Fact]
    public void What_moved_is_answered_from_a_pipe_and_the_lines_to_write_are_told()
    {
        using var wiggle = GanglionProcess.Start("joint", "--wiggle", "--virtual-time", "--json");
        foreach (string answer in (string[])["1", "3", "2", "4", "eleven", "5", "6", "7", "8", "9", "10"])
        {
            wiggle.Type(answer, "");
        }

        Outcome outcome = wiggle.End();
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("there is no module 'eleven'", outcome.Errors);
        Assert.False(outcome.Json.GetProperty("asDescribed").GetBoolean());
        Assert.Contains("    - { joints: 2, board: base, chip: pwm0, outputs: 8-11 }",
            outcome.Json.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
    }

    [Theory]
    [InlineData(1, "there is no module '11'", "11", "--sweep", "--virtual-time")]
    [InlineData(1, "has no servos: `ganglion pressure` moves valves", "--wiggle", "--virtual-time", "--robot", "muscle-pair")]
    [InlineData(2, "say which module to move", "--sweep")]
    [InlineData(2, "stdin is no terminal", "3")]
    public void What_cannot_be_is_refused_in_one_line(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["joint", .. options]).Refused(exitCode));

    [Fact]
    [Trait("Ports", "Real")]
    public void Doctor_asks_a_board_and_its_chips()
    {
        using var boards = new LiveBoards("rig12");
        Outcome outcome = InProcess.RunLive(boards.Port, "doctor", "--port", boards.Port, "--robot", "rig12", "--json");
        var checks = outcome.Json.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.All(["board base", "chips of base", "time of base", "link of base", "chips behind base"], name =>
            Assert.Equal((name, "good"), (name, checks[name].GetProperty("level").GetString())));
        Assert.Contains("'pwm0' (PCA9685, bus 1, 0x40) answer", checks["chips behind base"].GetProperty("what").GetString());
    }
}
