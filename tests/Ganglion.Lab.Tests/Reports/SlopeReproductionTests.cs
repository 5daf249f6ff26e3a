using Ganglion.Gait.Trials;
using Ganglion.Lab.Reports;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Tests.Reports;

public class SlopeReproductionTests
{
    private static readonly RobotDescription Robot = Shipped.Robot("walker12");

    private static readonly SlopeReproduction Run = SlopeReproduction.Run(
        new SlopeOptions(Robot, Shipped.Gait("slopes12", Robot), Shipped.Gait("longstep12", Robot), 901, 1,
            [new SlopeRamp(5 * Math.PI / 180, null)], 14, 2), (_, _) => { }, default);

    [Fact]
    public void EveryConditionWalksEveryGround()
    {
        Assert.Equal(11, Run.Belt.Entries.Count);
        Assert.Equal(11, Run.Ramps.Single().Entries.Count);
        Assert.Single(Run.Natural.Entries);
        // A reflex that is off leaves no trace, one that is on does.
        Assert.Equal(0, Entry("none").LargestShift);
        Assert.InRange(Entry("tegotae").LargestShift, 0.01, 0.12);
        Assert.Equal(0, Entry("ankle").LargestShift);
        WalkMeasures Entry(string condition) => Run.Ramps[0].Entries.Single(entry => entry.Condition.Name == condition).Run.Measures;
    }

    /// <summary>Runs that fell do not count where others walked: their time on the slope is that of a fall.</summary>
    [Fact]
    public void TheTimeInsideIsThatOfTheRunsThatWalked()
    {
        TrialResult ramp = Run.Ramps[0];
        TrialEntry walked = ramp.Entries.First(entry => entry.Condition.Name == "ankle");
        WalkMeasures lasting = walked.Run.Measures with { InsideShareOnSlope = 0.9 }, brief = lasting with
        {
            InsideShareOnSlope = 0.3,
            Fell =
            12,
            Arrived = false
        };
        TrialResult both = ramp with
        {
            Entries = [walked with { Run = walked.Run with { Measures = lasting, Stood = true } },
            walked with { Run = walked.Run with { Measures = brief } }]
        };
        Assert.Equal(0.9, SlopeReproduction.MeanOnSlope(both, "ankle"), 12);
        TrialResult fallen = both with
        {
            Entries = [both.Entries[1], both.Entries[1] with { Run = both.Entries[1].Run with { Measures =
            brief with { InsideShareOnSlope = 0.5 } } }]
        };
        Assert.Equal(0.4, SlopeReproduction.MeanOnSlope(fallen, "ankle"), 12);
        Assert.True(double.IsNaN(SlopeReproduction.MeanOnSlope(both, "none")));
    }

    [Fact]
    public void LongStepsAreLongAndShortOnesShort()
    {
        double Ours(string start) => Run.Figures().Single(figure => figure.What.StartsWith(start, StringComparison.Ordinal)).Ours;
        Assert.InRange(Ours("Step of the natural"), 0.15, 0.35);
        Assert.InRange(Ours("Step of the uncoordinated"), 0.1, 0.15);

        // "Keeping the same distance and time": then short steps cost more.
        Assert.InRange(Ours("Speed of the uncoordinated") / Ours("Speed of the natural"), 0.95, 1.05);
        Assert.InRange(Ours("Saving by natural steps"), 10, 60);
    }

    [Fact]
    public void ThePageIsOneWellFormedFileWithItsPictures()
    {
        string page = SlopeReport.Render(Run, "0.1.0");
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures =
            [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.InRange(pictures.Length, 9, 20);
        Assert.All(pictures, picture => System.Xml.Linq.XDocument.Parse(picture));
        foreach (TrialCondition condition in SlopeReproduction.Conditions(1))
        {
            Assert.Contains($"<td>{condition.Name}</td>", page, StringComparison.Ordinal);
        }

        Assert.Contains("Read from the counts", page, StringComparison.Ordinal);

        // The corrected law on 5 degrees (shared/README.md C2): 0.0433 m.
        Assert.Contains("The law gives 43 mm", page, StringComparison.Ordinal);
    }
}
