using System.Globalization;
using System.Text;
using Ganglion.Arm.Paper;
using Ganglion.Lab.Pictures;
using Ganglion.Robots.Trunk;
using static Ganglion.Lab.Reports.Trunk.TrunkNumbers;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>The reproduction of the trunk paper as a single-file HTML page with SVG pictures.</summary>
public static class TrunkReport
{
    private const string Shortened =
        ", quick: fewer targets than the paper has, and the models of Figure 10 trained on a fraction of the samples";

    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(TrunkReproduction run, string version)
    {
        // Figure 7 has 512 neurons, the arm's other figures the size that the paper gives for it.
        TrunkArmRun six = Largest(run, JointDesign.ThreeGeared, 6), ten = Of(run, JointDesign.FourGeared, 10);
        TrunkArmRun long25 = Of(run, JointDesign.FourGeared, 25);
        ShippedModel twenty = run.Model(JointDesign.ThreeGeared, 20);
        TrunkSequence reach = run.Sequences[twenty];
        var raster = new SpikeRaster(twenty.Arm, twenty.Trained.Weights, reach.Inputs[^1]);
        var page = new HtmlPage("Trunk reproduction", "Spiking control of trunk arms: the paper's evaluation and ours");
        page.Append($"<p>Ganglion {version}, seed " +
            $"{run.Plan.Seed}{(run.Plan.Quick ? Shortened : "")}. Targets are random reachable poses of the authors' edge-case " +
            "distribution; the tip is measured on the exact kinematics, and nothing but the model's learned weights and these " +
            "measurements steers it. The paper names no posture that its runs start from. Its scheme starts here from the straight arm " +
            "with every input in the middle of its range and, where said so, from random postures, which is harder; the solver of ours " +
            "always starts from random ones.</p>\n");
        page.Append(Claims(run, six, ten, long25, raster));

        TrunkFigures.Arms(page, run);
        page.Section("Figure 6: spikes of the 20-joint 3-geared arm's model");
        page.Append("<p class=\"paper\">\"We can observe a rhythmic spiking behavior with two clear activity peaks within the time frame " +
            "of a joint. However, the specific temporal pattern differs from joint to joint.\"</p>\n");
        page.Append(raster.Render());
        page.Append($"<p>{twenty.Name}, {raster.Total.Length} steps, at the posture that inference came to in Figure 5 " +
            $"({1000 * TrunkFigures.Distance(twenty, reach, reach.Inputs.Length - 1):0.0} mm away from its target). Mean spikes by step " +
                "within a joint: " +
                $"{string.Join(", ", raster.Profile.Select(count => count.ToString("0.0", CultureInfo.InvariantCulture)))}: " +
                    $"{raster.Peaks} peak(s).</p>\n");

        page.Section("Figure 7: position against orientation error, 6 joints, 3-geared");
        page.Append("<p class=\"paper\">\"While here the median position error already converged towards zero, the median orientation " +
            "error did not go much below 10 degree during the 5,000 gradient updates.\" (512 neurons, step 0.01.)</p>\n");
        page.Append(TrunkCurves.ErrorsAndAngles(six.Paper, $"{six.Model.Name}: step 0.01 decaying by eq. (19); medians with quartiles"));
        page.Append(TrunkCurves.ErrorsAndAngles(six.Pose, $"{six.Model.Name}: the same, decay by the whole pose's error"));
        page.Append("<p>Equation (19) makes the steps shorter as the tip comes nearer, however far off the orientation still is. Where " +
            "the whole pose's error decides, they stay long until both are small. Classical: least squares on the exact model reaches " +
                "position and orientation together (Figure 9).</p>\n");

        page.Section($"Figure 8: 25 joints, {long25.Paper.Poses} targets");
        page.Append("<p class=\"paper\">\"The inference process consistently converges to a distance error in the sub centimeter regime " +
            "and the median error even reaches 1 mm.\" (512 neurons, step 0.01, 100 targets.)</p>\n");
        page.Append(TrunkCurves.Runs(long25.Paper, $"{long25.Model.Name}: distance from the target, step 0.01 decaying by eq. (19)"));
        page.Append(TrunkCurves.Runs(long25.Elsewhere, $"{long25.Model.Name}: the same from random postures"));
        page.Append(TrunkCurves.Runs(long25.Pose, $"{long25.Model.Name}: from the straight arm, decay by the whole pose's error"));

        page.Section("Figure 9: prediction against inference, all arms");
        page.Append("<p class=\"paper\">\"The prediction errors for the forward models ranged from just below 1 cm for the 10-joint " +
            "4-geared robot to around 10 cm for the 20-joint 3-geared version. [...] The prediction correction step manages to improve " +
                "the inference position error consistently across the robotic arm models about one order of magnitude.\"</p>\n");
        page.Append(TrunkCurves.PredictionAndInference(run));
        page.Append(TrunkTables.ArmTable(run));

        TrunkTraining.Write(page, run);
        page.Section($"Figure 10: optimisers, 10 joints, {run.Plan.Hidden} neurons, {TrunkPlan.Models} models x " +
            $"{run.Plan.OptimiserRuns} runs");
        page.Append("<p class=\"paper\">\"SD-Momentum has the disadvantage that it does not adaptively scale the gradients, both Adam " +
            "and standard AMSGrad suffer from an initial error increase. With the sign dampening mechanism, our SD-AMSGrad variant " +
                "performs best.\" (Step 0.1, 5 models x 50 runs.)</p>\n");
        page.Append(TrunkCurves.Optimisers(run));

        TrunkFigures.Derivatives(page);
        page.Section("Ours: secants on the spiking Jacobian");
        page.Append("<p>The same model and the same measured poses, another use of them: a damped least squares step on the spiking " +
            "Jacobian, which measured secants mend, with restarts.</p>\n");
        page.Append(TrunkCurves.AgainstPaper(ten));
        page.Append(TrunkCurves.AgainstPaper(long25));
        page.Append(TrunkTables.SolverTable(run));
        page.Append(TrunkTables.NoiseTable(run, ten));
        page.Append(TrunkTables.RoundingTable(run));
        page.Section("What this was made from");
        page.Append("<table><tr><th>model</th><th>arm</th><th>SHA-256</th></tr>\n");
        foreach (ShippedModel model in run.Models)
        {
            page.Append($"<tr><td>{model.Name}</td><td>{model.Label}</td><td><code>{model.Sha256[..16]}</code></td></tr>\n");
        }

        return page.Append("</table>\n").Render();
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
}
