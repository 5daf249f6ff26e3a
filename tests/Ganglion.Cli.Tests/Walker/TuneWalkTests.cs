using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion tune walk` and `ganglion reproduce slope` as processes.</summary>
public class TuneWalkTests
{
    [Fact]
    public void It_writes_a_walk_that_a_board_takes_and_goes_on_from_its_checkpoint()
    {
        using var scratch = new Scratch();
        string[] search = ["tune", "walk", "--from", "slopes12", "--span", "0.05", "--tasks", "flat@0.1", "--seconds", "8", "--push", "0",
            "--population", "4", "--test-seeds", "1", "--json"];
        JsonElement whole = GanglionProcess.Run([.. search, "--evaluations", "8", "--threads", "1", "--out", scratch.At("mine.yaml")]).Json;
        GanglionProcess.Run([.. search, "--evaluations", "4", "--checkpoint", scratch.At("run")]);
        JsonElement resumed = GanglionProcess.Run([.. search, "--evaluations", "8", "--threads", "2", "--checkpoint",
            scratch.At("run")]).Json;
        Assert.Equal(whole.GetProperty("worth").GetRawText(), resumed.GetProperty("worth").GetRawText());
        Assert.Equal(8, resumed.GetProperty("evaluations").GetInt64());
        JsonElement played = GanglionProcess.Run("walk", "flat", "--gait", scratch.At("mine.yaml"), "--seconds", "6", "--seeds", "1",
            "--json").Json;
        Assert.Equal("mine", played.GetProperty("gait").GetString());
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Contains("is no task", InProcess.Run("tune", "walk", "--tasks", "moon@1").Refused(2));
        Assert.Contains("is no gene", InProcess.Run("tune", "walk", "--keep", "courage=1").Refused(2));
        Assert.Contains("within", InProcess.Run("tune", "walk", "--keep", "adapt=9").Refused(2));
        Assert.Contains("is no walker", InProcess.Run("tune", "walk", "--robot", "trunk6-3g").Refused(1));
        Assert.Contains("not tuned in physics", InProcess.Run("tune", "walk", "--from", "walk").Refused(1));
        Assert.Contains("--noise-seeds", InProcess.Run("tune", "walk", "--noise-seeds", "1").Refused(2));
        Assert.Contains("--seeds", InProcess.Run("reproduce", "slope", "--seeds", "0").Refused(2));
    }
}
