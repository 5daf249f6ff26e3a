using System.Globalization;
using System.Text;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Entrainment;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>The reproduction of the pendulum paper as a single-file HTML page.</summary>
public static class PendulumReport
{
    // The film: so long, at the end of its run [s].
    private const double FilmSeconds = 24;

    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(PendulumReproduction run, string version)
    {
        var page = new HtmlPage("Pendulum reproduction", "Two half-centers and a double pendulum");
        page.Append("<p>\"Central pattern generator/double pendulum model\", D. Cowan, 2009, its Figures 1 to 11, and what it looked " +
            $"for: a half-center that a leg entrains to its resonance. Ganglion {version}. The paper's pictures themselves are not at " +
            "hand: their captions and what the text says of them stand beside ours.</p>\n");
        page.Append(Bars(run));
        page.Section("An entrained leg").Append(LegReplay.Render("half-centers drive the leg at its slow mode, in real time",
            run.Film, run.Film.Leg.Count * run.Film.Options.Step - FilmSeconds, FilmSeconds));
        page.Section("Figures 1 and 3: the leg, and who is connected to whom").Append(PendulumDrawings.Leg())
            .Append(PendulumDrawings.Flow());
        PendulumFigures.Forced(page, run);
        PendulumFigures.Free(page, run);
        PendulumFigures.Cells(page, run);
        PendulumFigures.Pulses(page, run);
        PendulumFigures.Listing(page, run);
        PendulumFigures.Steps(page, run);
        Entrainment(page, run);
        Cost(page, run);
        Reciprocal(page, run);
        page.Section("What could not be reproduced, and why").Append("""
            <ul>
            <li>The listing's own figures to the number: its text lost the lines that compute the moments, the gain of the muscles
            (<code>gain</code> in <code>detMoment</code> is undefined) and the steps of Figures 10 and 11. The lines were completed from
            the equations around them.</li>
            <li>"Incredibly huge" positions at gain 1: with correct equations they need a gain of 100 or more, at which 30 mV outweigh
            the rods (441 and 2352 N m). The author's moments must have been larger than the printed gain says.</li>
            <li>Entrainment in the listing: cells and leg share one time, a ms for a second, so that the half-center is 8 times too slow.
            With a time scale of 9 to 24 ms/s entrainment is there.</li>
            </ul>
            """);
        return page.Render();
    }

    private static string Bars(PendulumReproduction run)
    {
        var table = new HtmlTable("", " computed before", " ours", "", "");
        foreach (ReproducedFigure figure in PendulumBars.Of(run))
        {
            table.Row(!figure.Met, figure.What, figure.Expected.ToString("G4", CultureInfo.InvariantCulture),
                figure.Ours.ToString("G4", CultureInfo.InvariantCulture), figure.Met ? "met" : "missed", figure.Note);
        }

        return table.Render();
    }

    private static void Entrainment(HtmlPage page, PendulumReproduction run)
    {
        double slow = LegMode.Of(run.Film.Options.Body).Slow.Frequency;
        page.Section("What it looked for: entrainment").Append("<p class=\"paper\">\"Certainly, it seems that CPG's will inherently " +
            "'seek' an energy minimum provided suitable parameters (gain, saturation).\"</p>\n");
        var table = new StringBuilder("<table><tr><th class=\"n\">time scale, ms/s</th><th class=\"n\">alone, Hz</th>");
        foreach (double size in LegStudy.FeedbackSizes)
        {
            table.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">feedback {size}</th><th class=\"n\">before</th>");
        }

