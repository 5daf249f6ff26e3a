using Ganglion.Basics;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Gaits;

/// <summary>A gait from random phases.</summary>
/// <param name="Gait">The gait.</param>
/// <param name="Starts">Random starts.</param>
/// <param name="Converged">Of them, those whose limbs all came within <see cref="ToleranceDeg"/> and stayed.</param>
/// <param name="WorstDeg">Largest distance of any limb from its lag at the end of any start [deg].</param>
/// <param name="MedianCycles">Cycles until they stayed within it, median over the starts.</param>
/// <param name="MostCycles">Largest.</param>
/// <param name="LagsDeg">Lags behind the first limb at the end of the last start [deg].</param>
public sealed record GaitTrial(
    LimbGait Gait, int Starts, int Converged, double WorstDeg, double MedianCycles, double MostCycles, double[] LagsDeg)
{
    /// <summary>Within which a limb is where its gait has it [deg].</summary>
    public const double ToleranceDeg = 5;

    /// <summary>Cycles that a start is given.</summary>
    public const int Cycles = 20;

    /// <summary>Tries a gait.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="frequency">Cycles a second.</param>
    /// <param name="coupling">What each limb does to each other, as a share of the frequency.</param>
    /// <param name="starts">Random starts.</param>
    /// <param name="seed">Of them.</param>
    public static GaitTrial Run(LimbGait gait, double frequency, double coupling, int starts, int seed)
    {
        LimbNetwork limbs = new(frequency, coupling);
        int steps = (int)Math.Ceiling(Cycles / frequency / LimbNetwork.Tick), converged = 0;
        double[] settled = new double[starts], lags = [];
        double worst = 0;
        for (int k = 0; k < starts; k++)
        {
            var random = SeededRandom.OfHalves(seed, k);
            double[] phases = [.. gait.Delays.Select(_ => random.NextUnit())];
            PhaseNetwork network = limbs.Build(gait, phases);
            int outside = 0;
            for (int step = 1; step <= steps; step++)
            {
                network.Step();
                outside = LimbNetwork.WorstDeg(network, gait) > ToleranceDeg ? step : outside;
            }

            settled[k] = outside * LimbNetwork.Tick * frequency;
            converged += outside < steps ? 1 : 0;
            worst = Math.Max(worst, LimbNetwork.WorstDeg(network, gait));
            lags = LimbNetwork.LagsDeg(network);
        }

        Array.Sort(settled);
        return new GaitTrial(gait, starts, converged, worst, settled[starts / 2], settled[^1], lags);
    }
}
