using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The seven gaits on the page.</summary>
internal static class GaitFigures
{
    public static void Gaits(HtmlPage page, CpgReproduction run)
    {
        page.Section("Gaits").Append("<p class=\"paper\">\"Expand the model input parameter to different gaits types\"</p>\n");
        var table = new HtmlTable(["gait", " duty", .. LimbGait.Limbs.Select(limb => $" {limb}, deg"), " converged", " worst, deg",
            " cycles, median", " most", " slowest limb in a transition", " cycles of it", " Kimura oscillators: converged", " worst, deg"]);
        foreach (GaitPart part in run.Gaits)
        {
            table.Row([part.Trial.Gait.Name, Text(part.Trial.Gait.Duty, "0.00"),
                .. part.Trial.LagsDeg.Select(lag => Text(lag > 359.95 ? 0 : lag, "0.0")), $"{part.Trial.Converged}/{part.Trial.Starts}",
                Text(part.Trial.WorstDeg, "0.000"), Text(part.Trial.MedianCycles, "0.0"), Text(part.Trial.MostCycles, "0.0"),
                Text(part.Worst, "0.000"), Text(part.Cycles, "0.0"),
                part.Kimura.Tried == 0 ? "not had" : $"{part.Kimura.Converged}/{part.Kimura.Tried}", Text(part.Kimura.WorstDeg, "0.0")]);
        }

        page.Append(table.Render()).Append(string.Create(CultureInfo.InvariantCulture, $"<p>Four limbs as phases, with the code and the " +
            $"tick of the board, from {run.Plan.Starts} random starts each; a transition changes lags and duty while the limbs move, and " +
            $"its slowest limb is a share of its frequency: above 0 none goes backward. Oscillators of Kimura's kind hold quarters of a " +
            $"cycle, so neither gallop.</p>\n"));
        page.Append(run.GaitPictures[0]).Append(run.GaitPictures[1]);
    }

    private static string Text(double value, string format) => CpgReport.Number(value, format);
}
