using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion tune atlas` as a process: the gait that it writes is one that a board walks with.</summary>
public class TuneAtlasTests
{
    [Fact]
    public void It_writes_a_gait_with_an_atlas_and_goes_on_from_its_checkpoint()
    {
        using var scratch = new Scratch();
        string[] search = ["tune", "atlas", "--gait", "longstep12", "--slopes", "8.9@0.2", "-8.9@0.2", "--genes", "adapt", "--span", "0.1",
            "--population", "4", "--generations", "1", "--noise-seeds", "1", "--tests", "1", "--seconds", "12",
            "--checkpoint", scratch.At("run")];
        string told = GanglionProcess.Run([.. search, "--out", scratch.At("mine.yaml")]).Output;
        Assert.Contains("generation 2 of 2", told);
        JsonElement[] again = [.. GanglionProcess.Run([.. search, "--threads", "1", "--json"]).Json.GetProperty("slopes").EnumerateArray()];
        Assert.Equal([8.9, -8.9], again.Select(one => one.GetProperty("slopeDeg").GetDouble()));
        string text = File.ReadAllText(scratch.At("mine.yaml"));
        Assert.Equal(3, text.Split("slope_deg").Length - 1);
        JsonElement walk = GanglionProcess.Run("walk", "flat", "--gait", scratch.At("mine.yaml"), "--speed", "150", "--seconds", "8",
            "--seeds", "9704", "--json").Json;
        Assert.Equal(1, walk.GetProperty("conditions")[0].GetProperty("walked").GetInt32());
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Contains("--gait", InProcess.Run("tune", "atlas").Refused(2));
        Assert.Contains("not 0", InProcess.Run("tune", "atlas", "--gait", "longstep12", "--slopes", "0@0.1").Refused(2));
        Assert.Contains("--slopes 40@1", InProcess.Run("tune", "atlas", "--gait", "longstep12", "--slopes", "40@1").Refused(2));
        Assert.Contains("each slope once", InProcess.Run("tune", "atlas", "--gait", "longstep12", "--slopes", "5@0.1",
            "5@0.2").Refused(2));
        Assert.Contains("--genes", InProcess.Run("tune", "atlas", "--gait", "longstep12", "--genes", "cycle_s").Refused(2));
        Assert.Contains("is no walker", InProcess.Run("tune", "atlas", "--gait", "slopes12", "--robot", "trunk6-3g").Refused(1));
    }
}
