using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>Figures 2 and 4: the characteristic, and the clock that is fitted to it.</summary>
internal static class ClockFigures
{
    public static void Characteristic(HtmlPage page, CpgReproduction run)
    {
        PhaseDurations cat = PhaseDurations.Cat, fine = PhaseDurations.CatAt([.. Enumerable.Range(0, 141).Select(i => 0.1 + 0.01 * i)]);
        page.Section("Figure 2: phase-duration characteristic").Append("<p class=\"paper\">\"As an animal moves faster, this cycle of " +
            "phases shortens. ... it was mainly achieved by a decrease in stance duration while swing duration stayed mostly " +
            "unchanged.\"</p>\n");
        page.Append(new PlaneChart("a cat, and our generators", "speed, m/s", "duration, s")
            .Line(fine.Speed, fine.Stance, Palette.Blue, "stance", 5, 0.3).Line(fine.Speed, fine.Swing, Palette.Orange, "swing", 5, 0.3)
            .Line(cat.Speed, run.Clocks[^1].Stance, Palette.Ink, "chess " +
                "clock", 1).Line(cat.Speed, run.Clocks[^1].Swing, Palette.Ink, null, 1)
            .Line(Marks(run.Plan.Speeds), Ends(run.Calibrated.First().Stance), Palette.Green, "spiking network", 2)
            .Line(Marks(run.Plan.Speeds), Ends(run.Calibrated.First().Swing), Palette.Green, null, 2)
            .Line(Marks(run.Plan.Speeds), Ends(run.Circuits[0].Durations.Stance), Palette.Violet, "integrate-and-fire", 2)
            .Line(Marks(run.Plan.Speeds), Ends(run.Circuits[0].Durations.Swing), Palette.Violet, null, 2)
            .Line(Marks(run.Plan.Speeds), Ends(run.Circuits[1].Durations.Stance), Palette.Brown, "Hodgkin-Huxley", 2)
            .Line(Marks(run.Plan.Speeds), Ends(run.Circuits[1].Durations.Swing), Palette.Brown, null, 2)
            .Render());
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>From 0.1 to 1.5 m/s the law's stance shortens from " +
            $"{cat.Stance[0]:0.00} to {cat.Stance[^1]:0.00} s and its swing from {cat.Swing[0]:0.00} to {cat.Swing[^1]:0.00} s. Marks " +
            $"are at speeds at which nothing was calibrated.</p>\n"));
    }

    public static void Model(HtmlPage page, CpgReproduction run)
    {
        page.Section("Figure 4: the model, and its fit").Append("<p class=\"paper\">\"It consists of 4 artificial neurons interconnected " +
            "with each other using a leaky integrator so that a spike of one neuron would limit activation of other neurons.\" x' = x0 + " +
            "Gu u + GUL x + GBL x (1 - x), x &gt; 0 (1); GUL = I r (2). \"R2 of swing and stance are 0.915 and 0.999\"; \"Runge-Kutta " +
            "(fourth-order) could take up to several minutes to converge\".</p>\n");
        page.Append(CpgDrawings.ChessClock());
        PhaseDurations cat = PhaseDurations.Cat;
        ClockRow best = run.Clocks[^1];
        page.Append(new PlaneChart($"the fit {best.Name} beside the cat's law", "speed, m/s", "duration, s")
            .Line(cat.Speed, cat.Swing, Palette.Orange, "swing", 4, 0.35).Line(cat.Speed, best.Swing, Palette.Orange, "its clock")
            .Line(cat.Speed, cat.Stance, Palette.Blue, "stance", 4, 0.35).Line(cat.Speed, best.Stance, Palette.Blue, "its clock").Render());
        var fits = new HtmlTable(["fit by Nelder and Mead", " R2 swing", " R2 stance", " phase off a half", " evaluations", " s",
            .. ClockParameters.Names.Select(name => $" {name}")]);
        foreach (ClockRow row in run.Clocks)
        {
            fits.Row([row.Name, Text(row.SwingRSquared, "0.000"), Text(row.StanceRSquared, "0.0000"), Text(row.PhaseError, "0.000"),
                $"{row.Evaluations}", Text(row.Seconds, "0.00"), .. row.Parameters.Select(value => Text(value, "0.00"))]);
        }

        page.Append(fits.Render()).Append("<p>What comes out depends on where the right side's extensor clock begins; the fits' own " +
            "start is 0.5:</p>\n");
        var ways = new HtmlTable("fit", " begins at", " R2 swing", " R2 stance", " phase off a half");
        foreach (ClockRow row in run.Clocks)
        {
            foreach (ClockWay way in row.Ways)
            {
                bool stands = double.IsNaN(way.StanceRSquared);
                ways.Row(row.Name, Text(way.At, "0.0"), stands ? "comes to rest" : Text(way.SwingRSquared, "0.000"),
                    Text(way.StanceRSquared, "0.0000"), Text(way.PhaseError, "0.000"));
            }
        }

        page.Append(ways.Render()).Append("<p>The paper measures phases between maxima of excitement; a clock's is at 1, where it stops, " +
            "so that its phases are measured between those moments. Free of antiphase the best fit lets both sides step together: its " +
            "phase is half a cycle off.</p>\n");
    }

    private static string Text(double value, string format) => CpgReport.Number(value, format);

    // A short level stroke at each speed.
    private static IEnumerable<double> Marks(double[] speeds) =>
        speeds.SelectMany(speed => (double[])[speed - 0.015, speed + 0.015, double.NaN]);

    private static IEnumerable<double> Ends(double[] values) => values.SelectMany(value => (double[])[value, value, double.NaN]);
}
