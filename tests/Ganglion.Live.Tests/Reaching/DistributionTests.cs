using Ganglion.Live.Reaching;
using Ganglion.Shared.Tests;

namespace Ganglion.Live.Tests.Reaching;

public class DistributionTests
{
    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 1e-5 * Math.Exp(3 * random.NextDouble() + random.NextDouble()))];
    }

    private static (double Median, double P95, double Max) Sorted(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))], sorted[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(Distribution.Exact)]
    public void Few_values_are_kept_exactly(int count)
    {
        var distribution = new Distribution();
        double[] values = Values(count, 1);
        Array.ForEach(values, distribution.Add);
        Assert.Equal(Sorted(values), (distribution.Spread.Median, distribution.Spread.P95, distribution.Spread.Max));
    }

    [Theory]
    [InlineData(Distribution.Exact + 1)]
    [InlineData(1_000_000)]
    public void Many_values_are_true_to_a_thousandth(int count)
    {
        var distribution = new Distribution();
        double[] values = Values(count, 2);
        Array.ForEach(values, distribution.Add);
        (double median, double p95, double max) = Sorted(values);
        Assert.Equal(count, distribution.Count);
        Assert.InRange(distribution.Spread.Median / median, 0.999, 1.001);
        Assert.InRange(distribution.Spread.P95 / p95, 0.999, 1.001);
        Assert.Equal(max, distribution.Spread.Max);
    }

    [Fact]
    public void What_nothing_measured_does_not_count()
    {
        var distribution = new Distribution();
        distribution.Add(double.NaN);
        Assert.Equal(0, distribution.Count);
        Assert.True(double.IsNaN(distribution.Spread.Median) && double.IsNaN(distribution.Spread.Max));
    }

    [Fact]
    public void Zero_and_what_is_beyond_all_bins_have_a_place()
    {
        var distribution = new Distribution();
        for (int i = 0; i <= 2 * Distribution.Exact; i++)
        {
            distribution.Add(i % 2 == 0 ? 0 : double.PositiveInfinity);
        }

        Assert.InRange(distribution.Spread.Median, 0, 1e-8);
        Assert.Equal(double.PositiveInfinity, distribution.Spread.Max);
    }

    /// <summary>A run of days must not fill the memory with its figures.</summary>
    [Fact]
    public void Its_memory_does_not_grow()
    {
        var distribution = new Distribution();
        Array.ForEach(Values(Distribution.Exact + 1, 3), distribution.Add);
        double[] values = Values(100_000, 4);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (double value in values)
            {
                distribution.Add(value);
            }
        }));
    }
}
