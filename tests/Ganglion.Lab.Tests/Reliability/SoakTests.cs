using Ganglion.Arm.Control;
using Ganglion.Lab.Reliability.Soak;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>The short form of the soak of `ganglion bench reliability`; alone, since what other tests keep would count as growth.</summary>
[Collection(Alone.Name)]
public class SoakTests
{
    private static readonly SoakBench Bench = Make();

    private static SoakBench Make()
    {
        RobotDescription player = Shipped.Robot("rig12"), walker = Shipped.Robot("walker12");
        return new SoakBench(Shipped.Robot("trunk10-4g"), arm => new LeastSquaresController(arm, 1, orientation: false), player,
            Shipped.Rhythm("walk7", player), walker, Shipped.Gait("walk", walker));
    }

    /// <summary>Of 50 measurements a second, each kept would be 100 bytes or more: 1.3 MB in the time that is looked at.</summary>
    [Theory]
    [InlineData("run")]
    [InlineData("track")]
    [InlineData("rhythm")]
    [InlineData("walk")]
    public void Nothing_is_missed_and_the_memory_does_not_grow(string job)
    {
        SoakResult result = Bench.Run(job, 300, seed: 1);
        Assert.True(result.Words == null, result.Words);
        Assert.InRange(result.Growth, 0, 400_000);
    }

    [Fact]
    public void Every_job_is_tried() => Assert.Equal(["run", "track", "rhythm", "walk"], SoakBench.Jobs);

    /// <summary>The bench sees a growth and a loss. It is large beside what the runtime gives back meanwhile of other tests' pooled
    /// buffers, some MB.</summary>
    [Fact]
    public void A_growth_and_a_loss_are_told()
    {
        var kept = new List<byte[]>();
        SoakResult result = Bench.Run("rhythm", 60, seed: 1, _ => kept.Add(new byte[20_000]));
        Assert.True(result.Growth > 40_000_000, $"{result.Growth} bytes beside {kept.Count} of 20000");
        Assert.Contains("the memory grew", (result with { Growth = SoakResult.MostGrowth }).Words);
        Assert.Contains("missed", (result with { Missed = 1 }).Words);
        Assert.Null((result with { Growth = 0 }).Words);
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
