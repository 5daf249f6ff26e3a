using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion walk` as a process.</summary>
public class WalkTests
{
    [Fact]
    public void A_trial_leaves_figures_report_and_logs_and_does_not_depend_on_threads()
    {
        using var scratch = new Scratch();
        JsonElement one = GanglionProcess.Run("walk", "flat", "--seconds", "8", "--seeds", "1-2", "--threads", "1", "--json", "--out",
            scratch.At("walk")).Json;
        JsonElement two = GanglionProcess.Run("walk", "flat", "--seconds", "8", "--seeds", "1-2", "--threads", "2", "--json").Json;
        Assert.Equal(one.GetProperty("runs").GetRawText(), two.GetProperty("runs").GetRawText());
        Assert.All(one.GetProperty("runs").EnumerateArray(), run => Assert.True(run.GetProperty("walked").GetBoolean()));
        Assert.Equal(2, one.GetProperty("conditions")[0].GetProperty("walked").GetInt32());
        Assert.Contains("<animate", File.ReadAllText(scratch.At("walk/report.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.At("walk/results.json")));
        Assert.Contains("/body/pose", GanglionProcess.Run("log", scratch.At("walk/gait-1.mcap")).Output, StringComparison.Ordinal);
    }

    /// <summary>At the same speed twice the cadence takes steps of half the length.</summary>
    [Fact]
    public void Cadence_is_the_users_choice()
    {
        JsonElement Steps(string cadence) => GanglionProcess.Run("walk", "flat", "--seconds", "14", "--seeds", "1", "--speed", "80",
            "--cadence", cadence, "--json").Json;
        JsonElement slow = Steps("1"), quick = Steps("2");
        Assert.Equal((1, 2), (slow.GetProperty("cadence").GetDouble(), quick.GetProperty("cadence").GetDouble()));
        double Figure(JsonElement result, string name) => result.GetProperty("conditions")[0].GetProperty(name).GetDouble();
        double share = Figure(quick, "stepMm") / Figure(slow, "stepMm") * Figure(slow, "speedMPerS") / Figure(quick, "speedMPerS");
        Assert.InRange(share, 0.4, 0.65);
    }

    [Fact]
    public void A_fault_ends_in_words_and_in_exit_code_3()
    {
        Outcome lost = GanglionProcess.Run("walk", "fault-imu-lost", "--seconds", "10", "--seeds", "1", "--json");
        Assert.Equal(3, lost.ExitCode);
        JsonElement run = JsonDocument.Parse(lost.Output).RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("wentSafe").GetBoolean());
        Assert.Contains("stopped answering", run.GetProperty("outcome").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Contains("one of: belt", GanglionProcess.Run("walk", "moon").Refused(1));
        Assert.Contains("--terrain", GanglionProcess.Run("walk", "flat", "--terrain", "ramp:80").Refused(2));
        Assert.Contains("--cadence is 0.5 to 2", GanglionProcess.Run("walk", "flat", "--cadence", "3").Refused(2));
        Assert.Contains("--seeds", GanglionProcess.Run("walk", "flat", "--seeds", "4-1").Refused(2));
        Assert.Contains("trial flat has gait", GanglionProcess.Run("walk", "flat", "--condition", "tegotae").Refused(2));
        Assert.Contains("no fault 'explode'", GanglionProcess.Run("walk", "flat", "--fault", "3:explode").Refused(1));
        Assert.Contains("walks at", GanglionProcess.Run("walk", "flat", "--speed", "4000").Refused(1));
        Assert.Contains("trunk6-3g", GanglionProcess.Run("walk", "flat", "--robot", "trunk6-3g").Refused(1));
    }
}
