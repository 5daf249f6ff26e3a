using Ganglion.Lab.Reliability.Core;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>The short form of what `bench reliability` runs for long.</summary>
public class CoreFuzzTests
{
    [Fact]
    public void The_core_does_what_the_protocol_says_whatever_comes()
    {
        CoreFuzzResult result = CoreFuzz.Run(400_000, 1);
        Assert.True(result.Faults == 0, string.Join("\n", result.First));

        // It has been everywhere.
        Assert.All((byte[])[BoardState.Idle, BoardState.Armed, BoardState.Running, BoardState.Hold, BoardState.Safe],
            state => Assert.True(result.TicksByState[state] > 1000, $"{result.TicksByState[state]} ticks in state {state}"));
        Assert.True(result.Walked > 1000, $"{result.Walked} ticks of walks");
        Assert.All((byte[])[Reason.HostLost, Reason.StoppedByHost, Reason.ChipLost, Reason.SensorLost, Reason.SensorFrozen,
            Reason.TickOverrun], reason => Assert.True(result.SafeReasons[reason] > 3, $"{result.SafeReasons[reason]} by {reason}"));
    }
}
