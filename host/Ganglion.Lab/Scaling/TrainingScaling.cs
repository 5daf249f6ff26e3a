using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Lab.Scaling;

/// <summary>What the parts of an update cost one thread, s of processor time.</summary>
/// <param name="Slice">One slice of a batch: its samples forward and back.</param>
/// <param name="Spread">Standard deviation of that from slice to slice: samples differ in their spikes.</param>
/// <param name="Sum">To add one slice's gradients to another's.</param>
/// <param name="Step">To step all weights.</param>
public sealed record UpdateCosts(double Slice, double Spread, double Sum, double Step);

/// <summary>A network between ranks: a message of n bytes takes latency + n / bandwidth (Hockney 1994).</summary>
/// <param name="Latency">[s], above 0.</param>
/// <param name="Bandwidth">[byte/s], above 0, of one rank, in and out at once.</param>
public readonly record struct RankNetwork(double Latency, double Bandwidth);

/// <summary>An update of N ranks as the model has it.</summary>
/// <param name="Ranks">N, each with one slice.</param>
/// <param name="Traffic">Of the rank with most rows.</param>
/// <param name="Compute">Of one rank, s.</param>
/// <param name="Wait">For the rank whose slice has most spikes, s.</param>
/// <param name="Network">Messages on their way, s.</param>
/// <param name="Efficiency">Against one rank with the same global batch, 0..1.</param>
public sealed record ScalingPoint(int Ranks, RankedTraffic Traffic, double Compute, double Wait, double Network, double Efficiency)
{
    /// <summary>Of an update, s.</summary>
    public double Seconds => Compute + Wait + Network;
}

/// <summary>
/// Model of a training that ranks share, one slice each. A rank works its slice out, adds up and steps its share of the rows; all wait for
/// the slowest; then what <see cref="RankedTraffic"/> says is under way: the gradients as N - 1 messages one after another, figures and
/// weights each in a sharing by all, which takes log2 N rounds below 512 KiB and N - 1 rounds from there on (MPICH's recursive doubling and
/// ring: Thakur, Rabenseifner and Gropp 2005, section 4.1). Nothing of it overlaps, since a rank has one slice.
/// </summary>
public static class TrainingScaling
{
    private const int LongMessage = 512 << 10;

    /// <summary>An update of so many ranks.</summary>
    /// <param name="shape">Of the network.</param>
    /// <param name="costs">Measured.</param>
    /// <param name="network">Between ranks.</param>
    /// <param name="ranks">At least 1.</param>
    /// <param name="cores">Cores for all ranks; beyond these they take turns.</param>
    public static ScalingPoint At(LsnnShape shape, UpdateCosts costs, RankNetwork network, int ranks, int cores = int.MaxValue)
    {
        var traffic = RankedTraffic.Of(shape, ranks, ranks, ranks - 1); // no rank has more rows
        double turns = Math.Max(1, (double)ranks / cores);
        double compute = turns * (costs.Slice + costs.Sum * (ranks - 1) / ranks + costs.Step / ranks);
        double wait = turns * costs.Spread * ExpectedLargest(ranks);
        double rounds = ranks == 1 ? 0 : traffic.Messages + Rounds(sizeof(byte) * ranks) + Rounds(traffic.FigureBytes)
            + Rounds(traffic.WeightBytes);
        double moved = rounds * network.Latency + traffic.Bytes / network.Bandwidth;
        double alone = ranks * costs.Slice + (ranks - 1) * costs.Sum + costs.Step;
        return new ScalingPoint(ranks, traffic, compute, wait, moved, alone / (ranks * (compute + wait + moved)));

        double Rounds(long bytes) => bytes < LongMessage ? Math.Ceiling(Math.Log2(ranks)) : ranks - 1;
    }

    /// <summary>Mean of the largest of n standard normal numbers (Blom 1958), to 0.03.</summary>
    public static double ExpectedLargest(int n) => n == 1 ? 0 : NormalQuantile((n - 0.375) / (n + 0.25));

    /// <summary>Of p in 0.5..1, to 4.5e-4 (Abramowitz and Stegun 26.2.23).</summary>
    private static double NormalQuantile(double p)
    {
        double t = Math.Sqrt(-2 * Math.Log(1 - p));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
