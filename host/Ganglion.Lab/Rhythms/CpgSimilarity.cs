using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>
/// Representational similarity (Kriegeskorte, Mur and Bandettini, 2008) of the chess clock's states and the ensemble's activations: how far
/// apart each lays any two moments of walking (20 places of the cycle at 5 speeds), and whether both find the same ones alike, by
/// Spearman's rank correlation of these distances. 1: the same order; 0: nothing in common.
/// </summary>
/// <param name="ClockToNetwork">The chess clock's four states and the rates of the neurons.</param>
/// <param name="NetworkToNetwork">Two networks of other neurons: what could be reached at most.</param>
/// <param name="ClockToShuffled">The chess clock and the network's moments in random order: what chance gives.</param>
public sealed record CpgSimilarity(double ClockToNetwork, double NetworkToNetwork, double ClockToShuffled)
{
    /// <summary>The chess clock without coupling that fits the cat best: 15 speeds, R2 of swing 0.80 and stance 0.9999.</summary>
    public static readonly ClockParameters Clock = new(3.629, 1.110, 1.557, 2.615, 1.2085);

    private const int Places = 20, Cycles = 10;

    private static readonly double[] Speeds = [0.15, 0.3, 0.55, 0.9, 1.4];

    /// <summary>Measures.</summary>
    /// <param name="design">The network.</param>
    /// <param name="clock">A chess clock without coupling.</param>
    public static CpgSimilarity Measure(CpgDesign design, ClockParameters clock)
    {
        double[][] rates = [.. Speeds.SelectMany(speed => Rates(design, speed))];
        CpgDesign other = CpgCalibration.Build(design.Settings with { Seed = design.Settings.Seed + 1_000_000 });
        double[] clockDistances = Distances([.. Speeds.SelectMany(speed => States(clock, speed))]), distances = Distances(rates);
        double[] otherDistances = Distances([.. Speeds.SelectMany(speed => Rates(other, speed))]);
        int[] order = [.. Enumerable.Range(0, rates.Length)];
        new Random(design.Settings.Seed).Shuffle(order);
        return new CpgSimilarity(Spearman(clockDistances, distances), Spearman(otherDistances, distances),
            Spearman(clockDistances, Distances([.. order.Select(k => rates[k])])));
    }

    /// <summary>Mean rates of all neurons at each place of the cycle, from the left swing's beginning on [spikes a step].</summary>
    internal static double[][] Rates(CpgDesign design, double speed)
    {
        var cpg = new SpikingCpg(design) { Place = SpeedScale.Of(speed) };
        var cycle = new List<int[]>();
        double[][] sums = [.. Enumerable.Range(0, Places).Select(_ => new double[design.Population.Count])];
        int[] steps = new int[Places];
        for (int seen = -2; seen < Cycles;)
        {
            bool before = cpg.LeftFlexor;
            cpg.Advance();
            if (cpg.LeftFlexor && !before)
            {
                for (int k = 0; seen >= 0 && k < cycle.Count; k++)
                {
                    int place = k * Places / cycle.Count;
                    steps[place]++;
                    foreach (int neuron in cycle[k])
                    {
                        sums[place][neuron]++;
                    }
                }

                seen++;
                cycle.Clear();
            }

            cycle.Add(cpg.Fired.ToArray());
        }

        return [.. sums.Select((sum, place) => sum.Select(count => count / Math.Max(1, steps[place])).ToArray())];
    }

    /// <summary>The four clocks at the same places, the right side half a cycle behind: x(t) = k (1 - exp(-r t)) / r since it
    /// started.</summary>
    internal static IEnumerable<double[]> States(ClockParameters clock, double speed)
    {
        double swing = clock.UncoupledDuration(true, speed), cycle = swing + clock.UncoupledDuration(false, speed);
        return Enumerable.Range(0, Places).Select(place =>
        {
            double left = (place + 0.5) / Places * cycle;
            return (double[])[.. Side(left), .. Side((left + cycle / 2) % cycle)];
        });

        double[] Side(double t) => t < swing ? [At(true, t), 0] : [0, At(false, t - swing)];

        double At(bool flexor, double t) => clock.Drive(flexor, speed) * (1 - Math.Exp(-clock.Leak * t)) / clock.Leak;
    }

    /// <summary>Euclidean distances of all pairs.</summary>
    private static double[] Distances(double[][] patterns) =>
    [
        .. from a in Enumerable.Range(0, patterns.Length)
           from b in Enumerable.Range(0, a)
           select Math.Sqrt(patterns[a].Zip(patterns[b], (x, y) => (x - y) * (x - y)).Sum()),
    ];

    private static double Spearman(double[] a, double[] b)
    {
        double[] x = Ranks(a), y = Ranks(b);
        double mean = (x.Length - 1) / 2.0;
        return x.Zip(y, (p, q) => (p - mean) * (q - mean)).Sum() / x.Sum(p => (p - mean) * (p - mean));
    }

    // The clock's distances come in equal pairs, left and right exchanged: in either order, one rank of thousands.
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], order);
        double[] ranks = new double[values.Length];
        for (int k = 0; k < order.Length; k++)
        {
            ranks[order[k]] = k;
        }

        return ranks;
    }
}
