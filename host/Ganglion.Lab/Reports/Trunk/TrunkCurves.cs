using System.Text;
using Ganglion.Arm.Paper;
using Ganglion.Lab.Pictures;
using Ganglion.Robots.Trunk;
using static Ganglion.Lab.Reports.Trunk.TrunkNumbers;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>Pictures of the trunk reproduction.</summary>
internal static class TrunkCurves
{
    /// <summary>Iterations within which a rise counts as an initial one.</summary>
    private const int First = 100;

    public static string ErrorsAndAngles(MotorTrial trial, string title)
    {
        double[] x = Across(trial);
        PlaneChart chart = new(title, "iteration", "mm, degrees") { LogUp = true, Floor = 0.1 };
        foreach ((double[][] values, double scale, string colour, string name) in new[]
        {
            (trial.Errors, 1000.0, Palette.Blue, "position, mm"),
            (trial.Angles, 180 / Math.PI, Palette.Brown, "orientation, degrees"),
        })
        {
            chart.Band(x, Scaled(values, 0.25, scale), Scaled(values, 0.75, scale), colour);
            chart.Line(x, Scaled(values, 0.5, scale), colour, name, 2);
        }
        return chart.Render();
    }

    public static string Runs(MotorTrial trial, string title)
    {
        double[] x = Across(trial);
        PlaneChart chart = new(title, "iteration", "distance, mm") { LogUp = true, Floor = 0.1 };
        for (int i = 0; i < trial.Poses; i++)
        {
            int pose = i;
            chart.Line(x, trial.Errors.Select(row => 1000 * row[pose]), Palette.LightBlue, thickness: 0.8, opacity: 0.55);
        }
        return chart.Line(x, Scaled(trial.Errors, 0.5, 1000), Palette.Blue, "median", 2.4).Render();
    }

    public static string PredictionAndInference(TrunkReproduction run)
    {
        BarChart chart = new BarChart("medians at the tip; whiskers of inference: quartiles", "mm")
            .Legend("4-geared prediction", Palette.Green).Legend("4-geared inference", Palette.Red)
            .Legend("3-geared prediction", Palette.Brown).Legend("3-geared inference", Palette.Blue);
        foreach (TrunkArmRun arm in run.Arms)
        {
            bool four = arm.Model.Arm.Design == JointDesign.FourGeared;
            double prediction = 1000 * arm.Prediction.TipMedian;
            chart.Group(arm.Model.Name).Bar(prediction, prediction, prediction, four ? Palette.Green : Palette.Brown);
            chart.Bar(Scaled(arm.Paper.Errors, 0.25, 1000)[^1], Last(arm.Paper), Scaled(arm.Paper.Errors, 0.75, 1000)[^1], four
                ? Palette.Red : Palette.Blue);
        }
        return chart.Render();
    }

    public static string Optimisers(TrunkReproduction run)
    {
        string[] colours = [Palette.Blue, Palette.Green, Palette.Red, Palette.Violet];
        PlaneChart chart = new("medians, and quartiles as bars; step 0.1 decaying by eq. (19)", "iteration", "distance, mm")
        {
            LogAcross = true,
            LogUp = true,
            Floor = 0.01
        };
        var table = new StringBuilder("<table><tr><th>optimiser</th><th class=\"n\">rise at first</th><th class=\"n\">iterations to 10 " +
            "mm</th><th class=\"n\">last median</th><th class=\"n\">90 %</th><th class=\"n\">stuck</th></tr>\n");
        foreach ((OptimiserRun row, string colour) in run.Optimisers.Zip(colours))
        {
            double[] x = Across(row.Trial), median = Scaled(row.Trial.Errors, 0.5, 1000);
            chart.Line(x, median, colour, row.Name, 2);
            double[] low = Scaled(row.Trial.Errors, 0.25, 1000), high = Scaled(row.Trial.Errors, 0.75, 1000);
            // Beside each other, so that the bars of all can be told apart.
            double aside = 1 + 0.025 * (Array.IndexOf(colours, colour) - 1.5);
            for (int k = 3; k < x.Length; k += 5)
            {
                chart.Line([aside * x[k], aside * x[k]], [low[k], high[k]], colour, opacity: 0.7);
            }

            (double rise, int risen) = LargestRise(row.Trial.Iterations, median);
            int near = Array.FindIndex(median, error => error <= 10);
            table.Append($"<tr><td>{row.Name}</td><td " +
                $"class=\"n\">{(rise < 0.01 ? "none" : $"{100 * rise:0} %, iteration {risen}")}</td><td " +
                    $"class=\"n\">{(near < 0 ? "not reached" : $"{row.Trial.Iterations[near]}")}</td><td " +
                        $"class=\"n\">{median[^1]:0.00} mm</td><td class=\"n\">{1000 * row.Trial.P90Errors[^1]:0.0} mm</td><td " +
                            $"class=\"n\">{Share(row.Trial.Stuck, row.Trial):0} %</td></tr>\n");
        }
        string models = string.Join(", ", run.OptimiserModels.Select(model => $"{1000 * model.TipMean:0.0}"));
        return chart.Render() + table.Append($"</table>\n<p>Prediction errors of the {TrunkPlan.Models} models, trained here on " +
            $"{run.Plan.Updates * 8 / 1e6:0.00} million samples each: {models} mm (mean at the tip). Rise at first: of the median over " +
                $"the lowest before, within {First} iterations. Classical: least squares on the exact model takes " +
                    $"{1000 * Of(run, JointDesign.FourGeared, 10).Ik.MedianTime:0.00} ms a pose (Figure 9).</p>\n");
    }

    /// <summary>How far a curve climbs above what it had come down to before, within the first iterations.</summary>
    private static (double Rise, int Iteration) LargestRise(int[] iterations, double[] median)
    {
        double lowest = median[0];
        (double Rise, int Iteration) largest = (0, 0);
        for (int k = 1; k < median.Length && iterations[k] <= First; k++)
        {
            if (median[k] / lowest - 1 > largest.Rise)
            {
                largest = (median[k] / lowest - 1, iterations[k]);
            }

            lowest = Math.Min(lowest, median[k]);
        }
        return largest;
    }

    public static string AgainstPaper(TrunkArmRun arm)
    {
        double[] curve = [.. arm.Position.MedianCurve.Select(error => 1000 * error)], x = [.. Enumerable.Range(1, curve.Length)
            .Select(k => (double)k)];
        return new PlaneChart($"{arm.Model.Name}: median tip error by measured poses", "measured poses", "distance, mm")
        {
            LogAcross = true,
            LogUp = true,
            Floor = 1e-4
        }
            .Line(Across(arm.Paper), Scaled(arm.Paper.Errors, 0.5, 1000), Palette.Red, "the paper's scheme", 2)
            .Line(Across(arm.Pose), Scaled(arm.Pose.Errors, 0.5, 1000), Palette.Violet, "whole pose's decay", 2)
            .Line(x, curve, Palette.Blue, "secants on the spiking Jacobian", 2.4).Render();
    }
}
