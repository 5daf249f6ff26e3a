using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Lab.Bench;

/// <summary>What PyTorch did with the same network and samples.</summary>
/// <param name="InferenceHand">Forward and back to the inputs of one sample, BPTT written by hand, microseconds.</param>
/// <param name="InferenceAutograd">The same by autograd.</param>
/// <param name="TrainingHand">One sample of a batch of <paramref name="Batch"/>, forward and back to the weights, by hand,
/// microseconds.</param>
/// <param name="TrainingAutograd">The same by autograd.</param>
/// <param name="Batch">Samples per batch.</param>
/// <param name="Threads">Threads it was given.</param>
/// <param name="Versions">PyTorch's version and its matrix library.</param>
/// <param name="GradientDifference">
/// Largest difference between our gradients and PyTorch's (both versions), relative to the largest value of each tensor, over the samples
/// with the same spikes.
/// </param>
/// <param name="Parted">Samples of the batch on which a spike differs, because a neuron came as close to its threshold as float32
/// rounds.</param>
/// <param name="PartingDistance">How close: largest |v - A| in float64 where a sample first parted; 0 where none did.</param>
public sealed record TorchFigures(
    double InferenceHand, double InferenceAutograd, double TrainingHand, double TrainingAutograd, int Batch, int Threads, string Versions,
    double GradientDifference, int Parted, double PartingDistance);

/// <summary>Runs tools/bench_lsnn_torch.py on a network, with the environment that makes PyTorch fast, and compares its gradients with
/// ours.</summary>
public static class TorchPeer
{
    private const int Batch = 128;

    /// <summary>How to get PyTorch where it is missing.</summary>
    public const string HowToInstall = "apt install python3-torch libopenblas0-pthread (Debian), or name another Python that has it " +
        "with --python.";

    /// <summary>The Python that Debian's packages belong to.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>
    /// Returns the figures, or null when <paramref name="python"/> does not exist or has no torch. Throws
    /// <see cref="InvalidOperationException"/> with the script's own words when it fails otherwise.
    /// </summary>
    public static TorchFigures? Run(LsnnWeights weights, ISampleSource source, int threads, TimeSpan each, string script, string python)
    {
        if (Start(python, threads, "-c", "import torch") is not { Code: 0 })
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("ganglion-bench").FullName;
        try
        {
            string exchange = Path.Combine(folder, "exchange.safetensors"), result = Path.Combine(folder, "result.safetensors");
            var batch = new PeerBatch(weights, source, Batch);
            batch.Write(exchange);
            (int Code, string Error)? run = Start(
                python, threads, script, exchange, result, "--threads", $"{threads}", "--seconds",
                each.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            if (run is not { Code: 0 })
            {
                throw new InvalidOperationException($"{script} failed: {run?.Error}");
            }

            (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(result);
            (double difference, int parted, double distance) = batch.Compare(tensors);
            double Number(string name) => double.Parse(metadata[name], CultureInfo.InvariantCulture);
            return new TorchFigures(
                Number("inference_hand_us"), Number("inference_autograd_us"), Number("training_hand_us"), Number("training_autograd_us"),
                Batch, (int)Number("threads"), $"PyTorch {metadata["torch"]}, {metadata["blas"]}", difference, parted, distance);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Error)? Start(string python, int threads, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_TOP_PAD_"] =
            "1073741824";
        if (LsnnEngine.WidestVectors == VectorWidth.Bits512)
        {
            start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        }

        try
        {
            using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error.Trim());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
