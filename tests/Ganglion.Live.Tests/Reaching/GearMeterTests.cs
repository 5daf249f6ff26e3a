using Ganglion.Live.Reaching;

namespace Ganglion.Live.Tests.Reaching;

public class GearMeterTests
{
    /// <summary>Two gears, four frames of 20 ms: the second goes 0.1, 0.18, 0.1 travels, at most 9 of its 10 travels a second.</summary>
    [Fact]
    public void It_tells_way_speed_bound_and_ends()
    {
        var meter = new GearMeter([5, 10], 0.02, 0.9);
        double[][] frames = [[0.5, 0.62], [0.5, 0.72], [0.5, 0.9], [0.45, 1]];
        foreach (double[] frame in frames)
        {
            meter.Add(frame);
        }

        GearUse use = meter.Use;
        Assert.Equal(0.38, use.Travel, 12);
        Assert.Equal(0.9, use.Fastest, 12);
        Assert.Equal(1 / 3.0, use.AtBound, 12);
        Assert.Equal(1 / 8.0, use.AtEnds, 12);
    }
}
