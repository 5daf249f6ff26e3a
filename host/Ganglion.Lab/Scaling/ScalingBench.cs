using System.Diagnostics;
using System.Runtime.InteropServices;
using Ganglion.Bridge.Timing;
using Ganglion.Lab.Bench;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Lab.Scaling;

/// <summary>A training that these ranks shared, as rank 0 saw it; rates by the clock on the wall.</summary>
/// <param name="SamplesPerSecond">Of all ranks together.</param>
/// <param name="Alone">The same batches by rank 0 alone, while the others sleep, samples/s; null with one rank.</param>
/// <param name="SideBySide">Each rank with its own slice and a step of all rows, all at the same time, without messages but to begin and
/// to end together, samples/s of all: what the machine's cores leave of each other; null with one rank.</param>
/// <param name="Compute">Processor time of an update without messages, s.</param>
/// <param name="Messages">Processor time of an update in messages, waiting included, s.</param>
/// <param name="Traffic">Of an update, the word before it included.</param>
/// <param name="Between">The way between ranks 0 and 1; null with one rank.</param>
public sealed record SharedTraining(double SamplesPerSecond, double? Alone, double? SideBySide, double Compute, double Messages,
    RankTraffic Traffic, RankNetwork? Between);

/// <summary>Measures what the model of a shared training needs, and a shared training itself.</summary>
public static unsafe class ScalingBench
{
    private const int Stretches = 10, FewSlices = 4, LongFloats = 1 << 20, Batches = 8;

    /// <summary>Costs of an update on this thread.</summary>
    /// <param name="weights">A trained network; left as it is.</param>
    /// <param name="source">Its samples.</param>
    /// <param name="samples">Of a slice, at least 1.</param>
    /// <param name="each">Processor time for one of three measurements.</param>
    public static UpdateCosts Costs(LsnnWeights weights, ISampleSource source, int samples, TimeSpan each)
    {
        (double one, double spread) = Time(1, 1);
        (double larger, _) = Time(FewSlices, 1);
        (double sliced, _) = Time(FewSlices, FewSlices);
        double slice = (larger - one) / (FewSlices - 1);
        return new UpdateCosts(slice, spread, Math.Max(0, (sliced - larger) / (FewSlices - 1)), Math.Max(0, one - slice));

        // Mean of the fastest stretch, since what else runs on the machine only ever adds; and the spread of half of all updates, which
        // those that were disturbed do not reach.
        (double Mean, double Spread) Time(int times, int slices)
        {
            using Trainer trainer = LsnnBenchmark.MeasuredTraining(weights, source, samples * times, slices, 1);
            var seconds = new List<double>();
            double spent = 0;
            while (seconds.Count < 2 * Stretches || spent < each.TotalSeconds)
            {
                double begun = ProcessorTime.OfThread;
                trainer.Update();
                double took = ProcessorTime.OfThread - begun;
                spent += took;
                seconds.Add(took);
            }

            // At first methods are compiled.
            seconds.RemoveRange(0, seconds.Count / Stretches);
            double mean = seconds.Chunk((seconds.Count + Stretches - 1) / Stretches).Min(stretch => stretch.Average());
            seconds.Sort();

            // Quartiles of a normal distribution are 1.349 standard deviations apart.
            return (mean, (seconds[3 * seconds.Count / 4] - seconds[seconds.Count / 4]) / 1.349);
        }
    }

