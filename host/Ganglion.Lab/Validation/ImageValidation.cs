using Ganglion.Basics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
namespace Ganglion.Lab.Validation;

/// <summary>
/// Training samples from images, each slightly moved at random, so that a small set goes further. Inputs: all pixels as currents held over
/// one window.
/// </summary>
/// <param name="images">The training images.</param>
/// <param name="shift">Largest shift along each axis, pixels, not negative.</param>
/// <param name="mirror">Whether half of the images are mirrored left to right (for clothes, not for digits).</param>
/// <param name="seed">Seed of order, shifts and mirroring.</param>
public sealed class ImageSource(LabelledImages images, int shift, bool mirror, ulong seed) : ISampleSource
{
    /// <summary>Classes, the length of a target.</summary>
    public const int Classes = 10;

    /// <summary>
    /// Current of a white pixel. Hundreds of pixels drive a neuron at once and its membrane sums over 20 steps; much more, and most neurons
    /// start so far from their threshold that no gradient passes.
    /// </summary>
    public const float Gain = 0.1f;
    private readonly SampleTable _order = new([.. Enumerable.Range(0, images.Count).Select(i => (float)i)], 1,
        new float[images.Count], 1, seed);

    /// <inheritdoc/>
    public int InputLength => images.Width * images.Height;

    /// <inheritdoc/>
    public int TargetLength => Classes;

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        var random = new SeededRandom(seed, (ulong)index);
        int image = _order.RowAt(index), span = 2 * shift + 1;
        int right = (int)(random.NextUnit() * span) - shift, down = (int)(random.NextUnit() * span) - shift;
        bool flip = mirror && random.NextUnit() < 0.5;
        ReadOnlySpan<float> pixels = images.Pixels.AsSpan(image * InputLength, InputLength);
        inputs.Clear();
        for (int y = Math.Max(0, down); y < Math.Min(images.Height, images.Height + down); y++)
        {
            for (int x = Math.Max(0, right); x < Math.Min(images.Width, images.Width + right); x++)
            {
                int column = x - right;
                inputs[y * images.Width + x] = Gain * pixels[(y - down) * images.Width + (flip ? images.Width - 1 - column : column)];
            }
        }

        targets.Clear();
        targets[images.Labels[image]] = 1;
    }
}

/// <summary>
/// The engine on tasks from outside: classifies images of digits or clothes with one recurrent spiking layer, the way the CPG paper used
/// MNIST to show that its spiking framework learns. The pixels are held as currents for 20 steps, the class is the readout with the highest
/// mean over the last 10.
/// </summary>
public static class ImageValidation
{
    private const int Steps = 20, LossSteps = 10, Batch = 32;

    /// <summary>A network for images of this size with <paramref name="hidden"/> neurons.</summary>
    public static LsnnShape Shape(LabelledImages images, int hidden) => new()
    {
        Channels = images.Width * images.Height,
        Windows = 1,
        Hidden = hidden,
        Outputs = ImageSource.Classes,
        StepsPerWindow = Steps,
        ClockSteps = 0,
        LossSteps = LossSteps,
    };

    /// <summary>The plan for a number of passes over the images.</summary>
    /// <param name="subject">Name of the data set, kept with the model.</param>
    /// <param name="images">The training images.</param>
    /// <param name="hidden">Neurons.</param>
    /// <param name="epochs">Passes over the images, at least 1; the network is tested after each.</param>
    /// <param name="threads">Threads, at least 1.</param>
    public static TrainingPlan Plan(string subject, LabelledImages images, int hidden, int epochs, int threads) => new()
    {
        Shape = Shape(images, hidden),
        Subject = subject,
        Threads = threads,
        TestEvery = Math.Max(1, images.Count / Batch),
        Recipe = new TrainingRecipe
        {
            Updates = Math.Max(1, (long)epochs * images.Count / Batch),
            BatchSize = Batch,
            LearningRate = 1e-3,
            RateStrength = 3e-4,
            ClipNorm = 1,
            Slices = Math.Max(2, threads),
        },
    };

    /// <summary>A training run of that plan; <see cref="HeldOutErrors.Primary"/> is the fraction of test images named wrongly.</summary>
    public static TrainingRun Start(TrainingPlan plan, ImageSource source, LabelledImages test) =>
        new(plan, source, new SoftmaxLoss(), pass =>
        {
            double accuracy = Accuracy(pass, test);
            return new HeldOutErrors(1 - accuracy, new Dictionary<string, double> { ["accuracy"] = accuracy });
        });

    /// <summary>Fraction of the images whose class the network names; the weights stay as they are.</summary>
    public static double Accuracy(LsnnPass pass, LabelledImages images)
    {
        int size = images.Width * images.Height, right = 0;
        float[] inputs = new float[size];
        for (int i = 0; i < images.Count; i++)
        {
            for (int p = 0; p < size; p++)
            {
                inputs[p] = ImageSource.Gain * images.Pixels[i * size + p];
            }

            pass.Forward(inputs);
            int best = 0;
            for (int k = 1; k < pass.Means.Length; k++)
            {
                best = pass.Means[k] > pass.Means[best] ? k : best;
            }

            right += best == images.Labels[i] ? 1 : 0;
        }

        return (double)right / images.Count;
    }
}
