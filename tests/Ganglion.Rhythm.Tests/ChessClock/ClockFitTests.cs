using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Tests.ChessClock;

public class ClockFitTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.8)]
    [InlineData(1.5)]
    public void The_mirror_orbit_is_what_the_clock_settles_in(double speed)
    {
        ClockParameters published = ClockOrbitTests.Antiphase;
        ClockOrbit settled = ClockOrbit.Find(published, speed, ClockStart.Usual)!.Value;
        ClockMirror mirror = ClockMirror.Find(published, speed, 1.3)!.Value;
        Assert.Equal(settled.Swing, mirror.Swing, 5);
        Assert.Equal(settled.Stance, mirror.Stance, 5);
        Assert.Equal(0.5, settled.Phase, 4);
        Assert.InRange(Math.Abs(mirror.Slope), 0.2, 0.999);
    }

    /// <summary>From its usual starting points the fit is better than the paper's at both (R2 0.915 and 0.999), and alternates
    /// evenly, from the start that is stated.</summary>
    [Fact]
    public void The_cat_is_fitted_better_than_in_the_paper_and_in_antiphase()
    {
        PhaseDurations cat = PhaseDurations.Cat;
        var loss = new ClockLoss(cat, ClockCoupling.Antiphase, ClockLoss.UsualSwingWeight, ClockStart.Usual);
        var fit = ClockFit.Run(loss, cat, ClockCoupling.Antiphase, ClockFit.UsualStarts, ClockFit.UsualSeed);
        ClockScore score = ClockScore.Of(fit.Best.To, cat, ClockStart.Usual, out _)!;
        Assert.InRange(score.SwingRSquared, 0.915, 1);
        Assert.InRange(score.StanceRSquared, 0.999, 1);
        Assert.InRange(score.LargestPhaseError, 0, 0.03);
        Assert.True(score.Settles);
        Assert.Equal(ClockFit.UsualStarts, fit.Descents.Length);
    }

    /// <summary>Data that a clock made are fitted by the clock that made them: without noise nothing is left.</summary>
    [Fact]
    public void A_clock_without_coupling_is_found_again()
    {
        ClockParameters made = new(3, 1, 1.2, 2, 0.8);
        double[] speeds = [0.2, 0.4, 0.7, 1.1, 1.6];
        PhaseDurations data = new([.. speeds], [.. speeds.Select(speed => made.UncoupledDuration(true, speed))],
            [.. speeds.Select(speed => made.UncoupledDuration(false, speed))]);
        var loss = new ClockLoss(data, ClockCoupling.None, 0.5, ClockStart.Usual);
        var fit = ClockFit.Run(loss, data, ClockCoupling.None, 1, seed: 1);
        ClockScore score = ClockScore.Of(fit.Best.To, data, ClockStart.Usual, out _)!;
        Assert.InRange(score.SwingRSquared, 0.9995, 1);
        Assert.InRange(score.StanceRSquared, 0.9995, 1);
        Assert.Equal(made.Leak, fit.Best.To.Leak, 0.1);
    }

    [Fact]
    public void Parameters_that_do_not_oscillate_are_told_with_the_speed()
    {
        Assert.Null(ClockScore.Of(new(3, 0.5, 1, 2, 1.2), PhaseDurations.Cat, ClockStart.Usual, out double stalled));
        Assert.Equal(0.1, stalled, 6);
    }
}
