using System.Globalization;
using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Gait.Stability;
using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Pictures.Walks;
using Ganglion.Robots.Trials;
using Ganglion.Shared.Reflexes;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>The slope reproduction as a single-file HTML page.</summary>
public static class SlopeReport
{
    private const double Degrees = 180 / Math.PI;

    // What Figures 19 and 21 show: from level ground onto the ramp, and some steps on it [s].
    private const double ForwardSeconds = 40, PressureEnd = 36, PressureSeconds = 6;

    /// <summary>A whole page.</summary>
    /// <param name="run">What was walked.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(SlopeReproduction run, string version)
    {
        SlopeOptions options = run.Options;
        var page = new HtmlPage("Slope reproduction", "Kimura-CPG biped: walking on level ground, ramps and a belt");
        page.Append($"<p>Biomimetics 2025, 10(9), 637, sections 4.2 to 4.4. Ganglion {version}; robot {options.Robot.Name} " +
            $"({options.Robot.FileHash[..12]}), gait {options.Gait.Name} ({Short(options.Gait.FileHash)}), long steps " +
                $"{options.LongSteps.Name} ({Short(options.LongSteps.FileHash)}), fast on slopes {options.Fast.Name} " +
                    $"({Short(options.Fast.FileHash)}); seeds {options.FirstSeed} to " +
                    $"{options.FirstSeed + options.Seeds - 1}. Physics with the board in the loop: the firmware walks on a virtual board " +
                        $"with a noisy, askew MPU6050 and foot sensors; knocks and pushes are on.</p>\n");
        page.Append("<table><tr><th></th><th>paper</th><th>ours</th><th></th></tr>\n");
        foreach (ReproducedFigure figure in run.Figures())
        {
            page.Append($"<tr><td>{HtmlPage.Escape(figure.What)}</td><td>{Number(figure.Paper)}</td><td>{Number(figure.Ours)}</td>")
                .Append($"<td>{HtmlPage.Escape(figure.Note)}</td></tr>\n");
        }

        page.Append("</table>\n").Section("What each reflex does").Append(Table(run)).Append(Reading(run));
        page.Section("Time inside the support: Tegotae against plantar pressure").Append(Inside(run));
        Walkers(page, run);
        page.Section("Figures 15 and 16, Table 3: long and short steps on level ground").Append(SlopeEnergies.Render(run));
        Steps(page, run.Natural, "long steps");
        Steps(page, run.Uncoordinated, "short steps");
        TrialResult steepest = run.Ramps[^1];
        ShownRun half = Shown(steepest, "half ankle + tegotae"), without = Shown(steepest, "half ankle"), plantar =
            Shown(steepest, "half ankle + plantar");
        page.Section($"Figure 18: {steepest.Plan.Trial.Name}");
        foreach (ShownRun shown in new[] { half, without, Shown(steepest, "ankle") })
        {
            page.Append(WalkStrip.Render($"{shown.Entry.Condition.Name}, seed {shown.Entry.Seed}: {shown.Entry.Run.Outcome}",
                options.Robot.Walker!, steepest.Plan.Terrain, shown.Poses));
        }

        page.Section("Figure 19: centre of mass between the feet, forward").Append(Forward(half)).Append(Forward(without))
            .Append(Forward(plantar));
        page.Section("Figure 20: centre of mass between the feet, sideways").Append(Sideways(half));
        page.Section("Figure 21: centre of pressure, which is the zero-moment point, and soles").Append(Pressure(half, options));
        page.Section("Figure 23: the walker on the belt, on pneumatic muscles").Append(Snapshots(run, options));
        page.Section("Figure 24: pitch on the belt").Append(Belt(Shown(run.Belt, "ankle"), options.Gait.Name, "servos"))
            .Append(Belt(Shown(run.Muscles, "ankle"), options.Fast.Name, "pneumatic muscles"));
        return page.Render();
    }

