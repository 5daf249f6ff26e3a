using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;
using static Ganglion.Rhythm.Tests.Definitions;

namespace Ganglion.Rhythm.Tests;

/// <summary>One oscillator against the periods and amplitudes of shared/README.md A3.</summary>
public class IsolatedOscillatorTests
{
    private static (double Period, double PeakToPeak) Measure(OscillatorParameters p, float dt = 0.01f, IntegrationScheme scheme =
        IntegrationScheme.RungeKutta4)
    {
        var r = RhythmRecording.Record(Single(p, dt, scheme), 30, 20);
        return (r.Period(0), r.PeakToPeak(0));
    }

    [Theory]
    [InlineData("F5", 1.2047, 0.6641)]
    [InlineData("T1", 0.7271, 0.3868)]
    [InlineData("T2", 0.7447, 0.3396)]
    public void PeriodsAndAmplitudesAreThePublishedOnes(string set, double period, double peakToPeak)
    {
        foreach ((IntegrationScheme scheme, float dt) in new[]
            { (IntegrationScheme.Heun, 0.005f), (IntegrationScheme.Heun, 0.01f), (IntegrationScheme.RungeKutta4, 0.02f),
                (IntegrationScheme.RungeKutta4, 0.05f) })
        {
            (double t, double a) = Measure(Set(set), dt, scheme);
            Within(period, t, 0.5);
            Within(peakToPeak, a, 1);
        }
    }

    /// <summary>The board's tick of 20 ms with Heun: still within the bars of the period (0.5 %) and the amplitude (1 %).</summary>
    [Theory]
    [InlineData("F5", 1.2047, 0.6641)]
    [InlineData("T1", 0.7271, 0.3868)]
    [InlineData("T2", 0.7447, 0.3396)]
    public void TheBoardsTickIsShortEnough(string set, double period, double peakToPeak)
    {
        (double t, double a) = Measure(Set(set), 0.02f, IntegrationScheme.Heun);
        Within(period, t, 0.5);
        Within(peakToPeak, a, 1);
    }

    [Fact]
    public void ThePeriodScalesWithBothTimeConstantsAndTheAmplitudeDoesNot()
    {
        (double t, double a) = Measure(OscillatorParameters.Table2, 0.005f);
        foreach (double factor in new[] { 0.5, 2, 3.7 })
        {
            // the step is scaled as well, so that the discretisation is the same and the law is exact but for rounding
            (double t2, double a2) = Measure(OscillatorParameters.Table2.Slowed(factor), (float)(0.005 * factor));
            Within(factor * t, t2, 0.02);
            Within(a, a2, 0.02);
        }
    }

    [Fact]
    public void TheAmplitudeIsProportionalToTheDriveAndThePeriodIndependent()
    {
        foreach (double drive in new[] { 0.1, 0.6, 3 })
        {
            (double t, double a) = Measure(OscillatorParameters.Figure5 with { Drive = drive });
            Within(1.1069 * drive, a, 0.1);
            Within(1.2047, t, 0.05);
        }
    }

    [Theory]
    [InlineData(1.5, 1.0201, 0.562)]
    [InlineData(2, 1.2047, 0.664)]
    [InlineData(2.5, 1.3667, 0.738)]
    [InlineData(3, 1.5140, 0.794)]
    [InlineData(4, 1.7798, 0.877)]
    public void TheRatioOfTheTimeConstantsSweeps(double ratio, double period, double peakToPeak)
    {
        (double t, double a) = Measure(new OscillatorParameters(0.2, 0.2 * ratio, 0.6, 3.5, 2));
        Within(period, t, 0.1);
        Within(peakToPeak, a, 0.2);
    }

    [Theory]
    [InlineData("F5", 1.2191)]
    [InlineData("T1", 0.7348)]
    [InlineData("T2", 0.7469)]
    public void MatsuokasFormulaIsCloseToTheMeasuredPeriod(string set, double formula)
    {
        double period = 2 * Math.PI / Set(set).MatsuokaFrequency;
        Assert.Equal(formula, period, 5e-5);
        Within(Measure(Set(set)).Period, period, 1.8);
    }

    [Fact]
    public void TheConditionForOscillationTellsRestFromRhythm()
    {
        foreach (string set in new[] { "F5", "T1", "T2" })
        {
            Assert.True(Set(set).Oscillates);
        }

        OscillatorParameters still = OscillatorParameters.Table2 with { Inhibition = 1.5 };
        Assert.False(still.Oscillates);
        var r = RhythmRecording.Record(Single(still, 0.01f, IntegrationScheme.RungeKutta4), 10, 60);
        Assert.InRange(r.PeakToPeak(0), 0, 1e-3);
    }

    [Fact]
    public void ModulationSpeedsUpAndScales()
    {
        KimuraNetwork network = Single(OscillatorParameters.Table2, 0.01f, IntegrationScheme.RungeKutta4);
        Assert.Equal(RhythmReason.None, network.SetModulation(1.6f, 0.5f, 0.2f));
        var r = RhythmRecording.Record(network, 20, 20);
        Within(0.7447 / 1.6, r.Period(0), 0.1);
        Within(0.3396 / 2, r.PeakToPeak(0), 0.2);
    }
}
