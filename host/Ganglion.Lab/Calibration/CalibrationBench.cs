using Ganglion.Lab.Bench;
using Ganglion.Sim.Calibration;

namespace Ganglion.Lab.Calibration;

/// <summary>Calibrations of virtual robots whose directions, ranges, known places and oscillators are drawn at random.</summary>
public static class CalibrationBench
{
    /// <summary>Counts of a servo's chip, 4.88 us at 50 Hz.</summary>
    private const double MostCounts = 2;

    /// <summary>One trial a seed, on all cores; the order is that of the seeds.</summary>
    /// <param name="text">A robot's file.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many robots.</param>
    public static CalibrationTrial[] Measure(string text, int first, int count)
    {
        var trials = new CalibrationTrial[count];
        Parallel.For(0, count, i => trials[i] = CalibrationTrial.Run(text, first + i));
        return trials;
    }

    /// <summary>All are found within two counts, and no pulse changes faster than is allowed but for rounding at either end.</summary>
    public static Bar[] Bars(CalibrationTrial[] trials) =>
    [
        Bar.AtLeast("robots found: direction, and pulses within 2 counts", trials.Count(trial => trial is { RightWay: true,
            Counts: <= MostCounts }), trials.Length),
        Bar.AtMost("pulse beyond what the speed allows, counts", trials.Max(trial => trial.Excess), MostCounts),
    ];
}
