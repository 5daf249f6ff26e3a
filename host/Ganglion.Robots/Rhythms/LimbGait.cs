using System.Collections.Immutable;

namespace Ganglion.Robots.Rhythms;

/// <summary>A gait of four limbs: when each begins its stance within the cycle, and for how much of it it stands.</summary>
/// <param name="Name">As in files and commands.</param>
/// <param name="Delays">Begin of stance of LH, LF, RH, RF, as shares of the cycle, 0..1.</param>
/// <param name="Duty">Share of the cycle that is stance.</param>
public sealed record LimbGait(string Name, ImmutableArray<double> Delays, double Duty)
{
    /// <summary>Left hind, left fore, right hind, right fore.</summary>
    public static readonly ImmutableArray<string> Limbs = ["lh", "lf", "rh", "rf"];

    /// <summary>
    /// The conventional table (Hildebrand's; as the literature on gait generators quotes it, recalled and not compared with a print). The
    /// duties are in the middle of their ranges: walk 0.65 to 0.75, bound 0.35 to 0.45.
    /// </summary>
    public static readonly ImmutableArray<LimbGait> All =
    [
        new("walk", [0, 0.25, 0.5, 0.75], 0.7),
        new("trot", [0, 0.5, 0.5, 0], 0.5),
        new("pace", [0, 0, 0.5, 0.5], 0.5),
        new("bound", [0, 0.5, 0, 0.5], 0.4),
        new("transverse-gallop", [0, 0.6, 0.1, 0.7], 0.35),
        new("rotary-gallop", [0, 0.7, 0.1, 0.6], 0.35),
        new("pronk", [0, 0, 0, 0], 0.35),
    ];
}
