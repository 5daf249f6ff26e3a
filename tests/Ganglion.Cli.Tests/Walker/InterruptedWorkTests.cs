using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>Ctrl-C in long work in physics: what was computed is kept or told, and the exit code says that it is not all.</summary>
public class InterruptedWorkTests
{
    [Fact]
    public void A_walk_keeps_the_runs_that_were_finished()
    {
        using var scratch = new Scratch();
        using var walk = GanglionProcess.Start("walk", "flat", "--seconds", "6", "--seeds", "1-900", "--out", scratch.At("walk"));
        walk.ReadUntil("   2 of 900  ");
        walk.Interrupt();
        Outcome broken = walk.End();
        Assert.Equal(130, broken.ExitCode);
        int done = JsonDocument.Parse(File.ReadAllText(scratch.At("walk/results.json"))).RootElement.GetProperty("runs").GetArrayLength();
        Assert.InRange(done, 2, 899);
        Assert.Contains($"stopped after {done} of 900 runs; what follows is of these.", broken.Errors);
        Assert.Contains("gait", broken.Output);

        // The first seed is drawn, and may not have been among those that were finished.
        Assert.StartsWith("<!doctype html>", File.ReadAllText(scratch.At("walk/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_walk_that_finished_nothing_writes_nothing()
    {
        using var scratch = new Scratch();
        using var walk = GanglionProcess.Start("walk", "flat", "--seconds", "600", "--seeds", "1-2", "--json", "--out",
            scratch.At("walk"));
        SpinWait.SpinUntil(() => Directory.Exists(scratch.At("walk")) && Directory.GetFiles(scratch.At("walk"), "*.mcap").Length > 0
            || walk.HasEnded, TimeSpan.FromSeconds(120));
        walk.Interrupt();
        Outcome broken = walk.End();
        Assert.Equal((130, ""), (broken.ExitCode, broken.Output));

        // On a machine so busy that a run does not heed the request within two seconds it is cut off, and says so. The one with a log may
        // have heeded it by then, and taken its log away.
        bool cut = broken.Errors.Contains("logs of unfinished runs", StringComparison.Ordinal);
        Assert.Contains(cut ? "stopped; no results were written" : "nothing was written", broken.Errors);
        string?[] left = [.. Directory.GetFiles(scratch.At("walk")).Select(Path.GetFileName)];
        Assert.Equal(cut && left.Length > 0 ? ["gait-1.mcap"] : [], left);
    }

    [Fact]
    public void A_reproduction_of_slopes_goes_on_with_the_runs_that_were_finished()
    {
        using var scratch = new Scratch();
        string[] slope = ["reproduce", "slope", "--seeds", "3", "--threads", "1", "--out", scratch.At("slope.html")];
        using (var first = GanglionProcess.Start(slope))
        {
            first.ReadUntil("seed 503");
            first.Interrupt();
            Outcome broken = first.End();
            Assert.Equal(130, broken.ExitCode);
            Assert.Contains($"the same command goes on from {scratch.At("slope.html.parts")}", broken.Errors);
        }

        Assert.False(File.Exists(scratch.At("slope.html")));
        using var second = GanglionProcess.Start(slope);
        string line = second.ReadUntil("Going on with ");

        // The first seed of a condition is drawn, and walks again.
        Assert.Contains("Going on with 2 finished runs", line);
        second.Kill();
    }

    [Fact]
    public void A_tuning_in_physics_writes_the_walk_that_it_has_come_to()
    {
        using var scratch = new Scratch();
        using var tune = GanglionProcess.Start("tune", "walk", "--from", "slopes12", "--span", "0.05", "--tasks", "flat@0.1", "--seconds",
            "8", "--push", "0", "--population", "4", "--evaluations", "100000", "--out", scratch.At("mine.yaml"));
        tune.ReadUntil("4 of 100000 walks judged");
        tune.Interrupt();
        Outcome broken = tune.End();
        Assert.Equal(130, broken.ExitCode);
        Assert.Contains("stopped before the walk was tested", broken.Errors);
        Assert.Contains("kind: gait", File.ReadAllText(scratch.At("mine.yaml")));
        JsonElement played = GanglionProcess.Run("walk", "flat", "--gait", scratch.At("mine.yaml"), "--seconds", "6", "--seeds", "1",
            "--json").Json;
        Assert.Equal("mine", played.GetProperty("gait").GetString());
    }
}
