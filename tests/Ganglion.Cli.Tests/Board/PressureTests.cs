using System.Text.Json;

namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion pressure` as a user calls it.</summary>
public class PressureTests
{
    [Fact]
    public void A_boards_loops_make_the_sine_that_is_asked_for()
    {
        Outcome outcome = GanglionProcess.Run("pressure", "--kpa", "300", "--swing", "100", "--seconds", "8", "--virtual-time", "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Equal(2, outcome.Json.GetProperty("channels").GetArrayLength());
        foreach (JsonElement channel in outcome.Json.GetProperty("channels").EnumerateArray())
        {
            Assert.InRange(channel.GetProperty("middleKpa").GetDouble(), 297, 303);
            Assert.InRange(channel.GetProperty("swingKpa").GetDouble(), 97, 103);
        }
    }

    [Theory]
    [InlineData(1, "are not within the limits of valve 'flexor'", "--kpa", "9000", "--seconds", "2", "--virtual-time")]
    [InlineData(1, "walker12 is no robot with one board and valves", "--robot", "walker12", "--seconds", "2", "--virtual-time")]
    [InlineData(2, "--swing takes a number, not 'nan': give a finite one", "--swing", "nan", "--seconds", "2")]
    public void What_cannot_be_is_refused_in_one_line(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["pressure", .. options]).Refused(exitCode));
}
