using System.Diagnostics;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The chess clock's fits to the cat.</summary>
internal static class ClockPart
{
    /// <summary>What is asked for; the last is the one that is held to bars.</summary>
    private static readonly (string Name, ClockCoupling Coupling)[] All =
    [
        ("without coupling", ClockCoupling.None),
        ("coupled, any phase", ClockCoupling.Free),
        ("coupled, in antiphase", ClockCoupling.Antiphase),
    ];

    private static readonly double[] Starts = [0.1, 0.3, 0.5, 0.7, 0.9];

    /// <summary>What a plan asks for: the short form leaves out the slow one.</summary>
    public static (string Name, ClockCoupling Coupling)[] Asked(CpgPlan plan) =>
        [.. All.Where(fit => !plan.Quick || fit.Coupling != ClockCoupling.Free)];

    public static ClockRow Of((string Name, ClockCoupling Coupling) asked, int starts)
    {
        PhaseDurations cat = PhaseDurations.Cat;
        var loss = new ClockLoss(cat, asked.Coupling, ClockLoss.UsualSwingWeight, ClockStart.Usual);
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;

        // Where antiphase is not asked for an evaluation takes twenty times as long: the clock has to settle at every speed.
        int points = asked.Coupling == ClockCoupling.Free ? 1 : starts;
        var fit = ClockFit.Run(loss, cat, asked.Coupling, points, ClockFit.UsualSeed);
        process.Refresh();
        double seconds = (process.TotalProcessorTime - before).TotalSeconds;
        ClockScore score = ClockScore.Of(fit.Best.To, cat, ClockStart.Usual, out _)
            ?? throw new InvalidOperationException($"the fit {asked.Name} ended with parameters that do not oscillate");
        return new ClockRow(asked.Name, fit.Best.To.ToArray(), score.SwingRSquared, score.StanceRSquared, score.LargestPhaseError,
            [.. score.Orbits.Select(orbit => orbit.Swing)], [.. score.Orbits.Select(orbit => orbit.Stance)], loss.Evaluations, seconds,
            asked.Coupling == ClockCoupling.None ? [] : [.. Starts.Select(at => Way(fit.Best.To, cat, at))]);
    }

    private static ClockWay Way(ClockParameters clock, PhaseDurations cat, double at) =>
        ClockScore.Of(clock, cat, new ClockStart(false, at), out _) is { } score
            ? new ClockWay(at, score.SwingRSquared, score.StanceRSquared, score.LargestPhaseError)
            : new ClockWay(at, double.NaN, double.NaN, double.NaN);
}
