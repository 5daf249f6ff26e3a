using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Rhythm.Tests.Pendulum;

/// <summary>Half-centers that move the leg and feel it, against the tables of the specification (section G).</summary>
public class HalfCenterLegTests
{
    /// <summary>
    /// The table of entrained motion, each frequency within 3 %. Four of its cells (14 and 2, 18 and 5, 24 and 5, 24 and 10) are slowly
    /// captured by the resonance, and what they show depends on kick and time: 0.002 rad and the last quarter of 600 s here.
    /// </summary>
    [Theory]
    [InlineData(9, 0.162, 0.159, 0.159)]
    [InlineData(11, 0.163, 0.164, 0.163)]
    [InlineData(14, 0.252, 0.163, 0.163)]
    [InlineData(18, 0.321, 0.184, 0.163)]
    [InlineData(24, 0.372, 0.362, 0.170)]
    public void The_table_of_entrainment_is_found_again(double timeScale, double weak, double middle, double strong)
    {
        foreach ((double size, double frequency) in (ReadOnlySpan<(double, double)>)[(2, weak), (5, middle), (10, strong)])
        {
            var run = HalfCenterLegRun.Of(new HalfCenterLegOptions { TimeScale = timeScale, FeedbackSize = size }, LegStudy.Seconds);
            Assert.Equal(frequency, run.CellFrequency, 0.03 * frequency);
            if (frequency < 0.17)
            {
                Assert.True(run.IsEntrained);
                Assert.Equal(frequency, run.LegFrequency, 0.03 * frequency);
            }
        }
    }

    /// <summary>Below the resonance (0.088 and 0.124 Hz alone) position does not lock, rate does.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Rate_feedback_locks_below_the_resonance_too(double timeScale)
    {
        var options = new HalfCenterLegOptions { TimeScale = timeScale, FeedbackSize = 10, Start = new LegState(0.05, 0.05) };
        Assert.False(HalfCenterLegRun.Of(options, 600).IsEntrained);
        var run = HalfCenterLegRun.Of(options with { Feedback = LegFeedback.Rate }, 600);
        Assert.True(run.IsEntrained);
        Assert.True(run.Amplitude > 0.4 && run.Phase(0).Strength > 0.6);
    }

    /// <summary>From rest, without a kick, both cells of a pair fire together and nothing ever moves.</summary>
    [Fact]
    public void Without_a_kick_nothing_moves()
    {
        var run = HalfCenterLegRun.Of(new HalfCenterLegOptions { Start = default }, 100);
        Assert.Equal(0, run.Leg.Largest);
        Assert.NotNull(Ganglion.Rhythm.Cells.Alternation.Problem(run.Spikes(0), run.Spikes(1), 11, run.Settled));
    }

    /// <summary>The listing's own steps put energy into the leg: 31 times the size after 1 500 s, and nearly nothing to be seen after
    /// 200 s. The cells are 8 times slower than the leg all the while.</summary>
    [Fact]
    public void The_listing_is_pumped_by_its_integrator()
    {
        HalfCenterLegOptions listing = HalfCenterLegOptions.Listing(1) with { Body = new LegBody() };
        (double Upper, double Lower) Largest(double seconds, LegScheme scheme) =>
            HalfCenterLegRun.Of(listing with { Scheme = scheme }, seconds).Largest;

        (double upper, double lower) = Largest(200, LegScheme.Euler);
        Assert.Equal(0.0067, upper, 0.0003);
        Assert.Equal(0.019, lower, 0.0015);
        Assert.Equal(31, Largest(1500, LegScheme.Euler).Upper / Largest(1500, LegScheme.RungeKutta4).Upper, 1.0);
        Assert.Equal(0.0202, HalfCenterLegRun.Of(listing, 1500).CellFrequency, 0.0002);
    }
}
