using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion tune gait` and `ganglion reproduce` as processes.</summary>
public class TuneTests
{
    [Fact]
    public void It_writes_a_gait_goes_on_from_its_checkpoint_and_does_not_depend_on_threads()
    {
        using var scratch = new Scratch();
        JsonElement whole = GanglionProcess.Run("tune", "gait", "--seed", "2", "--evaluations", "6400", "--json", "--out",
            scratch.At("walk.yaml")).Json;
        Assert.Contains("kind: gait", File.ReadAllText(scratch.At("walk.yaml")), StringComparison.Ordinal);
        Assert.Equal(1, whole.GetProperty("walks").GetInt32());
        GanglionProcess.Run("tune", "gait", "--seed", "2", "--evaluations", "1280", "--threads", "1", "--json", "--checkpoint",
            scratch.At("run"));
        JsonElement resumed = GanglionProcess.Run("tune", "gait", "--seed", "2", "--evaluations", "6400", "--threads", "3", "--json",
            "--checkpoint", scratch.At("run")).Json;
        Assert.Equal(Genes(whole), Genes(resumed));
    }

    /// <summary>Ctrl-C in the middle: what is there is kept, and the next run ends where one without a break does.</summary>
    [Fact]
    public void An_interrupted_run_leaves_a_checkpoint_that_goes_on_to_the_same_result()
    {
        using var scratch = new Scratch();
        string[] tune = ["tune", "gait", "--seed", "4", "--json", "--evaluations"];
        Outcome broken;
        using (var process = GanglionProcess.Start([.. tune, "50000000", "--checkpoint", scratch.At("run")]))
        {
            SpinWait.SpinUntil(() => File.Exists(scratch.At("run.4")) || process.HasEnded, TimeSpan.FromSeconds(120));
            process.Interrupt();
            broken = process.End();
        }
        Assert.Equal(130, broken.ExitCode);
        long done = broken.Json.GetProperty("runs")[0].GetProperty("evaluations").GetInt64(), further = done + 1280;
        Assert.InRange(done, 1, 40_000_000);
        JsonElement resumed = GanglionProcess.Run([.. tune, $"{further}", "--checkpoint", scratch.At("run")]).Json;
        JsonElement whole = GanglionProcess.Run([.. tune, $"{further}"]).Json;
        Assert.Equal(Genes(whole), Genes(resumed));
        Assert.Equal(whole.GetProperty("runs")[0].GetProperty("evaluations").GetInt64(), resumed.GetProperty("runs")[0]
            .GetProperty("evaluations").GetInt64());
    }

    [Fact]
    public void Misuse_and_foreign_checkpoints_are_refused()
    {
        using var scratch = new Scratch();
        Assert.Contains("goes backward: write 1-3", InProcess.Run("tune", "gait", "--seed", "3-1").Refused(2));
        Assert.Contains("--evaluations", InProcess.Run("tune", "gait", "--evaluations", "5").Refused(2));
        scratch.Put("run.1", "no checkpoint");
        Assert.Contains("delete it to start anew", GanglionProcess.Run("tune", "gait", "--checkpoint", scratch.At("run")).Refused(1));
        InProcess.Run("tune", "gait", "--seed", "2", "--evaluations", "128", "--checkpoint", scratch.At("run"));
        string kept = File.ReadAllText(scratch.At("run.2"));
        int numbers = kept.IndexOf("\"Numbers\":[", StringComparison.Ordinal) + 11;
        scratch.Put("run.2", kept.Remove(numbers, kept.IndexOf(']') - numbers));
        Assert.EndsWith("run.2 is a damaged checkpoint (This is a state of 'cma' with 0 numbers, not of a CMA-ES in 22 dimensions): " +
            "delete it to start anew.", InProcess.Run("tune", "gait", "--seed", "2", "--checkpoint", scratch.At("run")).Refused(1));
        Assert.Contains("is no walker", InProcess.Run("tune", "gait", "--robot", "trunk6-3g", "--evaluations", "200", "--out",
            scratch.At("x.yaml")).Refused(1));
    }

    [Fact]
    public void The_reproduction_keeps_its_bars_and_leaves_page_and_figures()
    {
        using var scratch = new Scratch();
        JsonElement figures = GanglionProcess.Run("reproduce", "gait", "--json", "--out",
            scratch.At("gait.html")).Json.GetProperty("figures");
        Assert.All(figures.EnumerateArray(), figure => Assert.True(figure.GetProperty("met").GetBoolean()));
        Assert.True(File.Exists(scratch.At("gait.html")) && File.Exists(scratch.At("gait.json")));
    }

    [Fact]
    public void The_reproduction_of_the_trunk_paper_leaves_page_and_figures()
    {
        using var scratch = new Scratch();
        string[] command = ["reproduce", "trunk", "--quick", "--targets", "1", "--iterations", "12", "--updates", "20",
            "--paper-updates", "20", "--json", "--out", scratch.At("trunk.html")];
        JsonElement figures = GanglionProcess.Run(command).Json;
        Assert.Equal(["trunk.html", "trunk.json"], Directory.GetFileSystemEntries(scratch.At("")).Select(Path.GetFileName).Order());
        Assert.Equal(figures.GetRawText(), JsonDocument.Parse(File.ReadAllText(scratch.At("trunk.json"))).RootElement.GetRawText());
        Assert.All(figures.GetProperty("inputs").EnumerateArray(), input => Assert.Equal(64, input.GetProperty("sha256")
            .GetString()!.Length));
        foreach (JsonElement arm in figures.GetProperty("arms").EnumerateArray())
        {
            Assert.Equal(12, arm.GetProperty("paper").GetProperty("iterations").EnumerateArray().Last().GetInt32());
            Assert.Equal(arm.GetProperty("exactIk").GetProperty("poses").GetInt32(), arm.GetProperty("exactIk").GetProperty("reached")
                .GetInt32());
        }
        Assert.Equal(4, figures.GetProperty("optimisers").GetArrayLength());
    }

    [Fact]
    public void The_reproduction_of_the_trunk_paper_keeps_what_is_finished_when_it_is_interrupted()
    {
        using var scratch = new Scratch();
        Assert.Contains("--iterations", InProcess.Run("reproduce", "trunk", "--iterations", "1").Refused(2));
        Directory.CreateDirectory(scratch.At("none"));
        Assert.Contains("no model of the 10-joint", GanglionProcess.Run("reproduce", "trunk", "--models", scratch.At("none"), "--out",
            scratch.At("trunk.html")).Refused(1));
        using var process = GanglionProcess.Start("reproduce", "trunk", "--json", "--updates", "200", "--out",
            scratch.At("trunk.html"));
        SpinWait.SpinUntil(() => File.Exists(scratch.At("trunk.html.parts/model1.safetensors")) || process.HasEnded,
            TimeSpan.FromSeconds(120));
        process.Interrupt();
        Outcome broken = process.End();
        Assert.Equal(130, broken.ExitCode);
        Assert.Contains("goes on from", broken.Errors);
        Assert.True(File.Exists(scratch.At("trunk.html.parts/parts.json")));
        Assert.False(File.Exists(scratch.At("trunk.html")));
    }

    private static string Genes(JsonElement result) => result.GetProperty("runs")[0].GetProperty("genes").GetRawText();
}
