using System.Text.Json;

namespace Ganglion.Cli.Tests;

/// <summary>Where written files end up, and that two commands do not take a file from each other.</summary>
public class FileTests
{
    private static readonly string[] Picture = ["run", "--controller", "ik", "--virtual-time", "--seconds", "3", "--picture"];

    [Fact]
    public void A_link_is_followed_and_a_device_is_written_through()
    {
        using var scratch = new Scratch();
        File.CreateSymbolicLink(scratch.At("link.svg"), scratch.At("real.svg"));
        Assert.Equal(0, GanglionProcess.Run([.. Picture, scratch.At("link.svg")]).ExitCode);
        Assert.Equal(scratch.At("real.svg"), new FileInfo(scratch.At("link.svg")).LinkTarget);
        Assert.Contains("<svg", File.ReadAllText(scratch.At("real.svg")));
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, GanglionProcess.Run([.. Picture, "/dev/null"]).ExitCode);
            Assert.Equal("", File.ReadAllText("/dev/null"));
            Assert.Contains("No space left", GanglionProcess.Run([.. Picture, "/dev/full"]).Errors);
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_before_the_work()
    {
        using var scratch = new Scratch();
        string file = scratch.Put("file", "mine");
        Assert.Contains("could not be written", GanglionProcess.Run([.. Picture, Path.Combine(file, "x.svg")]).Refused(1));
        Assert.Contains("is no name for one", InProcess.Run("tune", "walk", "-o", scratch.At("My_walk.yaml")).Refused(1));
        Assert.Contains("such as my-walk.yaml", InProcess.Run("tune", "gait", "-o", scratch.At("My_walk.yaml")).Refused(1));
        Assert.Equal(["file"], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName));
    }

    /// <summary>A limit on the size of files ends what is written like a full disk: in one line that says what to do, the old file as it
    /// was, and nothing half-written beside it.</summary>
    [Theory]
    [InlineData("x.svg", "run", "--controller", "ik", "--virtual-time", "--seconds", "3", "--json", "--picture")]
    [InlineData("m.safetensors", "train", "trunk6-3g", "--hidden", "64", "--updates", "20", "--json", "--out")]
    [InlineData("gait.html", "reproduce", "gait", "--json", "--out")]
    public void What_the_system_does_not_let_grow_is_told_and_leaves_nothing(string name, params string[] command)
    {
        using var scratch = new Scratch();
        string file = scratch.Put(name, "old");
        Outcome outcome = GanglionProcess.RunLimited(8, [.. command, file]);
        Assert.Equal(1, outcome.ExitCode);
        string line = outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last();
        Assert.StartsWith($"ganglion: {file}", line);
        Assert.Contains("could not be written", line);
        Assert.Contains("ulimit -f", line);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([name], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_table_that_the_system_does_not_let_grow_is_told_and_not_left_half_written()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, GanglionProcess.Run("rhythm", "play", "walk7", "--virtual-time", "--seconds", "4", "--log", scratch.At("a.mcap"),
            "--json").ExitCode);
        string told = GanglionProcess.RunLimited(8, "log", scratch.At("a.mcap"), "--csv", scratch.At("tables"), "--json").Refused(1);
        Assert.Contains("could not be written", told);
        Assert.Contains("choose another place", told);
        Assert.Empty(Directory.GetFiles(scratch.At("tables"), "*.partial"));
    }

    [Fact]
    public void A_second_training_of_a_file_is_refused_and_the_first_goes_on()
    {
        using var scratch = new Scratch();
        string[] train = ["train", "trunk6-3g", "--hidden", "16", "--checkpoint-every", "0.1", "--out", scratch.At("m.safetensors")];
        using var first = GanglionProcess.Start([.. train, "--json"]);
        SpinWait.SpinUntil(() => File.Exists(scratch.At("m.safetensors.checkpoint")) || first.HasEnded, TimeSpan.FromSeconds(120));
        Assert.Contains("another ganglion is at work on this", GanglionProcess.Run(train).Refused(1));
        Assert.False(first.HasEnded);
        first.Interrupt();
        Assert.Equal(130, first.End().ExitCode);
        Assert.Equal(["m.safetensors.checkpoint"], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName));
    }

    [Trait("Ports", "Real")]
    [Fact]
    public void A_second_sim_leaves_the_links_of_the_first()
    {
        using var scratch = new Scratch();
        using var first = GanglionProcess.Start("sim", "--link-dir", scratch.At("ports"), "--json");
        string port = first.ReadJson().GetProperty("boards")[0].GetProperty("port").GetString()!;
        Assert.Contains("another sim has its link 'base' here", InProcess.Run("sim", "--link-dir", scratch.At("ports")).Refused(1));
        Assert.Equal(port, new FileInfo(scratch.At("ports/base")).LinkTarget);
        first.Interrupt();
        Assert.Equal(0, first.End().ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.At("ports")));
    }

    [Fact]
    public void Two_logs_in_one_file_are_not_one_complete_log()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, GanglionProcess.Run("rhythm", "play", "walk7", "--virtual-time", "--seconds", "2", "--log", scratch.At("a.mcap"),
            "--json").ExitCode);
        byte[] log = File.ReadAllBytes(scratch.At("a.mcap"));
        File.WriteAllBytes(scratch.At("two.mcap"), [.. log, .. log]);
        Outcome read = InProcess.Run("log", scratch.At("two.mcap"), "--json");
        Assert.Equal(3, read.ExitCode);
        Assert.Equal(log.Length, read.Json.GetProperty("end").GetProperty("atByte").GetInt64());
        Assert.Contains("another log", read.Json.GetProperty("end").GetProperty("what").GetString());
    }

    [Fact]
    public void A_damaged_checkpoint_of_a_tuning_is_refused_in_one_line()
    {
        using var scratch = new Scratch();
        string[] tune = ["tune", "gait", "--evaluations", "100", "--checkpoint", scratch.At("run")];
        Assert.Equal(3, GanglionProcess.Run([.. tune, "--json"]).ExitCode);
        string whole = File.ReadAllText(scratch.At("run.1"));
        int numbers = whole.IndexOf("\"Numbers\":[", StringComparison.Ordinal) + 11;
        foreach (string damage in (string[])["", "1e308,", "\"NaN\","])
        {
            int end = damage.Length == 0 ? whole.IndexOf(']', numbers) : whole.IndexOf(',', numbers) + 1;
            scratch.Put("run.1", string.Concat(whole.AsSpan(0, numbers), damage, whole.AsSpan(end)));
            Assert.Contains("elete it to start anew", GanglionProcess.Run(tune).Refused(1));
        }
    }

    [Fact]
    public void Control_characters_of_a_file_are_shown_and_not_obeyed()
    {
        using var scratch = new Scratch();
        string file = scratch.Put("\u001b[31mred.yaml", "kind: \"\\x1b]0;owned\\x07\"\n");
        string told = GanglionProcess.Run("run", "--robot", file).Refused(1);
        Assert.DoesNotContain('\u001b', told);
        Assert.DoesNotContain('\u0007', told);
        Assert.Contains("\\u001b", told);
    }

    [Fact]
    public void What_nothing_measured_is_null_and_named()
    {
        JsonElement played = GanglionProcess.Run("pressure", "--virtual-time", "--seconds", "2", "--json").Json;
        Assert.Equal(JsonValueKind.Null, played.GetProperty("channels")[0].GetProperty("middleKpa").ValueKind);
        Assert.Contains("channels[0].middleKpa", played.GetProperty("notMeasured").GetProperty("places").EnumerateArray()
            .Select(place => place.GetString()));
        Outcome told = GanglionProcess.Run("pressure", "--virtual-time", "--seconds", "2");
        Assert.DoesNotContain("NaN", told.Output);
        Assert.Contains("give --seconds more", told.Output);
    }
}
