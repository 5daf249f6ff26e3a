using Ganglion.Arm.Control;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Pages;

namespace Ganglion.Lab.Tests.Pages;

/// <summary>The short form of `bench page`: what is counted, and no times, which a busy machine decides.</summary>
public class PageBenchTests
{
    [Fact]
    public void Windows_that_never_read_hold_up_neither_the_others_nor_the_arm()
    {
        var bench = new PageBench(Shipped.Robot("trunk10-4g"), arm => new LeastSquaresController(arm, 1, orientation: false), 1)
        {
            Paced = true,
        };
        PageLoad alone = bench.Run(0, 0, PageBench.Least), crowded = bench.Run(15, 5, PageBench.Least);
        Assert.Empty(alone.Windows);
        Assert.Equal(15, crowded.Windows.Count);
        Assert.All(crowded.Windows, window => Assert.InRange(window.Frames, 10, 10_000));
        Assert.Equal((0, 0), (crowded.Torn, crowded.Stream.MissedFrames));

        // The control loop allocates nothing for windows: what differs are targets and what is told of them.
        Assert.InRange(crowded.AllocatedPerPeriod, 0, alone.AllocatedPerPeriod + 500);
        Bar[] bars = PageBench.Bars(alone, crowded with { Sleepers = 0 }, crowded);
        Assert.Equal(8, bars.Length);
        Assert.All(bars, bar => Assert.False(double.IsNaN(bar.Value), bar.What));
        PageLoad wasteful = crowded with { AllocatedPerPeriod = alone.AllocatedPerPeriod + 65 };
        Assert.Contains(PageBench.Bars(alone, crowded, wasteful), bar => !bar.Met && bar.What.StartsWith("bytes"));
    }
}
