using Ganglion.Lab.Reliability.Processes;

namespace Ganglion.Cli.Tests.Learning;

/// <summary>The short form of the kills of `ganglion bench reliability`.</summary>
public class ResumeTests
{
    [Theory]
    [InlineData("m.safetensors", "train", "trunk6-3g", "--hidden", "16", "--updates", "2000", "--checkpoint-every", "0.05", "--resume",
        "-o", "m.safetensors")]
    [InlineData("gait.yaml", "tune", "gait", "--evaluations", "40000", "--checkpoint", "run", "-o", "gait.yaml")]
    public void What_is_killed_and_resumed_ends_with_the_same_file(string output, params string[] arguments)
    {
        ResumeResult result = new ResumeMatrix(Path.Combine(AppContext.BaseDirectory, "ganglion.dll"))
            .Run(new ResumeJob(arguments[0], arguments, output), kills: 2, seed: 1);
        Assert.Empty(result.Faults);
        Assert.Equal(2, result.Kills);
        Assert.True(result.Finished >= 1);
    }

    /// <summary>The part that was running when it was interrupted begins anew; what was finished is not computed again.</summary>
    [Fact]
    public void The_reliability_bench_goes_on_from_the_parts_that_it_kept()
    {
        using var scratch = new Scratch();
        string[] arguments = ["bench", "reliability", "--part", "core", "soak", "--share", "0.01", "--keep", scratch.At("kept")];
        using var process = GanglionProcess.Start(arguments);
        process.ReadUntil("core: 0 faults");
        process.Interrupt();
        Outcome broken = process.End();
        Assert.Equal(130, broken.ExitCode);
        Assert.Contains("goes on from", broken.Errors);
        Assert.Contains("is a file, and finished parts need a folder",
            GanglionProcess.Run([.. arguments[..^1], scratch.Put("file", "")]).Refused(1));
        Assert.Contains("another place", GanglionProcess.Run([.. arguments, "--seed", "2"]).Refused(1));
        using var again = GanglionProcess.Start(arguments);
        Assert.Contains("Going on with 1 finished parts", again.ReadUntil("Going on"));
        again.Kill();
    }

    /// <summary>The matrix sees a file that is another one: here each run has a seed of its own.</summary>
    [Fact]
    public void A_file_that_is_another_one_is_told()
    {
        string script = "head -c 8 /dev/urandom > out; sleep 0.2";
        ResumeResult result = new ResumeMatrix("sh").Run(new ResumeJob("lottery", ["-c", script], "out"), kills: 1, seed: 1);
        Assert.Contains("is another file", Assert.Single(result.Faults));
    }
}
