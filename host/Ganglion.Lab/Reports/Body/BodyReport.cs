using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Reports.Cpg;

namespace Ganglion.Lab.Reports.Body;

/// <summary>Arms that learn their own body, as a single-file HTML page.</summary>
public static class BodyReport
{
    private static readonly (WorkRule Rule, string Colour)[] Rules = [(WorkRule.None, Palette.Soft), (WorkRule.Traces, Palette.Orange),
        (WorkRule.Bptt, Palette.DarkBlue)];

    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(BodyReproduction run, string version)
    {
        BodyPlan plan = run.Plan;
        var page = new HtmlPage("Arms that learn their own body", "Arms that learn their own body");
        page.Append($"<p>Ganglion {version}, {run.Robot.Name}, seed " +
            $"{plan.Seed}{(plan.Quick ? ", quick: one arm and shorter training" : "")}. " +
            $"{plan.Arms} made-up arm(s): every joint's tilt off by up to 2 degrees, its neutral length by 3 mm, its travel by 2 mm, " +
            "the tool " +
            "by 15 mm, each gear's offset by 4 % of the travel, one gear with 5 % of play; every second arm of the recordings yields to " +
            "weight too. Nothing but the place of the tip is measured. Errors are of the tip, in the mean over " +
            $"{plan.Judged} postures that nothing learned from.</p>\n");
        page.Append(Bars(BodyBars.Of(run)));
        Recorded(page, run);
        Working(page, run);
        return page.Render();
    }

    private static void Recorded(HtmlPage page, BodyReproduction run)
    {
        page.Section("Error against the number of poses").Append("<p class=\"paper\">The trunk paper learns its models from simulation " +
            "and expects of real arms that they are learned from observation.</p>\n");
        double[] poses = [.. run.Plan.Poses.Select(count => (double)count)];
        page.Append(new PlaneChart($"mean over {run.Recorded.Length} arm(s)", "poses learned from", "tip error, mm")
        {
            LogAcross = true,
            LogUp = true,
            Floor = 0.01,
        }
            .Line(poses, Means(row => row.Nominal), Palette.Soft, "nominal geometry", 2)
            .Line(poses, Means(row => row.Calibrated), Palette.Brown, "calibrated dimensions", 2)
            .Line(poses, Means(row => row.Spiking), Palette.Violet, "spiking network", 2)
            .Line(poses, Means(row => row.Residual), Palette.Green, "dimensions and residual", 2).Render());
        var table = new HtmlTable("arm", " poses", " nominal mm", " calibrated mm", " spiking mm", " residual mm");
        foreach (RecordedArm arm in run.Recorded)
        {
            foreach (PoseRow row in arm.Rows)
            {
                table.Row($"{arm.Seed}{(arm.Sags ? ", sags" : "")}", $"{row.Poses}", Mm(row.Nominal), Mm(row.Calibrated), Mm(row.Spiking),
                    Mm(row.Residual));
            }
        }

        page.Append(table.Render()).Append($"<p>The spiking network starts from a model of the arm as it is drawn, whose errors are " +
            $"{string.Join(", ", run.Recorded.Select(arm => Mm(arm.SpikingBefore)))} mm here, and learns for {run.Plan.Updates} updates " +
            "what " +
            "dimensions and residual say of random postures: what it does not reach is its own limit, not the recording's.</p>\n");

        IEnumerable<double> Means(Func<PoseRow, double> of) =>
            run.Plan.Poses.Select((_, i) => run.Recorded.Average(arm => of(arm.Rows[i])));
    }

    private static void Working(HtmlPage page, BodyReproduction run)
    {
        BodyPlan plan = run.Plan;
        page.Section("Learning while it works: eligibility traces and BPTT").Append("<p class=\"paper\">The trunk paper leaves open " +
            "whether " +
            "forward-only rules such as eligibility traces can take the place of BPTT.</p>\n");
        foreach (int seed in run.Working.Select(arm => arm.Seed).Distinct())
        {
            var chart = new PlaneChart($"arm {seed}, held-out postures: gear dead after {plan.Before} targets", "targets", "tip error, mm")
            {
                LogUp = true,
                Floor = 0.05,
            };
            foreach ((WorkRule rule, string colour) in Rules)
            {
                WorkingArm arm = run.Working.Single(one => one.Seed == seed && one.Rule == rule);
                chart.Line(Targets(arm), arm.Looks.Select(look => look.Network), colour, Short(rule), 2);
            }

            WorkingArm known = run.Working.Single(one => one.Seed == seed && one.Rule == WorkRule.Traces);
            chart.Line(Targets(known), known.Looks.Select(look => look.Known), Palette.Green, "told by poses", 1.5);
            page.Append(chart.Render());
        }

        var table = new HtmlTable("arm", "network", " mm at first", " before death", " 20 targets on", " gears moving", " reached, %",
            " s to rest", " fallbacks", " ms a period", "found dead");
        foreach (WorkingArm arm in run.Working)
        {
            table.Row($"{arm.Seed}", Short(arm.Rule), Mm(arm.Looks[0].Network), Mm(arm.AtDeath.Network), Mm(arm.Recovered.Network),
                Mm(arm.Recovered.Intact), string.Create(CultureInfo.InvariantCulture, $"{100 * arm.ReachedBefore:0}, " +
                $"{100 * arm.ReachedWithin20:0}, {100 * arm.ReachedLater:0}"), $"{Seconds(0, arm.Died)}, " +
                $"{Seconds(arm.Died, arm.Died + 20)}, {Seconds(arm.Died + 20, arm.Seconds.Length)}", $"{arm.Fallbacks}",
                arm.PeriodMs.ToString("0.0", CultureInfo.InvariantCulture), Found(arm));

            string Seconds(int first, int end) => arm.MedianSeconds(first, end).ToString("0.00", CultureInfo.InvariantCulture);
        }

        page.Append(table.Render()).Append("<p>Reached and time to rest: before the death, in the 20 targets " +
            "after it, and later. Errors are the network's on the arm as it is at the time; \"gears moving\" is the same " +
            "network, 20 targets after the death, asked about the arm whose gears all move: what it knew before. The network rehearses " +
            "random postures of the arm that recursive least squares has found so far (the green line), half of each batch; a single " +
            "gear that stands still is found by a likelihood ratio and kept in front of the network, so that it need not unlearn " +
            "anything; poses from before it died stay what they were. Time of computing is this machine's.</p>\n");
    }

    private static string Bars(IReadOnlyList<HeldFigure> bars)
    {
        var table = new HtmlTable("what", " bar", " here", "of");
        foreach (HeldFigure bar in bars)
        {
            table.Row(missed: !bar.Met, bar.What, bar.Bar, bar.Ours.ToString("0.###", CultureInfo.InvariantCulture), bar.Note);
        }

        return table.Render();
    }

    private static string Found(WorkingArm arm)
    {
        string found = string.Join(", ", arm.Found.Select(gear => string.Create(CultureInfo.InvariantCulture,
            $"{gear.Gear} at {gear.At:0.000}")));
        return string.Create(CultureInfo.InvariantCulture, $"{(found.Length > 0 ? found : "none")} (true: {arm.Gear} at {arm.At:0.000})");
    }

    private static IEnumerable<double> Targets(WorkingArm arm) => arm.Looks.Select(look => (double)look.Targets);

    private static string Mm(double value) => value.ToString(value < 1 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static string Short(WorkRule rule) => rule switch
    {
        WorkRule.None => "learns nothing",
        WorkRule.Traces => "traces",
        _ => "BPTT",
    };
}
