namespace Ganglion.Rhythm.Tests;

/// <summary>The measures on signals whose period, amplitude and phase are known in closed form.</summary>
public class WaveformTests
{
    private static double[] Sine(double period, double amplitude, double leadDeg, double dt, int n) =>
        Enumerable.Range(0, n).Select(k => amplitude * Math.Sin(2 * Math.PI * (k * dt / period + leadDeg / 360))).ToArray();

    [Theory]
    [InlineData(0.7403, 0.02)]
    [InlineData(1.2047, 0.05)]
    [InlineData(0.33, 0.01)]
    public void ASinesPeriodAndAmplitude(double period, double dt)
    {
        double[] y = Sine(period, 1.7, 33, dt, 1000);
        Assert.Equal(period, Waveform.Period(y, dt), 1e-4 * period);
        // the vertex of the parabola misses a cosine's top by (w dt)^4 / 384 at most
        Assert.InRange(Waveform.PeakToPeak(y), 3.4 * (1 - 5e-4), 3.4 * (1 + 5e-4));
    }

    [Fact]
    public void CrossingsLieWhereTheLineMeetsZero()
    {
        double[] t = Waveform.UpwardCrossings([-1, 3, 2, -2, -1, 1, 1], 0.1);
        Assert.Equal(2, t.Length);
        Assert.Equal(0.025, t[0], 1e-12);
        Assert.Equal(0.45, t[1], 1e-12);
    }

    [Fact]
    public void ASignalWithoutCyclesHasNoPeriod()
    {
        Assert.True(double.IsNaN(Waveform.Period([-1, 1, 2, 3], 0.1)));
        Assert.True(double.IsNaN(Waveform.Period([], 0.1)));
        Assert.True(double.IsNaN(Waveform.PeakToPeak([])));
        Assert.Equal(4, Waveform.PeakToPeak([-1, 1, 2, 3]));
    }

    [Fact]
    public void PhasesAreLeads()
    {
        double[] leads = { 0, 90, 181, 270, 359.5, 10 };
        double[][] y = leads.Select(l => Sine(0.8, 1, l + 12, 0.02, 500)).ToArray();
        var phases = PhaseHistory.Of(y, 0.02, 0);
        Assert.Equal(11, phases.Cycles);
        for (int c = 0; c < phases.Cycles; c++)
        {
            Assert.InRange(phases.WorstDeg(leads, c), 0, 0.1);
        }

        Assert.Equal(90, phases.LeadDeg(1, 3), 0.1);
        Assert.Equal(0, phases.SettlingCycles(leads, 1));
        Assert.Equal(-1, phases.SettlingCycles([0, 90, 180, 270, 0, 20], 5));
    }

    [Fact]
    public void SettlingCountsTheCyclesBeforeTheLastDeparture()
    {
        // the second signal leads by 90 deg but for a spell of 150 deg between 2 s and 4 s, cycles 2 and 3 of 1 s
        double[] a = Sine(1, 1, 10, 0.01, 1000), b = Sine(1, 1, 100, 0.01, 1000), spell = Sine(1, 1, 160, 0.01, 1000);
        for (int k = 200; k < 400; k++)
        {
            b[k] = spell[k];
        }

        int settled = PhaseHistory.Of([a, b], 0.01, 0).SettlingCycles([0, 90], 15);
        Assert.InRange(settled, 3, 4);
    }

    [Theory]
    [InlineData(350, 10, 20)]
    [InlineData(10, 350, 20)]
    [InlineData(0, 180, 180)]
    [InlineData(270, 90, 180)]
    [InlineData(45, 45, 0)]
    public void AnglesAreComparedOnTheCircle(double a, double b, double distance) =>
        Assert.Equal(distance, PhaseHistory.Distance(a, b), 1e-9);

    [Fact]
    public void AnUnconfiguredNetworkIsNotRecorded()
    {
        var network = new Ganglion.Shared.Rhythms.KimuraNetwork(1, 0.02f, 0);
        Assert.Throws<ArgumentException>(() => RhythmRecording.Record(network, 1));
    }
}
