using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Gaits;

/// <summary>Four limbs as phases, with the code and the tick of the board.</summary>
/// <param name="frequency">Cycles a second.</param>
/// <param name="coupling">What each limb does to each other, as a share of the frequency, 0..0.31.</param>
public sealed class LimbNetwork(double frequency, double coupling)
{
    /// <summary>The board's usual tick [s].</summary>
    public const float Tick = 0.02f;

    /// <summary>The network in a gait.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="starts">Phases at the start, turns 0..1; null: in the gait.</param>
    public PhaseNetwork Build(LimbGait gait, double[]? starts = null)
    {
        int count = gait.Delays.Length;
        PhaseParameters parameters = new(count);
        for (int i = 0; i < count; i++)
        {
            parameters.Frequency[i] = (float)frequency;
            parameters.Delay[i] = (float)gait.Delays[i];
            parameters.Duty[i] = (float)gait.Duty;
            parameters.Start[i] = (float)(starts != null ? starts[i] : (1 - gait.Delays[i]) % 1);
            for (int j = 0; j < count; j++)
            {
                parameters.Weights[i * count + j] = i == j ? 0 : (float)coupling;
            }
        }

        PhaseNetwork network = new(count, Tick);
        RhythmReason reason = network.Configure(parameters, out int where);
        return reason == RhythmReason.None ? network : throw new RhythmRefusedException(
            reason == RhythmReason.WeightOutOfRange ? RhythmPart.Weight : RhythmPart.Oscillator, where, reason);
    }

    /// <summary>Changes a running network's gait, limb by limb, as a host does over the wire.</summary>
    public static void Change(PhaseNetwork network, LimbGait gait)
    {
        for (int i = 0; i < gait.Delays.Length; i++)
        {
            network.SetParameter(1, i, (float)gait.Delays[i]);
            network.SetParameter(2, i, (float)gait.Duty);
        }
    }

    /// <summary>Lag of each limb behind the first one's cycle [deg], 0..360.</summary>
    public static double[] LagsDeg(PhaseNetwork network) =>
        [.. network.Theta.Select(theta => ((network.Theta[0] - theta) % 1 + 1) % 1 * 360)];

    /// <summary>Largest distance of a limb's lag from the gait's [deg], 0..180.</summary>
    public static double WorstDeg(PhaseNetwork network, LimbGait gait)
    {
        double[] lags = LagsDeg(network);
        return lags.Select((lag, i) => PhaseHistory.Distance(lag, 360 * (gait.Delays[i] - gait.Delays[0]))).Max();
    }
}
