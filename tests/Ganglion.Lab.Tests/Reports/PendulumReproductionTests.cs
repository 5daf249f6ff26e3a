using System.Xml.Linq;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Pendulum;

namespace Ganglion.Lab.Tests.Reports;

/// <summary>`ganglion reproduce pendulum`: it is short as a whole.</summary>
public class PendulumReproductionTests
{
    [Fact]
    public void All_bars_are_met_and_the_page_is_one_well_formed_file_with_every_figure()
    {
        var told = new List<string>();
        var run = PendulumReproduction.Run(told.Add, CancellationToken.None);
        IReadOnlyList<ReproducedFigure> bars = PendulumBars.Of(run);
        Assert.Equal(10, bars.Count);
        Assert.All(bars, figure => Assert.True(figure.Met, $"{figure.What}: {figure.Ours} instead of {figure.Expected}"));
        Assert.Contains("entrainment, 20 runs", told);

        string page = PendulumReport.Render(run, "0.1.0");
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures =
            [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.Equal(22, pictures.Length);
        Assert.All(pictures, picture => XDocument.Parse(picture));
        Assert.All(["Figures 1 and 3", "Figure 2", "Figure 4", "Figure 5", "Figures 6 to 9", "Figures 10 and 11", "direct pulses",
            "energy minimum", "could not be reproduced"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_is_cancelled_ends() => Assert.Throws<OperationCanceledException>(() =>
        PendulumReproduction.Run(_ => { }, new CancellationToken(canceled: true)));
}
