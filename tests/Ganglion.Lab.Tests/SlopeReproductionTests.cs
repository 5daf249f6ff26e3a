using Ganglion.Lab.Reports;
using Ganglion.Live.Walking;
using Ganglion.Robots;

namespace Ganglion.Lab.Tests;

public class SlopeReproductionTests
{
    private static readonly RobotDescription Robot = Shipped.Robot("walker12");

    private static readonly SlopeReproduction Run = SlopeReproduction.Run(
        new SlopeOptions(Robot, Shipped.Gait("slopes12", Robot), Shipped.Gait("longstep12", Robot), 901, 1, [new SlopeRamp(5 * Math.PI / 180, null)], 14, 2), (_, _) => { }, default);

    [Fact]
    public void EveryConditionWalksEveryGround()
    {
        Assert.Equal(11, Run.Belt.Entries.Count);
        Assert.Equal(11, Run.Ramps.Single().Entries.Count);
        Assert.Single(Run.Natural.Entries);
        // A reflex that is off leaves no trace, one that is on does.
        Assert.Equal(0, Entry("none").LargestShift);
        Assert.InRange(Entry("tegotae").LargestShift, .01, .12);
        Assert.Equal(0, Entry("ankle").LargestShift);
        Gait.Trials.WalkMeasures Entry(string condition) => Run.Ramps[0].Entries.Single(entry => entry.Condition.Name == condition).Run.Measures;
    }

    [Fact]
    public void LongStepsAreLongAndShortOnesShort()
    {
        double Ours(string start) => Run.Figures().Single(figure => figure.What.StartsWith(start, StringComparison.Ordinal)).Ours;
        Assert.InRange(Ours("Step of the natural"), .15, .35);
        Assert.InRange(Ours("Step of the uncoordinated"), .04, .15);
        Assert.InRange(Ours("Cost of transport, natural"), .3, 4);
    }

    [Fact]
    public void ThePageIsOneWellFormedFileWithItsPictures()
    {
        string page = SlopeReport.Render(Run, "0.1.0");
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures = [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.InRange(pictures.Length, 9, 20);
        Assert.All(pictures, picture => System.Xml.Linq.XDocument.Parse(picture));
        foreach (TrialCondition condition in SlopeReproduction.Conditions(1)) Assert.Contains($"<td>{condition.Name}</td>", page, StringComparison.Ordinal);
        Assert.Contains("Read from the counts", page, StringComparison.Ordinal);
    }
}
