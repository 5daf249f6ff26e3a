using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Gaits;

/// <summary>From one gait to another while the limbs move.</summary>
/// <param name="From">The gait before.</param>
/// <param name="To">The gait after.</param>
/// <param name="LeastSpeed">Slowest that any limb became, as a share of its frequency; below 0 it would have gone backward.</param>
/// <param name="Cycles">Cycles until all limbs stayed within <see cref="GaitTrial.ToleranceDeg"/> of the new gait; NaN if they did
/// not.</param>
/// <param name="Times">Time of each row of the trace [s], the change at 0.</param>
/// <param name="Phases">Phase of each limb over time, turns 0..1.</param>
/// <param name="Stands">Whether it stands then.</param>
public sealed record GaitTransition(
    LimbGait From, LimbGait To, double LeastSpeed, double Cycles, double[] Times, double[][] Phases, bool[][] Stands)
{
    /// <summary>Cycles that are watched before and after the change.</summary>
    public const int Before = 2, After = 12;

    /// <summary>Plays a transition.</summary>
    /// <param name="from">The gait before.</param>
    /// <param name="to">The gait after.</param>
    /// <param name="frequency">Cycles a second.</param>
    /// <param name="coupling">What each limb does to each other, as a share of the frequency.</param>
    public static GaitTransition Run(LimbGait from, LimbGait to, double frequency, double coupling)
    {
        PhaseNetwork network = new LimbNetwork(frequency, coupling).Build(from);
        int before = (int)Math.Round(Before / frequency / LimbNetwork.Tick);
        int steps = before + (int)Math.Round(After / frequency / LimbNetwork.Tick), outside = before;
        double[] times = new double[steps], last = new double[network.Count];
        double[][] phases = [.. last.Select(_ => new double[steps])];
        bool[][] stands = [.. last.Select(_ => new bool[steps])];
        double least = double.PositiveInfinity;
        for (int step = 0; step < steps; step++)
        {
            if (step == before)
            {
                LimbNetwork.Change(network, to);
            }

            for (int i = 0; i < last.Length; i++)
            {
                last[i] = network.Theta[i];
            }

            network.Step();
            times[step] = (step - before + 1) * LimbNetwork.Tick;
            for (int i = 0; i < last.Length; i++)
            {
                phases[i][step] = network.Theta[i];
                stands[i][step] = network.FlexorActivity[i] == 0;
                double way = Math.IEEERemainder(network.Theta[i] - last[i], 1);
                least = Math.Min(least, way / (LimbNetwork.Tick * frequency));
            }

            outside = step >= before && LimbNetwork.WorstDeg(network, to) > GaitTrial.ToleranceDeg ? step + 1 : outside;
        }

        double cycles = outside < steps ? (outside - before) * LimbNetwork.Tick * frequency : double.NaN;
        return new GaitTransition(from, to, least, cycles, times, phases, stands);
    }
}
