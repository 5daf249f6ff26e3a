using Ganglion.Basics.Text;

namespace Ganglion.Robots.Tests.Text;

/// <summary>Signals as text: within 80 columns, their extremes told, no spike lost.</summary>
public class TextChartTests
{
    [Fact]
    public void One_spike_among_many_samples_is_seen_and_no_line_is_too_long()
    {
        double[] values = new double[100_000];
        values[77_777] = 30;
        IReadOnlyList<string> lines = new TextChart(0, 10, "s").Panel("potential, mV", values, 4).Panel("gaps", [double.NaN, 1, 2])
            .Render();
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal("        30┤", lines[1][..11]);
        Assert.Equal("         0┤", lines[4][..11]);

        // The spike stands in its column, 0.77777 of the way, from top to bottom.
        int column = 11 + (int)(0.77777 * 68);
        Assert.All(lines.Skip(1).Take(4), line => Assert.InRange(line[column], '\u2801', '\u28ff'));
        Assert.Equal(column, lines[1].Length - 1);
        Assert.EndsWith("10 s", lines[^1]);
    }

    [Fact]
    public void A_signal_without_values_says_so() =>
        Assert.Contains("(no values)", new TextChart(0, 1, "s").Panel("x", [double.NaN]).Render()[1]);
}
