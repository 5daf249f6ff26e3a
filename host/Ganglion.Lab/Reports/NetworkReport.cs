using System.Text;
using Ganglion.Arm.Learning;
using Ganglion.Lab.Pictures;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports;

/// <summary>
/// Shows what happens inside a forward model while it reads one posture, as the trunk paper's Fig. 6 does: spike raster, adaptive
/// thresholds, outputs against the true poses. The posture runs through the float64 reference, whose traces the fast engine is tested
/// against.
/// </summary>
public static class NetworkReport
{
    /// <summary>A single-file HTML page.</summary>
    /// <param name="title">Name of the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="arm">Its arm.</param>
    /// <param name="form">What it reports.</param>
    /// <param name="facts">Rows of the table at the top, name and value.</param>
    /// <param name="sample">Which held-out posture to show, 0 or more.</param>
    public static string Render(
        string title, TrainedModel model, TrunkArm arm, TargetForm form, IEnumerable<(string Name, string Value)> facts, long sample = 0)
    {
        float[] inputs = new float[model.Weights.Shape.InputLength], targets = new float[model.Weights.Shape.MeanLength];
        using (PoseSamples heldOut = ArmTraining.HeldOut(arm, form))
        {
            heldOut.Fill(sample, inputs, targets);
        }

        var network = new ReferenceLsnn(model.Weights);
        network.Forward(Array.ConvertAll(inputs, x => (double)x));

        var page = new HtmlPage(title, title);
        page.Append("<table>\n");
        foreach ((string name, string value) in facts)
        {
            page.Append($"<tr><td>{HtmlPage.Escape(name)}</td><td>{HtmlPage.Escape(value)}</td></tr>\n");
        }

        page.Append("</table>\n");
        page.Section($"One held-out posture (number {sample}) on its way through the network");
        page.Append(Activity(network, model.Weights.Shape, inputs, arm.Design == JointDesign.FourGeared ? ["tilt x", "tilt y", "stretch"]
            : ["gear 1", "gear 2", "gear 3"]));
        page.Section("Prediction against truth");
        page.Append(Outputs(network, model.Weights.Shape, targets, 1e3 * arm.NormalisingLength));
        page.Section("Error along the arm");
        page.Append(ErrorTable(network, model.Weights.Shape, targets, 1e3 * arm.NormalisingLength));
        return page.Render();
    }

    private static string Activity(ReferenceLsnn network, LsnnShape shape, float[] inputs, string[] commands)
    {
        int steps = shape.Steps, hidden = shape.Hidden;
        var chart = new TimeChart(steps, shape.StepsPerWindow);
        chart.Panel("inputs (commands of the joint whose turn it is)", 70, Math.Min(0, inputs.Min()), Math.Max(1, inputs.Max()));
        for (int c = 0; c < shape.Channels; c++)
        {
            chart.Line([.. Enumerable.Range(0, steps).Select(t => (double)inputs[t / shape.StepsPerWindow * shape.Channels + c])],
                Palette.Series[c]);
        }

        chart.Legend([.. commands.Select((name, c) => (name, Palette.Series[c]))]);

        chart.Panel("spikes, one row a neuron", Math.Min(420, Math.Max(120, hidden)), hidden, 0);
        chart.Ticks(Spikes(network, steps, 0, shape.LifCount), Palette.Blue, 2);
        chart.Ticks(Spikes(network, steps, shape.LifCount, hidden), Palette.Orange, 2);
        chart.Legend(("LIF", Palette.Blue), ("adaptive", Palette.Orange));

        int shown = Enumerable.Range(shape.LifCount, hidden - shape.LifCount).MaxBy(j => Count(network, steps, j));
        double[] voltage = Column(network.Voltages, steps, shown), threshold = Column(network.Thresholds, steps, shown);
        double top = 1.1 * Math.Max(voltage.Max(), threshold.Max()), low = Math.Max(-2, Math.Min(0, voltage.Min()));
        chart.Panel($"adaptive neuron {shown}, the busiest here: voltage (cut off at -2), threshold, spikes", 150, low, top);
        chart.Line(voltage, Palette.Grey, 1);
        chart.Line(threshold, Palette.Orange, 1.8);
        chart.Ticks(Enumerable.Range(0, steps).Where(t => network.Spikes[t, shown]).Select(t => (t, top)), Palette.Ink, 10);
        chart.Legend(("voltage", Palette.Grey), ("threshold", Palette.Orange));

        double[] mean = [.. Enumerable.Range(0, steps).Select(t => Enumerable.Range(shape.LifCount, hidden - shape.LifCount)
            .Average(j => network.Thresholds[t, j]))];
        double[] most = [.. Enumerable.Range(0, steps).Select(t => Enumerable.Range(shape.LifCount, hidden - shape.LifCount)
            .Max(j => network.Thresholds[t, j]))];
        chart.Panel("thresholds of all adaptive neurons", 80, mean.Min() - 0.05, most.Max() + 0.05);
        chart.Line(mean, Palette.Orange, 1.6);
        chart.Line(most, Palette.Violet, 1);
        chart.Legend(("mean", Palette.Orange), ("largest", Palette.Violet));
        return chart.Render("joint (12 steps of 1 ms each)");
    }

