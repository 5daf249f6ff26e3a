using System.Globalization;
using System.Text;
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
        var table = new StringBuilder("<table><tr><th>condition</th><th>gait</th><th>walked</th><th>of all, 95 %</th><th>told m/s</th>" +
            "<th>speed m/s</th><th>step m</th><th>cost of transport</th><th>J a step</th><th>instructions a tick</th>" +
            "<th>thousand a step</th><th>time inside support</th><th>margin mm</th></tr>\n");
        foreach (ConditionSummary summary in summaries)
        {
            ShareInterval share = summary.WalkedShare;
            table.Append($"<tr><td>{summary.Condition.Name}</td><td>{plan.GaitUnder(summary.Condition).Name}</td>")
                .Append($"<td>{summary.WalkedWords}</td><td>{100 * share.Low:0} to {100 * share.High:0} %</td>")
                .Append($"{Cell(summary.ToldSpeed, "0.000")}{Cell(summary.Speed, 1, "0.000")}{Cell(summary.Step, 1, "0.000")}")
                .Append($"{Cell(summary.CostOfTransport, 1, "0.00")}{Cell(summary.StepEnergy, 1, "0.0")}")
                .Append($"{Cell(summary.TickInstructions.Mean, "0")}{Cell(1e-3 * summary.StepInstructions.Mean, "0")}")
                .Append($"{Cell(summary.Inside, 100, "0.0")}{Cell(summary.Margin, 1000, "0")}</tr>\n");
        }

        return table.Append("</table>\n<p>Figures are of the runs without a fall, or if all fell, of those that had settled before. Of " +
            "all: " +
            "where the share of all such runs that walk lies (Wilson's score interval, 95 %). &#177;: where the mean of all such runs " +
            "lies " +
            "(Student's t, 95 %; it supposes seeds that are independent). Cost: sum of |torque x rate| over weight x way; J a step: " +
            "that sum. Instructions: IL of the board's whole firmware.</p>\n").ToString();
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

    private static string Cell(double figure, string format) =>
        $"<td>{(double.IsFinite(figure) ? figure.ToString(format, CultureInfo.InvariantCulture) : "")}</td>";

    private static string Cell(Spread spread, double unit, string format) => !double.IsFinite(spread.HalfWidth)
        ? Cell(unit * spread.Mean, format)
        : $"<td>{(unit * spread.Mean).ToString(format, CultureInfo.InvariantCulture)} &#177; " +
            $"{(unit * spread.HalfWidth).ToString(format, CultureInfo.InvariantCulture)}</td>";

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
