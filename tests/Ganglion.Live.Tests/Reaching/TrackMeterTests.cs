using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Paths;
using Ganglion.Shared.Tests;

namespace Ganglion.Live.Tests.Reaching;

public class TrackMeterTests
{
    /// <summary>A zigzag with turns: 100 mm a second, a new direction every second, 200 s.</summary>
    private static readonly PosePath Zigzag = new([.. Enumerable.Range(0, 201).Select(i => new PathPoint(i + 2, i,
        new Pose(new Vec3(0.1 * (i % 2), 0.002 * i, 0.4), new Quat(1, 0.1 * (i % 2), 0, 0).Normalized())))], hasOrientation: true);

    /// <summary>The tip is where the path was a while ago, a little beside it.</summary>
    private static IEnumerable<TrackSample> Samples(double late, double beside) => Enumerable.Range(0, 5000).Select(i =>
    {
        double time = 0.04 * i;
        Pose tip = Zigzag.At(time - late);
        return new TrackSample(time, tip with { Position = tip.Position + new Vec3(0, 0, beside) }, Zigzag.At(time));
    });

    /// <summary>What the measurements say when all are kept and looked at in the end.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.12)]
    [InlineData(-0.05)]
    public void The_figures_are_those_of_all_measurements(double late)
    {
        TrackSample[] samples = [.. Samples(late, 1e-3).Take(Distribution.Exact)];
        var meter = new TrackMeter(Zigzag);
        Array.ForEach(samples, sample => meter.Add(sample));
        double[] errors = [.. samples.Select(sample => sample.Error).Order()];
        Assert.Equal((errors[errors.Length / 2], errors[^1]), (meter.Error.Median, meter.Error.Max));
        Assert.Equal(late, meter.Lag, 0.0021);
        Assert.InRange(meter.CrossError.Median, 0.9e-3, 1.0001e-3);
        Assert.Equal(samples.Max(sample => Quat.Angle(sample.Tip.Orientation, sample.Wanted.Orientation)), meter.AngleError.Max);
    }

    /// <summary>A path of hours must not fill the memory with its measurements.</summary>
    [Fact]
    public void Its_memory_does_not_grow()
    {
        var meter = new TrackMeter(Zigzag);
        TrackSample[] samples = [.. Samples(0.1, 0)];
        Array.ForEach(samples, sample => meter.Add(sample));
        int rounds = 1;
        Assert.Equal(0, Allocation.Of(() =>
        {
            rounds++;
            foreach (TrackSample sample in samples)
            {
                meter.Add(sample);
            }
        }));
        Assert.Equal(rounds * samples.Length, meter.Count);
    }
}
