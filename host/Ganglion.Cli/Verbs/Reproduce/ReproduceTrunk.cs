using System.CommandLine;
using System.Diagnostics;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports.Trunk;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce trunk`: the evaluation of the trunk paper beside ours.</summary>
internal static class ReproduceTrunk
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put " +
                "beside it, and until it is done a folder with what is finished.",
            DefaultValueFactory = _ => new FileInfo("trunk.html"),
            HelpName = "FILE"
        };
        var quick = new Option<bool>("--quick")
        {
            Description = "A few minutes: 20 targets an arm instead of 100, and shorter training " +
                "for Fig. 10."
        };
        var models = new Option<DirectoryInfo?>("--models")
        {
            Description = "Folder of the trained models (default: hardware/models).",
            HelpName = "FOLDER"
        };
        Option<int?> targets = Numeric.Option<int?>("--targets", "Targets an arm, instead of 100 or 20; the solver takes ten times as " +
            "many on arms of up to ten joints.", new Bounds(1, 10_000));
        Option<int> iterations = Numeric.Option("--iterations", "Iterations of motor inference; the paper has 5000, and 2000 for Fig. 10.",
            new Bounds(10, 1_000_000), 5000);
        Option<long?> updates = Numeric.Option<long?>("--updates", "Training updates of each model of Fig. 10, instead of 192000 or " +
            "24000.", new Bounds(1, 10_000_000));
        Option<long?> paper = Numeric.Option<long?>("--paper-updates", "Training updates by the paper's own setting (recipe paper-128), " +
            "instead of its 50000 or, quick, the first 1500.", new Bounds(1, 50_000));
        Option<int> seed = CommonOptions.Seed();
        Option<int> threads = Numeric.Threads("Threads; the figures do not depend on it.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("trunk",
            "Figures 3 to 11 of the trunk paper, and ours beside them: the solver on the spiking Jacobian, noise, rounded commands, " +
                "inverse kinematics on the exact arm. " +
            "About a quarter of an hour on two idle cores, --quick about three minutes. Ctrl-C (or a crash) keeps what is finished, " +
                "and the same command goes on.\n\nExample: ganglion reproduce trunk --quick --out trunk.html")
        {
            output, quick, models, targets, iterations, updates, paper, seed, threads, json,
        };
        command.SetAction(result =>
        {
            TrunkPlan plan = new(result.GetValue(quick), result.GetValue(seed));
            if (result.GetValue(targets) is { } count)
            {
                plan = plan with { Targets = count, SolverTargets = 10 * count, LargeSolverTargets = count };
            }

            plan = plan with
            {
                Length = result.GetValue(iterations),
                OptimiserLength = Math.Min(plan.OptimiserLength, result.GetValue(iterations)),
                Updates = result.GetValue(updates) ?? plan.Updates,
                PaperUpdates = result.GetValue(paper) ?? plan.PaperUpdates,
            };
            return Run(plan, result.GetValue(output)!.FullName, result.GetValue(models)?.FullName, result.GetValue(threads),
                result.GetValue(json));
        });
        return command;
    }

    private static int Run(TrunkPlan plan, string path, string? folder, int threads, bool json)
    {
        ShippedModel[] models = Models(folder ?? ShippedFiles.TryFolder("models")
            ?? throw new UserException("no models are shipped with this program: name the folder of the models with --models."));
        var paper = TrainingSettings.Load(ShippedFiles.Find(FileKind.Recipe, "paper-128"));
        AtomicFile.Probe(path);
        string version = Output.Version;
        using var work = new KeptWork(path + ".parts", "--out");
        var told = new Lock();
        var remaining = new Remaining();
        long last = 0;
        using var run = new TrunkReproduction(plan, models, paper, version, work.Folder, threads, Tell);
        work.TellKept(run.Resumed, json);
        bool isWhole = work.Compute(() =>
        {
            run.Run(work.Token);
            return run;
        }) != null;
        if (!isWhole)
        {
            return Errors.Interrupted;
        }

        Files.WriteWhole(path, TrunkReport.Render(run, version));
        object figures = Figures(run, version);
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Printing.Figures.ToJson(figures));
        work.Delete();
        if (json)
        {
            Output.Json(figures);
        }
        else
        {
            Print(run, path);
        }

        return Errors.Ok;

        void Tell(int done, int total, string part)
        {
            if (json)
            {
                return;
            }

            lock (told)
            {
                if (last != 0 && Stopwatch.GetElapsedTime(last) < TellEvery)
                {
                    return;
                }

                last = Stopwatch.GetTimestamp();
                Output.Line($"{done} of {total}: {part}{remaining.After(done, total)}");
            }
        }
    }

    private static ShippedModel[] Models(string folder) =>
        [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).Select(path =>
        {
            (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
            string robot = model.Notes.TryGetValue("arm", out string? name) ? name
                : throw new InvalidDataException($"{path} does not say of which arm it is: train it again (ganglion train).");
            return new ShippedModel(Path.GetFileNameWithoutExtension(path), TrunkReproduction.HashOf(path), Descriptions.Arm(robot, path),
                arm, form, model);
        })];

    private static void Print(TrunkReproduction run, string path)
    {
        BenchVerb.Print($"Median tip error after {run.Plan.Length} iterations, and of the solver on the spiking Jacobian",
            ["model", " prediction mm", " paper mm", " degrees", " stuck", " random start mm", " stuck", " whole pose mm", " degrees",
                " solver reached", " measured poses"], run.Arms,
            arm => BenchVerb.Cells($"{arm.Model.Name}", $"{1000 * arm.Prediction.TipMedian:0.0}", $"{Last(arm.Paper):0.00}",
                $"{LastAngle(arm.Paper):0.0}", $"{arm.Paper.Stuck / (double)arm.Paper.Poses:0%}", $"{Last(arm.Elsewhere):0.00}",
                $"{arm.Elsewhere.Stuck / (double)arm.Elsewhere.Poses:0%}",
                $"{Last(arm.Pose):0.00}", $"{LastAngle(arm.Pose):0.0}", $"{arm.Position.Reached / (double)arm.Position.Poses:0.0%}",
                $"{arm.Position.MedianMeasurements}"));
        BenchVerb.Print("Optimisers at step 0.1", ["optimiser", " median mm"], run.Optimisers, row =>
            BenchVerb.Cells($"{row.Name}", $"{Last(row.Trial):0.000}"));
        Output.Line($"The report is in {path}.");
    }

    private static object Figures(TrunkReproduction run, string version) => new
    {
        Version = version,
        run.Plan.Seed,
        run.Plan.Quick,
        Inputs = run.Models.Select(model => new
        {
            Model = model.Name,
            model.Sha256,
            Robot = model.Robot.Name,
            RobotSha256 = model.Robot.FileHash
        }),
        Arms = run.Arms.Select(arm => new
        {
            Model = arm.Model.Name,
            HeldOutPoses = arm.Prediction.Poses,
            PredictionTipMeanMm = Millimetres(arm.Prediction.TipMean),
            PredictionJointMeanMm = Millimetres(arm.Prediction.JointMean),
            Paper = Motor(arm.Paper),
            PaperFromRandomPostures = Motor(arm.Elsewhere),
            WholePoseDecay = Motor(arm.Pose),
            NoTargetCorrection = Motor(arm.Uncorrected),
            SolverPosition = Solver(arm.Position, TrunkReproduction.Measurements(arm.Model, false)),
            SolverPose = Solver(arm.WholePose, TrunkReproduction.Measurements(arm.Model, true)),
            ExactIk = new { arm.Ik.Poses, arm.Ik.Reached, MedianMs = Output.Round(1000 * arm.Ik.MedianTime, 3) },
            Rounding = new
            {
                arm.Rounding.Postures,
                AuthorsMedianMm = Millimetres(arm.Rounding.Authors[arm.Rounding.Postures / 2]),
                NearestMedianMm = Millimetres(arm.Rounding.Nearest[arm.Rounding.Postures / 2]),
                TogetherMedianMm = Millimetres(arm.Rounding.Together[arm.Rounding.Postures / 2]),
            },
        }),
        PaperTraining = new
        {
            Recipe = "paper-128",
            run.Paper!.Settings.Recipe.Updates,
            run.Paper.Settings.Recipe.TrainingSet,
            HeldOutPoses = run.Paper.Prediction.Poses,
            JointMeanMm = Millimetres(run.Paper.Prediction.JointMean),
            TipMeanMm = Millimetres(run.Paper.Prediction.TipMean),
            Inference = Motor(run.Paper.Inference),
        },
        OptimiserModelsTipMeanMm = run.OptimiserModels.Select(model => Millimetres(model.TipMean)),
        Optimisers = run.Optimisers.Select(row => new { row.Name, Figures = Motor(row.Trial) }),
        Noise = run.Noise.Select(row => new
        {
            NoiseMm = Millimetres(row.Noise),
            MedianMm = Millimetres(row.Trial.MedianError),
            BarMm = Millimetres(row.Bar)
        }),
    };

    private static object Motor(MotorTrial trial) => new
    {
        trial.Poses,
        trial.Iterations,
        MedianMm = trial.MedianErrors.Select(Millimetres),
        P90Mm = trial.P90Errors.Select(Millimetres),
        MedianDeg = trial.MedianAngles.Select(angle => Output.Round(angle * 180 / Math.PI, 2)),
        trial.Stuck,
    };

    private static object Solver(InferenceTrial trial, int budget) => new
    {
        trial.Poses,
        MeasurementBudget = budget,
        trial.Reached,
        MedianMm = Output.Round(1000 * trial.MedianError, 6),
        MedianDeg = Output.Round(trial.MedianAngle * 180 / Math.PI),
        trial.MedianMeasurements,
        trial.P90Measurements,
        MeanMs = Output.Round(1000 * trial.MeanTime, 2),
    };

    private static double Millimetres(double metres) => Output.Round(1000 * metres);

    private static double Last(MotorTrial trial) => 1000 * trial.MedianErrors[^1];

    private static double LastAngle(MotorTrial trial) => trial.MedianAngles[^1] * 180 / Math.PI;
}
