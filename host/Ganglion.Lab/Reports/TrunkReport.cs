using System.Globalization;
using System.Text;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports;

/// <summary>The reproduction of the trunk paper as a single-file HTML page with SVG pictures.</summary>
public static class TrunkReport
{
    private const string Blue = "#1f6fb4", LightBlue = "#7fb2dc", Brown = "#8a5a2b", Red = "#b8322a", Green = "#2e7d4f", Purple = "#8a4f9e";

    /// <summary>Where the tables take the paper's scheme.</summary>
    private static readonly int[] Places = [200, 500, 1000, 5000];

    /// <summary>Iterations within which a rise counts as an initial one.</summary>
    private const int First = 100;

    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(TrunkReproduction run, string version)
    {
        TrunkArmRun six = Of(run, JointDesign.ThreeGeared, 6), ten = Of(run, JointDesign.FourGeared, 10), long25 =
            Of(run, JointDesign.FourGeared, 25);
        ShippedModel twenty = run.Model(JointDesign.ThreeGeared, 20);
        var raster = new SpikeRaster(twenty, run.Raster!.Inputs);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Trunk reproduction</title>\n");
        page.Append("<style>body{font-family:sans-serif;max-width:1020px;margin:2em auto;padding:0 " +
            "1em;color:#222;background:#fbfaf7;line-height:1.4}table{border-collapse:collapse;margin:.6em 0}td,th{padding:3px 16px 3px " +
                "0;vertical-align:top;text-align:left;border-bottom:1px solid " +
                    "#e6e0d2}td:first-child{white-space:nowrap}td.n,th.n{text-align:right}h2{margin-top:1.8em}p.paper{border-left:3px " +
                        "solid #c9bfa5;padding-left:.8em;color:#555}</style></head><body>\n");
        page.Append("<h1>Spiking control of trunk arms: the paper's evaluation and ours</h1>\n");
        page.Append($"<p>Ganglion {version}, seed " +
            $"{run.Plan.Seed}{(run.Plan.Quick ? ", quick: fewer targets than the paper has, and the models of Figure 10 trained on a fraction of the samples" : "")}. Targets are random reachable poses of the authors' edge-case distribution; the tip is measured on the exact kinematics, and nothing but the model's learned weights and these measurements steers it. The paper names no posture that its runs start from. Its scheme starts here from the straight arm with every input in the middle of its range and, where said so, from random postures, which is harder; the solver of ours always starts from random ones.</p>\n");
        page.Append(Claims(run, six, ten, long25, raster));

        page.Append("<h2>Figure 6: spikes of the 20-joint 3-geared arm's model</h2>\n");
        page.Append("<p class=\"paper\">\"We can observe a rhythmic spiking behavior with two clear activity peaks within the time frame " +
            "of a joint. However, the specific temporal pattern differs from joint to joint.\"</p>\n");
        page.Append(raster.Render());
        page.Append($"<p>{twenty.Name}, {raster.Total.Length} steps, at the posture that inference found for a random target " +
            $"({1000 * run.Raster.Error:0.0} mm away from it). Mean spikes by step within a joint: " +
                $"{string.Join(", ", raster.Profile.Select(count => count.ToString("0.0", CultureInfo.InvariantCulture)))}: " +
                    $"{raster.Peaks} peak(s).</p>\n");

        page.Append("<h2>Figure 7: position against orientation error, 6 joints, 3-geared</h2>\n");
        page.Append("<p class=\"paper\">\"While here the median position error already converged towards zero, the median orientation " +
            "error did not go much below 10 degree during the 5,000 gradient updates.\" (512 neurons, step 0.01.)</p>\n");
        page.Append(ErrorsAndAngles(six.Paper, $"{six.Model.Name}: step 0.01 decaying by eq. (19); medians with quartiles"));
        page.Append(ErrorsAndAngles(six.Pose, $"{six.Model.Name}: the same, decay by the whole pose's error"));
        page.Append("<p>Equation (19) makes the steps shorter as the tip comes nearer, however far off the orientation still is. Where " +
            "the whole pose's error decides, they stay long until both are small. Classical: least squares on the exact model reaches " +
                "position and orientation together (Figure 9).</p>\n");

        page.Append($"<h2>Figure 8: 25 joints, {long25.Paper.Poses} targets</h2>\n");
        page.Append("<p class=\"paper\">\"The inference process consistently converges to a distance error in the sub centimeter regime " +
            "and the median error even reaches 1 mm.\" (512 neurons, step 0.01, 100 targets.)</p>\n");
        page.Append(Runs(long25.Paper, $"{long25.Model.Name}: distance from the target, step 0.01 decaying by eq. (19)"));
        page.Append(Runs(long25.Elsewhere, $"{long25.Model.Name}: the same from random postures"));
        page.Append(Runs(long25.Pose, $"{long25.Model.Name}: from the straight arm, decay by the whole pose's error"));

        page.Append("<h2>Figure 9: prediction against inference, all arms</h2>\n");
        page.Append("<p class=\"paper\">\"The prediction errors for the forward models ranged from just below 1 cm for the 10-joint " +
            "4-geared robot to around 10 cm for the 20-joint 3-geared version. [...] The prediction correction step manages to improve " +
                "the inference position error consistently across the robotic arm models about one order of magnitude.\"</p>\n");
        page.Append(PredictionAndInference(run));
        page.Append(ArmTable(run));

        page.Append($"<h2>Figure 10: optimisers, 10 joints, {run.Plan.Hidden} neurons, {TrunkPlan.Models} models x " +
            $"{run.Plan.OptimiserRuns} runs</h2>\n");
        page.Append("<p class=\"paper\">\"SD-Momentum has the disadvantage that it does not adaptively scale the gradients, both Adam " +
            "and standard AMSGrad suffer from an initial error increase. With the sign dampening mechanism, our SD-AMSGrad variant " +
                "performs best.\" (Step 0.1, 5 models x 50 runs.)</p>\n");
        page.Append(Optimisers(run));

        page.Append("<h2>Ours: secants on the spiking Jacobian</h2>\n");
        page.Append("<p>The same model and the same measured poses, another use of them: a damped least squares step on the spiking " +
            "Jacobian, which measured secants mend, with restarts.</p>\n");
        page.Append(AgainstPaper(ten));
        page.Append(AgainstPaper(long25));
        page.Append(SolverTable(run));
        page.Append(NoiseTable(run, ten));
        page.Append(RoundingTable(run));
        page.Append("<h2>What this was made from</h2>\n<table><tr><th>model</th><th>arm</th><th>SHA-256</th></tr>\n");
        foreach (ShippedModel model in run.Models)
        {
            page.Append($"<tr><td>{model.Name}</td><td>{model.Label}</td><td><code>{model.Sha256[..16]}</code></td></tr>\n");
        }

        return page.Append("</table>\n</body></html>\n").ToString();
    }

