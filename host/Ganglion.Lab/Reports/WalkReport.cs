using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>A trial as a single-file HTML page: all runs in a table, and the first seed of each condition drawn.</summary>
public static class WalkReport
{
    private const double Degrees = 180 / Math.PI;

    /// <summary>Steps can be told apart over so long a time, s; drawn over minutes, they are a solid block.</summary>
    private const double LoadSeconds = 20;

    /// <summary>Name of a condition's log, of its first seed: it lies beside the report.</summary>
    public static string LogName(TrialPlan plan, TrialCondition condition) => $"{condition.Name}-{plan.Trial.FirstSeed}.mcap";

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
                    $"{plan.Trial.Seconds:0} s; seeds {plan.Trial.FirstSeed} to {plan.Trial.LastSeed}. The gait and its reflexes run in " +
                        $"the firmware on a virtual board, which senses and drives the body through its chips.</p>\n");
        page.Append("<table><tr><th>condition</th><th>walked</th><th>told m/s</th>" +
            "<th>speed m/s</th><th>step m</th><th>cost of transport</th><th>time " +
            "inside support</th><th>margin mm</th></tr>\n");
        foreach (ConditionSummary summary in ConditionSummary.Of(result))
        {
            page.Append($"<tr><td>{summary.Condition.Name}</td><td>{summary.Walked} of {summary.Runs}</td>")
                .Append($"<td>{summary.ToldSpeed:0.000}</td><td>{summary.Speed:0.000}</td>")
                .Append($"<td>{summary.Step:0.000}</td><td>{summary.CostOfTransport:0.00}</td><td>{100 * summary.Inside:0.0} %</td>")
                .Append($"<td>{1000 * summary.Margin:0}</td></tr>\n");
        }

        page.Append("</table>\n");
        page.Section("Every run");
        page.Append("<table><tr><th>condition</th><th>seed</th><th>outcome</th><th>way " +
            "m</th><th>speed</th><th>pitch deg</th><th>roll deg</th><th>slope error deg</th></tr>\n");
        foreach (TrialEntry entry in result.Entries)
        {
            WalkMeasures m = entry.Run.Measures;
            page.Append($"<tr{(entry.Run.Walked ? "" : " class=\"missed\"")}><td>{entry.Condition.Name}</td><td>{entry.Seed}</td>")
                .Append($"<td>{HtmlPage.Escape(entry.Run.Outcome)}</td><td>{m.Distance:0.00}</td><td>{m.Speed:0.000}</td>")
                .Append($"<td>{Degrees * m.MaxPitch:0.0}</td><td>{Degrees * m.MaxRoll:0.0}</td>")
                .Append($"<td>{Degrees * m.SlopeError:0.0}</td></tr>\n");
        }
        page.Append("</table>\n");
        foreach (ShownRun shown in result.Shown)
        {
            Show(page, plan, shown);
        }

        return page.Render();
    }

    private static void Show(HtmlPage page, TrialPlan plan, ShownRun shown)
    {
        string name = $"{shown.Entry.Condition.Name}, seed {shown.Entry.Seed}";
        page.Section(name);
        page.Append($"<p>{HtmlPage.Escape(shown.Entry.Run.Outcome)}</p>\n");
        foreach (string what in shown.Entry.Run.Events)
        {
            page.Append($"<p>{HtmlPage.Escape(what)}</p>\n");
        }

        page.Append(WalkStrip.Render($"{plan.Trial.Name}: {name}", plan.Robot.Walker!, plan.Terrain, shown.Poses));
        page.Append($"<p>To see it move: <code>ganglion view {HtmlPage.Escape(LogName(plan, shown.Entry.Condition))}</code></p>\n");
        double[] time = [.. shown.Samples.Select(sample => sample.Time)];
        page.Append(new PlaneChart("pitch of the torso against gravity", "s", "deg")
            .Line(time, shown.Samples.Select(sample => Degrees * sample.Pitch), Palette.Orange, "true")
            .Line(time, shown.Samples.Select(sample => Degrees * sample.EstimatedPitch), Palette.Blue, "as the board sees it").Render());
        page.Append(new PlaneChart("slope under the hips", "s", "deg")
            .Line(time, shown.Samples.Select(sample => Degrees * sample.Slope), Palette.Orange, "true")
            .Line(time, shown.Samples.Select(sample => Degrees * sample.EstimatedSlope), Palette.Blue, "as the board sees it").Render());
        bool whole = time[^1] - time[0] <= LoadSeconds;
        WalkSample[] end = [.. shown.Samples.Where(sample => whole || sample.Time >= time[^1] - LoadSeconds)];
        page.Append(new PlaneChart($"load of the feet{(whole ? "" : $", the last {LoadSeconds:0} s")}", "s", "N")
            .Line(end.Select(sample => sample.Time), end.Select(sample => sample.LeftLoad), Palette.Orange, "left")
            .Line(end.Select(sample => sample.Time), end.Select(sample => sample.RightLoad), Palette.LightBlue, "right").Render());
    }
}
