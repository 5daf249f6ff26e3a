using System.Text.Json;

namespace Ganglion.Cli.Tests.Rhythm;

/// <summary>`ganglion rhythm emg`, `learn` and `learned` as a user calls them, one after the other.</summary>
public class RhythmLearnedTests
{
    [Fact]
    public void From_a_recording_to_a_network_that_runs_by_itself()
    {
        using var scratch = new Scratch();
        string emg = scratch.At("cat.csv"), strides = scratch.At("strides.csv"), network = scratch.At("n.safetensors");
        Outcome made = GanglionProcess.Run("rhythm", "emg", "--speed", "0.4", "0.9", "--strides", "14", "--rectified", "--out", emg,
            "--csv", strides, "--svg", scratch.At("emg.svg"), "--json");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        int count = made.Json.GetProperty("strides").GetInt32();
        Assert.InRange(count, 22, 28);
        Assert.Equal(count + 1, File.ReadLines(strides).Count());
        Assert.StartsWith("<svg", File.ReadAllText(scratch.At("emg.svg")));
        Assert.Contains("leave out the file, or them",
            InProcess.Run("rhythm", "emg", emg, "--rectified", "--strides", "9").Refused(2));

        // Sixteen neurons and four updates learn nothing that steps at every speed, and it is said.
        Outcome learned = GanglionProcess.Run("rhythm", "learn", emg, "--rectified", "--neurons", "16", "--updates", "4", "--rule",
            "traces", "--out", network);
        Assert.Equal(3, learned.ExitCode);
        Assert.Contains("does not step at every speed by itself: give more --updates", learned.Output);
        Assert.Equal(["cat.csv", "emg.svg", "n.safetensors", "strides.csv"],
            Directory.GetFiles(scratch.At("")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_shipped_network_runs_through_speeds_and_is_written_down()
    {
        using var scratch = new Scratch();
        string csv = scratch.At("n.csv"), svg = scratch.At("n.svg"), log = scratch.At("n.mcap");
        Outcome run = GanglionProcess.Run("rhythm", "learned", "--speed", "0.35", "1.2", "--seconds", "15", "--csv", csv, "--svg", svg,
            "--log", log, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        foreach (JsonElement speed in run.Json.GetProperty("speeds").EnumerateArray())
        {
            Assert.InRange(Number("swingS") / Number("recordedSwingS"), 0.85, 1.15);
            Assert.InRange(Number("stanceS") / Number("recordedStanceS"), 0.93, 1.07);

            double Number(string name) => speed.GetProperty(name).GetDouble();
        }

        Assert.Equal(1 + 2 * 1500, File.ReadLines(csv).Count());
        Assert.StartsWith("time_s,speed_m_s,cos_phase,sin_phase,left_flexor_activation", File.ReadLines(csv).First());
        Assert.StartsWith("<svg", File.ReadAllText(svg));
        Assert.True(File.Exists(log));
        Assert.Contains("has learned 0.10 to 1.50 m/s, and 3.00 is beyond",
            InProcess.Run("rhythm", "learned", "--speed", "3").Refused(1));
    }
}
