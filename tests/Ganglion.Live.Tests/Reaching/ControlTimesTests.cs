using Ganglion.Live.Reaching;
namespace Ganglion.Live.Tests.Reaching;

public class ControlTimesTests
{
    [Fact]
    public void Quantiles_are_exact_to_a_bin()
    {
        var times = new ControlTimes();
        for (int i = 1; i <= 1000; i++)
        {
            times.Add(1e-5 * i);
        }

        Assert.Equal(1000, times.Periods);
        Assert.InRange(times.P50, 5e-3, 5.1e-3);
        Assert.InRange(times.P99, 9.9e-3, 10e-3);
        Assert.Equal(10e-3, times.Max);
    }

    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(0, new ControlTimes().P99);
}
