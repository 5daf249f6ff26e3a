using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Entrainment;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>
/// "Central pattern generator/double pendulum model" (Cowan 2009) computed again: its listing with the missing lines, what its figures
/// show, and what it looked for and could not find at its listing's time scale: half-centers that a leg entrains to its resonance.
/// </summary>
public sealed class PendulumReproduction
{
    // Gain at which no rod turns over, and steps in which Euler's rule pumps and does not.
    private const double LowGain = 0.1, LongStep = 0.05, ShortStep = 0.002;

    /// <summary>The 20 cell types.</summary>
    public required (CellType Type, CellTrace Trace)[] Cells { get; init; }

    /// <summary>Figure 2: near the slow and near the fast mode.</summary>
    public required ForcedLeg NearSlow { get; init; }

    /// <inheritdoc cref="NearSlow"/>
    public required ForcedLeg NearFast { get; init; }

    /// <summary>Figure 4: let go, damped.</summary>
    public required FreeLeg Free { get; init; }

    /// <summary>Energy that each scheme adds in 100 s to a leg without damping.</summary>
    public required (LegScheme Scheme, double Step, double Drift)[] Drifts { get; init; }

    /// <summary>Figure 5: the listing's half-center, unequal and equal inhibition.</summary>
    public required CellPair Unequal { get; init; }

    /// <inheritdoc cref="Unequal"/>
    public required CellPair Equal { get; init; }

    /// <summary>Figures 6 to 9: the listing at gain 1 for 500 s.</summary>
    public required HalfCenterLegRun Listing { get; init; }

    /// <summary>The listing without its direct pulses, 60 s.</summary>
    public required HalfCenterLegRun Unpulsed { get; init; }

    /// <summary>The same at a gain at which the rods turn over, 200 s.</summary>
    public required HalfCenterLegRun Huge { get; init; }

    /// <summary>Figures 10 and 11: at a low gain, in long and in short steps.</summary>
    public required HalfCenterLegRun LongSteps { get; init; }

    /// <inheritdoc cref="LongSteps"/>
    public required HalfCenterLegRun ShortSteps { get; init; }

    /// <summary>1500 s of the listing by Euler's rule and by Runge and Kutta's.</summary>
    public required HalfCenterLegRun Pumped { get; init; }

    /// <inheritdoc cref="Pumped"/>
    public required HalfCenterLegRun Kept { get; init; }

    /// <summary>What a forced swing costs on and off resonance.</summary>
    public required ForcedPoint[] Sweep { get; init; }

    /// <summary>Position feedback: half-centers of five speeds, three sizes of the feedback.</summary>
    public required LegStudy Position { get; init; }

    /// <summary>Half-centers slower than the resonance: with position and with rate feedback.</summary>
    public required (double TimeScale, HalfCenterLegRun Position, HalfCenterLegRun Rate)[] Slow { get; init; }

    /// <summary>An entrained leg, for the film.</summary>
    public required HalfCenterLegRun Film { get; init; }

    /// <summary>Iwasaki and Zheng's oscillators.</summary>
    public required (string Name, EntrainmentRun[] Runs)[] Reciprocal { get; init; }

    /// <summary>Computes everything; about five seconds, without chance.</summary>
    /// <param name="look">Told what is computed next.</param>
    /// <param name="cancellation">Ends it.</param>
    public static PendulumReproduction Run(Action<string> look, CancellationToken cancellation)
    {
        LegBody leg = new();
        LegState start = new(1, 0.5);
        (LegMode slow, LegMode fast) = LegMode.Of(leg);
        HalfCenterLegOptions listing = HalfCenterLegOptions.Listing(1), usual = new();
        CellPairOptions pair = new() { Cell = usual.Cell, Duration = 400, Step = 0.01 };
        HalfCenterLegRun Drive(HalfCenterLegOptions options, double seconds) => HalfCenterLegRun.Of(options, seconds, null, cancellation);
        (LegScheme, double, double) Drift(LegScheme scheme, double step) =>
            (scheme, step, FreeLeg.Run(leg.Undamped(), start, 100, step, scheme).EnergyDrift);
        T Next<T>(string what, Func<T> work)
        {
            cancellation.ThrowIfCancellationRequested();
            look(what);
            return work();
        }

        return new PendulumReproduction
        {
            Cells = Next("cells", () => CellTypes.All.Select(type => (type, CellTrace.Of(type.Cell, type.Protocol))).ToArray()),
            NearSlow = Next("Figure 2", () => ForcedLeg.Run(leg, 0.97 * slow.Frequency, 5, 500, 0.01, cancellation)),
            NearFast = ForcedLeg.Run(leg with { ElbowDampingFactor = 1 }, 0.97 * fast.Frequency, 5, 250, 0.01, cancellation),
            Free = Next("Figure 4", () => FreeLeg.Run(leg, start, 300, 0.01, LegScheme.RungeKutta4, cancellation)),
            Drifts = [Drift(LegScheme.Euler, 0.01), Drift(LegScheme.SemiImplicit, 0.01), Drift(LegScheme.RungeKutta4, 0.01),
                Drift(LegScheme.RungeKutta4, 0.05)],
            Unequal = Next("Figure 5", () => CellPair.Of(pair with { Forth = -5 })),
            Equal = CellPair.Of(pair),
            Unpulsed = Next("direct pulses", () => Drive(listing with { Pulse = 0 }, 60)),
            Listing = Next("Figures 6 to 9", () => Drive(listing, 500)),
            Huge = Drive(listing with { Gain = 1000 }, 200),
            LongSteps = Next("Figures 10 and 11", () => Drive(listing with { Gain = LowGain, Step = LongStep }, 200)),
            ShortSteps = Drive(listing with { Gain = LowGain, Step = ShortStep }, 200),
            Pumped = Next("1500 s of the listing", () => Drive(listing with { Body = leg }, 1500)),
            Kept = Drive(listing with { Body = leg, Scheme = LegScheme.RungeKutta4 }, 1500),
            Sweep = Next("on and off resonance", () => ForcedSweep.Run(leg, 0.5, 0.01, null, cancellation)),
            Position = Next("entrainment, 20 runs", () => LegStudy.Run(usual, LegStudy.Seconds, null, cancellation)),
            Slow = Next("entrainment from below", () => ((double[])[5, 7, 9]).Select(scale => (scale,
                Drive(usual with { TimeScale = scale, FeedbackSize = 10, Start = new LegState(0.05, 0.05) }, 600),
                Drive(usual with
                {
                    TimeScale = scale,
                    FeedbackSize = 10,
                    Start = new LegState(0.05, 0.05),
                    Feedback = LegFeedback.Rate,
                }, 600))).ToArray()),
            Film = Drive(usual, 600),
            Reciprocal = Next("Iwasaki and Zheng, 27 runs", () => EntrainmentStudy.Variants.Select(variant => (variant.Name,
                EntrainmentStudy.Of(variant.Oscillator, null, cancellation))).ToArray()),
        };
    }
}
