using System.Text.Json;

namespace Ganglion.Cli.Tests;

/// <summary>`ganglion tune gait` and `ganglion reproduce gait` as processes.</summary>
public class TuneTests
{
    [Fact]
    public void It_writes_a_gait_goes_on_from_its_checkpoint_and_does_not_depend_on_threads()
    {
        using var scratch = new Scratch();
        JsonElement whole = GanglionProcess.Run("tune", "gait", "--seed", "4", "--evaluations", "6400", "--json", "--out", scratch.At("walk.yaml")).Json;
        Assert.Contains("kind: gait", File.ReadAllText(scratch.At("walk.yaml")), StringComparison.Ordinal);
        Assert.Equal(1, whole.GetProperty("walks").GetInt32());
        GanglionProcess.Run("tune", "gait", "--seed", "4", "--evaluations", "1280", "--threads", "1", "--json", "--checkpoint", scratch.At("run"));
        JsonElement resumed = GanglionProcess.Run("tune", "gait", "--seed", "4", "--evaluations", "6400", "--threads", "3", "--json", "--checkpoint", scratch.At("run")).Json;
        Assert.Equal(Genes(whole), Genes(resumed));
    }

    [Fact]
    public void Misuse_and_foreign_checkpoints_are_refused()
    {
        using var scratch = new Scratch();
        Assert.Contains("neither a number nor a range", GanglionProcess.Run("tune", "gait", "--seed", "3-1").Refused(2));
        Assert.Contains("--evaluations", GanglionProcess.Run("tune", "gait", "--evaluations", "5").Refused(2));
        scratch.Put("run.1", "no checkpoint");
        Assert.Contains("delete it to start anew", GanglionProcess.Run("tune", "gait", "--checkpoint", scratch.At("run")).Refused(1));
        Assert.Contains("is no walker", GanglionProcess.Run("tune", "gait", "--robot", "trunk6-3g", "--evaluations", "200", "--out", scratch.At("x.yaml")).Refused(1));
    }

    [Fact]
    public void The_reproduction_keeps_its_bars_and_leaves_page_and_figures()
    {
        using var scratch = new Scratch();
        JsonElement figures = GanglionProcess.Run("reproduce", "gait", "--json", "--out", scratch.At("gait.html")).Json.GetProperty("figures");
        Assert.All(figures.EnumerateArray(), figure => Assert.True(figure.GetProperty("met").GetBoolean()));
        Assert.True(File.Exists(scratch.At("gait.html")) && File.Exists(scratch.At("gait.json")));
    }

    private static string Genes(JsonElement result) => result.GetProperty("runs")[0].GetProperty("genes").GetRawText();
}