    /// <summary>Trains with all ranks, one slice each, some batches again and again, of each of which the fastest time counts: whatever
    /// else runs on the machine only ever adds, and samples differ in their spikes. Concerns all.</summary>
    /// <param name="weights">As above, alike on all.</param>
    /// <param name="source">Likewise.</param>
    /// <param name="samples">Of a rank in an update.</param>
    /// <param name="each">Time for each of three measurements.</param>
    /// <param name="ranks">All.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public static SharedTraining Train(LsnnWeights weights, ISampleSource source, int samples, TimeSpan each, IRanks ranks)
    {
        int batch = samples * ranks.Count;
        var repeated = new ChosenSamples(source, index => index % (Batches * batch));
        double? alone = null, sideBySide = null;
        RankNetwork? between = null;
        if (ranks.Count > 1)
        {
            between = Between(ranks);
            alone = batch / OnFirst(ranks, () =>
            {
                using Trainer whole = LsnnBenchmark.MeasuredTraining(weights, repeated, batch, ranks.Count, 1);
                return Fastest(new SoloRanks(), whole, each).Seconds;
            });
            var own = new ChosenSamples(repeated, index => index / samples * batch + ranks.Rank * samples + index % samples);
            using Trainer part = LsnnBenchmark.MeasuredTraining(weights, own, samples, 1, 1);
            sideBySide = batch / Fastest(ranks, part, each).Seconds;
        }

        var metered = new MeteredRanks(ranks);
        using Trainer trainer = LsnnBenchmark.MeasuredTraining(weights, repeated, batch, ranks.Count, 1, metered);
        RankTraffic before = metered.Traffic;
        double processor = ProcessorTime.OfThread;
        (double seconds, int updates) = Fastest(metered, trainer, each);
        RankTraffic after = metered.Traffic;
        double messages = (after.Seconds - before.Seconds) / updates;
        return new SharedTraining(batch / seconds, alone, sideBySide, (ProcessorTime.OfThread - processor) / updates - messages, messages,
            new RankTraffic((after.Messages - before.Messages) / updates, (after.Bytes - before.Bytes) / updates, messages), between);
    }

    /// <summary>Rank 0 does something and the others sleep, so that it has the machine's memory to itself. Concerns all.</summary>
    /// <param name="ranks">All.</param>
    /// <param name="work">What it does.</param>
    /// <returns>What comes of it at rank 0; elsewhere the type's default.</returns>
    public static T? OnFirst<T>(IRanks ranks, Func<T> work)
    {
        if (ranks.Rank == 0)
        {
            T result = work();
            for (int other = 1; other < ranks.Count; other++)
            {
                ranks.Tell(other, []);
            }

            return result;
        }

        while (!ranks.TryHear(out _, out _))
        {
            Thread.Sleep(1);
        }

        return default;
    }

    /// <summary>Mean over the batches of the fastest update, from the word of all before it to the one after it, and the number of updates.
    /// Concerns all.</summary>
    private static (double Seconds, int Updates) Fastest(IRanks ranks, Trainer trainer, TimeSpan each)
    {
        double[] fastest = new double[Batches];
        Array.Fill(fastest, double.PositiveInfinity);
        long begun = Stopwatch.GetTimestamp();
        int rounds = 0;
        do
        {
            ranks.Agree(0);
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < Batches; i++)
            {
                trainer.Update();
                ranks.Agree(0);
                long now = Stopwatch.GetTimestamp();
                fastest[i] = Math.Min(fastest[i], Stopwatch.GetElapsedTime(from, now).TotalSeconds);
                from = now;
            }

            rounds++;
        }
        while (ranks.Agree(ranks.Rank == 0 && Stopwatch.GetElapsedTime(begun) < each ? 1 : 0) != 0);
        return (fastest.Average(), rounds * Batches);
    }

    /// <summary>Samples of another source, in another order.</summary>
    private sealed class ChosenSamples(ISampleSource source, Func<long, long> choose) : ISampleSource
    {
        public int InputLength => source.InputLength;

        public int TargetLength => source.TargetLength;

        public void Fill(long index, Span<float> inputs, Span<float> targets) => source.Fill(choose(index), inputs, targets);
    }

    /// <summary>Half of the fastest way there and back, of one number and of 4 MiB.</summary>
    private static RankNetwork Between(IRanks ranks)
    {
        float[] memory = GC.AllocateArray<float>(LongFloats, pinned: true);
        float* data = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        double latency = Fastest(1, 200), whole = Fastest(LongFloats, 20);
        ranks.Agree(0);
        GC.KeepAlive(memory);
        return new RankNetwork(latency, LongFloats * sizeof(float) / Math.Max(1e-9, whole - latency));

        double Fastest(int length, int times)
        {
            double fastest = double.PositiveInfinity;
            for (int i = 0; i < times && ranks.Rank < 2; i++)
            {
                long from = Stopwatch.GetTimestamp();
                for (int way = 0; way < 2; way++)
                {
                    if (way == ranks.Rank)
                    {
                        ranks.Send(1 - ranks.Rank, 0, data, length);
                    }
                    else
                    {
                        ranks.Receive(1 - ranks.Rank, 0, data, length);
                    }

                    ranks.WaitAll();
                }

                fastest = Math.Min(fastest, 0.5 * Stopwatch.GetElapsedTime(from).TotalSeconds);
            }

            return fastest;
        }
    }
}
