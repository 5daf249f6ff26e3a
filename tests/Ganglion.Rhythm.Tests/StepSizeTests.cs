using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;
using static Ganglion.Rhythm.Tests.Definitions;

namespace Ganglion.Rhythm.Tests;

/// <summary>Error of a step size against a step ten times shorter (shared/README.md A6).</summary>
public class StepSizeTests
{
    private static (double Period, double PeakToPeak) Measure(OscillatorParameters p, double q, float dt, IntegrationScheme scheme)
    {
        var r = RhythmRecording.Record(Walker(p, q, dt, scheme), 40, 40);
        return (r.Period(0), r.PeakToPeak(0));
    }

    private static (double Period, double PeakToPeak) Errors(OscillatorParameters p, double q, float dt, IntegrationScheme scheme)
    {
        (double t0, double a0) = Measure(p, q, 0.002f, IntegrationScheme.RungeKutta4);
        (double t, double a) = Measure(p, q, dt, scheme);
        return (100 * Math.Abs(t / t0 - 1), 100 * Math.Abs(a / a0 - 1));
    }

    [Theory]
    [InlineData("T2", 0.1)]
    [InlineData("T2", 0.4)]
    [InlineData("T2", 0.7)]
    [InlineData("F5", 0.7)]
    public void HeunAtTwentyMillisecondsIsWithinOnePercent(string set, double q)
    {
        (double period, double peakToPeak) = Errors(Set(set), q, 0.02f, IntegrationScheme.Heun);
        Assert.InRange(period, 0, 1);
        Assert.InRange(peakToPeak, 0, 1);
    }

    [Theory]
    [InlineData("T2", 0.1)]
    [InlineData("T2", 0.7)]
    [InlineData("F5", 0.7)]
    public void RungeKuttaAtFiftyMillisecondsIsWithinHalfAPercent(string set, double q)
    {
        (double period, double peakToPeak) = Errors(Set(set), q, 0.05f, IntegrationScheme.RungeKutta4);
        Assert.InRange(period, 0, 0.5);
        Assert.InRange(peakToPeak, 0, 0.5);
    }

    /// <summary>Halving the step divides the error of the period by 4 (Heun): the scheme has its order.</summary>
    [Fact]
    public void HeunIsOfSecondOrder()
    {
        double at20 = Errors(OscillatorParameters.Table2, 0.7, 0.02f, IntegrationScheme.Heun).Period;
        double at10 = Errors(OscillatorParameters.Table2, 0.7, 0.01f, IntegrationScheme.Heun).Period;
        Assert.InRange(at20 / at10, 3.5, 5);
    }

    /// <summary>At the longest step that a network accepts it still oscillates nearly as it should: 4 % for Heun, 2 % for RK4.</summary>
    [Theory]
    [InlineData(IntegrationScheme.Heun, 4)]
    [InlineData(IntegrationScheme.RungeKutta4, 2)]
    public void TheLongestAcceptedStepStillHoldsItsPromise(IntegrationScheme scheme, double percent)
    {
        foreach (string set in new[] { "T1", "T2", "F5" })
        {
            foreach (double q in new[] { 0.1, 0.7, 1 })
            {
                float dt = 0.1f;
                while (!Accepts(Set(set), q, dt, scheme))
                {
                    dt -= 0.001f;
                }

                Assert.InRange(dt, 0.02f, 0.1f);
                (double period, double peakToPeak) = Errors(Set(set), q, dt, scheme);
                Assert.InRange(period, 0, percent);
                Assert.InRange(peakToPeak, 0, percent);
            }
        }

        static bool Accepts(OscillatorParameters p, double q, float dt, IntegrationScheme scheme)
        {
            var definition = new KimuraParameters(7);
            WalkingNetwork.Fill(definition, (float)q, true, true);
            for (int i = 0; i < 7; i++)
            {
                p.WriteTo(definition, i);
            }

            return new KimuraNetwork(7, dt, scheme).Configure(definition, out _) == RhythmReason.None;
        }
    }
}
