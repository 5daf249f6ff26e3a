using Ganglion.Live.Reaching;
namespace Ganglion.Live.Tests.Reaching;

public class DelayEstimateTests
{
    /// <summary>Motion that starts and stops, measured after a known time: the estimate finds it to a tenth of a period.</summary>
    [Theory]
    [InlineData(0.075)]
    [InlineData(0.0925)]
    [InlineData(0.131)]
    public void Finds_the_delay_of_a_motion(double delay)
    {
        var estimate = new DelayEstimate(0.085);
        double[] ways = new double[DelayEstimate.Count];
        for (int k = 0; k < 200; k++)
        {
            double now = 0.02 * k;
            for (int i = 0; i < ways.Length; i++)
            {
                ways[i] = Way(now - estimate.Candidate(i));
            }

            estimate.Add(0.8 * Way(now - delay), ways);
        }

        Assert.Equal(delay, estimate.Seconds, 2e-3);

        // m in the 20 ms before a time: half a second of a bump a second.
        static double Way(double time) => Math.Abs(At(time) - At(time - 0.02));
        static double At(double time)
        {
            double phase = time - Math.Floor(time), share = Math.Clamp(phase / 0.5, 0, 1);
            return 0.2 * (Math.Floor(time) + share * share * (3 - 2 * share));
        }
    }

    [Fact]
    public void Rest_teaches_nothing()
    {
        var estimate = new DelayEstimate(0.085);
        for (int k = 0; k < 100; k++)
        {
            estimate.Add(1e-4, new double[DelayEstimate.Count]);
        }

        Assert.Equal(0.085, estimate.Seconds);
    }
}
