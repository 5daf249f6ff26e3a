using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion tune speed` as a process: the gait that it writes is one that walks as it is told.</summary>
public class TuneSpeedTests
{
    [Fact]
    public void It_writes_a_gait_that_knows_its_speeds_and_goes_on_from_its_checkpoint()
    {
        using var scratch = new Scratch();
        string[] survey = ["tune", "speed", "--gait", "longstep12", "--slopes", "0", "--steps", "0", "200", "--noise-seeds", "1",
            "--checkpoint", scratch.At("run")];
        string told = GanglionProcess.Run([.. survey, "--out", scratch.At("mine.yaml")]).Output;
        Assert.Contains("2 of 2", told);
        JsonElement again = GanglionProcess.Run([.. survey, "--json"]).Json;
        JsonElement[] speeds = [.. again.GetProperty("speeds").EnumerateArray()];
        Assert.Equal([0.0, 200.0], speeds.Select(one => one.GetProperty("stepsMmPerS").GetDouble()));

        // Its own table is of two entries, and the speed between them is walked.
        JsonElement walk = GanglionProcess.Run("walk", "flat", "--gait", scratch.At("mine.yaml"), "--speed", "150", "--seconds", "24",
            "--seeds", "9703", "--json").Json;
        double speed = walk.GetProperty("conditions")[0].GetProperty("speedMPerS").GetDouble();
        Assert.InRange(speed, 0.13, 0.17);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Contains("--gait", InProcess.Run("tune", "speed").Refused(2));
        Assert.Contains("--slopes 40", InProcess.Run("tune", "speed", "--gait", "slopes12", "--slopes", "40").Refused(2));
        Assert.Contains("--steps 900", InProcess.Run("tune", "speed", "--gait", "slopes12", "--steps", "900").Refused(2));
        Assert.Contains("64", InProcess.Run("tune", "speed", "--gait", "slopes12", "--slopes", "0", "1", "2", "3", "4", "5", "6",
            "7").Refused(2));
        Assert.Contains("is no walker", InProcess.Run("tune", "speed", "--gait", "slopes12", "--robot", "trunk6-3g").Refused(1));
    }
}
