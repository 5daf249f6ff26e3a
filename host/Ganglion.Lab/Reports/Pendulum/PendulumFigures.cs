using System.Globalization;
using System.Text;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>The figures of the paper on the page, its own words beside each.</summary>
internal static class PendulumFigures
{
    // Points of a slow curve that a picture needs at most.
    private const int Points = 3000;

    public static void Forced(HtmlPage page, PendulumReproduction run)
    {
        page.Section("Figure 2: forced near a mode").Append("<p class=\"paper\">\"Oscillations of a 2DOF system that is forced near " +
            "its natural frequency\": the displacements of both masses.</p>\n");
        page.Append(Rods(Title("3 % below the slow mode", run.NearSlow), run.NearSlow.Record));
        page.Append(Rods(Title("3 % below the fast mode, its elbow damped ten times less", run.NearFast), run.NearFast.Record));
        page.Append("<p>Near the slow mode both rods swing to one side and beat until the beat has died away; near the fast mode they " +
            "swing against each other. At the paper's damping the fast mode's beat dies within half a minute.</p>\n");

        static string Title(string where, ForcedLeg leg) => string.Create(CultureInfo.InvariantCulture,
            $"{where}: {leg.Frequency:0.0000} Hz, 5 N m");
    }

    public static void Free(HtmlPage page, PendulumReproduction run)
    {
        page.Section("Figure 4: let go").Append("<p class=\"paper\">\"Motion of a double pendulum agitated at t=0, without neural " +
            "interaction\"; as a damped oscillator its motion ceases.</p>\n");
        page.Append(Rods("from 1 and 0.5 rad, damped", run.Free.Record));
        page.Append(new PlotSheet("phase portraits of the same", 2, 260)
            .Panel("upper rod", "rad", "rad/s").Line(Thin(run.Free.Record.Upper), Thin(run.Free.Record.UpperSpeed), Palette.DarkBlue, 0.8)
            .Panel("lower rod", "rad", "rad/s").Line(Thin(run.Free.Record.Lower), Thin(run.Free.Record.LowerSpeed), Palette.Orange, 0.8)
            .Render());
        var table = new StringBuilder("<table><tr><th>without damping, 100 s</th><th class=\"n\">step, s</th><th class=\"n\">energy " +
            "added, of the upper rod's weight</th></tr>\n");
        foreach ((LegScheme scheme, double step, double drift) in run.Drifts)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{scheme}</td><td class=\"n\">{step}</td><td " +
                $"class=\"n\">{drift:0.0e+0}</td></tr>\n");
        }

        page.Append(table.Append("</table>\n").ToString());
    }

    public static void Cells(HtmlPage page, PendulumReproduction run)
    {
        page.Section("The listing's 20 cell types")
            .Append(CellSheet.Render("each under the protocol that shows it; orange: current", run.Cells));
        page.Section("Figure 5: half-centers without feedback").Append("<p class=\"paper\">\"Behavior of CPG's without feedback from the " +
            "pendulum.\"</p>\n");
        page.Append(Pair("weights -5 and -10 as listed", run.Unequal)).Append(Pair("weights -10 and -10", run.Equal));
    }

    public static void Pulses(HtmlPage page, PendulumReproduction run)
    {
        page.Section("The listing's direct pulses").Append("<p class=\"paper\">\"SenseInput(:,1) = 10* (time&gt;5 &amp; time&lt;10); " +
            "DIRECT INPUTS from experiment\": 10 into cells 1 and 3 while 5 to 10 of the listing's time pass.</p>\n");
        page.Append(Voltages("with them, 60 s", run.Listing, 0, 60, 2)).Append(Voltages("without them", run.Unpulsed, 0, 60, 2));
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>Both cells fire once as they start. The pulse gives cell 1 a burst " +
            $"from {First(run.Listing):0.0} on; without it both are silent until {First(run.Unpulsed):0.0}.</p>\n"));

        static double First(HalfCenterLegRun one) => one.Spikes(0).ToArray().Concat(one.Spikes(1).ToArray()).Where(time => time > 5).Min();
    }

    public static void Listing(HtmlPage page, PendulumReproduction run)
    {
        page.Section("Figures 6 to 9: the listing, gain 1").Append("<p class=\"paper\">\"Rod positions during CPG activity (dt=.01, " +
            "tend=200, gain=1)\", the same to 500, and the cells. \"Figure 6-8 show incredibly huge (not to mention physically " +
            "impossible) position values for the two rods.\"</p>\n");
        page.Append(Rods("rods, 500 s, gain 1", run.Listing.Leg));
        page.Append(Voltages("cells with feedback, 200 s", run.Listing, 0, 200))
            .Append(Voltages("cells, the last 200 s", run.Listing, 300, 200));
        page.Append(Rods("rods at gain 1000, 200 s", run.Huge.Leg));
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>At gain 1 the rods stay within {run.Listing.Largest.Upper:0.000} " +
            $"and {run.Listing.Largest.Lower:0.000} rad; at gain 1000 they turn over and reach {run.Huge.Largest.Upper:0} and " +
            $"{run.Huge.Largest.Lower:0} rad. The half-center alternates at {run.Listing.CellFrequency:0.0000} Hz, " +
            $"the leg at 0.166.</p>\n"));
        page.Append(Rods("1500 s of the listing by Euler's rule, joint damping", run.Pumped.Leg))
            .Append(Rods("the same by Runge and Kutta's", run.Kept.Leg));
        LegMode slow = LegMode.Of(run.Pumped.Options.Body).Slow;
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>What grows is the integrator's: Euler's steps of 0.01 s let the " +
            $"slow mode grow by {slow.EulerGrowth(0.01):0.0000} a second, and damping of {slow.Decay:0.0000} a second would hold it only " +
            $"below {slow.EulerLimit:0.0000} s.</p>\n"));
    }

    public static void Steps(HtmlPage page, PendulumReproduction run)
    {
        page.Section("Figures 10 and 11: low gain, and a small step").Append("<p class=\"paper\">\"... radical shift patterns like that " +
            "of Figure 10 were observed at low gain values. ... The abrupt spiking in Figure 10 diminished upon integration with a " +
            "smaller step size.\"</p>\n");
        page.Append(Rods(Title(run.LongSteps), run.LongSteps.Leg)).Append(Rods(Title(run.ShortSteps), run.ShortSteps.Leg));
        page.Append("<p>The paper does not tell either step. In long ones the slow mode grows at any gain; in steps below the limit " +
            "above the rods move as the muscles' pulses make them, near-harmonic, as its Figure 11 does.</p>\n");

        static string Title(HalfCenterLegRun one) => string.Create(CultureInfo.InvariantCulture,
            $"gain {one.Options.Gain}, steps of {one.Options.Step} s");
    }

    private static string Rods(string title, LegRecord record) => new PlaneChart(title, "s", "rad")
        .Line(Times(record), Thin(record.Upper), Palette.DarkBlue, "upper rod")
        .Line(Times(record), Thin(record.Lower), Palette.Orange, "lower rod").Render();

    private static string Voltages(string title, HalfCenterLegRun run, double from, double seconds,
        int cells = HalfCenterLeg.Cells)
    {
        var sheet = new PlotSheet(title, 1, 120);
        int first = (int)(from / run.Options.Step), count = (int)(seconds / run.Options.Step);
        for (int i = 0; i < cells; i++)
        {
            sheet.Panel($"cell {i + 1}", "s", "mV").Trace(from, run.Options.Step, run.V(i).Slice(first, count).ToArray(), Palette.DarkBlue);
        }

        return sheet.Render();
    }

    private static string Pair(string title, CellPair pair) => new PlotSheet(string.Create(CultureInfo.InvariantCulture,
        $"{title}: {pair.Period:0.0} ms, the second {360 * pair.Lag:0} degrees after the first"), 1, 150)
        .Panel("first cell", "ms", "mV").Trace(0, pair.Options.Step, pair.V[0], Palette.DarkBlue)
        .Panel("second cell", "ms", "mV").Trace(0, pair.Options.Step, pair.V[1], Palette.Orange).Render();

    private static double[] Times(LegRecord record) => [.. Every(record.Count).Select(k => k * record.Step)];

    private static double[] Thin(ReadOnlySpan<double> values)
    {
        double[] all = values.ToArray();
        return [.. Every(all.Length).Select(k => all[k])];
    }

    private static IEnumerable<int> Every(int count)
    {
        int step = Math.Max(1, count / Points);
        return Enumerable.Range(0, (count + step - 1) / step).Select(i => i * step);
    }
}
