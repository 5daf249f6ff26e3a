using System.Text.Json;

namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion gait play` as a user calls it.</summary>
public class GaitPlayTests
{
    [Fact]
    public void A_virtual_board_walks_and_tells_what_it_did()
    {
        using var scratch = new Scratch();
        Outcome outcome = GanglionProcess.Run("gait", "play", "walk", "--speed", "200", "--turn", "4", "--seconds", "15", "--virtual-time",
            "--json", "--log", scratch.At("walk.mcap"));
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        JsonElement json = outcome.Json;
        Assert.Equal(("walk", "walker12", 200), (json.GetProperty("gait").GetString(), json.GetProperty("robot").GetString(),
            json.GetProperty("speedMmS").GetDouble()));
        Assert.Equal(json.GetProperty("expectedCycleS").GetDouble(), json.GetProperty("cycleS").GetDouble(), 0.01);
        Assert.InRange(json.GetProperty("distanceMm").GetDouble(), 200 * 6, 200 * 15);
        Assert.Equal(12, json.GetProperty("joints").GetArrayLength());
        Assert.All(json.GetProperty("joints").EnumerateArray(), joint =>
            Assert.True(joint.GetProperty("peakSpeed").GetDouble() < joint.GetProperty("slewBound").GetDouble()));
        Assert.Contains("/board/trunk/walk", InProcess.Run("log", scratch.At("walk.mcap")).Output);
    }

    /// <summary>Through a pseudo-terminal as with a real board. Ctrl-C brings the feet together and disarms.</summary>
    [Trait("Ports", "Real")]
    [Fact]
    public void Ctrl_c_stops_a_walk_on_a_port_and_disarms()
    {
        using var boards = new LiveBoards("walker12");
        string port = boards.Port;

        // From outside nobody can tell when it walks; one that was interrupted before it took the port is given more time. On a machine so
        // busy that the host was silent the board is safe: it is disarmed, and walks once more.
        Outcome outcome = new(0, "", "");
        for (int milliseconds = 1000; (outcome.Output == "" || outcome.Starved) && milliseconds <= 32000; milliseconds *= 2)
        {
            if (outcome.Starved)
            {
                InProcess.Run("disarm", "--port", port);
            }

            using var play = GanglionProcess.Start("gait", "play", "walk", "--port", port, "--json");
            Thread.Sleep(milliseconds);
            play.Interrupt();
            outcome = play.End();
        }

        Assert.True(outcome.ExitCode is 0 or 3, outcome.Errors); // 3: a busy machine made it miss deadlines
        Assert.Equal("walk", outcome.Json.GetProperty("gait").GetString());
        Assert.Equal("idle", State(port));
    }

    [Theory]
    [InlineData(1, "there is no gait file 'wlak'", "wlak")]
    [InlineData(1, "made for 'walker12', not for 'walker10'", "walk", "--robot", "walker10")]
    [InlineData(1, "'rig12' has no legs", "walk", "--robot", "rig12")]
    [InlineData(1, "--speed 900 is beyond the gait's 488 mm/s", "walk", "--speed", "900")]
    [InlineData(1, "--turn 40 is beyond the gait's 8.6 degrees/s", "walk", "--turn", "40")]
    [InlineData(2, "--speed takes a number, not 'NaN'", "walk", "--speed", "NaN")]
    [InlineData(2, "--cadence is 0.5 to 2, not 3", "walk", "--cadence", "3", "--speed", "100")]
    [InlineData(1, "no such device", "walk", "--port", "/dev/ttyUSB99")]
    [InlineData(2, "--virtual-time is for virtual boards", "walk", "--virtual-time")]
    [InlineData(2, "--seconds is above 0", "walk", "--seconds", "0")]
    public void What_cannot_be_is_refused_in_one_line(int exitCode, string told, params string[] arguments) =>
        Assert.Contains(told, InProcess.Run(["gait", "play", .. arguments]).Refused(exitCode));

    private static string State(string port) => InProcess.RunLive(port, "info", "--port", port, "--json").Json.GetProperty("boards")[0]
        .GetProperty("state").GetString()!;
}
