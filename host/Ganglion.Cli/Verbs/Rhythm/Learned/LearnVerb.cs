using System.CommandLine;
using System.Globalization;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Neurons.Training;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>`ganglion rhythm learn`: a spiking network learns to walk from recorded muscles.</summary>
internal static class LearnVerb
{
    private const string Checkpoint = ".checkpoint", Backward = "bptt", Forward = "traces";
    private static readonly Bounds Neurons = new(8, 1024), Updates = new(1, 1_000_000);

    private sealed record Options(string? Table, bool Rectified, string? Test, string[] Rules, ulong[] Seeds, int Neurons, long Updates,
        int Threads, string Out, bool Resume, double CheckpointEvery, bool Json);

    public static Command Create()
    {
        Argument<FileInfo?> table = EmgSource.Argument();
        Option<bool> rectified = EmgSource.Rectified("The muscles are envelopes, not raw EMG.");
        var test = new Option<FileInfo?>("--test")
        {
            Description = "A recording that is not learned from, in the same form, to judge by (default: the one that is learned from; " +
                "without files the made cat at other speeds).",
            HelpName = "FILE",
        };
        var rule = new Option<string[]>("--rule")
        {
            Description = $"{Backward}: exact gradients, back through time; {Forward}: forward only, by eligibility traces. Both: one " +
                "network each, and the gap.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [Backward],
        };
        rule.AcceptOnlyFromAmong(Backward, Forward);
        Option<ulong[]> seeds = Numeric.Seeds("--seed", "Seed of weights and samples (default 1); several seeds learn one network each.");
        Option<int> neurons = Numeric.Option("--neurons", "Neurons, half of them adaptive.", Neurons, 128);
        Option<long> updates = Numeric.Option("--updates", "Length of the run.", Updates, 1500L);
        Option<int> threads = Numeric.Option("--threads", "Threads; the result does not depend on it.", new Bounds(1, 2),
            Math.Clamp(Environment.ProcessorCount, 1, 2));
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Model file (default cpg.safetensors); its checkpoint lies beside it.",
            HelpName = "FILE",
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on from the checkpoint that an interrupted run of the same settings left, if there is one.",
        };
        Option<double> save = Numeric.Option("--checkpoint-every", "Seconds between checkpoints.", new Bounds(0, 86_400, "s"), 20.0);
        Option<bool> json = CommonOptions.Json();
        var verb = new Command("learn",
            "A recurrent network of spiking neurons (LSNN) learns the activation of four muscles at any speed from EMG, so that it then " +
                "makes it by itself. Ctrl-C keeps a checkpoint; --resume goes on to the same bits.\n\n" +
            "Example: ganglion rhythm learn --rule bptt traces --seed 11 12 13 -o gap.safetensors")
        {
            table, rectified, test, rule, seeds, neurons, updates, threads, output, resume, save, json,
        };
        verb.SetAction(result => Run(new Options(result.GetValue(table)?.FullName, result.GetValue(rectified),
            result.GetValue(test)?.FullName, result.GetValue(rule)!, result.GetValue(seeds) is { Length: > 0 } given ? given : [1],
            result.GetValue(neurons), result.GetValue(updates), result.GetValue(threads),
            result.GetValue(output)?.FullName ?? "cpg.safetensors", result.GetValue(resume), result.GetValue(save),
            result.GetValue(json))));
        return verb;
    }

    private static int Run(Options options)
    {
        if (options.Rules.Distinct().Count() < options.Rules.Length || options.Seeds.Distinct().Count() < options.Seeds.Length)
        {
            throw new UsageException("--rule or --seed names one twice.");
        }

        using var interrupt = new WorkInterrupt("the last checkpoint stands: the same command with --resume goes on from it.");
        RecordedStrides strides = options.Table == null ? EmgSource.Learned() : EmgSource.Load(options.Table, options.Rectified);
        RecordedStrides judge = options.Test != null ? EmgSource.Load(options.Test, options.Rectified)
            : options.Table == null ? EmgSource.HeldOut() : strides;
        var networks = new List<LearnedNetwork>();
        foreach (string rule in options.Rules)
        {
            foreach (ulong seed in options.Seeds)
            {
                string path = PathOf(options, rule, seed);
                (bool ended, LearningCost? cost) = LearnOne(options, rule, seed, path, strides, interrupt.Token);
                if (!ended)
                {
                    return Errors.Interrupted;
                }

                networks.Add(LearnedNetwork.Judge(rule, seed, path, cost, judge));
            }
        }

        LearnedNetwork.Report(networks, judge, options.Json, learnedFrom: ReferenceEquals(judge, strides));
        return networks.All(network => network.Steps) ? Errors.Ok : Errors.Missed;
    }

    private static string PathOf(Options options, string rule, ulong seed)
    {
        string parts = (options.Rules.Length > 1 ? $".{rule}" : "") + (options.Seeds.Length > 1 ? $".seed{seed}" : "");
        return parts.Length == 0 ? options.Out : Path.ChangeExtension(options.Out, parts[1..] + Path.GetExtension(options.Out));
    }

    /// <summary>Whether the file is there, or it was interrupted; and what it took, unless an earlier command has learned it.</summary>
    private static (bool Ended, LearningCost? Cost) LearnOne(Options options, string rule, ulong seed, string path, RecordedStrides strides,
        CancellationToken stop)
    {
        string checkpoint = path + Checkpoint;
        using var claim = FileClaim.Take(path, "wait for it, or choose another --out");
        if (File.Exists(checkpoint) && !options.Resume)
        {
            throw new UserException($"{checkpoint} is left from an interrupted run: go on with --resume, or delete it to start afresh.");
        }

        AtomicFile.Probe(path); // Before the work, not after it.
        var settings = new CpgLearningSettings(rule == Forward ? LearningRule.EligibilityTraces : LearningRule.BackpropagationThroughTime,
            options.Neurons, options.Updates, seed);
        string data = options.Table == null ? "a made cat" : Path.GetFileName(options.Table);
        using var learning = new CpgLearning(settings, strides, data, options.Threads, checkpoint,
            TimeSpan.FromSeconds(options.CheckpointEvery));
        // What has its model but no checkpoint is done: of several networks, those before the interrupted one.
        if (options.Resume && !File.Exists(checkpoint) && learning.IsIn(path))
        {
            return (true, null);
        }

        TrainingEnd end;
        try
        {
            end = Output.Progress(options.Json, Path.GetFileName(path), $": {options.Neurons} neurons, {rule}, " +
                $"{options.Updates} updates, seed {seed}, {strides.Count} strides of {data}. Ctrl-C keeps a checkpoint.", show =>
                    learning.Learn(progress => show(Line(progress, options.Updates)), stop));
        }
        catch (InvalidOperationException diverged)
        {
            throw new UserException($"learning stopped at update {learning.Run.Updates}: {diverged.Message}");
        }

        if (end == TrainingEnd.Stopped)
        {
            Console.Error.WriteLine($"stopped after {learning.Run.Updates} updates; the same command with --resume goes on from " +
                $"{checkpoint}.");
            return (false, null);
        }

        learning.Save(path);
        File.Delete(checkpoint);
        return (true, learning.Cost);
    }

    private static string Line(TrainingProgress progress, long updates)
    {
        (double left, double cycle) = (progress.HeldOut.Named[CpgLearning.Unexplained], progress.HeldOut.Named[CpgLearning.CycleError]);
        string alone = double.IsFinite(left) ? string.Create(CultureInfo.InvariantCulture, $"by itself R2 {1 - left:0.000}, cycles ") +
            string.Create(CultureInfo.InvariantCulture, $"{cycle:0.0} % off") : "by itself no steps yet";
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * progress.Updates / updates,5:0.0} %  loss ") +
            string.Create(CultureInfo.InvariantCulture, $"{progress.Figures.Loss:0.000}  {alone}  ") +
            $"{1000 * progress.Figures.SpikeFraction:0} Hz  {Remaining.Span(progress.Elapsed)}, {Remaining.Span(progress.Remaining)} left";
    }
}