    private static TrunkArmRun Of(TrunkReproduction run, JointDesign design, int joints)
    {
        ShippedModel model = run.Model(design, joints);
        return run.Arms.Single(arm => arm.Model == model);
    }

    private static string Claims(TrunkReproduction run, TrunkArmRun six, TrunkArmRun ten, TrunkArmRun long25, SpikeRaster raster)
    {
        TrunkArmRun twenty = Of(run, JointDesign.ThreeGeared, 20);
        MotorTrial damped = run.Optimisers.Single(row => row.Name == "SD-AMSGrad").Trial;
        var table = new StringBuilder("<table><tr><th>figure</th><th>the paper</th><th>here</th></tr>\n");
        Row("6", "two activity peaks in a joint's 12 steps", $"{raster.Peaks} on the mean over all joints");
        Row("7", "median position error near 0, median orientation error about 10 degrees",
            $"{Last(six.Paper):0.0} mm and {LastAngle(six.Paper):0.0} degrees; with the whole pose's decay {Last(six.Pose):0.0} mm " +
                $"and {LastAngle(six.Pose):0.0} degrees");
        Row("8", "25 joints: below 1 cm throughout, median 1 mm",
            $"median {Last(long25.Paper):0.00} mm, {Below(long25.Paper, 0.01):0} % below 1 cm, " +
                $"{Share(long25.Paper.Stuck, long25.Paper):0} % stuck beyond 100 mm; from random postures {Last(long25.Elsewhere):0.00} " +
                    $"mm, {Below(long25.Elsewhere, 0.01):0} %, {Share(long25.Elsewhere.Stuck, long25.Elsewhere):0} %; with the whole " +
                        $"pose's decay {Last(long25.Pose):0.00} mm, {Below(long25.Pose, 0.01):0} %, " +
                            $"{Share(long25.Pose.Stuck, long25.Pose):0} %");
        Row("9", "prediction: just below 10 mm (10 joints, 4-geared) to about 100 mm (20 joints, 3-geared)",
            $"mean over the joints {1000 * ten.Prediction.JointMean:0.0} to {1000 * twenty.Prediction.JointMean:0} mm; at the tip " +
                $"{1000 * ten.Prediction.TipMean:0} to {1000 * twenty.Prediction.TipMean:0} mm");
        Row("9", "target correction: ten times better, for every arm", string.Join(", ", run.Arms.Select(arm =>
            $"{arm.Model.Name} {1000 * arm.Prediction.TipMedian / Last(arm.Paper):0} times")) + " (median at the tip)");
        Row("10", "SD-AMSGrad best; Adam and AMSGrad rise at first", string.Join(", ", run.Optimisers.OrderBy(row => Last(row.Trial))
            .Select(row => $"{row.Name} {Last(row.Trial):0.00} mm")) + $" after {run.Plan.OptimiserLength}; {damped.Poses} " +
                $"runs each");
        return table.Append("</table>\n").ToString();

        void Row(string figure, string paper, string here) =>
            table.Append($"<tr><td>{figure}</td><td>{paper}</td><td>{here}</td></tr>\n");
    }

