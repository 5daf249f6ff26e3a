using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Ganglion.Neurons;

/// <summary>What PyTorch did with the same network and samples.</summary>
/// <param name="InferenceHand">Forward and back to the inputs of one sample, BPTT written by hand, microseconds.</param>
/// <param name="InferenceAutograd">The same by autograd.</param>
/// <param name="TrainingHand">One sample of a batch of <paramref name="Batch"/>, forward and back to the weights, by hand, microseconds.</param>
/// <param name="TrainingAutograd">The same by autograd.</param>
/// <param name="Batch">Samples per batch.</param>
/// <param name="Threads">Threads it was given.</param>
/// <param name="Versions">PyTorch's version and its matrix library.</param>
/// <param name="GradientDifference">Largest difference between our gradients and PyTorch's (both versions), relative to the largest value of each tensor.</param>
public sealed record TorchFigures(
    double InferenceHand, double InferenceAutograd, double TrainingHand, double TrainingAutograd, int Batch, int Threads, string Versions,
    double GradientDifference);

/// <summary>Runs tools/bench_lsnn_torch.py on a network, with the environment that makes PyTorch fast, and compares its gradients with ours.</summary>
public static class TorchPeer
{
    private const int Batch = 128;

    /// <summary>How to get PyTorch where it is missing.</summary>
    public const string HowToInstall = "apt-get install python3-torch libopenblas0-pthread";

    /// <summary>
    /// Returns the figures, or null when <paramref name="python"/> does not exist or has no torch. Throws <see cref="InvalidOperationException"/> with the
    /// script's own words when it fails otherwise.
    /// </summary>
    public static TorchFigures? Run(LsnnWeights weights, ISampleSource source, int threads, TimeSpan each, string script, string python = "/usr/bin/python3")
    {
        if (Start(python, threads, "-c", "import torch") is not { Code: 0 })
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("ganglion-bench").FullName;
        try
        {
            string exchange = Path.Combine(folder, "exchange.safetensors"), result = Path.Combine(folder, "result.safetensors");
            (float[] inputs, float[] outputGradients) = WriteExchange(exchange, weights, source);
            (int Code, string Error)? run = Start(
                python, threads, script, exchange, result, "--threads", $"{threads}", "--seconds", each.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            if (run is not { Code: 0 })
            {
                throw new InvalidOperationException($"{script} failed: {run?.Error}");
            }

            return Compare(SafeTensors.Read(result), weights, inputs, outputGradients);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (float[] Inputs, float[] OutputGradients) WriteExchange(string path, LsnnWeights weights, ISampleSource source)
    {
        LsnnShape shape = weights.Shape;
        float[] inputs = new float[Batch * shape.InputLength], targets = new float[source.TargetLength];
        var reference = new ReferenceLsnn(weights);
        int taken = 0;
        for (long index = 0; taken < Batch; index++)
        {
            // Where a neuron comes closer to its threshold than float32 can tell, two correct programs may part; such samples say nothing about gradients.
            Span<float> sample = inputs.AsSpan(taken * shape.InputLength, shape.InputLength);
            source.Fill(index, sample, targets);
            reference.Forward(Array.ConvertAll(sample.ToArray(), x => (double)x));
            taken += reference.SmallestMargin > 2e-6 ? 1 : 0;
        }

        float[] outputGradients = LsnnBenchmark.OutputGradients(shape, Batch);
        Dictionary<string, string> metadata = TrainedModel.Describe("ganglion-exchange/1", weights, "", new TrainingRecipe { Updates = 1 });
        SafeTensors.Write(
            path,
            [
                .. WeightTensors.Of("weights", weights),
                new Tensor("inputs", [Batch, shape.InputLength], inputs),
                new Tensor("output_gradients", [Batch, shape.OutputLength], outputGradients),
            ],
            metadata);
        return (inputs, outputGradients);
    }

    private static TorchFigures Compare(
        (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) result,
        LsnnWeights weights,
        float[] inputs,
        float[] outputGradients)
    {
        LsnnShape shape = weights.Shape;
        LsnnPass pass = LsnnEngine.CreateEventPass(weights);
        var gradients = new LsnnWeights(shape, weights.Constants);
        var toInputs = new float[inputs.Length];
        for (int s = 0; s < Batch; s++)
        {
            ReadOnlySpan<float> back = outputGradients.AsSpan(s * shape.OutputLength, shape.OutputLength);
            pass.Forward(inputs.AsSpan(s * shape.InputLength, shape.InputLength));
            pass.BackwardToInputs(back, toInputs.AsSpan(s * shape.InputLength, shape.InputLength));
            pass.BackwardToWeights(back, gradients);
        }

        double worst = 0;
        Tensor[] ours = [.. WeightTensors.Of("", gradients), new Tensor(".inputs", [Batch, shape.InputLength], toInputs)];
        foreach (string version in new[] { "hand", "autograd" })
        {
            foreach (Tensor tensor in ours)
            {
                float[] theirs = result.Tensors[version + tensor.Name].Data;
                double scale = theirs.Max(Math.Abs);
                worst = Math.Max(worst, tensor.Data.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / scale);
            }
        }

        return new TorchFigures(
            Number("inference_hand_us"), Number("inference_autograd_us"), Number("training_hand_us"), Number("training_autograd_us"),
            Batch, (int)Number("threads"), $"PyTorch {result.Metadata["torch"]}, {result.Metadata["blas"]}", worst);

        double Number(string name) => double.Parse(result.Metadata[name], CultureInfo.InvariantCulture);
    }

    private static (int Code, string Error)? Start(string python, int threads, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_TOP_PAD_"] = "1073741824";
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
