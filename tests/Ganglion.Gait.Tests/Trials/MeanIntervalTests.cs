using Ganglion.Basics;

namespace Ganglion.Gait.Tests.Trials;

/// <summary>Intervals against printed tables.</summary>
public class MeanIntervalTests
{
    /// <summary>Student's t for 95 % to both sides, as tables of the distribution print it.</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(9, 2.262)]
    [InlineData(19, 2.093)]
    [InlineData(30, 2.042)]
    [InlineData(120, 1.980)]
    [InlineData(9999, 1.960)]
    public void Students_quantiles_are_those_of_the_tables(int degrees, double printed) =>
        Assert.Equal(printed, MeanInterval.StudentQuantile(degrees), 6e-4);

    /// <summary>Student's own sleep data, drug 2 less drug 1 (Biometrika 6, 1908): mean 1.58, deviation 1.23, interval 0.70 to
    /// 2.46.</summary>
    [Fact]
    public void The_interval_of_Students_sleepers_is_the_known_one()
    {
        var spread = MeanInterval.Of([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4, double.NaN]);
        Assert.Equal(10, spread.Count);
        Assert.Equal(1.58, spread.Mean, 1e-9);
        Assert.Equal(1.2300, spread.Deviation, 1e-4);
        Assert.Equal(0.7001, spread.Mean - spread.HalfWidth, 2e-4);
        Assert.True(double.IsNaN(MeanInterval.Of([3]).HalfWidth));
        Assert.True(double.IsNaN(MeanInterval.Of([]).Mean));
    }

    /// <summary>R. G. Newcombe, Stat. Med. 17 (1998), table I, score method without correction for continuity.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilsons_intervals_are_Newcombes(int well, int all, double low, double high)
    {
        var interval = ShareInterval.Of(well, all);
        Assert.Equal(low, interval.Low, 6e-5);
        Assert.Equal(high, interval.High, 6e-5);
    }
}
