using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Rhythm.Tests.Pendulum;

/// <summary>The double pendulum against the figures of the specification (section G), closed forms and SciPy.</summary>
public class LegTests
{
    private static readonly LegBody Leg = new();

    /// <summary>scipy.linalg.eigh(K, M) with the listing's masses and lengths.</summary>
    [Fact]
    public void The_modes_are_those_of_the_linearised_matrices()
    {
        (LegMode slow, LegMode fast) = LegMode.Of(Leg);
        Assert.Equal((1600.0, 360.0, 180.0), (Leg.UpperInertia, Leg.SharedInertia, Leg.LowerInertia));
        Assert.Equal(1.0409, slow.AngularFrequency, 4);
        Assert.Equal(2.4584, fast.AngularFrequency, 4);
        Assert.Equal(0.1657, slow.Frequency, 4);
        Assert.Equal(0.3913, fast.Frequency, 4);
        Assert.Equal(1.586, slow.Ratio, 3);
        Assert.Equal(-3.363, fast.Ratio, 3);
    }

    /// <summary>Two ways to the same figures: the matrices, and the period of a small swing in one mode of the equations of
    /// motion.</summary>
    [Fact]
    public void A_small_swing_in_a_mode_has_its_period()
    {
        (LegMode slow, LegMode fast) = LegMode.Of(Leg);
        foreach (LegMode mode in (LegMode[])[slow, fast])
        {
            var run = FreeLeg.Run(Leg.Undamped(), new LegState(1e-3, 1e-3 * mode.Ratio), 60, 0.005, LegScheme.RungeKutta4);
            Assert.Equal(mode.Frequency, 1 / Waveform.Period(run.Record.Upper, 0.005), 1e-5);
        }
    }

    [Fact]
    public void Energy_stays_with_Runge_and_Kutta_and_not_with_Euler()
    {
        var start = new LegState(1, 0.5);
        double Drift(double dt, LegScheme scheme) => FreeLeg.Run(Leg.Undamped(), start, 100, dt, scheme).EnergyDrift;
        Assert.InRange(Math.Abs(Drift(0.01, LegScheme.RungeKutta4)), 0, 1e-7);
        Assert.Equal(-1.4e-5, Drift(0.05, LegScheme.RungeKutta4), 2e-6);
        Assert.Equal(1.06, Drift(0.01, LegScheme.Euler), 0.02);
        Assert.Equal(0.12, Drift(0.01, LegScheme.SemiImplicit), 0.01);
    }

    /// <summary>Physical damping of the slow mode and how Euler's steps of 0.01 s turn it into growth.</summary>
    [Theory]
    [InlineData(ElbowDamping.Relative, 0.0021, 0.0033, 0.0039)]
    [InlineData(ElbowDamping.Listing, 0.0030, 0.0024, 0.0055)]
    public void Euler_pumps_the_slow_mode(ElbowDamping law, double decay, double growth, double limit)
    {
        LegBody leg = Leg with { Law = law };
        LegMode slow = LegMode.Of(leg).Slow;
        Assert.Equal(decay, slow.Decay, 4);
        Assert.Equal(growth, slow.EulerGrowth(0.01), 4);
        Assert.Equal(limit, slow.EulerLimit, 1e-4);

        var start = new LegState(0.01, 0.01 * slow.Ratio);
        double Grown(double dt, LegScheme scheme)
        {
            LegRecord record = FreeLeg.Run(leg, start, 300, dt, scheme).Record;
            int end = record.Count - (int)(7 / dt), begin = (int)(7 / dt);
            return Math.Log(LegRecord.Size(record.Upper[end..]) / LegRecord.Size(record.Upper[..begin])) / (300 - 7);
        }

        Assert.Equal(growth, Grown(0.01, LegScheme.Euler), 2e-4);
        Assert.Equal(-decay, Grown(0.01, LegScheme.RungeKutta4), 2e-4);
        Assert.True(Grown(0.8 * limit, LegScheme.Euler) < 0);
    }
}
