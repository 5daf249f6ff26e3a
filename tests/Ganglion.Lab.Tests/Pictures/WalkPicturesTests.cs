using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures.Walks;
using Ganglion.Lab.Reports;
using Ganglion.Physics;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Walkers;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Tests.Pictures;

/// <summary>The pictures of a trial's page, on a walk of some seconds under two conditions, the second of which falls.</summary>
public class WalkPicturesTests
{
    private static readonly RobotDescription Robot = Shipped.Robot("walker12");

    private static readonly TrialResult Result = Walk();

    /// <summary>Each frame has the hips, a toe and a sole where physics had them.</summary>
    [Fact]
    public void Frames_are_where_the_walk_was()
    {
        using JsonDocument data = Data(WalkReplay.Render(Robot.Walker!, Result.Shown, Result.Plan.Terrain));
        double period = data.RootElement.GetProperty("period").GetDouble();
        ShownRun shown = Result.Shown[0];
        byte[] frames = data.RootElement.GetProperty("runs")[0].GetProperty("frames").GetBytesFromBase64();
        int every = (int)Math.Round(period / 0.02);
        Assert.Equal((shown.Samples.Count + every - 1) / every, frames.Length / 2 / WalkReplay.Numbers);
        for (int frame = 0; frame * every < shown.Samples.Count; frame += 20)
        {
            WalkerPose pose = shown.Poses[frame * every];
            short[] n = [.. Enumerable.Range(0, WalkReplay.Numbers).Select(i =>
                BinaryPrimitives.ReadInt16LittleEndian(frames.AsSpan(2 * (frame * WalkReplay.Numbers + i))))];
            Vec3 toe = pose.Leg(Robot.Walker!, 1)[4];
            Assert.Equal(pose.Hips.X, WalkReplay.WayUnit * n[0], WalkReplay.WayUnit);
            Assert.Equal(toe.X, pose.Hips.X + 0.001 * n[16], 0.001);
            Assert.Equal(toe.Z, 0.001 * (n[1] + n[17]), 0.002);
            Assert.Equal(shown.Samples[frame * every].Left.Y, 0.001 * n[21], 0.001);
        }
    }

    /// <summary>The slider sets all walks: in a browser the picture of each changes, and one that fell says so at its end.</summary>
    [Fact]
    public void The_slider_moves_all_walks_in_a_browser()
    {
        string page = $"<html><body>{WalkReplay.Render(Robot.Walker!, Result.Shown, Result.Plan.Terrain)}</body></html>";
        JsonElement told = Browser.Ask(page, """
            const slider = document.querySelector(".replay input"), canvases = [...document.querySelectorAll("canvas")];
            const at = frame => {
              slider.value = frame;
              slider.dispatchEvent(new Event("input"));
              return { clock: document.querySelector("output").textContent, drawn: canvases.map(c => c.toDataURL()),
                words: [...document.querySelectorAll("figcaption")].map(c => c.textContent) };
            };
            const first = at(20), later = at(90), last = at(Number(slider.max));
            tell({ count: canvases.length, clock: later.clock, changed: first.drawn.map((one, i) => one !== later.drawn[i]),
              words: last.words });
            """);
        Assert.Equal(2, told.GetProperty("count").GetInt32());
        Assert.Equal("4.50 s", told.GetProperty("clock").GetString());
        Assert.All(told.GetProperty("changed").EnumerateArray(), changed => Assert.True(changed.GetBoolean()));
        Assert.Equal(Result.Shown.Select(shown => $"{shown.Entry.Condition.Name}: {shown.Entry.Run.Outcome}"),
            told.GetProperty("words").EnumerateArray().Select(words => words.GetString()!));
    }

    /// <summary>Means stand in proportion: three values at 1, 2 and 4 lie as 1 to 2, whatever the scale; a share has Wilson's
    /// ends.</summary>
    [Fact]
    public void Means_lie_on_one_scale()
    {
        var svg = XElement.Parse(new ConditionChart("a & b", ["a", "b", "c"]).Figure("speed", "0.0", [[0.9, 1.1], [2], [4]])
            .Share("walked, %", [(20, 20), (0, 20), (8, 10)]).Render());
        double[] means = [.. svg.Descendants().Where(element => (string?)element.Attribute("class") == "mean")
            .Select(element => double.Parse((string)element.Attribute("cx")!, CultureInfo.InvariantCulture))];
        Assert.Equal(2, (means[2] - means[1]) / (means[1] - means[0]), 0.02);
        Assert.Equal(0.2, (means[3] - means[5]) / (means[3] - means[4]), 0.01);
    }

    /// <summary>By hand for legs of 330 mm each, ankles 50 mm up and hips 625 mm: a leg is straight where it is 330 + 330 mm
    /// long.</summary>
    [Fact]
    public void The_longest_step_is_that_of_straight_legs()
    {
        Assert.Equal(2 * Math.Sqrt(0.66 * 0.66 - 0.575 * 0.575), LegReach.LongestStep(Robot.Walker!, 0.625), 1e-5);
        Assert.Equal(0, LegReach.LongestStep(Robot.Walker!, 0.72));
        WalkerLayout stiff = Robot.Walker! with
        {
            Joints = [.. Robot.Walker!.Joints.Select(joint => joint.Index % 6 == 4 ? joint with { Min = -0.4, Max = 0.2 } : joint)],
        };

        // The foot behind stands level with its straight leg leant by 0.2 rad at most.
        Assert.InRange(LegReach.LongestStep(stiff, 0.625), 0, LegReach.LongestStep(Robot.Walker!, 0.625) - 0.05);
    }

    [Fact]
    public void The_page_names_its_intervals_and_what_never_began()
    {
        TrialRun none = Result.Entries[1].Run with { Measures = new WalkMeasures(), Outcome = "did not begin" };
        TrialEntry still = Result.Entries[1] with { Run = none };
        string page = WalkReport.Render(Result with { Entries = [Result.Entries[0], still] }, "0.1.0");
        Assert.Contains("<td>did not begin</td>", page, StringComparison.Ordinal);
        Assert.Contains("Wilson", page, StringComparison.Ordinal);
        Assert.Contains("Student", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Split("<script")[0], StringComparison.Ordinal);
    }

    private static JsonDocument Data(string html)
    {
        const string Begin = "id=\"walks\">";
        int from = html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return JsonDocument.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)]);
    }

    private static TrialResult Walk()
    {
        TrialCondition[] conditions = [new("own", null, null, null), new("no-ankles", 0, 0, 0)];
        TrialDescription trial = new("short", new string('0', 64), "walker12", "slopes12", new BeltGround([(0, 0), (3, 0), (4, 0.25)]), 7,
            null,
            1, 1, 1, 0, 0, null, false, [], [.. conditions]);
        return TrialResult.Of(new TrialPlan(trial, Robot, Shipped.Gait("slopes12", Robot)), 1, null, _ => { }, default);
    }
}
