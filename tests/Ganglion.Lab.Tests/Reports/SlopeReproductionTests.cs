using Ganglion.Gait.Trials;
using Ganglion.Lab.Reports;
using Ganglion.Physics;
using Ganglion.Ranks;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Tests.Reports;

public class SlopeReproductionTests
{
    private static readonly RobotDescription Robot = Shipped.Robot("walker12");

    private static readonly SlopeOptions Options = new(Robot, Shipped.Gait("slopes12", Robot), Shipped.Gait("longstep12", Robot),
        Shipped.Gait("atlas12", Robot), 901, 1, [new SlopeRamp(5 * Math.PI / 180, null)], 30, 1);

    /// <summary>Walked by two ranks.</summary>
    private static readonly SlopeReproduction Run = Walk(Options);

    /// <summary>A rank that walked a run tells all of it: the first run of each condition has every tick, as one that this process
    /// walks.</summary>
    [Fact]
    public void RanksComeToTheRunsOfOne()
    {
        TrialResult ramp = Run.Ramps.Single();
        Assert.Equal(ramp.Entries, ramp.Shown.Select(shown => shown.Entry));
        foreach (ShownRun shown in ramp.Shown.Take(2))
        {
            List<WalkSample> samples = [];
            List<WalkerPose> poses = [];
            using BoardTrial trial = ramp.Plan.Prepare(shown.Entry.Condition, shown.Entry.Seed);
            TrialRun run = trial.Run(samples, poses);
            Assert.Equal(run with { Events = [] }, shown.Entry.Run with { Events = [] });
            Assert.Equal(run.Events, shown.Entry.Run.Events);
            Assert.Equal(samples, shown.Samples);
            Assert.Equal(poses.Select(pose => (pose.Time, pose.Hips, pose.Attitude)),
                shown.Poses.Select(pose => (pose.Time, pose.Hips, pose.Attitude)));
            Assert.Equal(poses.SelectMany(pose => pose.Angles), shown.Poses.SelectMany(pose => pose.Angles));
        }
    }

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

    private static SlopeReproduction Walk(SlopeOptions options)
    {
        SlopeReproduction? run = null;
        ThreadRanks.Run(2, ranks =>
        {
            if (ranks.Rank > 0)
            {
                SlopeReproduction.Serve(options, ranks, default);
            }
            else
            {
                run = SlopeReproduction.Run(options, (_, _) => { }, default, ranks: ranks);
            }
        });
        return run!;
    }
}
