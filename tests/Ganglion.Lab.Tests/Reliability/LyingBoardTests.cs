using Ganglion.Lab.Reliability.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>Boards that do otherwise than they say.</summary>
public class LyingBoardTests
{
    private static readonly LyingBoardBench Bench = Make();

    private static LyingBoardBench Make()
    {
        RobotDescription player = Shipped.Robot("rig12"), walker = Shipped.Robot("walker12");
        return new LyingBoardBench(Shipped.Robot("trunk10-4g"), player, Shipped.Rhythm("walk7", player), walker,
            Shipped.Gait("walk", walker), Shipped.Robot("muscle-rig"));
    }

    /// <summary>The bench finds no fault where there is none.</summary>
    [Fact]
    public void A_board_that_does_not_lie_is_moved_by_each_verb() =>
        Assert.All(Bench.Honest(), result => Assert.True(result.Fault == null, $"{result.Verb}: {result.Fault}: {result.Words}"));

    [Fact]
    public void Whatever_a_board_does_each_verb_ends_with_the_cause_in_words()
    {
        Assert.True(LyingBoardBench.Lies >= 43);
        List<LyingBoardResult> results = [.. Bench.Run()];
        Assert.Equal(LyingBoardBench.Lies * LyingBoardBench.Verbs.Count, results.Count);
        string faults = string.Join("\n", results.Where(result => result.Fault != null)
            .Select(result => $"a board that {result.Lie}, {result.Verb}, {result.Seconds:0.0} s: {result.Fault}. Told: {result.Words}"));
        Assert.True(faults.Length == 0, faults);
    }
}
