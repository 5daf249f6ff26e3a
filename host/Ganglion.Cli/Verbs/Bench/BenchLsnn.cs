using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench lsnn`: the spiking engine against PyTorch in one run.</summary>
internal static class BenchLsnn
{
    private const string Script = "bench_lsnn_torch.py";

    public static Command Create()
    {
        var models = new Argument<string[]>("models")
        {
            Description = "Models: files, or names of those in hardware/models (default: all of these).",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "FILE|NAME",
        };
        Option<int> threads = Numeric.Threads("Threads of training, ours and PyTorch's.");
        Option<double> seconds = Numeric.Option("--seconds", "Time for each of about ten measurements of a model.",
            new Bounds(0, 600, "s", Above: true), 2.0);
        var alone = new Option<bool>("--no-torch") { Description = "Leave PyTorch out." };
        var python = new Option<string>("--python")
        {
            Description = "The Python that has PyTorch.",
            DefaultValueFactory = _ =>
            TorchPeer.Python,
            HelpName = "PROGRAM"
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("lsnn",
            "Times inference and training with trained models, and PyTorch on the same weights, samples and cores; compares the " +
                "gradients.\n\nExample: ganglion bench lsnn --json")
        {
            models, threads, seconds, alone, python, json,
        };
        command.SetAction(result => Run(
            [.. (result.GetValue(models) ?? []).Select(model => ShippedFiles.Find(FileKind.Model, model))],
            result.GetValue(threads), result.GetValue(seconds), result.GetValue(alone), result.GetValue(python)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string[] models, int threads, double seconds, bool alone, string python, bool json)
    {
        if (models.Length == 0)
        {
            models = [.. Directory.GetFiles(ShippedFiles.Folder("models"), "*.safetensors").Order(StringComparer.Ordinal)];
        }

        if (models.Length == 0)
        {
            throw new UserException("there is no trained model to measure: make one with ganglion train, and name its file.");
        }

        string? script = alone ? null : ShippedFiles.Tool(Script);
        var figures = new List<LsnnBench>();
        foreach (string model in models)
        {
            figures.Add(LsnnBench.Measure(model, threads, TimeSpan.FromSeconds(seconds), script, python));
        }

        Bar[] bars = [.. figures.SelectMany(figure => figure.Bars())];
        if (json)
        {
            Output.Json(new { Models = figures.Select(Figures), MissedBars = BenchVerb.Missed(bars) });
        }
        else
        {
            Print(figures, threads, alone, python, bars);
        }

        return BenchVerb.Code(bars);
    }

    private static object Figures(LsnnBench figure) => new
    {
        figure.Model,
        figure.Joints,
        figure.Hidden,
        InferenceUs = Output.Round(figure.Ours.Event.Inference, 2),
        DenseInferenceUs = Output.Round(figure.Ours.Dense.Inference, 2),
        TrainingSampleUs = Output.Round(figure.Ours.Event.Training, 2),
        DenseTrainingSampleUs = Output.Round(figure.Ours.Dense.Training, 2),
        figure.Ours.Threads,
        SamplesPerSecond = Output.Round(figure.Ours.SamplesPerSecond, 0),
        SpikeFraction = Output.Round(figure.Ours.Activity.SpikeFraction),
        ActiveFraction = Output.Round(figure.Ours.Activity.ActiveFraction),
        figure.Torch,
        InferenceRatio = Ratio(figure.InferenceRatio),
        InferenceAutogradRatio = Ratio(figure.InferenceAutogradRatio),
        TrainingRatio = Ratio(figure.TrainingRatio),
        TrainingAutogradRatio = Ratio(figure.TrainingAutogradRatio),
    };

    private static double? Ratio(double? value) => value is { } v ? Output.Round(v, 2) : null;

    private static void Print(List<LsnnBench> figures, int threads, bool alone, string python, Bar[] bars)
    {
        BenchVerb.Print("One inference iteration (forward, exact gradient to the inputs) of one posture, us; our side uses one core",
            ["model", " event-driven", " dense", " spikes", " active", " PyTorch by hand", " ratio", " autograd", " ratio"], figures,
                figure => BenchVerb.Cells(
                $"{figure.Model}", $"{figure.Ours.Event.Inference:0.0}", $"{figure.Ours.Dense.Inference:0.0}",
                $"{figure.Ours.Activity.SpikeFraction:0.000}", $"{figure.Ours.Activity.ActiveFraction:0.000}",
                $"{figure.Torch?.InferenceHand:0}", $"{figure.InferenceRatio:0}", $"{figure.Torch?.InferenceAutograd:0}",
                $"{figure.InferenceAutogradRatio:0}"));
        BenchVerb.Print($"Training, samples a second on {threads} thread(s): ours with sampling and Adam in batches of 16, PyTorch " +
            $"forward and backward alone in batches of 128",
            ["model", " event-driven", " PyTorch by hand", " ratio", " autograd", " ratio"], figures, figure => BenchVerb.Cells(
                $"{figure.Model}", $"{figure.Ours.SamplesPerSecond:0}", $"{1e6 / figure.Torch?.TrainingHand:0}",
                $"{figure.TrainingRatio:0.0}", $"{1e6 / figure.Torch?.TrainingAutograd:0}", $"{figure.TrainingAutogradRatio:0.0}"));
        if (figures[0].Torch is { } torch)
        {
            Output.Line($"{torch.Versions}, {torch.Threads} thread(s); where the spikes are the same, gradients differ by at most " +
                $"{figures.Max(figure => figure.Torch!.GradientDifference):0.0e0} of the largest.");
            int parted = figures.Sum(figure => figure.Torch!.Parted), postures = figures.Sum(figure => figure.Torch!.Batch);
            string why = parted == 0 ? "" : $": a neuron was within {figures.Max(figure => figure.Torch!.PartingDistance):0.0e0} of its " +
                "threshold, closer than float32 rounds";
            Output.Line($"On {parted} of {postures} postures a spike differs{why}.");
        }
        else if (!alone)
        {
            Output.Line($"{python} has no PyTorch, so this is our side alone. To compare: {TorchPeer.HowToInstall}");
        }

        BenchVerb.Judge(bars);
    }
}