    private static string Outputs(ReferenceLsnn network, LsnnShape shape, float[] targets, double normaliser)
    {
        var chart = new TimeChart(shape.Steps, shape.StepsPerWindow);
        Group("position, mm (z less one normalising length)", 190, 0, 3, normaliser, ["x", "y", "z"]);
        Group("orientation, quaternion", 160, 3, 7, 1, ["w", "x", "y", "z"]);
        return chart.Render("joint (12 steps of 1 ms each); thick: truth where it is asked for, thin: readout of the network");

        void Group(string title, double height, int first, int end, double scale, string[] names)
        {
            double[][] truth = Enumerable.Range(first, end - first).Select(k => Truth(shape, targets, k, scale)).ToArray();
            double[][] output = Enumerable.Range(first, end - first)
                .Select(k => Column(network.Outputs, shape.Steps, k).Select(y => y * scale).ToArray()).ToArray();
            double[] all = [.. truth.SelectMany(line => line).Where(double.IsFinite)];
            double margin = Math.Max(1e-3, 0.1 * (all.Max() - all.Min()));
            chart.Panel(title, height, all.Min() - margin, all.Max() + margin);
            for (int k = 0; k < names.Length; k++)
            {
                chart.Line(truth[k], Palette.Series[k], 5, 0.35);
                chart.Line(output[k], Palette.Series[k]);
            }

            chart.Legend([.. names.Select((name, k) => (name, Palette.Series[k]))]);
        }
    }

    private static string ErrorTable(ReferenceLsnn network, LsnnShape shape, float[] targets, double normaliser)
    {
        var table = new StringBuilder("<table><tr><td>joint</td><td>position error, mm</td></tr>\n");
        for (int joint = 0; joint < shape.Windows; joint++)
        {
            double square = 0;
            for (int k = 0; k < 3; k++)
            {
                square += Math.Pow(network.Means[joint * shape.Outputs + k] - targets[joint * shape.Outputs + k], 2);
            }

            table.Append($"<tr><td>{joint + 1}</td><td>{normaliser * Math.Sqrt(square):0.0}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static double[] Truth(LsnnShape shape, float[] targets, int output, double scale) =>
        [.. Enumerable.Range(0, shape.Steps).Select(t => t % shape.StepsPerWindow >= shape.StepsPerWindow - shape.LossSteps
            ? targets[t / shape.StepsPerWindow * shape.Outputs + output] * scale : double.NaN)];

    private static IEnumerable<(int Step, double Value)> Spikes(ReferenceLsnn network, int steps, int from, int to)
    {
        for (int j = from; j < to; j++)
        {
            for (int t = 0; t < steps; t++)
            {
                if (network.Spikes[t, j])
                {
                    yield return (t, j + 0.5);
                }
            }
        }
    }

    private static int Count(ReferenceLsnn network, int steps, int neuron) => Enumerable.Range(0, steps)
        .Count(t => network.Spikes[t, neuron]);

    private static double[] Column(double[,] table, int steps, int column) => [.. Enumerable.Range(0, steps).Select(t => table[t, column])];
}
