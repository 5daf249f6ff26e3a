using System.Globalization;
using Ganglion.Basics;
using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Pictures.Walks;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>A trial as a single-file HTML page: all runs in a table, and the first seed of each condition drawn.</summary>
public static class WalkReport
{
    private const double Degrees = 180 / Math.PI;

    /// <summary>Steps can be told apart over so long a time, s; drawn over minutes, they are a solid block.</summary>
    private const double LoadSeconds = 20;

    /// <summary>Name of a run's log: it lies beside the report.</summary>
    public static string LogName(TrialCondition condition, int seed) => $"{condition.Name}-{seed}.mcap";

    /// <summary>A whole page.</summary>
    /// <param name="result">The runs.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(TrialResult result, string version)
    {
        TrialPlan plan = result.Plan;
        var page = new HtmlPage($"Trial {plan.Trial.Name}", $"Trial {plan.Trial.Name}: {plan.Robot.Name} on {plan.Terrain.Name}");
        page.Append($"<p>Ganglion {version}; gait {plan.Gait.Name} ({plan.Gait.FileHash[..12]}), trial {plan.Trial.FileHash[..12]}; " +
            $"commanded {1000 * plan.Speed:0} " +
                $"mm/s{(plan.Trial.Cadence == 1 ? "" : $" at {plan.Trial.Cadence:0.##} times its cadence")} for " +
                    $"{plan.Trial.Seconds:0} s; seeds {plan.Trial.FirstSeed} to {plan.Trial.LastSeed}. {How(result.Port)}</p>\n");
        IReadOnlyList<ConditionSummary> summaries = ConditionSummary.Of(result);
        page.Append(Summary(plan, summaries));
        if (result.Port == null)
        {
            page.Section("The conditions beside each other").Append(Compare(result, summaries));
        }

        page.Section("Every run");
        page.Append("<table><tr><th>condition</th><th>seed</th><th>outcome</th><th>way " +
            "m</th><th>speed</th><th>pitch deg</th><th>roll deg</th><th>slope error deg</th></tr>\n");
        foreach (TrialEntry entry in result.Entries)
        {
            WalkMeasures m = entry.Run.Measures;
            page.Append($"<tr{(entry.Run.Walked ? "" : " class=\"missed\"")}><td>{entry.Condition.Name}</td><td>{entry.Seed}</td>")
                .Append($"<td>{HtmlPage.Escape(entry.Run.Outcome)}</td>{Cell(m.Distance, "0.00")}{Cell(m.Speed, "0.000")}")
                .Append($"{Cell(Degrees * m.MaxPitch, "0.0")}{Cell(Degrees * m.MaxRoll, "0.0")}")
                .Append($"{Cell(Degrees * m.SlopeError, "0.0")}</tr>\n");
        }
        page.Append("</table>\n");
        ShownRun[] seen = [.. result.Shown.Where(shown => shown.Samples.Count > 0 && shown.Poses.Count > 0)];
        if (seen.Length > 0)
        {
            page.Section($"Side by side, seed {plan.Trial.FirstSeed}").Append(WalkReplay.Render(plan.Robot.Walker!, seen,
                plan.Terrain));
        }

        foreach (ShownRun shown in result.Shown)
        {
            Show(page, plan, shown);
        }

        return page.Render();
    }

    private static string Summary(TrialPlan plan, IReadOnlyList<ConditionSummary> summaries)
    {
        var walks = new HtmlTable("condition", "gait", "walked", "of all, 95 %", " told m/s", " speed m/s", " step m",
            " inside support, %", " margin mm");
        var costs = new HtmlTable("condition", " cost of transport", " J a step", " instructions a tick", " thousand a step");
        foreach (ConditionSummary summary in summaries)
        {
            ShareInterval share = summary.WalkedShare;
            walks.Row(summary.Condition.Name, plan.GaitUnder(summary.Condition).Name, summary.WalkedWords,
                $"{100 * share.Low:0} to {100 * share.High:0} %", Text(summary.ToldSpeed, "0.000"), Text(summary.Speed, 1, "0.000"),
                Text(summary.Step, 1, "0.000"), Text(summary.Inside, 100, "0.0"), Text(summary.Margin, 1000, "0"));
            costs.Row(summary.Condition.Name, Text(summary.CostOfTransport, 1, "0.00"), Text(summary.StepEnergy, 1, "0.0"),
                Text(summary.TickInstructions.Mean, "0"), Text(1e-3 * summary.StepInstructions.Mean, "0"));
        }

        return walks.Render() + costs.Render() + "<p>Figures are of the runs without a fall, or if all fell, of those that had settled " +
            "before. Of all: where the share of all such runs that walk lies (Wilson's score interval, 95 %). &#177;: where the mean of " +
            "all " +
            "such runs lies (Student's t, 95 %; it supposes seeds that are independent). Cost: sum of |torque x rate| over weight x way; " +
            "J a step: that sum. Instructions: IL of the board's whole firmware.</p>\n";
    }

