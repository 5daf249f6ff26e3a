using Ganglion.Lab.Reliability.Pins;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>The short form of what `ganglion bench reliability` runs for long.</summary>
public sealed class PinFuzzTests
{
    private static PinRobot[] Robots()
    {
        RobotDescription rig = Shipped.Robot("rig12"), walker = Shipped.Robot("walker12");
        return
        [
            PinRobot.Streams(Shipped.Robot("trunk10-4g")), PinRobot.Plays(rig, Shipped.Rhythm("walk7", rig)),
            PinRobot.Walks(walker, Shipped.Gait("walk", walker)), PinRobot.Streams(Shipped.Robot("muscle-rig")),
        ];
    }

    [Fact]
    public void Whatever_its_chips_do_a_board_keeps_what_it_promises_at_the_pins()
    {
        PinFuzzResult result = new PinFuzz(Robots()).Run(60_000, seed: 1);
        Assert.True(result.FaultCount == 0, $"{result.FaultCount} faults:\n{string.Join('\n', result.Faults)}");
        Assert.True(result.Arms > 100 && result.Disarms > 100, $"{result.Arms} arms, {result.Disarms} disarms");
        Assert.Equal(["glitch", "hang", "nack", "supply"], result.Injected.Keys.Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        PinFuzzResult first = new PinFuzz(Robots()).Run(5_000, seed: 7), second = new PinFuzz(Robots()).Run(5_000, seed: 7);
        Assert.Equal((first.Events, first.VirtualSeconds, first.Refusals), (second.Events, second.VirtualSeconds, second.Refusals));
    }
}
