using Ganglion.Arm.Learning;
using Ganglion.Bridge.Timing;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Bench;

/// <summary>What this machine does with one trained model: our engine, and PyTorch on the same weights, samples and cores in the same
/// run.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Joints">Joints of its arm.</param>
/// <param name="Hidden">Neurons.</param>
/// <param name="Ours">The engine: event-driven pass, dense pass as its own baseline, training.</param>
/// <param name="Torch">PyTorch, or null where it is not installed.</param>
public sealed record LsnnBench(string Model, int Joints, int Hidden, BenchmarkFigures Ours, TorchFigures? Torch)
{
    /// <summary>Largest difference between our gradients and PyTorch's that float32 explains, millionths of the largest value.</summary>
    private const double GradientTolerance = 100;

    /// <summary>
    /// Rounding of PyTorch's float32 voltages, which reach hundreds of thresholds before they come back: where spikes part farther from the
    /// threshold than this (millionths of the voltage's unit), or on more postures (percent), something else than rounding is at work.
    /// </summary>
    private const double RoundingDistance = 100, MostParted = 5;

    /// <summary>Postures that are drawn for the measurement: training's own distribution.</summary>
    private const ulong Seed = 1;

    /// <summary>Measures a model file; takes about ten times <paramref name="each"/>.</summary>
    /// <param name="path">The model.</param>
    /// <param name="threads">Threads for training, ours and PyTorch's; inference of one posture uses one of ours and all of
    /// PyTorch's.</param>
    /// <param name="each">Time for one measurement.</param>
    /// <param name="script">PyTorch's side, tools/bench_lsnn_torch.py; null leaves PyTorch out.</param>
    /// <param name="python">The Python that has PyTorch.</param>
    public static LsnnBench Measure(string path, int threads, TimeSpan each, string? script, string python)
    {
        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
        using var samples = new PoseSamples(arm, form, Seed);
        BenchmarkFigures ours = LsnnBenchmark.Run(model.Weights, samples, threads, each);
        TorchFigures? torch = script == null ? null : TorchPeer.Run(model.Weights, samples, threads, each, script, python);
        return new LsnnBench(Path.GetFileNameWithoutExtension(path), arm.Joints, model.Weights.Shape.Hidden, ours, torch);
    }

    /// <summary>How many times as fast as PyTorch written by hand one inference iteration is.</summary>
    public double? InferenceRatio => Torch?.InferenceHand / Ours.Event.Inference;

    /// <summary>The same against PyTorch's autograd.</summary>
    public double? InferenceAutogradRatio => Torch?.InferenceAutograd / Ours.Event.Inference;

    /// <summary>How many times as many samples a second training takes as PyTorch written by hand, which is spared the optimiser.</summary>
    public double? TrainingRatio => Torch?.TrainingHand * 1e-6 * Ours.SamplesPerSecond;

    /// <summary>The same against PyTorch's autograd.</summary>
    public double? TrainingAutogradRatio => Torch?.TrainingAutograd * 1e-6 * Ours.SamplesPerSecond;

    /// <summary>What a model of this size is held to; sizes without bars of their own have only the comparison of gradients.</summary>
    public IEnumerable<Bar> Bars()
    {
        (double Thousands, double Samples, double Inference, double Training)? bound = (Joints, Hidden) switch
        {
            (10, 128) => (45, 35, 200, 9),
            (25, 512) => (800, 2, 50, 8),
            _ => null,
        };
        if (bound is { } b)
        {
            yield return Bar.AtMost($"{Model}: inference iteration, thousands of multiplications",
                1e-3 * Ours.Event.Inference / Yardstick.Seconds, b.Thousands);
            if (Ours.Threads == 2)
            {
                yield return Bar.AtLeast($"{Model}: training on 2 threads, samples a million multiplications",
                    Ours.SamplesPerSecond * Yardstick.Seconds, b.Samples);
            }

            if (InferenceRatio is { } inference)
            {
                yield return Bar.AtLeast($"{Model}: inference, times PyTorch by hand", inference, b.Inference);
            }

            if (TrainingRatio is { } training)
            {
                yield return Bar.AtLeast($"{Model}: training, times PyTorch by hand", training, b.Training);
            }
        }

        if (Torch is not { } torch)
        {
            yield break;
        }

        yield return Bar.AtMost($"{Model}: difference of gradients, millionths of the largest", 1e6 * torch.GradientDifference,
            GradientTolerance);
        yield return Bar.AtMost($"{Model}: postures whose spikes part from PyTorch's, %", 100.0 * torch.Parted / torch.Batch, MostParted);
        yield return Bar.AtMost($"{Model}: distance from the threshold where they part, millionths", 1e6 * torch.PartingDistance,
            RoundingDistance);
    }
}