    private static string ErrorsAndAngles(MotorTrial trial, string title)
    {
        double[] x = Across(trial);
        PlaneChart chart = new(title, "iteration", "mm, degrees") { LogUp = true, Floor = 0.1 };
        foreach ((double[][] values, double scale, string colour, string name) in new[] { (trial.Errors, 1000.0, Blue, "position, mm"),
            (trial.Angles, 180 / Math.PI, Brown, "orientation, degrees") })
        {
            chart.Band(x, Scaled(values, 0.25, scale), Scaled(values, 0.75, scale), colour);
            chart.Line(x, Scaled(values, 0.5, scale), colour, name, 2);
        }
        return chart.Render();
    }

    private static string Runs(MotorTrial trial, string title)
    {
        double[] x = Across(trial);
        PlaneChart chart = new(title, "iteration", "distance, mm") { LogUp = true, Floor = 0.1 };
        for (int i = 0; i < trial.Poses; i++)
        {
            int pose = i;
            chart.Line(x, trial.Errors.Select(row => 1000 * row[pose]), LightBlue, thickness: 0.8, opacity: 0.55);
        }
        return chart.Line(x, Scaled(trial.Errors, 0.5, 1000), Blue, "median", 2.4).Render();
    }

    private static string PredictionAndInference(TrunkReproduction run)
    {
        BarChart chart = new BarChart("medians at the tip; whiskers of inference: quartiles", "mm")
            .Legend("4-geared prediction", Green).Legend("4-geared inference", Red).Legend("3-geared prediction", Brown)
            .Legend("3-geared inference", Blue);
        foreach (TrunkArmRun arm in run.Arms)
        {
            bool four = arm.Model.Arm.Design == JointDesign.FourGeared;
            double prediction = 1000 * arm.Prediction.TipMedian;
            chart.Group(arm.Model.Name).Bar(prediction, prediction, prediction, four ? Green : Brown);
            chart.Bar(Scaled(arm.Paper.Errors, 0.25, 1000)[^1], Last(arm.Paper), Scaled(arm.Paper.Errors, 0.75, 1000)[^1], four
                ? Red : Blue);
        }
        return chart.Render();
    }

    private static string ArmTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<table><tr><th>model</th><th>scheme</th>");
        int[] places = [.. Places.Where(place => place <= run.Plan.Length)];
        foreach (int place in places)
        {
            table.Append($"<th class=\"n\">{place} it.</th>");
        }

