namespace Ganglion.Cli.Tests.Rhythm;

/// <summary>`ganglion rhythm pendulum` and `rhythm cells` as a user calls them.</summary>
public class PendulumTests
{
    [Fact]
    public void Half_centers_drive_the_leg_to_its_resonance_and_the_signals_are_written()
    {
        using var scratch = new Scratch();
        string csv = scratch.At("leg.csv"), svg = scratch.At("leg.svg"), log = scratch.At("leg.mcap");
        Outcome outcome = GanglionProcess.Run("rhythm", "pendulum", "drive", "--seconds", "120", "--start", "0.05", "--csv", csv, "--svg",
            svg, "--log", log, "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.True(outcome.Json.GetProperty("entrained").GetBoolean());
        Assert.InRange(outcome.Json.GetProperty("cellHz").GetDouble(), 0.157, 0.174);
        string[] lines = File.ReadAllLines(csv);
        Assert.Equal(120 / 0.005 + 1, lines.Length);
        Assert.StartsWith("time_s,upper_rad,lower_rad,", lines[0]);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
        Assert.StartsWith("<svg ", File.ReadAllText(svg));
        Assert.Contains("24000 messages", InProcess.Run("log", log).Output);
    }

    [Theory]
    [InlineData(1, "the cells of the shoulder do not alternate: both fire together", "pendulum", "drive", "--start", "0", "--seconds",
        "60")]
    [InlineData(1, "the leg turns over", "pendulum", "drive", "--gain", "5000", "--seconds", "60")]
    [InlineData(2, "--feedback is one of position, rate, not 'rates'; did you mean 'rate'?", "pendulum", "drive", "--feedback", "rates")]
    [InlineData(2, "there is no cell type 'tonic-burstin'; did you mean 'tonic-bursting'?", "cells", "tonic-burstin")]
    public void What_cannot_swing_is_refused_with_the_reason(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["rhythm", .. options, .. exitCode == 1 ? (string[])["--json"] : []]).Refused(exitCode));
}
