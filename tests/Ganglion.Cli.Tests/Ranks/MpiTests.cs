using System.Diagnostics;
using System.Globalization;

namespace Ganglion.Cli.Tests.Ranks;

/// <summary>Ranks that Debian's mpirun (MPICH) starts on this machine.</summary>
public sealed class MpiTests
{
    private static readonly string[] Small = ["train", "trunk6-3g", "--hidden", "16", "--batch", "4", "--threads", "1", "--updates"];

    [Fact]
    public void Two_ranks_train_to_the_bytes_of_one_and_one_of_them_speaks()
    {
        using var scratch = new Scratch();
        string alone = scratch.At("alone.safetensors"), together = scratch.At("together.safetensors");
        Assert.Equal(0, GanglionProcess.Run([.. Small, "600", "-o", alone]).ExitCode);
        (int code, string output, string error) = Mpirun(2, [.. Small, "600", "-o", together]);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(1, output.Split("2 ranks of 1 thread(s)").Length - 1);
        Assert.Equal(File.ReadAllBytes(alone), File.ReadAllBytes(together));
        Assert.Equal(4, Directory.GetFiles(scratch.At("")).Length);
    }

    /// <summary>A rank that is killed ends the run at once; another number of ranks goes on to the bits of a run that nothing
    /// disturbed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_killed_rank_ends_the_run_and_it_goes_on_to_the_same_model(int killed)
    {
        using var scratch = new Scratch();
        string alone = scratch.At("alone.safetensors"), together = scratch.At("together.safetensors");
        string[] arguments = [.. Small, "4000"];
        Assert.Equal(0, GanglionProcess.Run([.. arguments, "-o", alone]).ExitCode);

        // A checkpoint after each update takes four times what the updates do: only the run that is killed needs it.
        using Process run = Start(2, [.. arguments, "--checkpoint-every", "0", "-o", together]);
        SpinWait.SpinUntil(() => File.Exists(together + ".checkpoint"), TimeSpan.FromMinutes(2));
        Process.GetProcessById(RankOf(together, killed)).Kill();
        Assert.True(run.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.NotEqual(0, run.ExitCode);
        Assert.False(File.Exists(together));
        Assert.Equal(0, GanglionProcess.Run([.. arguments, "-o", together, "--resume"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(alone), File.ReadAllBytes(together));
    }

    [Fact]
    public void Ranks_share_the_points_of_a_sweep()
    {
        using var scratch = new Scratch();
        string file = scratch.At("s.yaml");
        File.WriteAllText(file, $$"""
            kind: sweep
            name: small
            command: model show trunk6-3g-{neurons} --robot {robot}
            grid:
              - { name: neurons, values: [128, 512] }
              - { name: robot, values: [trunk6-3g, trunk10-4g] }
            """);
        (int code, string output, string error) = Mpirun(3, ["sweep", file, "-o", scratch.At("t.csv")]);

        // Two of the four ask for a model's figures on an arm that it was not trained on.
        Assert.Equal((3, ""), (code, error));
        Assert.Contains("4 points, 2 not ended with 0", output);
        string[] rows = File.ReadAllLines(scratch.At("t.csv"));
        Assert.StartsWith("point,neurons,robot,exit_code,seconds,error,", rows[0]);
        Assert.Equal(["0,128,trunk6-3g,0,", "1,128,trunk10-4g,1,", "2,512,trunk6-3g,0,", "3,512,trunk10-4g,1,"],
            rows.Skip(1).Select(row => string.Join(',', row.Split(',').Take(4)) + ','));
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(scratch.At("t.parquet"))[..4]);
    }

    [Fact]
    public void Ranks_tune_the_gait_of_one_and_go_on_from_its_checkpoint()
    {
        using var scratch = new Scratch();
        string[] tune = ["tune", "gait", "--seed", "2", "--threads", "1", "--out", scratch.At("gait.yaml")];
        Assert.NotEqual(1, GanglionProcess.Run([.. tune, "--evaluations", "3200"]).ExitCode);
        byte[] alone = File.ReadAllBytes(scratch.At("gait.yaml"));
        GanglionProcess.Run([.. tune, "--evaluations", "1280", "--checkpoint", scratch.At("run")]);
        (int code, _, string error) = Mpirun(2, [.. tune, "--evaluations", "3200", "--checkpoint", scratch.At("run")]);
        Assert.Equal("", error);
        Assert.NotEqual(1, code);
        Assert.Equal(alone, File.ReadAllBytes(scratch.At("gait.yaml")));
    }

    [Fact]
    public void What_ranks_do_not_share_is_refused_once()
    {
        (int code, _, string error) = Mpirun(3, ["walk", "flat"]);
        Assert.Equal(2, code);
        Assert.Equal("ganglion: mpirun started 3 ranks, and each would do all of 'walk' by itself. Start it without mpirun; ranks share " +
            "the work of: train, tune gait, tune walk, tune atlas, reproduce slope, sweep, bench ranks.\n", error);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2", "start it with MPICH's mpirun (Debian: apt-get install mpich")]
    [InlineData("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=2", "sees 1: the two do not belong together")]
    public void A_launcher_that_does_not_fit_is_named(string environment, string words)
    {
        using var scratch = new Scratch();
        (int code, _, string error) = ToEnd(Start("env", [.. environment.Split(' '), .. Program, .. Small, "600", "-o",
            scratch.At("m.safetensors")]));
        Assert.Equal(1, code);
        Assert.Contains(words, error);
        Assert.Empty(Directory.GetFiles(scratch.At("")));
    }

    private static string[] Program => ["dotnet", Path.Combine(AppContext.BaseDirectory, "ganglion.dll")];

    private static Process Start(int ranks, string[] arguments) => Start("mpirun.mpich",
        ["-n", ranks.ToString(CultureInfo.InvariantCulture), .. Program, .. arguments]);

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    })!;

    private static (int Code, string Output, string Error) Mpirun(int ranks, string[] arguments) => ToEnd(Start(ranks, arguments));

    private static (int Code, string Output, string Error) ToEnd(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
    }

    /// <summary>The process of a rank that writes a file, by what the kernel tells of all.</summary>
    private static int RankOf(string file, int rank) => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
        .First(id => id > 0 && Read(id, "cmdline").Contains(file) && Read(id, "environ").Contains($"PMI_RANK={rank}"));

    private static string[] Read(int id, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{what}").Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
