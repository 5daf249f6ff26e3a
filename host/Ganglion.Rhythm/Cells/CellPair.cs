namespace Ganglion.Rhythm.Cells;

/// <summary>Two equal cells that inhibit each other: a half-center.</summary>
public sealed record CellPairOptions
{
    /// <summary>Constants of both.</summary>
    public required IzhikevichCell Cell { get; init; }

    /// <summary>Into both, mV/ms.</summary>
    public double SteadyCurrent { get; init; } = 15;

    /// <summary>Weight from the first to the second, mV/ms a spike; negative inhibits.</summary>
    public double Forth { get; init; } = -10;

    /// <summary>From the second to the first.</summary>
    public double Back { get; init; } = -10;

    /// <summary>Into the first while <see cref="PulseFrom"/> to <see cref="PulseTo"/> pass, mV/ms: equal cells at equal places would fire
    /// together for good.</summary>
    public double Pulse { get; init; } = 10;

    /// <summary>ms.</summary>
    public double PulseFrom { get; init; } = 5;

    /// <summary>ms.</summary>
    public double PulseTo { get; init; } = 10;

    /// <summary>ms.</summary>
    public double Duration { get; init; } = 1000;

    /// <summary>ms.</summary>
    public double Step { get; init; } = 0.05;
}

/// <summary>What a pair did, sampled at each step.</summary>
/// <param name="Options">What was run.</param>
/// <param name="V">By cell: membrane potential, mV; a spike stands at 30.</param>
/// <param name="U">By cell: recovery.</param>
/// <param name="Synaptic">By cell: synaptic current, mV/ms.</param>
/// <param name="Spikes">By cell: times, ms.</param>
public sealed record CellPair(CellPairOptions Options, double[][] V, double[][] U, double[][] Synaptic, double[][] Spikes)
{
    // No cell that works comes near to it [mV].
    private const double Bound = 1e4;

    /// <summary>From here on it counts as settled, ms.</summary>
    public double Settled => 0.3 * Options.Duration;

    /// <summary>Length of a turn of both [ms]; NaN if they do not alternate.</summary>
    public double Period => 1 / Alternation.Frequency(Spikes[0], Spikes[1], 1, Settled);

    /// <summary>By how much the second cell's turn begins after the first's [fraction of the period]: 0.5 where both are alike; NaN if
    /// they do not alternate.</summary>
    public double Lag
    {
        get
        {
            double[] first = [.. Alternation.Turns(Spikes[0], Spikes[1], 1).Where(time => time >= Settled)];
            double[] second = [.. Alternation.Turns(Spikes[1], Spikes[0], 1).Where(time => time >= Settled)];
            var lags = new List<double>();
            for (int k = 0; k + 1 < first.Length; k++)
            {
                double between = Array.Find(second, time => time > first[k]);
                if (between > 0 && between < first[k + 1])
                {
                    lags.Add((between - first[k]) / (first[k + 1] - first[k]));
                }
            }

            return lags.Count == 0 ? double.NaN : lags.Average();
        }
    }

    /// <summary>Why they do not alternate, to follow "the cells"; null where they do.</summary>
    public string? Problem => V.Concat(U).Any(signal => signal.Any(value => !(Math.Abs(value) < Bound))) ? "leave all bounds from v = c on"
        : Alternation.Problem(Spikes[0], Spikes[1], 1, Settled);

    /// <summary>Runs a pair from v = c, u = b c.</summary>
    public static CellPair Of(CellPairOptions options)
    {
        int steps = (int)Math.Round(options.Duration / options.Step);
        double[][] v = Rows(steps), u = Rows(steps), synaptic = Rows(steps);
        List<double>[] spikes = [[], []];
        double[] input = new double[2];
        var network = new CellNetwork([options.Cell, options.Cell], [0, options.Forth, options.Back, 0]);
        for (int k = 0; k < steps; k++)
        {
            double time = k * options.Step;
            input[0] = options.SteadyCurrent + (time > options.PulseFrom && time < options.PulseTo ? options.Pulse : 0);
            input[1] = options.SteadyCurrent;
            network.Step(options.Step, input);
            for (int i = 0; i < 2; i++)
            {
                v[i][k] = network.Fired[i] ? IzhikevichCell.Peak : network.V[i];
                u[i][k] = network.U[i];
                synaptic[i][k] = network.Synaptic[i];
                if (network.Fired[i])
                {
                    spikes[i].Add(time);
                }
            }
        }

        return new CellPair(options, v, u, synaptic, [[.. spikes[0]], [.. spikes[1]]]);
    }

    private static double[][] Rows(int steps) => [new double[steps], new double[steps]];
}
