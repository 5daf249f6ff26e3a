using Ganglion.Neurons.Network;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// Corrects what a network is told by what it does: learning with an open loop leaves its turn some percent too fast or too slow once the
/// loop is closed, in a way of each network's own. So it runs by itself at the recorded speeds, and the place on the scale of speeds that
/// it is told is moved to where it has the recorded cycle. The network itself is not changed. (The spiking ensemble is calibrated likewise,
/// by <see cref="Spiking.CpgCalibration"/>.)
/// </summary>
public static class CpgTuning
{
    private const int Rounds = 3, Cycles = 20;
    private const double Farthest = 1.3;

    /// <summary>The network with other places; where it makes no strides, they stay.</summary>
    public static CpgNetwork Tune(CpgNetwork network, LsnnWeights weights)
    {
        for (int round = 0; round < Rounds; round++)
        {
            double[] places = [.. network.Places];
            for (int k = 0; k < places.Length; k++)
            {
                RecordedPhases wanted = network.Recorded[k];
                var run = new LearnedRun(new LearnedCpg(network, weights));
                LearnedPart part = run.Play(wanted.Speed, LearnedRun.Settle + Cycles * wanted.Cycle);
                if (part.Strides.Count >= Cycles / 2)
                {
                    double moved = network.Places[k] + Math.Log(wanted.Cycle / part.Cycle) / Slope(network, k);
                    places[k] = Math.Clamp(moved, -Farthest, Farthest);
                }
            }

            network = network with { Places = [.. places] };
        }

        return network;
    }

    /// <summary>How the logarithm of the cycle goes with the place, by the recorded speeds beside it.</summary>
    private static double Slope(CpgNetwork network, int k)
    {
        int low = Math.Max(0, k - 1), high = Math.Min(network.Recorded.Length - 1, k + 1);
        (RecordedPhases slow, RecordedPhases fast) = (network.Recorded[low], network.Recorded[high]);
        return Math.Log(fast.Cycle / slow.Cycle) / (network.Place(fast.Speed) - network.Place(slow.Speed));
    }
}