    private static string Compare(TrialResult result, IReadOnlyList<ConditionSummary> summaries)
    {
        TrialEntry[][] runs = [.. summaries.Select(summary =>
            ConditionSummary.Settled(result.Entries.Where(entry => entry.Condition == summary.Condition)))];
        IEnumerable<IEnumerable<double>> Of(Func<WalkMeasures, double> figure) =>
            runs.Select(some => some.Select(entry => figure(entry.Run.Measures)));
        return new ConditionChart($"{result.Plan.Trial.Name}: each run a dot, mean and 95 %", [.. summaries.Select(summary =>
            summary.Condition.Name)])
            .Share("walked, %", summaries.Select(summary => (summary.Walked, summary.Runs)))
            .Figure("speed, m/s", "0.000", Of(m => m.Speed)).Figure("step, mm", "0", Of(m => 1000 * m.Step))
            .Figure("cost of transport", "0.00", Of(m => m.CostOfTransport)).Figure("J a step", "0.0", Of(m => m.StepEnergy))
            .Figure("inside, %", "0", Of(m => 100 * m.InsideShare)).Figure("margin, mm", "0", Of(m => 1000 * m.Margin)).Render();
    }

    private static string How(string? port) => port == null
        ? "The gait and its reflexes run in the firmware on a virtual board, which senses and drives the body through its chips."
        : $"A walker behind {HtmlPage.Escape(port)}: the gait and its reflexes run on its board, and all figures are what its sensors " +
            "tell. What none of them tells has no figure.";

    private static string Cell(double figure, string format) => $"<td>{Text(figure, format)}</td>";

    private static string Text(double figure, string format) =>
        double.IsFinite(figure) ? figure.ToString(format, CultureInfo.InvariantCulture) : "";

    private static string Text(MeanInterval spread, double unit, string format) => Text(unit * spread.Mean, format) +
        (double.IsFinite(spread.HalfWidth) ? $" \u00b1 {Text(unit * spread.HalfWidth, format)}" : "");

    private static void Show(HtmlPage page, TrialPlan plan, ShownRun shown)
    {
        string name = $"{shown.Entry.Condition.Name}, seed {shown.Entry.Seed}";
        page.Section(name);
        page.Append($"<p>{HtmlPage.Escape(shown.Entry.Run.Outcome)}</p>\n");
        foreach (string what in shown.Entry.Run.Events)
        {
            page.Append($"<p>{HtmlPage.Escape(what)}</p>\n");
        }

        if (shown.Poses.Count > 0)
        {
            page.Append(WalkStrip.Render($"{plan.Trial.Name}: {name}", plan.Robot.Walker!, plan.Terrain, shown.Poses));
        }

        string log = LogName(shown.Entry.Condition, shown.Entry.Seed);
        page.Append($"<p>To see it move: <code>ganglion view {HtmlPage.Escape(log)}</code></p>\n");
        if (shown.Samples.Count == 0)
        {
            return;
        }

        bool isTrueKnown = shown.Poses.Count > 0;
        double[] time = [.. shown.Samples.Select(sample => sample.Time)];
        if (isTrueKnown)
        {
            page.Append(WalkBalance.Render(plan, shown));
        }

        Angle("pitch of the torso against gravity", sample => sample.Pitch, sample => sample.EstimatedPitch);
        Angle("slope under the hips", sample => sample.Slope, sample => sample.EstimatedSlope);
        if (!shown.Samples.Any(sample => double.IsFinite(sample.LeftLoad)))
        {
            return;
        }

        bool whole = time[^1] - time[0] <= LoadSeconds;
        WalkSample[] end = [.. shown.Samples.Where(sample => whole || sample.Time >= time[^1] - LoadSeconds)];
        page.Append(new PlaneChart($"load of the feet{(whole ? "" : $", the last {LoadSeconds:0} s")}", "s", "N")
            .Line(end.Select(sample => sample.Time), end.Select(sample => sample.LeftLoad), Palette.Orange, "left")
            .Line(end.Select(sample => sample.Time), end.Select(sample => sample.RightLoad), Palette.LightBlue, "right").Render());

        void Angle(string title, Func<WalkSample, double> real, Func<WalkSample, double> seen)
        {
            var chart = new PlaneChart(title, "s", "deg");
            if (isTrueKnown)
            {
                chart.Line(time, shown.Samples.Select(sample => Degrees * real(sample)), Palette.Orange, "true");
            }

            page.Append(chart.Line(time, shown.Samples.Select(sample => Degrees * seen(sample)), Palette.Blue, "as the board sees it")
                .Render());
        }
    }
}