    private static string Table(SlopeReproduction run)
    {
        TrialResult[] trials = [.. run.Ramps, run.Belt];
        var table = new StringBuilder("<table><tr><th>condition</th>");
        foreach (TrialResult trial in trials)
        {
            table.Append($"<th>{trial.Plan.Trial.Name}: walked, time inside on the slope</th>");
        }

        table.Append("</tr>\n");
        foreach (TrialCondition condition in run.Belt.Plan.Trial.Conditions)
        {
            table.Append($"<tr><td>{condition.Name}</td>");
            foreach (TrialResult trial in trials)
            {
                ConditionSummary summary = SlopeReproduction.Of(trial, condition.Name);
                table.Append($"<td{(summary.Walked == summary.Runs ? "" : " class=\"missed\"")}>{Cell(trial, condition.Name)}</td>");
            }
            table.Append("</tr>\n");
        }
        return table.Append("</table>\n").ToString();
    }

    // In words, from the counts.
    private static string Reading(SlopeReproduction run)
    {
        var text = new StringBuilder("<p>Read from the counts:</p>\n<ul>\n");
        double height = run.Ramps[0].Shown[0].Samples[0].Centre.Z;
        foreach (TrialResult ramp in run.Ramps)
        {
            double slope = ((RampGround)ramp.Plan.Trial.Terrain).Slope;
            int runs = run.Options.Seeds;
            int Walked(string condition) => SlopeReproduction.Of(ramp, condition).Walked;
            int none = Walked("none"), tegotae = Walked("tegotae"), strong = Walked("tegotae x 1.5"), half = Walked("half ankle"), both =
                Walked("half ankle + tegotae"), full = Walked("ankle"), quarter = Walked("ankle + tegotae x 0.25"), much =
                Walked("ankle + tegotae x 0.5");
            text.Append($"<li>{ramp.Plan.Trial.Name}, at {1000 * ramp.Plan.Speed:0} mm/s. Ankles that take none of the slope: " +
                $"Tegotae {Compare(tegotae, none, runs)} ({tegotae} against {none}), at 1.5 times the law it " +
                    $"{Compare(strong, none, runs)} ({strong}). Half of it: Tegotae {Compare(both, half, runs)} ({both} against {half}). " +
                        $"All of it: a quarter of the law {Compare(quarter, full, runs)} ({quarter} against {full}), half of the law " +
                            $"{Compare(much, full, runs)} ({much}). The law gives {1000 * Law(slope):0} mm; ankles that take nothing " +
                                $"leave {1000 * height * Math.Tan(slope):0} mm to be shifted, half ankles " +
                                    $"{1000 * height * Math.Tan(0.5 * slope):0} mm.</li>\n");
        }
        text.Append("</ul>\n<p>To be shifted is the height of the centre of mass times the tangent of what the ankles leave of the " +
            "slope. A shift can make up for it as far as the law reaches; where the ankles take all, there is little left to do. The " +
                "paper compares time inside the support, not falls, and has one run of each.</p>\n");
        return text.ToString();
    }

    // Where the shift settles on a slope [m]: ten seconds are many of its time constants.
    private static double Law(double slope)
    {
        TegotaeLaw law = new(0.02f);
        for (int i = 0; i < 500; i++)
        {
            law.Update((float)slope);
        }

        return law.Shift;
    }

    private static string Inside(SlopeReproduction run)
    {
        var table = new StringBuilder("<table><tr><th>ramp</th><th>ankles take</th><th>neither</th><th>plantar " +
            "pressure</th><th>Tegotae</th><th>gain, points</th></tr>\n");
        foreach (TrialResult ramp in run.Ramps)
        {
            foreach ((string share, string alone, string plantar, string tegotae) in new[]
            {
                ("none of the slope", "none", "plantar", "tegotae"),
                ("none, Tegotae x 1.5", "none", "plantar", "tegotae x 1.5"),
                ("half", "half ankle", "half ankle + plantar", "half ankle + tegotae"),
                ("all, Tegotae x 0.25", "ankle", "ankle + plantar", "ankle + tegotae x 0.25"),
                ("all, Tegotae x 0.5", "ankle", "ankle + plantar", "ankle + tegotae x 0.5"),
            })
            {
                double gain = 100 * (SlopeReproduction.MeanOnSlope(ramp, tegotae) - SlopeReproduction.MeanOnSlope(ramp, plantar));
                table.Append($"<tr><td>{ramp.Plan.Trial.Name}</td><td>{share}</td><td>{Cell(ramp, alone)}</td>")
                    .Append($"<td>{Cell(ramp, plantar)}</td><td>{Cell(ramp, tegotae)}</td>")
                    .Append($"<td>{(double.IsNaN(gain) ? "" : $"{gain:+0.0;-0.0}")}</td></tr>\n");
            }
        }

        return table.Append("</table>\n<p>The paper has 88.3 % with Tegotae and 78.9 % with plantar pressure: 9.4 points. Ours are means " +
            "over the runs that walked, or if none did, over the time on the slope before the falls.</p>\n").ToString();
    }

    // Share of the time inside, and how many walked.
    private static string Cell(TrialResult trial, string condition)
    {
        ConditionSummary summary = SlopeReproduction.Of(trial, condition);
        double inside = SlopeReproduction.MeanOnSlope(trial, condition);
        return $"{summary.Walked} of {summary.Runs}{(double.IsNaN(inside) ? "" : $", {100 * inside:0} %")}";
    }

    // A tenth of the seeds more or less is what other seeds would make of it.
    private static string Compare(int with, int without, int runs) =>
        with == without ? "changes nothing" : 10 * Math.Abs(with - without) <= runs ? "changes little" : with > without ? "helps" : "harms";

    private static void Steps(HtmlPage page, TrialResult result, string name)
    {
        ShownRun shown = result.Shown[0];
        WalkSample[] tail = [.. shown.Samples.Where(sample => sample.Time > shown.Samples[^1].Time - 4)];
        double[] time = [.. tail.Select(sample => sample.Time)];
        page.Append(new PlaneChart($"{name}: way of the feet, seed {shown.Entry.Seed}: {shown.Entry.Run.Outcome}", "time, s", "x, m")
            .Line(time, tail.Select(s => s.Left.X), Palette.Orange, "left")
            .Line(time, tail.Select(s => s.Right.X), Palette.Blue, "right")
            .Line(time, tail.Select(s => s.Centre.X), Palette.Green, "centre of mass").Render());
        page.Append(new PlaneChart($"{name}: power of the joints, both legs", "time, s", "W")
            .Line(time, tail.Select(s => s.HipPower), Palette.Orange, "hips")
            .Line(time, tail.Select(s => s.KneePower), Palette.Blue, "knees")
            .Line(time, tail.Select(s => s.AnklePower), Palette.Green, "ankles").Render());
    }

    // Against the middle between the feet: over metres of way a lag of centimetres could not be seen.
    private static string Forward(ShownRun shown)
    {
        double end = Math.Min(ForwardSeconds, shown.Entry.Run.Measures.Fell ?? ForwardSeconds);
        WalkSample[] part = [.. shown.Samples.Where(sample => sample.Time < end)];
        double[] time = [.. part.Select(sample => sample.Time)];
        return new PlaneChart($"{shown.Entry.Condition.Name}, seed {shown.Entry.Seed}: {shown.Entry.Run.Outcome}", "time, s",
            "forward of the middle between the feet, m")
            .Line(time, part.Select(s => 0.5 * (s.Left.X - s.Right.X)), Palette.Orange, "left foot")
            .Line(time, part.Select(s => 0.5 * (s.Right.X - s.Left.X)), Palette.Blue, "right foot")
            .Line(time, part.Select(s => s.Centre.X - 0.5 * (s.Left.X + s.Right.X)), Palette.Green, "centre of mass")
            .Line(time, part.Select(s => s.Shift), Palette.Violet, "shift by Tegotae").Render();
    }

    private static string Sideways(ShownRun shown) => new PlaneChart($"{shown.Entry.Condition.Name}, seed {shown.Entry.Seed}", "time, s",
        "y, m (left)")
        .Line(Times(shown), shown.Samples.Select(s => s.Left.Y), Palette.Orange, "left foot")
        .Line(Times(shown), shown.Samples.Select(s => s.Right.Y), Palette.Blue, "right foot")
        .Line(Times(shown), shown.Samples.Select(s => s.Centre.Y), Palette.Green, "centre of mass").Render();

    private static string Pressure(ShownRun shown, SlopeOptions options)
    {
        (double halfLength, double halfWidth) = (0.5 * options.Robot.Walker!.Body.Sole.Length, 0.5 * options.Robot.Walker!.Body.Sole.Width);
        PlaneChart chart = new("centre of pressure, centre of mass and the soles where they stand", "x, m", "z, m (right)");
        bool[] stood = new bool[2];
        double end = Math.Min(PressureEnd, shown.Entry.Run.Measures.Fell ?? shown.Samples[^1].Time);
        WalkSample[] part = [.. shown.Samples.Where(sample => sample.Time < end && sample.Time > end - PressureSeconds)];
        foreach (WalkSample sample in part)
        {
            for (int foot = 0; foot < 2; foot++)
            {
                bool stands = (foot == 0 ? sample.LeftLoad : sample.RightLoad) > 5;
                Vec3 sole = foot == 0 ? sample.Left : sample.Right;
                if (stands && !stood[foot])
                {
                    chart.Outline(new SupportPolygon([(sole.X, -sole.Y)], halfLength, halfWidth).Corners, Palette.Frame);
                }

                stood[foot] = stands;
            }
        }
        return chart.Line(part.Select(s => s.Pressure.X), part.Select(s => -s.Pressure.Y), Palette.Orange, "centre of pressure")
            .Line(part.Select(s => s.Centre.X), part.Select(s => -s.Centre.Y), Palette.Green, "centre of mass").Render();
    }

    // Figure 14b is of the mechanism alone, and 22 a photograph of the paper's robot.
    private static void Walkers(HtmlPage page, SlopeReproduction run) => page.Section("Figure 14b: what a leg reaches")
        .Append(LegReach.Render(run.Options.Robot.Walker!));

    // Twice on level ground, at the paper's slopes, and three times at its steepest (the paper: 15.9 s, and a cycle from there).
    private static string Snapshots(SlopeReproduction run, SlopeOptions options)
    {
        ShownRun shown = Shown(run.Muscles, "ankle");
        double cycle = options.Fast.Walk.Cycle;
        return BeltSnapshots.Render($"{options.Fast.Name}, seed {shown.Entry.Seed}: {shown.Entry.Run.Outcome}", options.Robot.Walker!,
            run.Muscles.Plan.Terrain, shown.Poses, [4, 4 + 0.5 * cycle, 8.2, 10.7, 12.7, 15.9, 15.9 + cycle / 3, 15.9 + 2 * cycle / 3]);
    }

    private static string Belt(ShownRun belt, string gait, string drives) =>
        new PlaneChart($"{gait} on {drives}, seed {belt.Entry.Seed}: {belt.Entry.Run.Outcome}", "time, s", "degrees")
            .Line(Times(belt), belt.Samples.Select(s => Degrees * s.Slope), Palette.Green, "belt")
            .Line(Times(belt), belt.Samples.Select(s => Degrees * s.EstimatedSlope), Palette.Violet, "as the board sees it")
            .Line(Times(belt), belt.Samples.Select(s => Degrees * s.Pitch), Palette.Orange, "pitch of the torso").Render();

    private static ShownRun Shown(TrialResult result, string condition) =>
        result.Shown.Single(shown => shown.Entry.Condition.Name == condition);

    private static IEnumerable<double> Times(ShownRun shown) => shown.Samples.Select(sample => sample.Time);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "";
}
