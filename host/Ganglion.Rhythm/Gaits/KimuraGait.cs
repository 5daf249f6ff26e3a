using Ganglion.Basics;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Gaits;

/// <summary>
/// A gait as four Kimura oscillators with the parameters of Table 2. Their couplings act extensor to extensor and flexor to flexor: a
/// weight below 0 draws two oscillators to antiphase, one above 0 to phase, and a ring of weights below 0 to quarter turns
/// (shared/README.md A4). So they have the gaits whose lags are multiples of a quarter; nothing in them holds a lag of a tenth of a
/// cycle, as gallops have it.
/// </summary>
/// <param name="Gait">The gait.</param>
/// <param name="How">By which couplings it is had, or why not.</param>
/// <param name="Tried">Random starts; 0 where it cannot be had.</param>
/// <param name="Converged">Of them, those that came within <see cref="GaitTrial.ToleranceDeg"/>.</param>
/// <param name="WorstDeg">Largest distance of a limb from its lag at the end of any start [deg].</param>
/// <param name="Period">[s].</param>
public sealed record KimuraGait(LimbGait Gait, string How, int Tried, int Converged, double WorstDeg, double Period)
{
    /// <summary>Random starts.</summary>
    public const int Starts = 60;

    private const double Ring = 0.7, Apart = -0.5, Together = 0.2, Settle = 25, Measure = 4;

    /// <summary>Tries a gait.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="starts">Random starts.</param>
    /// <param name="seed">Of them.</param>
    public static KimuraGait Run(LimbGait gait, int starts, int seed)
    {
        if (Weights(gait) is not { } weights)
        {
            return new KimuraGait(gait, "not had: lags of a tenth of a cycle", 0, 0, double.NaN, double.NaN);
        }

        int converged = 0;
        double worst = 0, period = 0;
        for (int k = 0; k < starts; k++)
        {
            KimuraNetwork network = Network(weights);
            var random = SeededRandom.OfHalves(seed, k);
            for (int i = 0; i < network.Count; i++)
            {
                network.SetState(i, (float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5), 0, 0);
            }

            var recording = RhythmRecording.Record(network, Measure, Settle);
            PhaseHistory phases = recording.Phases();
            double[] wanted = [.. gait.Delays.Select(delay => (1 - delay) * 360)];
            double off = phases.Cycles == 0 ? 180 : phases.WorstDeg(wanted, phases.Cycles - 1);
            off = double.IsNaN(off) ? 180 : off;
            converged += off <= GaitTrial.ToleranceDeg ? 1 : 0;
            worst = Math.Max(worst, off);
            period = recording.Period(0);
        }

        return new KimuraGait(gait, gait.Name switch
        {
            "walk" => "pairs and ring",
            "pronk" => "mutual excitation",
            _ => "two groups that inhibit each other",
        }, starts, converged, worst, period);
    }

    /// <summary>Weights of four oscillators, row = receiver; null where there are none for it.</summary>
    private static double[,]? Weights(LimbGait gait)
    {
        double[,] weights = new double[4, 4];
        for (int to = 0; to < 4; to++)
        {
            for (int from = 0; from < 4; from++)
            {
                double lag = ((gait.Delays[to] - gait.Delays[from]) % 1 + 1) % 1;
                if (lag is not (0 or 0.25 or 0.5 or 0.75))
                {
                    return null;
                }

                // In the ring of A4 each receives from the one that it leads by a quarter.
                weights[to, from] = to == from ? 0 : gait.Name == "walk" ? lag switch { 0.5 => -1, 0.75 => -Ring, _ => 0 }
                    : lag == 0.5 ? Apart : gait.Name == "pronk" ? Together : 0;
            }
        }

        return weights;
    }

    private static KimuraNetwork Network(double[,] weights)
    {
        KimuraParameters parameters = new(4) { Count = 4 };
        for (int i = 0; i < 4; i++)
        {
            OscillatorParameters.Table2.WriteTo(parameters, i);
            for (int j = 0; j < 4; j++)
            {
                parameters.Weights[i * 4 + j] = (float)weights[i, j];
            }
        }

        KimuraNetwork network = new(4, LimbNetwork.Tick, IntegrationScheme.RungeKutta4);
        RhythmReason reason = network.Configure(parameters, out int where);
        return reason == RhythmReason.None ? network : throw new RhythmRefusedException(RhythmPart.Oscillator, where, reason);
    }
}
