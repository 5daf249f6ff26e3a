using System.IO.Compression;
using System.Text.Json;

namespace Ganglion.Cli.Tests.Learning;

/// <summary>ganglion train, model and validate, on networks that are small enough to be quick.</summary>
public class TrainTests
{
    private static readonly string[] Small = ["train", "trunk6-3g", "--hidden", "16", "--updates", "1500", "--threads", "1"];

    [Fact]
    public void Training_writes_a_model_that_model_show_measures_alike()
    {
        using var scratch = new Scratch();
        string model = scratch.At("m.safetensors"), page = scratch.At("m.html");
        Outcome trained = GanglionProcess.Run([.. Small, "--out", model, "--json"]);
        Assert.Equal(0, trained.ExitCode);
        double tip = TipMeanMm(trained);
        Assert.Equal(["m.json", "m.safetensors"], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName).Order());

        Outcome shown = InProcess.Run("model", "show", model, "--report", page, "--json");
        Assert.Equal(0, shown.ExitCode);
        Assert.Equal(tip, shown.Json.GetProperty("errors").GetProperty("tip_mm").GetDouble(), 0.01);
        Assert.Equal(16, shown.Json.GetProperty("hidden").GetInt32());
        string html = File.ReadAllText(page);
        Assert.Contains("spikes, one row a neuron", html);
        Assert.DoesNotContain("<script src", html);
        Assert.DoesNotContain("<link", html);

