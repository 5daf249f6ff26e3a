using Ganglion.Lab.Bench;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests.Bench;

public sealed class BoardBenchTests
{
    [Fact]
    public void Forty_channels_with_a_frame_a_tick_keep_their_bars()
    {
        (TickCost start, TickCost cost) = BoardBench.Stream(Shipped.Robot("trunk10-4g"), 300);
        Assert.True(cost.All.WorstInstructions <= 7000, $"{cost.All.WorstInstructions} instructions in the worst tick.\n{cost.Report}");
        Assert.Equal(0, start.Overruns + cost.Overruns);
        Assert.Equal(0, start.MissedFrames + cost.MissedFrames);
        Assert.True(cost.WorstWork < 0.02);

        // What the tick cannot do without: a span for each of three bursts and for the frame's checksum, one for what is read back behind
        // a burst, six objects for each burst and seven for that one, one for the checksum: 25. Each third tick asks the chip that has
        // eight channels only, by a transfer of its own with nine objects: 32 in place of 25.
        Assert.Equal(0, cost.OtherObjects);
        Assert.Equal((25 + 25 + 32) / 3.0, cost.ObjectsBare.Total, 0.5);

        // Time is more than instructions, and both add up over the methods.
        Assert.True(cost.All.MeanUnits > cost.All.MeanInstructions);
        Assert.Equal(cost.All.MeanInstructions, cost.Report.InstructionsPerTick, 6);
        Assert.Equal(cost.All.MeanUnits, cost.Report.UnitsPerTick, 6);
        Assert.True(cost.Bare.MeanInstructions < cost.WithTelemetry.MeanInstructions);
    }

    [Fact]
    public void Seven_oscillators_on_twelve_channels_keep_their_bars()
    {
        RobotDescription robot = Shipped.Robot("rig12");
        TickCost cost = BoardBench.Rhythm(robot, Shipped.Rhythm("walk7", robot), 300);
        Assert.True(cost.All.WorstInstructions <= 7000, $"{cost.All.WorstInstructions} instructions in the worst tick.\n{cost.Report}");
        Assert.Contains(cost.Report.Methods, method => method.Method.Contains("HeunIntegrator::Step(", StringComparison.Ordinal));
        Assert.Equal(0, cost.Overruns);
        Assert.Equal(0, cost.OtherObjects);
        Assert.Equal(new TickObjects(2, 7, 0, 0), cost.ObjectsBare);
    }

    /// <summary>The bars of a walker's whole tick on its board, IMU and force sensors included.</summary>
    [Theory]
    [InlineData(false, 9000)]
    [InlineData(true, 11000)]
    public void A_walker_keeps_its_bars(bool reflexes, long bar)
    {
        RobotDescription robot = Shipped.Robot("walker12");
        GaitDescription gait = Shipped.Gait("walk", robot);
        TickCost cost = BoardBench.Walk(robot, reflexes ? BoardBench.WithReflexes(gait) : gait, 300);
        Assert.True(cost.All.WorstInstructions <= bar, $"{cost.All.WorstInstructions} instructions in the worst tick.\n{cost.Report}");
        Assert.Contains(cost.Report.Methods, method => method.Method.Contains("LegKinematics::Solve(", StringComparison.Ordinal));
        Assert.Contains(cost.Report.Methods, method => method.Method.Contains("MessageWriter::WalkTelemetry(", StringComparison.Ordinal));
        Assert.Equal(reflexes, cost.Report.Methods.Any(method => method.Method.Contains("TegotaeLaw::Update(", StringComparison.Ordinal)));
        Assert.Equal(0, cost.Overruns);
        Assert.Equal(0, cost.OtherObjects);
        Assert.True(cost.WorstWork < 0.02);
    }

    [Theory]
    [InlineData(40, 1, true)]
    [InlineData(64, 1, true)]
    [InlineData(64, 2, true)]
    [InlineData(120, 1, false)]
    public void A_tick_fits_up_to_sixty_four_channels_and_not_with_as_many_as_a_frame_carries(int channels, int buses, bool fits)
    {
        ChannelLoad load = BoardBench.Load(channels, buses);
        Assert.Equal(fits, load.Fits);
        Assert.Equal(load.WorstWork / 0.02, load.TickShare, 9);
    }
}
