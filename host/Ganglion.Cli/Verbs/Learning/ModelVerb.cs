using System.CommandLine;
using Ganglion.Arm.Body;
using Ganglion.Arm.Learning;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Reports;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Learning;

/// <summary>`ganglion model`: looks into trained models.</summary>
internal static class ModelVerb
{
    private const int ActivitySamples = 200;

    public static Command Create() => new("model", "Looks into trained models.\n\nExample: ganglion model show " +
        "trunk10-4g-128") { Show(), Table() };

    private static Command Show()
    {
        var file = new Argument<string>("model")
        {
            Description = "A model that ganglion train made: a file, or the name of one in hardware/models.",
            HelpName = "FILE",
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Refuse the model unless it was trained on this robot.",
            HelpName = "FILE|NAME"
        };
        var report = new Option<FileInfo?>("--report")
        {
            Description = "Write a page with spike raster, adaptive thresholds and " +
                "prediction against truth.",
            HelpName = "FILE.html"
        };
        var data = new Option<FileInfo?>("--data")
        {
            Description = "The log or table of measured poses that the model learned from: measure its errors on those of them that were " +
                "held out, instead of on the nominal geometry.",
            HelpName = "FILE"
        };
        var nominal = new Option<bool>("--nominal")
        {
            Description = "Of a model that learned from a recording: measure its errors on the geometry as described, which is not the " +
                "arm that was recorded.",
        };
        Option<long> sample = Numeric.Option("--sample", "Which held-out posture the page shows, from 0.", new Bounds(0, 1e12), 0L);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show",
            "Tells a model's architecture, recipe, firing rates and errors; the errors are measured anew on held-out postures.\n\n" +
            "Example: ganglion model show trunk10-4g-128 --report model.html")
        {
            file, robot, data, nominal, report, sample, json,
        };
        command.SetAction(result => ShowOne(
            ShippedFiles.Find(FileKind.Model, result.GetValue(file)!), result.GetValue(robot), result.GetValue(data)?.FullName,
            result.GetValue(nominal),
            result.GetValue(report)?.FullName, result.GetValue(sample), result.GetValue(json)));
        return command;
    }

    private static int ShowOne(string path, string? robot, string? data, bool nominal, string? report, long sample, bool json)
    {
        if (JointModel.IsOf(path))
        {
            return data == null && !nominal && report == null ? JointShow.Run(path, robot == null ? null : Descriptions.Robot(robot), json)
                : throw new UsageException($"{path} learned a joint and no recording: leave out --data, --nominal and --report.");
        }

        Files.Check(report);
        if (robot != null)
        {
            ArmModel.Load(path, TrunkArm.FromDescription(Descriptions.Robot(robot)));
        }

        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
        string? recorded = ArmModel.RecordedData(model);
        RecordedPoses? poses = data == null ? null : TrainVerb.Recorded(data, arm);
        if (poses != null && poses.Hash != recorded)
        {
            throw new UserException($"{path} did not learn from {data}, but from " +
                $"{(recorded == null ? "the exact geometry: leave out --data" : $"poses with the hash {Short(recorded)}: give those")}.");
        }

        if (poses != null && nominal)
        {
            throw new UsageException("--data and --nominal name two arms to measure on: give one of them.");
        }

        // A recorded arm is not built as its description says, which is why it was recorded: how well the model knows it was measured when
        // it was trained.
        PoseErrors? kept = recorded == null || nominal || poses != null ? null : PoseErrors.FromNotes(model.Notes);
        PoseErrors errors = kept ?? (poses == null ? ArmTraining.Test(arm, model, form) : ArmTraining.Test(arm, model, form, poses));
        string errorsOf = poses != null || kept != null ? "held-out poses of its recording" : recorded == null ? "exact geometry"
            : "nominal geometry, not the recorded arm";
        NetworkActivity activity;
        using (PoseSamples heldOut = ArmTraining.HeldOut(arm, form))
        {
            activity = NetworkActivity.Measure(LsnnEngine.CreateEventPass(model.Weights), heldOut, ActivitySamples);
        }

        var record = TrainingRecord.Read(path);
        LsnnShape shape = model.Weights.Shape;
        (string Name, string Value)[] facts =
        [
            ("arm", $"{model.Notes.GetValueOrDefault("arm", "?")}: {arm.Joints} {(int)arm.Design}-geared joints, " +
                $"{arm.InputCount} commands (hash {ArmModel.Hash(arm)[..12]})"),
            ("network", $"{shape.Hidden} recurrent neurons, {shape.LifCount} LIF and {shape.Hidden - shape.LifCount} adaptive; " +
                $"{shape.InputRows} inputs ({shape.Windows} of them clock), {shape.Outputs} readouts; {shape.Steps} steps a posture"),
            ("weights", $"{(shape.InputRows + shape.Hidden + shape.Outputs) * (long)shape.Hidden} float32"),
            ("reports", $"position of {(form.Position == PositionTarget.Own ? "each joint's own module" : "the module after")} " +
                $"and {form.Orientation.ToString().ToLowerInvariant()} orientation; the last joint reports the tool tip"),
            ("neurons", $"threshold {model.Weights.Constants.Threshold:0.###}, alpha " +
                $"{model.Weights.Constants.MembraneDecay:0.####}, rho {model.Weights.Constants.AdaptationDecay:0.#####}, zeta " +
                    $"{model.Weights.Constants.AdaptationScale:0.###}, lambda {model.Weights.Constants.Dampening:0.##}, refractory " +
                        $"{model.Weights.Constants.RefractorySteps} steps"),
            ("recipe", $"{model.Notes.GetValueOrDefault("updates_done", "?")} of {model.Recipe.Updates} updates of " +
                $"{model.Recipe.BatchSize} samples, Adam {model.Recipe.LearningRate:0.#####} " +
                    $"({model.Recipe.Fall.ToString().ToLowerInvariant()} fall), clip {model.Recipe.ClipNorm:0.##}, rate regulariser " +
                        $"{model.Recipe.RateStrength:0.#####}, seed {model.Recipe.Seed}"),
            ("firing", $"{1000 * activity.SpikeFraction:0.0} Hz mean, {1000 * activity.Rates.Max():0} Hz the busiest, " +
                $"{activity.Silent} of {shape.Hidden} silent; gradient passes at {100 * activity.ActiveFraction:0.0} % of neuron-steps"),
            ("errors", $"tip mean {1e3 * errors.TipMean:0.0} mm, median {1e3 * errors.TipMedian:0.0} mm; joints " +
                $"{Measured(1e3 * errors.JointMean, "mm")}; rotation {Measured(errors.RotationMean * 180 / Math.PI, "degrees")}; over " +
                    $"{errors.Poses} held-out {(poses != null ? "poses of its recording" : kept != null
                        ? "poses of its recording, when it was trained" : recorded == null ? "postures"
                        : "postures of the nominal geometry, which is not the arm that was recorded (--data FILE measures on that)")}"),
            .. recorded == null ? [] : new[] { ("recorded", $"learned from measured poses ({Short(recorded)})" +
                (record == null ? ""
                    : $"; on held-out ones of them: tip mean {record.TipMeanMm:0.0} mm, median {record.TipMedianMm:0.0} mm")) },
        ];
        if (report != null)
        {
            Files.WriteWhole(report, NetworkReport.Render(Path.GetFileName(path), model, arm, form, facts, sample));
        }

        if (json)
        {
            Output.Json(new
            {
                File = path,
                Arm = model.Notes.GetValueOrDefault("arm"),
                ArmHash = ArmModel.Hash(arm),
                shape.Hidden,
                arm.Joints,
                Form = form,
                model.Recipe,
                RateHz = Output.Round(1000 * activity.SpikeFraction),
                ActiveFraction = Output.Round(activity.ActiveFraction),
                activity.Silent,
                Errors = errors.ForRun().Named,
                ErrorsOf = errorsOf,
                RecordedPoses = recorded,
                RecordedTipMm = recorded == null || record == null ? null
                    : new { Mean = record.TipMeanMm, Median = record.TipMedianMm },
            });
            return Errors.Ok;
        }

        foreach ((string name, string value) in facts)
        {
            Console.Out.WriteLine($"{name,-8} {value}");
        }

        if (report != null)
        {
            Output.Line($"report   {report}");
        }

        return Errors.Ok;
    }

    private static string Measured(double value, string unit) => double.IsNaN(value) ? "not measured" : $"{value:0.0} {unit}";

    /// <summary>So much of a hash as people compare.</summary>
    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];

    private static Command Table()
    {
        var folder = new Argument<DirectoryInfo?>("folder")
        {
            Description = "Folder of models with their records (default " +
                "hardware/models).",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "FOLDER"
        };
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write the table to this file instead of printing it.",
            HelpName = "FILE.md"
        };
        var command = new Command("table", "Tells all models of a folder with errors measured anew, as a Markdown table.\n\nExample: " +
            "ganglion model table --out hardware/models/README.md")
        {
            folder, output,
        };
        command.SetAction(result =>
        {
            string place = result.GetValue(folder)?.FullName ?? ShippedFiles.TryFolder("models")
                ?? throw new UserException("no models are shipped with this program: name the folder of the models.");
            Files.Check(result.GetValue(output)?.FullName);
            string text = ModelTable.Render(place);
            if (result.GetValue(output)?.FullName is { } path)
            {
                Files.WriteWhole(path, text);
            }
            else
            {
                Console.Out.Write(text);
            }

            return Errors.Ok;
        });
        return command;
    }
}
