using Ganglion.Lab.Reports.Cpg;

namespace Ganglion.Lab.Reports.Body;

/// <summary>What arms that learn their own body are held to, and how they do.</summary>
public static class BodyBars
{
    /// <summary>All.</summary>
    public static IReadOnlyList<HeldFigure> Of(BodyReproduction run)
    {
        WorkingArm[] traces = With(run, WorkRule.Traces), bptt = With(run, WorkRule.Bptt), learning = [.. traces, .. bptt];
        PoseRow[] last = [.. run.Recorded.Select(arm => arm.Rows[^1])];
        return
        [
            Most($"residual's error by the nominal geometry's after {last[0].Poses} poses, worst arm", 1.0 / 3,
                last.Max(row => row.Residual / row.Nominal), "held-out poses of the recordings"),
            Most("residual's error by the calibrated geometry's, worst arm", 1, last.Max(row => row.Residual / row.Calibrated),
                "play, sag"),
            new("spiking network's error by the nominal geometry's, worst arm", "", double.NaN, double.NaN, last.Max(row => row.Spiking
                / row.Nominal), "no bar: the network's own limit, 11 to 15 mm with 10 joints, is above a third of what made-up arms " +
                "deviate"),
            Least("reached in the first 20 targets after a gear died, learning, worst arm", 0.95,
                learning.Min(arm => arm.ReachedWithin20), ""),
            Least("reached after that, worst arm", 0.95, learning.Min(arm => arm.ReachedLater), ""),
            Most("held-out error 20 targets after a gear died by that before, traces, worst arm", 1.2, traces.Max(Forgot),
                "postures of the arm as it is at each time"),
            Most("the same, BPTT", 1.2, bptt.Max(Forgot), ""),
            Most("the network on the arm whose gears all move, then by before, both rules, worst arm", 1.2,
                learning.Max(arm => arm.Recovered.Intact / arm.AtDeath.Intact), "dead gears are kept apart from it"),
            Most("held-out error after the work, before a gear dies, by that at its start, traces, worst arm", 1.2, traces.Max(Worked), ""),
            Most("the same, BPTT", 1.2, bptt.Max(Worked), ""),
        ];
    }

    /// <summary>Arms that work under a rule.</summary>
    public static WorkingArm[] With(BodyReproduction run, WorkRule rule) => [.. run.Working.Where(arm => arm.Rule == rule)];

    private static double Worked(WorkingArm arm) => arm.AtDeath.Network / arm.Looks[0].Network;

    private static double Forgot(WorkingArm arm) => arm.Recovered.Network / arm.AtDeath.Network;

    private static HeldFigure Most(string what, double bar, double ours, string note) => new(what, "", double.NaN, bar, ours, note);

    private static HeldFigure Least(string what, double bar, double ours, string note) => new(what, "", bar, double.NaN, ours, note);
}
