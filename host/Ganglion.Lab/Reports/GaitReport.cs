using System.Globalization;
using System.Text;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Stability;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm;

namespace Ganglion.Lab.Reports;

/// <summary>The gait reproduction as a single-file HTML page with SVG pictures.</summary>
public static class GaitReport
{
    private static readonly string[] Oscillators = ["lx", "ly", "rx", "ry", "cx", "cy", "cz"];

    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(GaitReproduction run, string version)
    {
        var page = new HtmlPage("Gait reproduction", "Kimura-CPG biped: the gait of Tables 1 and 2, and of a search");
        page.Append($"<p>Biomimetics 2025, 10(9), 637. Ganglion {version}, seed {run.Seed}, problem " +
            $"{GaitCheckpoint.HashOf(run.Main.Problem)[..16]}. Axes of the paper: x forward, y up, z right.</p>\n");
        page.Append(FigureTable(run));
        page.Append(GeneTable(run));
        page.Section("Figure 5: four oscillators with its own parameters");
        page.Append(Recorded("Tr 0.2 s, Ta 0.4 s, s 0.6, beta 3.5, a 2.0, each inhibiting every other with weight -1", run.Figure5, 5));
        page.Section("Figure 8: fitness by generation");
        page.Append(new PlaneChart("best fitness (17) less penalties", "generation", "fitness")
            .Line(Enumerable.Range(1, run.Main.Search.History.Count).Select(i => (double)i), run.Main.Search.History.Select(f =>
                Math.Max(f, -20)), Palette.Orange).Render());
        page.Section("Figure 9: outputs of the oscillators of Tables 1 and 2");
        page.Append(Outputs("(a) body of Table 1 in a chain x - y - z; cx and cz coincide", run.Tables, 4, 3, 3));
        page.Append(Outputs("(b) feet of Table 2, inhibited between left and right only", run.Tables, 0, 4, 3));
        page.Append(Outputs("the same of the search: all seven coupled, low-passed", run.Main.Trace, 0, 7, 5));
        page.Section("Figure 10: feet and body of Tables 1 and 2");
        page.Append(Paths(run.Tables, "Tables 1 and 2"));
        page.Section("Figure 11: ZMP and soles");
        page.Append("<p>Equation (11) does not give the published picture: with Tables 1 and 2 the ZMP leaves the soles in every step. A " +
            "search in the corrected readings keeps it inside.</p>\n");
        page.Append(Zmp(run.Tables, run.Main.Problem, "Tables 1 and 2: ZMP by (11), soles where equation (2) puts them down", 3));
        page.Append(Zmp(run.Main.Trace, run.Main.Problem, "search: ZMP inside the soles", 8));
        page.Append(Paths(run.Main.Trace, "search"));
        page.Section("Figure 12: comparison 1, searched without the step's term");
        page.Append(Feet(run.ShortSteps.Trace, "(a) foot trajectory"));
        page.Append(Zmp(run.ShortSteps.Trace, run.ShortSteps.Problem, "(b) ZMP and soles", 8));
        page.Section("Figure 13: comparison 2, long steps");
        page.Append(Feet(run.LongSteps.Trace, "(a) foot trajectory"));
        page.Append(Zmp(run.LongSteps.Trace, run.LongSteps.Problem, "(b) ZMP and soles", 8));
        return page.Render();
    }

