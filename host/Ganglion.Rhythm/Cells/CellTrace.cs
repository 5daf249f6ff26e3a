namespace Ganglion.Rhythm.Cells;

/// <summary>What a cell did under its protocol, sampled at each step.</summary>
/// <param name="Time">ms, from 0.</param>
/// <param name="V">Membrane potential, mV; a spike stands at its peak of 30.</param>
/// <param name="U">Recovery.</param>
/// <param name="Current">What was injected, mV/ms.</param>
/// <param name="Spikes">Times of the spikes, ms.</param>
public sealed record CellTrace(double[] Time, double[] V, double[] U, double[] Current, double[] Spikes)
{
    // No cell that works comes near to it [mV].
    private const double Bound = 1e4;

    /// <summary>Whether the cell left all bounds: the step is too long for these constants, or its recovery runs away.</summary>
    public bool Diverges => V.Concat(U).Any(value => !(Math.Abs(value) < Bound));

    /// <summary>Runs a cell by itself.</summary>
    public static CellTrace Of(IzhikevichCell cell, CellProtocol protocol)
    {
        int steps = protocol.Steps;
        double[] time = new double[steps], v = new double[steps], u = new double[steps], current = new double[steps], input = new double[1];
        var spikes = new List<double>();
        var network = new CellNetwork([cell], []);
        network.Set(0, protocol.V, protocol.U);
        for (int k = 0; k < steps; k++)
        {
            time[k] = k * protocol.Step;
            current[k] = input[0] = protocol.Current(time[k]);
            network.Step(protocol.Step, input);
            v[k] = network.Fired[0] ? IzhikevichCell.Peak : network.V[0];
            u[k] = network.U[0];
            if (network.Fired[0])
            {
                spikes.Add(time[k]);
            }
        }

        return new CellTrace(time, v, u, current, [.. spikes]);
    }

    /// <summary>Spikes in each burst: groups parted by more than a gap.</summary>
    /// <param name="gap">ms.</param>
    public int[] Bursts(double gap)
    {
        var bursts = new List<int>();
        for (int i = 0; i < Spikes.Length; i++)
        {
            if (i == 0 || Spikes[i] - Spikes[i - 1] > gap)
            {
                bursts.Add(0);
            }

            bursts[^1]++;
        }

        return [.. bursts];
    }
}
