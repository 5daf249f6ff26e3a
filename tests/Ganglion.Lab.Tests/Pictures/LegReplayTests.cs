using System.Globalization;
using System.Xml.Linq;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Tests.Pictures;

/// <summary>The leg's film and the sheets of small panels.</summary>
public class LegReplayTests
{
    /// <summary>The paper's axes: 17 pixels a metre; the foot hangs 14 m below the shoulder, and moves as the run says.</summary>
    [Fact]
    public void The_film_shows_the_rods_where_the_run_had_them()
    {
        var run = HalfCenterLegRun.Of(new HalfCenterLegOptions { Start = new LegState(0.3, 0.2) }, 6);
        var svg = XElement.Parse(LegReplay.Render("leg", run, 1, 4));
        string[] frames = [.. svg.Descendants().Where(element => element.Name.LocalName == "animate")
            .Where(element => (string?)element.Attribute("attributeName") == "points")
            .Select(element => (string)element.Attribute("values")!)];
        Assert.Equal(2, frames.Length);
        string[] lower = frames[1].Split(';');
        Assert.Equal(80, lower.Length);
        foreach (int frame in (int[])[0, 37, 79])
        {
            LegState state = run.Leg.State(200 + 10 * frame);
            double[] foot = [.. lower[frame].Split(' ')[1].Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            Assert.Equal(150 + 17 * (10 + 8 * Math.Sin(state.Upper) + 6 * Math.Sin(state.Lower)), foot[0], 0.06);
            Assert.Equal(34 + 17 * (5 + 8 * Math.Cos(state.Upper) + 6 * Math.Cos(state.Lower)), foot[1], 0.06);
        }
    }

    [Fact]
    public void A_sheet_has_its_panels_in_rows_and_leaves_gaps()
    {
        var svg = XElement.Parse(new PlotSheet("two & two", 2).Panel("a", "s", "mV").Line([0, 1, 2, 3], [0, double.NaN, 5, 10], "#123")
            .Panel("b", "s", "").Trace(0, 0.5, [1, 2], "#456").Panel("c", "s", "").Line([0, 1], [0, 1], "#789").Render());
        XElement[] plots = [.. svg.Descendants().Where(element => element.Name.LocalName == "rect").Skip(1)];
        Assert.Equal(3, plots.Length);
        Assert.Equal((string)plots[0].Attribute("y")!, (string)plots[1].Attribute("y")!);
        Assert.NotEqual((string)plots[0].Attribute("y")!, (string)plots[2].Attribute("y")!);
        string gapped = (string)svg.Descendants().First(element => (string?)element.Attribute("stroke") == "#123").Attribute("d")!;
        Assert.Equal(2, gapped.Count(c => c == 'M'));
        Assert.Throws<InvalidOperationException>(() => new PlotSheet("x", 1).Panel("empty", "", "").Render());
    }
}