        table.Append("<th class=\"n\">90 %</th><th class=\"n\">degrees</th><th class=\"n\">stuck</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms)
        {
            Row(arm.Model.Name, "the paper's: SD-AMSGrad, step 0.01, eq. (19)", arm.Paper);
            Row("", "the same from random postures", arm.Elsewhere);
            Row("", "the paper's, decay by the whole pose's error", arm.Pose);
            Row("", "the paper's without target correction", arm.Blind);
            table.Append($"<tr><td></td><td>classical: least squares on the exact model</td><td " +
                $"colspan=\"{places.Length + 3}\">{arm.Ik.Reached} of {arm.Ik.Poses} poses to 0.001 mm with their orientation, " +
                    $"{1000 * arm.Ik.MedianTime:0.00} ms in the median</td></tr>\n");
        }
        return table.Append("</table>\n<p>Median tip error in mm after so many iterations, 90th percentile and median angle at the last; " +
            "stuck: share beyond 100 mm. Runs without target correction stop early, as they come to rest at the model's own error.</p>\n")
                .ToString();

        void Row(string name, string scheme, MotorTrial trial)
        {
            double[] medians = Scaled(trial.Errors, 0.5, 1000);
            table.Append($"<tr><td>{name}</td><td>{scheme}</td>");
            foreach (int place in places)
            {
                table.Append(place <= trial.Iterations[^1]
                    ? $"<td class=\"n\">{medians[Array.IndexOf(trial.Iterations, place)]:0.00}</td>" : "<td class=\"n\"></td>");
            }

            table.Append($"<td class=\"n\">{1000 * trial.P90Errors[^1]:0.0}</td><td class=\"n\">{LastAngle(trial):0.0}</td><td " +
                $"class=\"n\">{Share(trial.Stuck, trial):0} %</td></tr>\n");
        }
    }