    private static string FigureTable(GaitReproduction run)
    {
        var table = new StringBuilder("<table><tr><th></th><th>paper</th><th>from its tables</th><th>ours</th><th></th></tr>\n");
        foreach (ReproducedFigure figure in run.Figures)
        {
            table.Append($"<tr{(figure.Met ? "" : " class=\"missed\"")}><td>{figure.What}</td><td>{Number(figure.Paper)}</td>")
                .Append($"<td>{Number(figure.Expected)}</td><td>{Number(figure.Ours)}</td><td>{figure.Note}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static string GeneTable(GaitReproduction run)
    {
        double[] paper = GaitGenes.Paper();
        var table = new StringBuilder("<h2>Tables 1 and 2</h2>\n<table><tr><th>parameter</th><th>paper</th><th>search</th></tr>\n");
        for (int g = 0; g < GaitGenes.Count; g++)
        {
            table.Append(
                $"<tr><td>{GaitGenes.Names[g]}</td><td>{paper[g]:0.####}</td><td>{run.Main.Search.BestGenes[g]:0.####}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static string Recorded(string title, RhythmRecording recording, double seconds)
    {
        int samples = (int)(seconds / recording.StepSeconds);
        PlaneChart chart = new(title, "time, s", "u_f - u_e");
        for (int i = 0; i < recording.Count; i++)
        {
            chart.Line(Enumerable.Range(1, samples).Select(k => k * recording.StepSeconds), recording.Output(i)[..samples].ToArray(),
                Palette.Series[i % 4], Oscillators[i]);
        }

        return chart.Render();
    }

    private static string Outputs(string title, GaitTrace trace, int first, int count, double seconds)
    {
        int samples = Math.Min(trace.Samples, (int)(seconds / trace.Step)), from = trace.Samples - samples;
        PlaneChart chart = new(title, "time, s", "u_f - u_e");
        for (int i = first; i < first + count; i++)
        {
            chart.Line(Times(trace, from), trace.Outputs[i].Skip(from), Palette.Series[i % 4], Oscillators[i], i < 4 ? 1.4 : 0.9);
        }

        return chart.Render();
    }

    private static string Paths(GaitTrace trace, string name)
    {
        int from = Math.Max(0, trace.Samples - (int)(4 / trace.Step));
        string x = new PlaneChart($"{name}: foot_x and body, (a)", "time, s", "x, m")
            .Line(Times(trace, from), trace.FootX[0].Skip(from), Palette.Orange, "left")
            .Line(Times(trace, from), trace.FootX[1].Skip(from), Palette.Blue, "right")
            .Line(Times(trace, from), trace.BodyX.Skip(from), Palette.Green, "body").Render();
        string body = new PlaneChart($"{name}: body, (d)", "time, s", "m")
            .Line(Times(trace, from), trace.BodyZ.Skip(from), Palette.Green, "sideways")
            .Line(Times(trace, from), trace.BodyY.Skip(from), Palette.Violet, "up").Render();
        return x + Feet(trace, $"{name}: foot_y over foot_x, (b) and (c); at or below 0 it stands") + body;
    }

    /// <summary>Feet in their plane. Where equation (3) goes far below the ground, which no foot can do, the line runs along the lower
    /// edge.</summary>
    private static string Feet(GaitTrace trace, string title)
    {
        int from = Math.Max(0, trace.Samples - (int)(4 / trace.Step));
        PlaneChart chart = new(title, "x, m", "y, m") { Floor = -0.02 };
        for (int foot = 0; foot < 2; foot++)
        {
            chart.Line(trace.FootX[foot].Skip(from), trace.FootY[foot].Skip(from), Palette.Series[2 * foot], foot == 0 ? "left" : "right");
        }

        return chart.Line([trace.FootX[0][from], trace.FootX[0][^1]], [0, 0], Palette.Frame, "ground").Render();
    }

    private static string Zmp(GaitTrace trace, GaitProblem problem, string title, double seconds)
    {
        (double[] x, double[] z) = ZeroMomentPoint.Of(trace);
        int from = Math.Max(1, trace.Samples - 1 - (int)(seconds / trace.Step));
        PlaneChart chart = new(title, "x, m", "z, m (right)") { EqualScales = true };
        for (int k = from; k < trace.Samples; k++)
        {
            for (int foot = 0; foot < 2; foot++)
            {
                if (!trace.Stands(foot, k) || double.IsNaN(trace.Change(foot, k)))
                {
                    continue;
                }

                chart.Outline(new SupportPolygon([(trace.Stance[foot][k], (2 * foot - 1) * problem.Spacing)], problem.HalfLength,
                    problem.HalfWidth).Corners, Palette.Frame);
            }
        }
        int to = trace.Samples - 1;
        return chart.Line(x[from..to], z[from..to], Palette.Orange, "ZMP")
            .Line(trace.BodyX[from..to], trace.BodyZ[from..to], Palette.Green, "body").Render();
    }

    private static IEnumerable<double> Times(GaitTrace trace, int from) => Enumerable.Range(from, trace.Samples - from).Select(trace.Time);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(Math.Abs(value) >= 100 ? "0.#"
        : Math.Abs(value) >= 10 ? "0.##" : "0.####", CultureInfo.InvariantCulture);
}
