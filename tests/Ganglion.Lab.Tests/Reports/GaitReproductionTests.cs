using Ganglion.Lab.Reports;

namespace Ganglion.Lab.Tests.Reports;

public class GaitReproductionTests
{
    private static readonly GaitReproduction Run = GaitReproduction.Run(8, 2);

    [Fact]
    public void FiguresThatFollowFromTheTablesAreWithinAPercent()
    {
        ReproducedFigure[] held = [.. Run.Figures.Where(figure => !double.IsNaN(figure.Tolerance))];
        Assert.Equal(9, held.Length);
        Assert.All(held, figure => Assert.True(figure.Met, $"{figure.What}: {figure.Ours} instead of {figure.Expected}"));
    }

    [Fact]
    public void WhatCannotBeRightIsShownNotToBe()
    {
        double Ours(string start) => Run.Figures.Single(figure => figure.What.StartsWith(start, StringComparison.Ordinal)).Ours;
        Assert.InRange(Ours("ZMP inside the soles"), 0, 10);
        Assert.InRange(Ours("time with no foot"), 30, 90);
        Assert.InRange(Ours("sliding of a standing foot"), 10, 60);
        Assert.InRange(Ours("least margin"), 20, 60);
    }

    /// <summary>Figures 12 and 13: without the step's term steps are short, and the long ones are more than the legs can make.</summary>
    [Fact]
    public void TheComparisonGaitsComeOutAsThePaperSays()
    {
        Assert.InRange(Run.ShortSteps.Search.Best.StepLength, 0.09, 0.26);
        Assert.InRange(Run.ShortSteps.Search.Best.MinMargin, 0.02, 0.06);
        Assert.InRange(Run.LongSteps.Search.Best.StepLength, 0.5, 0.56);
        Assert.True(Run.LongSteps.Search.Best.LongestLeg > Run.LongSteps.Problem.Reach);
    }

    [Fact]
    public void ThePageIsOneWellFormedFileWithItsPictures()
    {
        string page = GaitReport.Render(Run, "0.1.0");
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures =
            [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.Equal(17, pictures.Length);
        Assert.All(pictures, picture => System.Xml.Linq.XDocument.Parse(picture));
    }
}
