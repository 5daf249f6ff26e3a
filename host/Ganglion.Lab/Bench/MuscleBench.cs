using Ganglion.Physics.Muscles;

namespace Ganglion.Lab.Bench;

/// <summary>Tracking of the muscle rig under one way of control.</summary>
/// <param name="Control">In words.</param>
/// <param name="Hz">Of the sine of 0.35 rad.</param>
/// <param name="Rms">Error, rad.</param>
/// <param name="RmsOff">Error where valves give 5 % less and muscles pull 10 % less than the controller thinks, rad.</param>
/// <param name="Published">The specification's figure, rad; null where it has none.</param>
public sealed record MuscleFigure(string Control, double Hz, double Rms, double RmsOff, double? Published);

/// <summary>A joint on pneumatic muscles follows a sine, on the test rig of specification cpg.md H.</summary>
public static class MuscleBench
{
    private const double ValveError = 0.05, Weaker = 0.1;

    private static readonly (string Words, RigControl Control, double?[] Published)[] Ways =
    [
        ("joint loop alone", new(false, true, false), [0.108, 0.111]),
        ("feed-forward alone", new(true, false, false), [0.030, 0.058]),
        ("feed-forward and joint loop", new(true, true, false), [0.012, 0.025]),
        ("feed-forward, joint loop and pressure loop", new(true, true, true), [null, null]),
    ];

    /// <summary>All ways at 0.5 and 1 Hz.</summary>
    public static MuscleFigure[] Measure() =>
    [
        .. from frequency in new[] { 0.5, 1.0 }
           from way in Ways
           select new MuscleFigure(
               way.Words, frequency, MuscleRig.Track(way.Control, frequency), MuscleRig.Track(way.Control, frequency, ValveError, Weaker),
               way.Published[frequency > 0.5 ? 1 : 0]),
    ];

    /// <summary>The bar: with everything on, at 0.5 Hz, also where valves and muscles are off.</summary>
    public static Bar[] Bars(MuscleFigure[] figures) =>
        [Bar.AtMost("muscles: rms error at 0.5 Hz with all loops, valves 5 % and muscles 10 % off, rad", figures.Where(figure => figure.Hz < 1).Last().RmsOff, 0.015)];
}