        Assert.Contains("| m | 6 (3-geared) | 16 | 0.01 M |", InProcess.Run("model", "table", scratch.At("")).Output);
        Assert.Contains("was trained on the arm 'trunk6-3g'", InProcess.Run("model", "show", model, "--robot", "trunk10-4g")
            .Refused(1));
    }

    /// <summary>Killed where no program can answer, and continued: the model is the same to the last byte.</summary>
    [Fact]
    public void A_killed_run_goes_on_to_the_same_model()
    {
        using var scratch = new Scratch();
        string whole = scratch.At("whole.safetensors"), killed = scratch.At("killed.safetensors");
        Assert.Equal(0, GanglionProcess.Run([.. Small, "--out", whole]).ExitCode);
        using (var process = GanglionProcess.Start([.. Small, "--out", killed, "--checkpoint-every", "0"]))
        {
            SpinWait.SpinUntil(() => File.Exists(killed + ".checkpoint") || process.HasEnded, TimeSpan.FromSeconds(120));
            process.Kill();
        }
        Assert.Contains("go on with --resume", GanglionProcess.Run([.. Small, "--out", killed]).Refused(1));
        Assert.Equal(0, GanglionProcess.Run([.. Small, "--out", killed, "--resume"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(killed));
        Assert.False(File.Exists(killed + ".checkpoint"));
    }

    [Fact]
    public void Several_seeds_give_a_model_each()
    {
        using var scratch = new Scratch();
        Outcome trained = GanglionProcess.Run("train", "trunk6-3g", "--hidden", "8", "--updates", "20", "--seed", "3", "4", "--out",
            scratch.At("m.safetensors"));
        Assert.Equal(0, trained.ExitCode);
        Assert.Contains("tip over 2 seeds", trained.Output);
        Assert.False(File.ReadAllBytes(scratch.At("m.seed3.safetensors")).AsSpan()
            .SequenceEqual(File.ReadAllBytes(scratch.At("m.seed4.safetensors"))));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_found_out_before_the_work()
    {
        using var scratch = new Scratch();
        string file = scratch.Put("file", "mine");
        Assert.Contains("could not be written", GanglionProcess.Run([.. Small, "--out", Path.Combine(file, "m.safetensors")]).Refused(1));
        Assert.Equal(["file"], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName));
    }

    /// <summary>A disk without space, as /dev/full has it: the old file stays and nothing half-written is left beside it.</summary>
    [Fact]
    public void A_failed_write_leaves_the_old_model()
    {
        using var scratch = new Scratch();
        string model = scratch.Put("m.safetensors", "old");
        File.CreateSymbolicLink(model + ".partial", "/dev/full");
        Assert.Contains("could not be written", GanglionProcess.Run([.. Small, "--out", model, "--json"]).Refused(1));
        Assert.Equal("old", File.ReadAllText(model));
        Assert.False(File.Exists(model + ".partial"));
    }

    /// <summary>From a virtual arm's measured poses, without its kinematics: the log of a run, of this arm and no other.</summary>
    [Fact]
    public void The_log_of_a_run_can_be_learned_from()
    {
        using var scratch = new Scratch();
        string log = scratch.At("run.mcap"), model = scratch.At("m.safetensors");
        Assert.Equal(0, GanglionProcess.Run("run", "--robot", "trunk6-3g", "--controller", "ik", "--virtual-time", "--seconds", "120",
            "--log", log, "--json").ExitCode);
        Outcome trained = GanglionProcess.Run("train", "trunk6-3g", "--hidden", "16", "--updates", "4000", "--threads", "1", "--data", log,
            "--out", model, "--json");
        Assert.Equal(0, trained.ExitCode);
        double before = TipMeanMm(GanglionProcess.Run("train", "trunk6-3g", "--hidden", "16", "--updates", "1", "--data", log, "--out",
            scratch.At("b.safetensors"), "--json"));
        Assert.InRange(TipMeanMm(trained), 1, 0.7 * before);

        // The same error when it is asked for again, on the recording and on no other.
        Outcome shown = InProcess.Run("model", "show", model, "--data", log, "--json");
        Assert.Equal("held-out poses of its recording", shown.Json.GetProperty("errorsOf").GetString());
        Assert.Equal(TipMeanMm(trained), shown.Json.GetProperty("errors").GetProperty("tip_mm").GetDouble(), 0.01);
        Assert.Equal("held-out poses of its recording", InProcess.Run("model", "show", model, "--json").Json.GetProperty("errorsOf")
            .GetString());
        Outcome nominal = InProcess.Run("model", "show", model, "--nominal", "--json");
        Assert.Equal("nominal geometry, not the recorded arm", nominal.Json.GetProperty("errorsOf").GetString());
        Assert.NotEqual(TipMeanMm(trained), nominal.Json.GetProperty("errors").GetProperty("tip_mm").GetDouble(), 0.01);
        Assert.Contains("| m * | 6 (3-geared) |", InProcess.Run("model", "table", scratch.At("")).Output);
        Assert.Equal(0, GanglionProcess.Run("run", "--robot", "trunk6-3g", "--controller", "ik", "--virtual-time", "--seconds", "30",
            "--seed", "2", "--log", scratch.At("other.mcap"), "--json").ExitCode);
        Assert.Contains("but from poses with the hash", InProcess.Run("model", "show", model, "--data", scratch.At("other.mcap"))
            .Refused(1));
        Assert.Contains("choose the log of this arm", InProcess.Run("train", "trunk10-4g", "--data", log, "--out",
            scratch.At("n.safetensors")).Refused(1));
        Assert.False(File.Exists(scratch.At("n.safetensors")));
    }

    [Fact]
    public void What_the_machine_cannot_hold_is_refused_before_the_work()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Put("huge.yaml", "hidden: 4096\nbatch: 65536\nslices: 65536\n");
        string told = InProcess.Run("train", "trunk10-4g", "--recipe", recipe, "--out", scratch.At("m.safetensors")).Refused(1);
        Assert.Matches("4096 neurons with gradients in 65536 slices take 5[0-9]{3}\\.[0-9] GB of memory, and there are [0-9.]+: give " +
            "fewer neurons", told);
        Assert.Equal(["huge.yaml"], Directory.GetFiles(scratch.At("")).Select(Path.GetFileName));
        Assert.Contains("--hidden is 2 to 4096, not 100000", InProcess.Run("train", "trunk10-4g", "--hidden", "100000").Refused(2));
    }

    [Fact]
    public void A_table_of_another_arm_is_refused_with_its_line()
    {
        using var scratch = new Scratch();
        Assert.Contains("poses.csv:1: the header", GanglionProcess.Run([.. Small, "--data", scratch.Put("poses.csv", "x,y,z\n1,2,3\n"),
            "--out", scratch.At("m.safetensors")]).Refused(1));
    }

    [Fact]
    public void Damaged_models_are_refused()
    {
        using var scratch = new Scratch();
        Assert.Contains("is not a readable model file", InProcess.Run("model", "show",
            scratch.Put("m.safetensors", "no model at all")).Refused(1));
    }

    [Theory]
    [InlineData(2, "--seconds is 0 to", "--seconds", "-1")]
    [InlineData(2, "--until-error is above 0", "--until-error", "0")]
    [InlineData(2, "--threads is 1 to 2", "--threads", "3")]
    [InlineData(2, "--seed takes a whole number, not 'many'", "--seed", "many")]
    [InlineData(2, "say the same thing", "--updates", "5", "--samples", "5")]
    [InlineData(2, "--hidden is 2 to 4096, not 1", "--hidden", "1")]
    [InlineData(2, "--lr is above 0", "--lr", "-1")]
    public void Settings_out_of_range_are_refused(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["train", "trunk6-3g", .. options]).Refused(exitCode));

    [Fact]
    public void A_rig_has_no_forward_model() => Assert.Contains("not a trunk arm", InProcess.Run("train", "rig12").Refused(1));

    /// <summary>Ten kinds of images that differ in one bright row, in the files of Fashion-MNIST.</summary>
    [Fact]
    public void Validate_learns_images_from_a_folder()
    {
        using var scratch = new Scratch();
        foreach ((string part, int count) in new[] { ("train", 640), ("t10k", 50) })
        {
            byte[] images = [0, 0, 8, 3, .. Number(count), .. Number(28), .. Number(28), .. Enumerable.Range(0, count * 784)
                .Select(i => (byte)(i % 784 / 56 == i / 784 % 10 ? 255 : 0))];
            byte[] labels = [0, 0, 8, 1, .. Number(count), .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
            Zip(scratch.At($"{part}-images-idx3-ubyte.gz"), images);
            Zip(scratch.At($"{part}-labels-idx1-ubyte.gz"), labels);
        }
        Outcome outcome = GanglionProcess.Run("validate", "fashion", "--data", scratch.At(""), "--hidden", "32", "--epochs", "6", "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement result = outcome.Json;
        Assert.InRange(result.GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.Equal(50, result.GetProperty("testImages").GetInt32());

        File.Delete(scratch.At("t10k-labels-idx1-ubyte.gz"));
        GanglionProcess.Run("validate", "fashion", "--data", scratch.At("")).Refused(1);
    }

    [Fact]
    public void Bench_lsnn_measures_a_model_without_torch()
    {
        using var scratch = new Scratch();
        string model = scratch.At("m.safetensors");
        Assert.Equal(0, GanglionProcess.Run([.. Small, "--out", model, "--json"]).ExitCode);
        JsonElement figures = GanglionProcess.Run("bench", "lsnn", model, "--no-torch", "--seconds", "0.05",
            "--json").Json.GetProperty("models")[0];
        Assert.True(figures.GetProperty("inferenceUs").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("torch").ValueKind);
    }

    private static double TipMeanMm(Outcome trained) => trained.Json.GetProperty("models")[0].GetProperty("tipMeanMm").GetDouble();

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static void Zip(string path, byte[] bytes)
    {
        using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        zip.Write(bytes);
    }
}
