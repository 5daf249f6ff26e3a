using System.CommandLine;
using Ganglion.Arm.Learning;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Scaling;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench ranks`: how far a shared training scales, by a model of measured costs.</summary>
internal static class BenchRanks
{
    private static readonly int[] Curve = [1, 2, 4, 8, 64, 512, 1000];

    public static Command Create()
    {
        var model = new Argument<string>("model")
        {
            Description = "Trained network: a file, or the name of one in hardware/models.",
            DefaultValueFactory = _ => "trunk25-4g-512",
            HelpName = "FILE|NAME",
        };
        Option<int> samples = Numeric.Option("--samples", "Samples of a rank in an update; the batch is as many times as large as there " +
            "are ranks.", new Bounds(1, 4096), 8);
        Option<double> latency = Numeric.Option("--latency-us", "Of a message in the network of the curve, us.",
            new Bounds(0, 1e6, "us", Above: true), 2.0);
        Option<double> bandwidth = Numeric.Option("--gb-per-s", "Of a rank in the network of the curve, GB/s.",
            new Bounds(0, 1e4, "GB/s", Above: true), 12.5);
        Option<double> seconds = Numeric.Option("--seconds", "Time for each of four measurements, under mpirun of six.",
            new Bounds(0, 600, "s", Above: true), 3.0);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("ranks",
            "Measures what a training costs that ranks share, and computes from that and from a network's latency and bandwidth how " +
            "fast up to 1 000 ranks would be. Under mpirun -n N (MPICH) it trains with N ranks, and shows beside what one of them does " +
            "alone, what N do side by side without messages, and what the model says.\n\n" +
            "Example: ganglion bench ranks --latency-us 25 --gb-per-s 1.25 --json")
        {
            model, samples, latency, bandwidth, seconds, json,
        };
        command.SetAction(result => Run(ShippedFiles.Find(FileKind.Model, result.GetValue(model)!), result.GetValue(samples),
            new RankNetwork(1e-6 * result.GetValue(latency), 1e9 * result.GetValue(bandwidth)),
            TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(json)));
        return command;
    }

    private static int Run(string path, int samples, RankNetwork network, TimeSpan each, bool json)
    {
        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
        using var source = new PoseSamples(arm, form, 1);
        LsnnShape shape = model.Weights.Shape;
        using IRanks ranks = MpiRanks.Join();
        UpdateCosts? costs = ScalingBench.OnFirst(ranks, () => ScalingBench.Costs(model.Weights, source, samples, each));
        SharedTraining shared = ScalingBench.Train(model.Weights, source, samples, each, ranks);
        if (costs == null)
        {
            return Errors.Ok;
        }

        int cores = Environment.ProcessorCount;
        ScalingPoint here = TrainingScaling.At(shape, costs, shared.Between ?? network, ranks.Count,
            ranks.Count == ranks.OnThisMachine ? cores : int.MaxValue);
        ScalingPoint[] curve = [.. Curve.Select(count => TrainingScaling.At(shape, costs, network, count))];
        double Rate(ScalingPoint point) => point.Ranks * samples / point.Seconds;
        if (json)
        {
            Output.Json(new
            {
                Network = Path.GetFileNameWithoutExtension(path),
                SamplesPerRank = samples,
                Cores = cores,
                SliceUs = Output.Round(1e6 * costs.Slice, 1),
                SliceSpreadUs = Output.Round(1e6 * costs.Spread, 1),
                SumUs = Output.Round(1e6 * costs.Sum, 1),
                StepUs = Output.Round(1e6 * costs.Step, 1),
                Here = new
                {
                    Ranks = ranks.Count,
                    SamplesPerSecond = Output.Round(shared.SamplesPerSecond, 0),
                    OneRankSamplesPerSecond = shared.Alone is { } rate ? Output.Round(rate, 0) : (double?)null,
                    WithoutMessagesSamplesPerSecond = shared.SideBySide is { } most ? Output.Round(most, 0) : (double?)null,
                    ModelSamplesPerSecond = Output.Round(Rate(here), 0),
                    ComputeUs = Output.Round(1e6 * shared.Compute, 1),
                    MessagesUs = Output.Round(1e6 * shared.Messages, 1),
                    shared.Traffic.Messages,
                    shared.Traffic.Bytes,
                    LatencyUs = shared.Between is { } way ? Output.Round(1e6 * way.Latency, 2) : (double?)null,
                    GbPerS = shared.Between is { } wide ? Output.Round(1e-9 * wide.Bandwidth, 2) : (double?)null,
                },
                LatencyUs = Output.Round(1e6 * network.Latency, 2),
                GbPerS = Output.Round(1e-9 * network.Bandwidth, 2),
                Curve = curve.Select(point => new
                {
                    point.Ranks,
                    Batch = point.Ranks * samples,
                    point.Traffic.Messages,
                    point.Traffic.Bytes,
                    ComputeUs = Output.Round(1e6 * point.Compute, 0),
                    WaitUs = Output.Round(1e6 * point.Wait, 0),
                    NetworkUs = Output.Round(1e6 * point.Network, 0),
                    SamplesPerSecond = Output.Round(Rate(point), 0),
                    Efficiency = Output.Round(point.Efficiency),
                }),
            });
            return Errors.Ok;
        }

        Output.Line($"{Path.GetFileNameWithoutExtension(path)}, {samples} samples of a rank in an update: {1e3 * costs.Slice:0.00} ms " +
            $"(spread {1e3 * costs.Spread:0.00}), {1e3 * costs.Sum:0.00} ms to add a slice's gradients, {1e3 * costs.Step:0.00} ms to " +
            "step.");
        string between = shared.Between is { } link
            ? $" ({1e6 * link.Latency:0.0} us and {1e-9 * link.Bandwidth:0.0} GB/s between them)" : "";
        Output.Line($"{ranks.Count} rank(s) here{between}: {shared.SamplesPerSecond:0} samples/s, {Rate(here):0} by the model; an update " +
            $"computes {1e3 * shared.Compute:0.00} ms and is {1e3 * shared.Messages:0.00} ms in messages, of " +
            $"{shared.Traffic.Bytes} bytes.");
        if (shared is { Alone: { } alone, SideBySide: { } sideBySide })
        {
            Output.Line($"One rank with the same batches: {alone:0} samples/s, so that these are {shared.SamplesPerSecond / alone:0.00} " +
                $"times as fast; side by side without messages {sideBySide:0}, {sideBySide / alone:0.00} times.");
        }

        BenchVerb.Print($"By the model, {1e6 * network.Latency:0.0} us and {1e-9 * network.Bandwidth:0.00} GB/s between ranks, a core each",
            ["ranks", " batch", " received MB", " sent", " compute ms", " wait ms", " network ms", " samples/s", " efficiency"], curve,
            point => BenchVerb.Cells($"{point.Ranks}", $"{point.Ranks * samples}", $"{1e-6 * point.Traffic.Bytes:0.00}",
                $"{point.Traffic.Messages}", $"{1e3 * point.Compute:0.00}", $"{1e3 * point.Wait:0.00}", $"{1e3 * point.Network:0.00}",
                $"{Rate(point):0}", $"{point.Efficiency:0.000}"));
        return Errors.Ok;
    }
}
