using System.CommandLine;
using System.Globalization;
using Ganglion.Arm.Body;
using Ganglion.Arm.Learning;
using Ganglion.Basics;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Live.Recording;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Learning;

/// <summary>`ganglion train ARM`: learns the forward model of an arm.</summary>
internal static class TrainVerb
{
    /// <summary>What a run's state is called beside its model.</summary>
    private const string Checkpoint = ".checkpoint";

    /// <summary>More than a machine does in years.</summary>
    private static readonly Bounds Length = new(1, 1e12);

    public static Command Create()
    {
        var arm = new Argument<string>("arm")
        {
            Description = "Robot description of a trunk arm: a file, or the name of one in " +
                "hardware/robots.",
            HelpName = "ARM"
        };
        var recipe = new Option<string?>("--recipe")
        {
            Description = "Recipe: a file (YAML), or the name of one in hardware/models/recipes; options on the command line go over it.",
            HelpName = "FILE|NAME",
        };
        var data = new Option<FileInfo?>("--data")
        {
            Description = "Learn from measured poses instead of random postures of the exact " +
                "model: a log that ganglion run --log recorded, or a table (CSV).",
            HelpName = "FILE"
        };
        Option<int?> hidden = Numeric.Option<int?>("--hidden", "Neurons (default 128).", new Bounds(2, 4096));
        Option<int?> batch = Numeric.Option<int?>("--batch", "Samples per update (default 8).", new Bounds(1, 65_536));
        Option<double?> rate = Numeric.Option<double?>("--lr", "Learning rate at the start (default 2e-3); it falls along half a cosine.",
            new Bounds(0, 1000, Above: true));
        Option<long?> updates = Numeric.Option<long?>("--updates", "Length of the run (default 96000 updates).", Length);
        Option<long?> samples = Numeric.Option<long?>("--samples", "Length of the run in samples, instead of --updates.", Length);
        Option<ulong[]> seeds = Numeric.Seeds("--seed", "Seed of weights and postures (default 1); several seeds train one model each.");
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "Stop after this much training time at the latest.",
            new Bounds(0, 1e9, "s"));
        Option<double?> untilError = Numeric.Option<double?>("--until-error", "Stop once the mean tip error on held-out postures is this " +
            "small, mm.", new Bounds(0, 1e6, "mm", Above: true));
        Option<int?> slices = Numeric.Option<int?>("--slices", "Parts in which a batch is summed (default 2): part of the result, and " +
            "at most so many threads and ranks share the work.", new Bounds(1, 4096));
        Option<int?> threads = Numeric.Option<int?>("--threads", "Threads (default: all cores, at most the slices); the result does not " +
            "depend on it.", Bounds.Threads);
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Model file (default ARM-HIDDEN.safetensors). Its checkpoint " +
                "and its record lie beside it.",
            HelpName = "FILE"
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on from the checkpoint that an interrupted run of the same " +
                "settings left, if there is one."
        };
        Option<double> save = Numeric.Option("--checkpoint-every", "Seconds between checkpoints.", new Bounds(0, 86_400, "s"), 20.0);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("train",
            "Learns the forward model of a trunk arm from random postures: a recurrent spiking network that predicts the poses of " +
                "all joints. " +
            "Ctrl-C (or a crash) keeps a checkpoint; --resume goes on to the same bits.\n\n" +
            "Under mpirun -n N (MPICH) N processes on one machine or on many share each batch; the result does not depend on N.\n\n" +
            "Example: ganglion train trunk10-4g --hidden 128 --samples 1500000")
        {
            arm, recipe, data, hidden, batch, rate, updates, samples, seeds, seconds, untilError, slices, threads, output, resume, save,
            json,
        };
        command.SetAction(result =>
        {
            RobotDescription robot = Descriptions.Robot(result.GetValue(arm)!);
            TrainingSettings settings = result.GetValue(recipe) is { } file
                ? TrainingSettings.Load(ShippedFiles.Find(FileKind.Recipe, file))
                : TrainingSettings.Default;
            int size = result.GetValue(batch) ?? settings.Recipe.BatchSize;
            if (result.GetValue(updates) != null && result.GetValue(samples) != null)
            {
                throw new UsageException("--updates and --samples say the same thing: give one of them.");
            }

            long length = result.GetValue(samples) is { } count ? Math.Max(1, count / Math.Max(1, size)) : result.GetValue(updates)
                ?? settings.Recipe.Updates;
            settings = settings with
            {
                Hidden = result.GetValue(hidden) ?? settings.Hidden,
                Recipe = settings.Recipe with
                {
                    BatchSize = size,
                    Slices = result.GetValue(slices) ?? settings.Recipe.Slices,
                    LearningRate = result.GetValue(rate) ?? settings.Recipe.LearningRate,
                    Updates = length
                },
            };
            if (result.GetValue(data) is { Exists: false } missing)
            {
                throw new UserException($"{missing}: there is no such file. Give --data a .mcap log of ganglion run --log, or a .csv " +
                    $"table of poses.");
            }

            return Run(new Options(
                robot, settings, result.GetValue(data)?.FullName, result.GetValue(seeds) ?? [], result.GetValue(seconds),
                result.GetValue(untilError), result.GetValue(threads),
                result.GetValue(output)?.FullName, result.GetValue(resume), result.GetValue(save), result.GetValue(json)));
        });
        return command;
    }

    private sealed record Options(
        RobotDescription Robot, TrainingSettings Settings, string? Data, ulong[] Seeds, double? Seconds, double? UntilErrorMm, int? Threads,
        string? Out, bool Resume, double CheckpointEvery, bool Json);

    private static int Run(Options options)
    {
        if (options.Robot.TrunkArm == null)
        {
            throw new UserException($"'{options.Robot.Name}' is not a trunk arm, and forward models are learned for trunk arms: choose " +
                $"another robot.");
        }

        Check(options.Settings);
        if (options.Data != null && options.Settings.Recipe.TrainingSet > 0)
        {
            throw new UsageException("--data has its own poses, and the recipe's training_set is of postures that are drawn: leave one " +
                "out.");
        }

        if (options.Settings.IsJoint && (options.Data != null || options.Settings.Recipe.TrainingSet > 0))
        {
            throw new UsageException("a joint is learned from postures that are drawn afresh: leave out --data and the recipe's " +
                "training_set, or write learns: arm.");
        }

        CheckMemory(options.Robot, options.Settings);
        int slices = options.Settings.Recipe.Slices;
        if (Launch.Here.Count > slices)
        {
            throw new UsageException($"{Launch.Here.Count} ranks cannot share a batch that is summed in {slices} slices: start at most " +
                $"{slices} ranks, or give more slices (--slices; they are part of the result).");
        }

        using IRanks ranks = MpiRanks.Join();

        int most = (slices + ranks.Count - 1) / ranks.Count, threads = options.Threads
            ?? Math.Clamp(Environment.ProcessorCount / ranks.OnThisMachine, 1, most);
        if (threads < 1 || threads > most)
        {
            throw new UsageException($"--threads is 1 to {most}: a batch is summed in {slices} slices" + (ranks.Count == 1 ? ""
                : $" by {ranks.Count} ranks") + " (--slices; they are part of the result).");
        }

        string first = options.Out ?? $"{options.Robot.Name}-{options.Settings.Hidden}.safetensors";
        ulong[] seeds = options.Seeds.Length > 0 ? options.Seeds : [options.Settings.Recipe.Seed];
        if (seeds.Distinct().Count() < seeds.Length)
        {
            throw new UsageException("--seed names a seed twice.");
        }

        string[] paths = [.. seeds.Select(seed => seeds.Length == 1 ? first
            : Path.ChangeExtension(first, $"seed{seed}{Path.GetExtension(first)}"))];
        using var interrupt = new WorkInterrupt("the last checkpoint stands: the same command with --resume goes on from it.");
        var records = new List<TrainingRecord>();
        foreach ((ulong seed, string path) in seeds.Zip(paths))
        {
            TrainingSettings settings = options.Settings with { Recipe = options.Settings.Recipe with { Seed = seed } };
            // What has its model but no checkpoint is done: of several seeds, those before the interrupted one.
            TrainingRecord? done = ranks.Rank == 0 && options.Resume && !File.Exists(path + Checkpoint) ? TrainingRecord.Read(path) : null;
            bool isDone = ranks.Agree(done == null ? 0 : 1) != 0;
            TrainingRecord? record = isDone ? done : TrainOne(options, settings, ranks, threads, path, interrupt.Token, out isDone);
            if (!isDone)
            {
                return Errors.Interrupted;
            }

            if (record != null)
            {
                records.Add(record);
            }
        }

        if (ranks.Rank > 0)
        {
            return Errors.Ok;
        }

        TrainingOutput.Report(records, options.Json);
        return options.UntilErrorMm is { } wanted && records.Any(record => record.TipMeanMm > wanted) ? Errors.Missed : Errors.Ok;
    }

    /// <returns>What it came to, at rank 0; null elsewhere, and where it was interrupted.</returns>
    private static TrainingRecord? TrainOne(Options options, TrainingSettings settings, IRanks ranks, int threads, string path,
        CancellationToken stop, out bool isDone)
    {
        string checkpoint = path + Checkpoint;
        using FileClaim? claim = ranks.Rank > 0 ? null : FileClaim.Take(path, "wait for it, or choose another --out");
        if (ranks.Rank == 0)
        {
            if (File.Exists(checkpoint) && !options.Resume)
            {
                throw new UserException($"{checkpoint} is left from an interrupted run: go on with --resume, or delete it to start " +
                    $"afresh.");
            }

            AtomicFile.Probe(path); // Before the work, not after it.
        }

        var arm = TrunkArm.FromDescription(options.Robot);
        var budget = new TrainingBudget(
            threads, checkpoint, options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, options.UntilErrorMm / 1e3,
            TimeSpan.FromSeconds(options.CheckpointEvery), ranks);
        RecordedPoses? recorded = options.Data == null ? null : Recorded(options.Data, arm);
        using IModelTraining training = settings.IsJoint ? new JointTraining(arm.Design, arm.Joints, settings, budget)
            : new ArmTraining(arm, settings, budget, recorded);
        TrainingEnd end = Train(training.Run, settings, options.Json || ranks.Rank > 0, options.Robot.Name, $": {settings.Hidden} " +
            $"neurons, {settings.Recipe.Updates} updates of {settings.Recipe.BatchSize} samples, seed {settings.Recipe.Seed}, " +
            (ranks.Count > 1 ? $"{ranks.Count} ranks of " : "") + $"{threads} thread(s). Ctrl-C keeps a checkpoint.", stop);
        isDone = end != TrainingEnd.Stopped;
        PoseErrors? errors = isDone ? training.Test() : null;
        if (ranks.Rank > 0)
        {
            return null;
        }

        if (errors == null)
        {
            Console.Error.WriteLine($"stopped after {training.Run.Updates} updates; the same command with --resume goes on from " +
                $"{checkpoint}.");
            return null;
        }

        training.Model(options.Robot.Name, errors).Save(path);
        var record = TrainingRecord.Of(options.Robot.Name, path, settings, training.Run, errors, end, threads);
        record.Write(path);
        File.Delete(checkpoint);
        return record;
    }

    /// <summary>A run that the machine cannot hold is refused before the work.</summary>
    private static void CheckMemory(RobotDescription robot, TrainingSettings settings)
    {
        double needed = TrainingMemory.Of(settings.IsJoint ? JointModel.Shape(settings.Hidden)
            : ArmModel.Shape(TrunkArm.FromDescription(robot), settings.Hidden), settings.Recipe);
        long there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > there)
        {
            throw new UserException(string.Create(CultureInfo.InvariantCulture, $"{settings.Hidden} neurons with gradients in " +
                $"{settings.Recipe.Slices} slices take {needed * 1e-9:0.0} GB of memory, and there are {there * 1e-9:0.0}: give fewer " +
                $"neurons (--hidden), or fewer slices in the recipe."));
        }
    }

    /// <summary>Measured poses of a log or of a table.</summary>
    internal static RecordedPoses Recorded(string file, TrunkArm arm) => PoseLog.Is(file) ? PoseLog.Read(file, arm)
        : RecordedPoses.Read(file, arm);

    private static TrainingEnd Train(TrainingRun run, TrainingSettings settings, bool quiet, string title, string rest,
        CancellationToken stop)
    {
        try
        {
            return Output.Progress(quiet, title, rest, show => run.Run(progress => show(TrainingOutput.Line(progress, settings)), stop));
        }
        catch (InvalidOperationException diverged)
        {
            throw new UserException($"training stopped at update {run.Updates}: {diverged.Message}");
        }
    }

    private static void Check(TrainingSettings settings)
    {
        try
        {
            settings.Check();
        }
        catch (ArgumentException fault)
        {
            throw new UserException(fault.Words());
        }
    }
}
