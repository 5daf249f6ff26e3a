namespace Ganglion.Cli.Tests.Rhythm;

/// <summary>`ganglion rhythm show`: a rhythm on the page until it is ended, with a board at rest beside it.</summary>
public class RhythmShowTests
{
    /// <summary>Its board is a virtual one of the program, in real time.</summary>
    [Trait("Ports", "Real")]
    [Fact]
    public async Task A_rhythm_is_shown_until_it_is_ended_and_its_board_never_moved()
    {
        (GanglionProcess process, Uri address) = await PageAddress.Start("rhythm", "show", "walk7", "--listen", "0");
        using GanglionProcess shown = process;
        using var client = new HttpClient { BaseAddress = address };
        string scene = await client.GetStringAsync("/scene"), text = await client.GetStringAsync("/text");
        Assert.Contains("\"id\":\"inhibition\"", scene);
        Assert.Contains("- { to: lx, from: rx, weight: -1 }", text);
        process.Interrupt();
        Outcome end = await Task.Run(process.End);
        Assert.Equal(0, end.ExitCode);
        Assert.EndsWith("At rest and disarmed.\n", end.Output);
        Assert.DoesNotContain("armed, outputs on", end.Output);

        // What the page gives is a rhythm that a board plays.
        using var scratch = new Scratch();
        Outcome played = InProcess.Run("rhythm", "play", scratch.Put("set.yaml", text), "--virtual-time", "--seconds", "6", "--json");
        Assert.Equal("walk7", played.Json.GetProperty("rhythm").GetString());
    }

    [Theory]
    [InlineData(2, "no board plays spiking, it runs on this computer: leave out --port", "spiking", "--port", "none")]
    [InlineData(2, "no board plays rebound-burst, it runs on this computer: leave out --out", "rebound-burst", "--out", "my.yaml")]
    [InlineData(1, "Did you mean 'half-center'?", "half-centre")]
    [InlineData(1, "Also shown: spiking, leg, and types of cells", "none")]
    [InlineData(2, "trunk25-4g has 3 boards", "half-center", "--robot", "trunk25-4g")]
    [InlineData(1, "'my file' is no name for one", "half-center", "--out", "my file.yaml")]
    public void What_cannot_be_shown_is_refused(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["rhythm", "show", .. options]).Refused(exitCode));
}
