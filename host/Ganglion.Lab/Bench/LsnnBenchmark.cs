using System.Diagnostics;
using Ganglion.Basics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Lab.Bench;

/// <summary>Times per sample in microseconds on one thread.</summary>
public sealed record PassTimes(double Forward, double ToInputs, double ToWeights)
{
    /// <summary>One iteration of motor inference: forward and back to the inputs.</summary>
    public double Inference => Forward + ToInputs;

    /// <summary>One training sample: forward and back to the weights.</summary>
    public double Training => Forward + ToWeights;
}

/// <summary>What this machine does with one network.</summary>
/// <param name="Event">The event-driven pass.</param>
/// <param name="Dense">The dense pass, our own baseline.</param>
/// <param name="Threads">Threads of the training figure.</param>
/// <param name="SamplesPerSecond">Whole training (samples drawn, batches of 16, regulariser, Adam), fastest stretch.</param>
/// <param name="Activity">How busy the network is on the samples timed.</param>
public sealed record BenchmarkFigures(PassTimes Event, PassTimes Dense, int Threads, double SamplesPerSecond, NetworkActivity Activity);

/// <summary>Times the engine on a network and samples. Smallest times, because whatever else runs on the machine only ever adds.</summary>
public static class LsnnBenchmark
{
    private const int SamplesTimed = 64;
    private const int TrainingBatch = 16;

    /// <summary>Runs all measurements; takes about four times <paramref name="each"/>. The weights are left as they were.</summary>
    public static BenchmarkFigures Run(LsnnWeights weights, ISampleSource source, int threads, TimeSpan each)
    {
        LsnnPass events = LsnnEngine.CreateEventPass(weights);
        var activity = NetworkActivity.Measure(events, source, SamplesTimed);
        PassTimes eventTimes = Time(events, source, each);
        PassTimes denseTimes = Time(LsnnEngine.CreateDensePass(weights), source, each);
        return new BenchmarkFigures(eventTimes, denseTimes, threads, TrainingSpeed(weights, source, threads, each), activity);
    }

    /// <summary>
    /// Mean over 64 samples of the smallest time that each took in at least three rounds and about <paramref name="duration"/>: samples
    /// differ in their number of spikes, and one sample is short enough to get through undisturbed.
    /// </summary>
    public static PassTimes Time(LsnnPass pass, ISampleSource source, TimeSpan duration)
    {
        LsnnShape shape = pass.Shape;
        float[] inputs = new float[shape.InputLength], targets = new float[source.TargetLength], back = new float[shape.InputLength];
        float[] outputGradients = OutputGradients(shape, 1);
        var gradients = new LsnnWeights(shape, pass.Weights.Constants);
        long[] forward = Longest(), toInputs = Longest(), toWeights = Longest();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < 3 || Stopwatch.GetElapsedTime(start) < duration; round++)
        {
            for (int s = 0; s < SamplesTimed; s++)
            {
                source.Fill(s, inputs, targets);
                long t0 = Stopwatch.GetTimestamp();
                pass.Forward(inputs);
                long t1 = Stopwatch.GetTimestamp();
                pass.BackwardToInputs(outputGradients, back);
                long t2 = Stopwatch.GetTimestamp();
                pass.BackwardToWeights(outputGradients, gradients);
                long t3 = Stopwatch.GetTimestamp();
                forward[s] = Math.Min(forward[s], t1 - t0);
                toInputs[s] = Math.Min(toInputs[s], t2 - t1);
                toWeights[s] = Math.Min(toWeights[s], t3 - t2);
            }
        }

        return new PassTimes(Microseconds(forward), Microseconds(toInputs), Microseconds(toWeights));

        static long[] Longest() => [.. Enumerable.Repeat(long.MaxValue, SamplesTimed)];

        static double Microseconds(long[] ticks) => ticks.Average() * 1e6 / Stopwatch.Frequency;
    }

    /// <summary>Gradients for timing and comparison: normal numbers, a different row per sample, [samples x Windows x LossSteps x
    /// Outputs].</summary>
    internal static float[] OutputGradients(LsnnShape shape, int samples)
    {
        var random = new SeededRandom(7, 0);
        float[] gradients = new float[samples * shape.OutputLength];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = (float)random.NextGaussian();
        }

        return gradients;
    }

    /// <summary>A training whose work is that of a real one, with steps so small that the network stays the one that was to be
    /// measured.</summary>
    internal static Trainer MeasuredTraining(LsnnWeights weights, ISampleSource source, int batch, int slices, int threads,
        IRanks? ranks = null)
    {
        var copy = new LsnnWeights(weights.Shape, weights.Constants);
        copy.CopyFrom(weights);
        var recipe = new TrainingRecipe
        {
            Updates = long.MaxValue,
            LearningRate = 1e-12,
            RateStrength = 1e-12,
            Fall = LearningRateFall.None,
            Slices = slices,
            BatchSize = batch,
        };
        return new Trainer(copy, recipe, source, new SquaredErrorLoss(), threads, ranks);
    }

    private static double TrainingSpeed(LsnnWeights weights, ISampleSource source, int threads, TimeSpan duration)
    {
        int batch = Math.Max(TrainingBatch, threads);
        using Trainer trainer = MeasuredTraining(weights, source, batch, threads, threads);
        TimeSpan stretch = duration / 10;
        double best = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            long from = Stopwatch.GetTimestamp(), before = trainer.Updates;
            do
            {
                trainer.Update();
            }
            while (Stopwatch.GetElapsedTime(from) < stretch);

            best = Math.Max(best, (trainer.Updates - before) * batch / Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        return best;
    }
}