        table.Append("</tr>\n");
        foreach ((LegStudyRow row, double[] before) in run.Position.Rows.Zip(PendulumBars.Entrainment))
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{row.TimeScale}</td><td class=\"n\">{row.Alone:0.000}</td>");
            foreach ((LegStudyCell cell, double known) in row.Cells.Zip(before))
            {
                string text = string.Create(CultureInfo.InvariantCulture, $"{cell.CellFrequency:0.000} ({cell.Amplitude:0.00})");
                table.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{(cell.Entrained ? $"<b>{text}</b>" : text)}</td>" +
                    $"<td class=\"n\">{known:0.000}</td>");
            }

            table.Append("</tr>\n");
        }

        page.Append(table.Append("</table>\n").ToString());
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>Frequency of the shoulder's half-center in Hz, in brackets the " +
            $"upper rod's amplitude in rad; bold: within 5 % of the slow mode, {slow:0.0000} Hz. Position feedback, equal inhibition, " +
            $"gain 10, lam 10, a kick of 0.002 rad, the last quarter of 600 s. Four cells (14 and 2, 18 and 5, 24 and 5, 24 and 10) are " +
            $"captured slowly: what they show depends on kick and time. Half-centers faster than the leg are drawn down to it.</p>\n"));
        table = new StringBuilder("<table><tr><th class=\"n\">time scale, ms/s</th><th class=\"n\">position feedback 10, Hz</th><th " +
            "class=\"n\">rad</th><th class=\"n\">rate feedback 10, Hz</th><th class=\"n\">rad</th></tr>\n");
        foreach ((double scale, HalfCenterLegRun position, HalfCenterLegRun rate) in run.Slow)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{scale}</td>{Cell(position)}{Cell(rate)}</tr>\n");
        }

        page.Append(table.Append("</table>\n<p>Below the resonance position feedback does not lock; what feels the rate does.</p>\n")
            .ToString());

        static string Cell(HalfCenterLegRun one)
        {
            string frequency = one.CellFrequency.ToString("0.000", CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $"<td class=\"n\">" +
                $"{(one.IsEntrained ? $"<b>{frequency}</b>" : frequency)}</td><td class=\"n\">{one.Amplitude:0.00}</td>");
        }
    }

    private static void Cost(HtmlPage page, PendulumReproduction run)
    {
        LegBody leg = run.Film.Options.Body;
        double[] frequencies = [.. Enumerable.Range(0, 600).Select(i => 0.08 * Math.Pow(0.45 / 0.08, i / 599.0))];
        PlaneChart chart = new PlaneChart("work of the muscles for a swing, over its size squared", "Hz", "J a cycle / rad²")
        { LogUp = true }
            .Line(frequencies, frequencies.Select(f => ForcedLeg.Small(leg, f).CostOfSwing), Palette.Grey, "forced, in closed form");
        foreach (ForcedPoint point in run.Sweep)
        {
            Mark(chart, point.Frequency, point.CostOfSwing, Palette.DarkBlue);
        }

        foreach (LegStudyCell cell in run.Position.Rows.SelectMany(row => row.Cells))
        {
            Mark(chart, cell.LegFrequency, cell.WorkPerCycle / (cell.Amplitude * cell.Amplitude), cell.Entrained ? Palette.Green
                : Palette.Orange);
        }

        page.Section("Why: the energy minimum").Append(chart.Line([], [], Palette.DarkBlue, "forced, measured")
            .Line([], [], Palette.Green, "entrained").Line([], [], Palette.Orange, "not entrained").Render());
        ForcedPoint best = run.Sweep.MinBy(point => point.CostOfSwing)!;
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>Work is what muscles put in by moving the leg forward; what the " +
            $"leg does to them is not won back. A forced swing costs {best.CostOfSwing:0} J/rad² at the slow mode, " +
            $"{run.Sweep[3].CostOfSwing / best.CostOfSwing:0.0} times as much 5 % below it and " +
            $"{run.Sweep[5].CostOfSwing / best.CostOfSwing:0.0} times 5 % above it. The peak at 0.249 Hz is where the upper rod " +
            $"stands still. Entrained half-centers pay a little more, since their bursts " +
            $"come late in the swing and pull at both joints.</p>\n"));
    }

    private static void Mark(PlaneChart chart, double x, double y, string colour) => chart.Line(
        [x - 0.0012, x + 0.0012, double.NaN, x, x], [y, y, double.NaN, 0.88 * y, y / 0.88], colour, null, 2);

    private static void Reciprocal(HtmlPage page, PendulumReproduction run)
    {
        page.Section("Iwasaki and Zheng: which oscillator is entrained to which pendulum").Append("<p class=\"paper\">\"It is shown that " +
            "robust entrainment results from a strong, positive-feedback coupling of a lightly damped mechanical system and the RIO " +
            "consisting of neurons with the complete adaptation property\" (2006); by negative integral or positive rate feedback " +
            "(2008).</p>\n");
        var chart = new PlaneChart("off its own frequency", "the pendulum's own frequency over the oscillator's", "%");
        foreach (((string name, EntrainmentRun[] runs), string colour) in run.Reciprocal.Zip(Palette.Series))
        {
            chart.Line(EntrainmentStudy.Ratios, runs.Select(one => 100 * one.Detuning), colour, name, 1.8);
        }

        page.Append(chart.Render());
        var table = new StringBuilder("<table><tr><th></th>");
        foreach (double ratio in EntrainmentStudy.Ratios)
        {
            table.Append(CultureInfo.InvariantCulture, $"<th class=\"n\">{ratio}</th>");
        }

        table.Append("</tr>\n");
        foreach ((string name, EntrainmentRun[] runs) in run.Reciprocal)
        {
            table.Append($"<tr><td>{name}</td>");
            foreach (EntrainmentRun one in runs)
            {
                string text = string.Create(CultureInfo.InvariantCulture,
                    $"{one.Oscillator.NaturalFrequency:0.000} to {one.Frequency:0.000}");
                table.Append($"<td class=\"n\">{(one.IsEntrained ? $"<b>{text}</b>" : text)}</td>");
            }

            table.Append("</tr>\n");
        }

        page.Append(table.Append("</table>\n<p>The pendulum's own frequency to that of its swings, Hz; bold: within 5 % of its own, " +
            "swings within 2 % of each other. At the three slowest pendulums of the first row the oscillator turns 5, 3 and 3 times in a " +
            "swing.</p>\n").ToString());
    }
}