    private static string Optimisers(TrunkReproduction run)
    {
        string[] colours = [Blue, Green, Red, Purple];
        PlaneChart chart = new("medians, and quartiles as bars; step 0.1 decaying by eq. (19)", "iteration", "distance, mm")
        {
            LogAcross =
            true,
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

    private static string AgainstPaper(TrunkArmRun arm)
    {
        double[] curve = [.. arm.Position.MedianCurve.Select(error => 1000 * error)], x = [.. Enumerable.Range(1, curve.Length)
            .Select(k => (double)k)];
        return new PlaneChart($"{arm.Model.Name}: median tip error by measured poses", "measured poses", "distance, mm")
        {
            LogAcross = true,
            LogUp = true,
            Floor = 1e-4
        }
            .Line(Across(arm.Paper), Scaled(arm.Paper.Errors, 0.5, 1000), Red, "the paper's scheme", 2)
            .Line(Across(arm.Pose), Scaled(arm.Pose.Errors, 0.5, 1000), Purple, "whole pose's decay", 2)
            .Line(x, curve, Blue, "secants on the spiking Jacobian", 2.4).Render();
    }

    private static string SolverTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<table><tr><th>model</th><th>task</th><th class=\"n\">targets</th><th class=\"n\">reached</th><th " +
            "class=\"n\">median, mm</th><th class=\"n\">median, degrees</th><th class=\"n\">measured poses</th><th class=\"n\">90 " +
                "%</th><th class=\"n\">of</th><th class=\"n\">mean ms</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms)
        {
            Row(arm.Model.Name, "position", arm.Position, TrunkReproduction.Measurements(arm.Model, false));
            Row("", "position and orientation", arm.WholePose, TrunkReproduction.Measurements(arm.Model, true));
            table.Append($"<tr><td></td><td>the same, least squares on the exact model</td><td class=\"n\">{arm.Ik.Poses}</td><td " +
                $"class=\"n\">{100.0 * arm.Ik.Reached / arm.Ik.Poses:0.0} %</td><td class=\"n\">&lt; 0.001</td><td class=\"n\">&lt; " +
                    $"0.001</td><td class=\"n\">none</td><td></td><td></td><td class=\"n\">{1000 * arm.Ik.MedianTime:0.00}</td></tr>\n");
        }
        return table.Append("</table>\n<p>Reached: below 1 mm (and 2 degrees). Measured poses: median and 90th percentile until then, " +
            "out of the budget. Times are processor times until 0.001 mm or the end of the budget (the classical row: median on the " +
                "clock).</p>\n").ToString();

        void Row(string name, string task, InferenceTrial trial, int budget) => table.Append($"<tr><td>{name}</td><td>{task}</td><td class=\"n\">{trial.Poses}</td><td " +
                $"class=\"n\">{100.0 * trial.Reached / trial.Poses:0.0} %</td><td class=\"n\">{Small(1000 * trial.MedianError)}</td><td " +
                    $"class=\"n\">{Small(trial.MedianAngle * 180 / Math.PI)}</td><td class=\"n\">{trial.MedianMeasurements}</td><td " +
                        $"class=\"n\">{trial.P90Measurements}</td><td class=\"n\">{budget}</td><td " +
                            $"class=\"n\">{1000 * trial.MeanTime:0.0}</td></tr>\n");
    }

    private static string NoiseTable(TrunkReproduction run, TrunkArmRun ten)
    {
        var table = new StringBuilder($"<h2>Ours: noisy measurements, {ten.Model.Name}</h2>\n<table><tr><th>standard deviation of " +
            $"each coordinate</th><th class=\"n\">median</th><th class=\"n\">below 1 mm</th><th class=\"n\">aim</th></tr>\n");
        foreach (NoiseRun row in run.Noise)
        {
            table.Append($"<tr><td>{1000 * row.Noise:0.0} mm</td><td class=\"n\">{1000 * row.Trial.MedianError:0.00} mm</td><td " +
                $"class=\"n\">{100.0 * row.Trial.Reached / row.Trial.Poses:0} %</td><td class=\"n\">{1000 * row.Bar:0.00} mm</td></tr>\n");
        }

        return table.Append("<tr><td>classical: the exact model, which measures nothing</td><td class=\"n\">&lt; 0.001 mm</td><td " +
            "class=\"n\"></td><td class=\"n\"></td></tr>\n</table>\n<p>Errors are those of the true tip at the posture that was measured " +
                "best.</p>\n").ToString();
    }

    private static string RoundingTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<h2>Ours: rounded commands</h2>\n<table><tr><th>arm</th><th class=\"n\">the authors' " +
            "protocol</th><th class=\"n\">nearest PWM counts</th><th class=\"n\">rounded together</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms.DistinctBy(arm => arm.Model.Robot.Name))
        {
            table.Append($"<tr><td>{arm.Model.Robot.Name}</td><td class=\"n\">{Pair(arm.Rounding.Authors)}</td><td " +
                $"class=\"n\">{Pair(arm.Rounding.Nearest)}</td><td class=\"n\">{Pair(arm.Rounding.Together)}</td></tr>\n");
        }

        return table.Append($"</table>\n<p>Tip error in mm, median / 90th percentile over {run.Arms[0].Rounding.Postures} random " +
            $"postures of the exact model (the classical solution), rounded: by the authors' serial protocol (8 bits a command; whole " +
                $"degrees), by each channel's 12-bit PWM at 50 Hz, and by all channels' counts chosen together so that their roundings " +
                    $"cancel at the tip.</p>\n").ToString();

        static string Pair(double[] errors) =>
            $"{1000 * errors[errors.Length / 2]:0.000} / {1000 * errors[errors.Length * 9 / 10]:0.000}";
    }

    private static double[] Across(MotorTrial trial) => [.. trial.Iterations.Select(k => (double)k)];

    private static double[] Scaled(double[][] values, double share, double scale) =>
        [.. MotorTrial.Quantiles(values, share).Select(value => scale * value)];

    private static double Last(MotorTrial trial) => 1000 * trial.MedianErrors[^1];

    private static double LastAngle(MotorTrial trial) => trial.MedianAngles[^1] * 180 / Math.PI;

    private static double Below(MotorTrial trial, double error) => Share(trial.Errors[^1].Count(e => e < error), trial);

    private static double Share(int count, MotorTrial trial) => 100.0 * count / trial.Poses;

    private static string Small(double value) => value < 0.001 ? "&lt; 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
