using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>Figure by figure: what the paper prints, what was computed from its equations before, and ours.</summary>
public static class PendulumBars
{
    /// <summary>Frequencies of the half-center by time scale and size of the feedback, as they were computed before [Hz].</summary>
    public static readonly double[][] Entrainment =
        [[0.162, 0.159, 0.159], [0.163, 0.164, 0.163], [0.252, 0.163, 0.163], [0.321, 0.184, 0.163], [0.372, 0.362, 0.170]];

    /// <summary>All.</summary>
    public static IReadOnlyList<ReproducedFigure> Of(PendulumReproduction run)
    {
        (LegMode slow, LegMode fast) = LegMode.Of(new LegBody());
        double euler = Drift(run, LegScheme.Euler, 0.01), exact = Drift(run, LegScheme.RungeKutta4, 0.01);
        double worst = run.Position.Rows.Zip(Entrainment).Max(row => row.First.Cells.Zip(row.Second).Max(cell =>
            Math.Abs(cell.First.CellFrequency / cell.Second - 1)));
        ForcedPoint least = run.Sweep.MinBy(point => point.CostOfSwing)!;
        return
        [
            Bar("slow mode, Hz", 0.1657, slow.Frequency, 0.001, "the linearised matrices"),
            Bar("fast mode, Hz", 0.3913, fast.Frequency, 0.001, ""),
            Bar("energy added by Euler's steps of 0.01 s in 100 s, of the upper rod's weight", 1.06, euler, 0.02, "the leg turns over"),
            Limit("the same by Runge and Kutta's, at most 1e-7", Math.Abs(exact), 1e-7),
            Bar("listing's half-center, Hz in its one time", 0.0202, 1 / run.Unequal.Period, 0.03, "8 times slower than the leg"),
            Bar("the same with equal inhibition", 0.0177, 1 / run.Equal.Period, 0.03, ""),
            Bar("largest angle of the upper rod in 1500 s, Euler over Runge and Kutta", 31,
                run.Pumped.Largest.Upper / run.Kept.Largest.Upper, 0.05, "the listing's integrator, not its half-centers"),
            Limit("table of entrainment: the worst of 15 frequencies, at most 3 %", worst, 0.03),
            Bar("oscillators that rate feedback entrains, of 9", 9, run.Reciprocal[^1].Runs.Count(one => one.IsEntrained), 0, ""),
            Bar("least work for a swing at, of the slow mode's frequency", 1, least.Frequency / slow.Frequency, 0.001,
                "entrainment's reason: the energy minimum"),
        ];
    }

    /// <summary>What a scheme added.</summary>
    public static double Drift(PendulumReproduction run, LegScheme scheme, double step) =>
        run.Drifts.Single(drift => drift.Scheme == scheme && drift.Step == step).Drift;

    private static ReproducedFigure Bar(string what, double expected, double ours, double tolerance, string note) =>
        new(what, double.NaN, expected, ours, tolerance, note);

    // A bound from above is met by all that is below it.
    private static ReproducedFigure Limit(string what, double ours, double most) =>
        new(what, double.NaN, most, ours, ours <= most ? 1 : 0, "");
}
