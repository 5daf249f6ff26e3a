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

    /// <summary>On a tilted belt the zero-moment point that follows from the way of the centre of mass is where MuJoCo's contacts have
    /// their centre of pressure, in the mean; and the paper's joules and costs are what its table prints.</summary>
    [Fact]
    public void TheZeroMomentPointIsTheCentreOfPressure()
    {
        ShownRun shown = Run.Belt.Shown.Single(shown => shown.Entry.Condition.Name == "ankle");
        var balance = BalanceTrace.Of(shown.Samples, Run.Belt.Plan.Terrain, 0.1);
        int[] steep = [.. Enumerable.Range(0, shown.Samples.Count).Where(i => shown.Samples[i].Time is > 16 and < 29
            && double.IsFinite(balance.Moment[i].X))];
        Assert.True(steep.Length > 500);
        double gap = steep.Average(i => balance.Moment[i].X - shown.Samples[i].Pressure.X);
        Assert.InRange(gap, -0.01, 0.01);
        Assert.InRange(steep.Average(i => balance.Moment[i].Y - shown.Samples[i].Pressure.Y), -0.01, 0.01);

        // Without the belt's slope, 0.65 m x tan 8.9 degrees, it would be 10 cm off.
        double flat = steep.Average(i => shown.Samples[i].Centre.X - shown.Samples[i].Pressure.X);
        Assert.InRange(flat - gap, 0.07, 0.14);
    }

    /// <summary>Joules at one way stand as the costs of transport do; knocks between two steps of the simulation are no work of the
    /// joints.</summary>
    [Fact]
    public void JoulesAtOneWayStandAsTheCosts()
    {
        double Ours(string start) => Run.Figures().Single(figure => figure.What.StartsWith(start, StringComparison.Ordinal)).Ours;
        Assert.Equal(Ours("Cost of transport, uncoordinated") / Ours("Cost of transport, natural"), Ours("Energy, uncoordinated"), 0.005);
        Assert.InRange(Ours("The same, braking free"), 1, 2.33);
        Assert.InRange(Ours("The same, electric"), 1, 2.33);
        Assert.InRange(Ours("Speed on 15 degrees"), 0.2, 0.3);
        Assert.InRange(Ours("Step on 15 degrees"), 0.09, 0.13);
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

        Assert.Contains("1 to 5.19, and its costs, 1.75 and 4.08, 1 to 2.33", page, StringComparison.Ordinal);
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
