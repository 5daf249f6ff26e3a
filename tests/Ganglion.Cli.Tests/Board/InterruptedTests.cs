using Ganglion.Lab.Reliability.Processes;

namespace Ganglion.Cli.Tests.Board;

/// <summary>Verbs that lead a board, interrupted. A class for each half: they wait more than they work, and run beside each
/// other.</summary>
[Trait("Ports", "Real")]
public class InterruptedTests
{
    [Theory]
    [InlineData("run", "HUP")]
    [InlineData("pressure", "KILL")]
    [InlineData("joint", "INT")]
    [InlineData("train", "INT")]
    public void What_it_led_is_off_or_safe_and_can_be_used_again(string verb, string interruption) =>
        Assert.Null(Interruptions.Run(verb, interruption).Fault);
}

/// <summary>Verbs that let a board move by itself, interrupted, and one that only computes.</summary>
[Trait("Ports", "Real")]
public class InterruptedOwnMotionTests
{
    [Theory]
    [InlineData("rhythm", "INT twice")]
    [InlineData("gait", ProcessMatrix.Full)]
    [InlineData("tune", "TERM")]
    public void What_moved_by_itself_is_off_or_safe_and_can_be_used_again(string verb, string interruption) =>
        Assert.Null(Interruptions.Run(verb, interruption).Fault);
}
