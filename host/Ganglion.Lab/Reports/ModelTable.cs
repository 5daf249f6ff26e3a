using System.Globalization;
using System.Text;
using Ganglion.Arm.Body;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports;

/// <summary>The models of a folder as a Markdown table: errors measured anew, cost from the records beside the models.</summary>
public static class ModelTable
{
    /// <summary>Folder of the networks that learned one joint, in that of the models.</summary>
    private const string Joints = "joints";

    /// <summary>Measures every *.safetensors of the folder. Throws <see cref="InvalidDataException"/> for a damaged model or
    /// record.</summary>
    public static string Render(string folder)
    {
        var text = new StringBuilder();
        bool anyRecorded = false;
        text.Append("# Trained forward models\n\n");
        text.Append($"Made by `ganglion train` with the recipes beside them; this table by `ganglion model table`. Errors are " +
            $"measured on {ArmTraining.TestPoses} held-out postures of the authors' edge-case distribution, on which no model was " +
                $"trained. \"Joints\" is the mean over all joints, the figure that the trunk paper reports; \"tip\" is the tool tip " +
                    $"alone, the hardest place.\n\n");
        text.Append("| model | joints | neurons | samples | processor time | tip mean | tip median | joints mean | rotation | rate | " +
            "active |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (string path in Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal))
        {
            (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
            PoseErrors? kept = ArmModel.RecordedData(model) == null ? null : PoseErrors.FromNotes(model.Notes);
            PoseErrors errors = kept ?? ArmTraining.Test(arm, model, form);
            bool recorded = kept != null;
            anyRecorded |= recorded;
            using PoseSamples heldOut = ArmTraining.HeldOut(arm, form);
            var activity = NetworkActivity.Measure(LsnnEngine.CreateEventPass(model.Weights), heldOut, 200);
            long updates = long.TryParse(model.Notes.GetValueOrDefault("updates_done"), CultureInfo.InvariantCulture, out long done) ? done
                : throw new InvalidDataException($"{path} does not say how long it was trained: train it again (ganglion train).");
            text.Append($"| {Path.GetFileNameWithoutExtension(path)}{(recorded ? " *" : "")} | " +
                $"{arm.Joints} ({(int)arm.Design}-geared) | " +
                $"{model.Weights.Shape.Hidden} | {updates * model.Recipe.BatchSize / 1e6:0.00} M | {Cost(path)} | ");
            text.Append($"{1e3 * errors.TipMean:0.0} mm | {1e3 * errors.TipMedian:0.0} mm | {Measured(1e3 * errors.JointMean, " mm")} | " +
                $"{Measured(errors.RotationMean * 180 / Math.PI, "°")} | {1e3 * activity.SpikeFraction:0} Hz | " +
                    $"{100 * activity.ActiveFraction:0.0} % |\n");
        }

        if (anyRecorded)
        {
            text.Append("\n\\* Learned from the measured poses of an arm and judged, when it was trained, on those of them that were " +
                "held out: `ganglion model show MODEL --data LOG` measures on them anew, `--nominal` on the geometry as described.\n");
        }

        text.Append("\nProcessor time is that of one thread, the tests on the way included. Each file is safetensors (float32): " +
            "weights.input [3 commands, then a clock input per joint; neurons], weights.recurrent [from, to], weights.readout [neurons, " +
                "7]; the metadata holds shape, constants, recipe, arm hash, normaliser and errors. The record beside it (.json) holds " +
                    "the cost. To make one again: `ganglion train trunk10-4g --recipe hardware/models/recipes/trunk10-4g-128.yaml`; the " +
                        "same version of the program, recipe and seed give the same bytes on processors with equal vector width.\n");
        AppendJoints(text, Path.Combine(folder, Joints));
        text.Append("\nA kinematic model that is known exactly needs no network: least squares on it reaches a pose to a micrometre in " +
            "0.1 to 0.3 ms. What these models show is what can be learned from observed poses alone, and gradients through spikes.\n");
        return text.ToString();
    }

    /// <summary>Networks that learned one joint, by the body that they place.</summary>
    private static void AppendJoints(StringBuilder text, string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
        {
            return;
        }

        text.Append($"\n## One joint\n\nIn [{Joints}/]({Joints}/) are networks that learned one joint (`learns: joint` in the recipe): " +
            "where it puts the next module, by what its gears do. The body of an arm of any number of such joints is placed by " +
            "asking for each of them, and is kept clear of obstacles so with `--body`. Errors of the places over " +
            $"{PlaceErrors.Judged} held-out postures, for the arm by which the network was judged; \"kept\" is what is kept clear " +
            $"besides, {PlaceErrors.Further.ToString(CultureInfo.InvariantCulture)} times the greatest error.\n\n");
        text.Append("| model | of | neurons | samples | processor time | last module, median | 99 of 100 | tip, median | 99 of 100 | " +
            "greatest | kept |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (string path in files)
        {
            (TrainedModel trained, JointModel model) = JointModel.Open(path);
            int joints = int.Parse(trained.Notes["joints"], CultureInfo.InvariantCulture);
            var errors = PlaceErrors.Measure(model, joints);
            (PlaceError last, PlaceError tip) = (errors.Places[^2], errors.Places[^1]);
            long updates = long.Parse(trained.Notes["updates_done"], CultureInfo.InvariantCulture);
            text.Append($"| {Path.GetFileNameWithoutExtension(path)} | {joints} ({(int)model.Form.One.Design}-geared) | " +
                $"{trained.Weights.Shape.Hidden} | {updates * trained.Recipe.BatchSize / 1e6:0.00} M | {Cost(path)} | " +
                $"{1e3 * last.Median:0.0} mm | {1e3 * last.P99:0.0} mm | {1e3 * tip.Median:0.0} mm | {1e3 * tip.P99:0.0} mm | " +
                $"{1e3 * tip.Most:0.0} mm | {1e3 * errors.Allowance(joints):0.0} mm |\n");
        }
    }

    private static string Measured(double value, string unit) => double.IsNaN(value) ? "-" : $"{value:0.0}{unit}";

    private static string Cost(string path) => TrainingRecord.Read(path) is { } record ? $"{record.ProcessorSeconds:0} s"
        : "not recorded";
}
