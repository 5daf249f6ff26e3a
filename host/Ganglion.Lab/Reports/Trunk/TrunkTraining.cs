using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Lab.Pictures;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;
using static Ganglion.Lab.Reports.Trunk.TrunkNumbers;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>What the paper's own way of training gives, beside the shipped model of the same size.</summary>
internal static class TrunkTraining
{
    /// <summary>Updates of the paper.</summary>
    private const long Whole = 50_000;

    /// <summary>The section.</summary>
    public static void Write(HtmlPage page, TrunkReproduction run)
    {
        PaperTraining paper = run.Paper!;
        TrunkArmRun ours = Of(run, JointDesign.FourGeared, 10);
        TrainingRecipe recipe = paper.Settings.Recipe, shipped = ours.Model.Trained.Recipe;
        page.Section("The paper's own training: 10 joints, 4-geared").Append("<p class=\"paper\">\"We used a batch size of 128 and an " +
            "initial learning rate of 0.001, which was decayed by the factor 0.5 every 10,000 updates. [...] The training set contains a " +
            "total of 100,000 samples and the SNNs were trained for a total of 64 epochs, after training the performance was evaluated " +
            "using a test set of 10,000 samples.\"</p>\n");
        var table = new HtmlTable("recipe", " updates", " batch", " different postures", " epochs", " joints mean mm", " tip mean mm",
            " tip median mm", " degrees", $" inference, {run.Plan.Length} it., mm", " 90 %");
        Row("paper-128, the paper's", recipe, paper.Prediction, paper.Inference);
        Row($"{ours.Model.Name}, ours", shipped, ours.Prediction, ours.Paper);
        page.Append(table.Render()).Append($"<p>Errors on {paper.Prediction.Poses} held-out poses, which no model was trained on. " +
            (recipe.Updates < Whole ? $"The paper has {Whole} updates; {recipe.Updates} were made here, so that its rate " +
            $"{(recipe.Updates < recipe.StepEvery ? "does not fall yet" : "falls less often")} and its error is not what it comes to. "
            : "") + "\"Just below 1 cm\" in the paper is held to be the mean over all joints, as its authors' program prints it. By the " +
            "paper's setting the position of a joint is that of the module after it, which depends on a joint that the network has not " +
            "seen yet: the means over the joints of the two rows are not of the same thing, those at the tip are.</p>\n");

        void Row(string name, TrainingRecipe by, PoseErrors errors, MotorTrial inference)
        {
            double set = by.TrainingSet;
            long samples = by.Updates * by.BatchSize;
            table.Row(name, $"{by.Updates}", $"{by.BatchSize}", set > 0 ? $"{set}" : $"{samples}", set > 0 ? Text(samples / set, 1) : "1",
                Text(1000 * errors.JointMean, 1), Text(1000 * errors.TipMean, 1), Text(1000 * errors.TipMedian, 1),
                Text(errors.RotationMean * 180 / Math.PI, 1), Text(Last(inference), 2), Text(1000 * inference.P90Errors[^1], 1));
        }
    }

    private static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
