using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Pendulum;

/// <summary>What the leg's muscles tell the half-centers.</summary>
public enum LegFeedback
{
    /// <summary>Where the rod is: q tanh(lam angle).</summary>
    Position,

    /// <summary>How fast it moves: q tanh(lam speed / w), w of the slow mode, so that both kinds are of one size at resonance.</summary>
    Rate,
}

/// <summary>
/// Two half-centers of Izhikevich cells that move a leg and feel it: cells 0 and 1 pull the shoulder to and fro, cells 2 and 3 the elbow,
/// each with m = gain (max(v+, 0) - max(v-, 0)), and hear q tanh(...) and its negative.
/// </summary>
public sealed record HalfCenterLegOptions
{
    /// <summary>Longest step of the cells where they are stepped more often than the leg, ms.</summary>
    public const double CellStep = 0.05;

    /// <summary>The leg.</summary>
    public LegBody Body { get; init; } = new();

    /// <summary>Constants of all four cells.</summary>
    public IzhikevichCell Cell { get; init; } = CellTypes.Find("tonic-bursting")!.Cell;

    /// <summary>Steady current into all four, mV/ms.</summary>
    public double SteadyCurrent { get; init; } = 15;

    /// <summary>Weight of the synapse from the first to the second cell of each pair, mV/ms a spike; negative inhibits.</summary>
    public double Forth { get; init; } = -10;

    /// <summary>From the second to the first.</summary>
    public double Back { get; init; } = -10;

    /// <summary>What passes in the cells while a second passes for the leg, ms/s (kappa), above 0.</summary>
    public double TimeScale { get; init; } = 11;

    /// <summary>Moment for each mV of a cell's potential above 0, N m/mV.</summary>
    public double Gain { get; init; } = 10;

    /// <summary>What is felt.</summary>
    public LegFeedback Feedback { get; init; }

    /// <summary>Size of the feedback q, mV/ms; negative works against the motion.</summary>
    public double FeedbackSize { get; init; } = 5;

    /// <summary>How soon the feedback saturates (lam), 1/rad.</summary>
    public double FeedbackSteepness { get; init; } = 10;

    /// <summary>What is injected into cells 0 and 2 while <see cref="PulseFrom"/> to <see cref="PulseTo"/> of the leg's time pass,
    /// mV/ms.</summary>
    public double Pulse { get; init; }

    /// <summary>s.</summary>
    public double PulseFrom { get; init; } = 5;

    /// <summary>s.</summary>
    public double PulseTo { get; init; } = 10;

    /// <summary>Where the leg starts. From rest with equal cells nothing ever moves: both cells of a pair fire together.</summary>
    public LegState Start { get; init; } = new(0.002, 0.002);

    /// <summary>Step of the leg, s, above 0.</summary>
    public double Step { get; init; } = 0.005;

    /// <summary>How the leg is integrated.</summary>
    public LegScheme Scheme { get; init; } = LegScheme.RungeKutta4;

    /// <summary>The cells take one step with each of the leg's, as in the listing, whatever its length.</summary>
    public bool CellsStepWithLeg { get; init; }

    /// <summary>u at the start is 0, as in the listing, and not the recovery's own rest.</summary>
    public bool RecoveryStartsAtZero { get; init; }

    /// <summary>
    /// The listing of the pendulum paper: cells and leg in one time, a ms for a second, in steps of 0.01 by Euler's rule; unequal
    /// inhibition; pulses of 10 on cells 0 and 2 between 5 and 10; q 0.4, lam 2.
    /// </summary>
    /// <param name="gain">Of the moments; the listing does not tell it. The paper's figures say 1.</param>
    public static HalfCenterLegOptions Listing(double gain) => new()
    {
        Body = new LegBody { Law = ElbowDamping.Listing },
        Forth = -5,
        Back = -10,
        TimeScale = 1,
        Gain = gain,
        FeedbackSize = 0.4,
        FeedbackSteepness = 2,
        Pulse = 10,
        Start = default,
        Step = 0.01,
        Scheme = LegScheme.Euler,
        CellsStepWithLeg = true,
        RecoveryStartsAtZero = true,
    };
}
