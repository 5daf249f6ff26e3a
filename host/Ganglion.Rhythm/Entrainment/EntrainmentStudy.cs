namespace Ganglion.Rhythm.Entrainment;

/// <summary>
/// Iwasaki and Zheng's question: to which pendulums is an oscillator entrained? Pendulums of a fifth to twice the oscillator's own
/// frequency, with complete and partial adaptation and what the oscillator feels.
/// </summary>
public static class EntrainmentStudy
{
    /// <summary>Natural frequencies of the pendulums, over the oscillator's own.</summary>
    public static readonly double[] Ratios = [0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.25, 1.6, 2];

    /// <summary>The variants of the study.</summary>
    public static readonly (string Name, ReciprocalOscillator Oscillator)[] Variants =
    [
        ("complete adaptation, position feedback", new ReciprocalOscillator()),
        ("partial adaptation, position feedback", new ReciprocalOscillator { Leak = 0.5 }),
        ("partial adaptation, rate feedback", new ReciprocalOscillator { Leak = 0.5, Feedback = PendulumFeedback.Rate }),
    ];

    /// <summary>Step [s]: a fortieth of the time constants.</summary>
    public const double Step = 0.0025;

    /// <summary>Length of each run, in periods of the pendulum: its swings die away within 8 of them at a damping ratio of 0.02.</summary>
    private const double Periods = 75;

    /// <summary>One variant against all pendulums, in the order of <see cref="Ratios"/>.</summary>
    /// <param name="oscillator">The variant.</param>
    /// <param name="look">Called after each.</param>
    /// <param name="cancellation">Ends it.</param>
    public static EntrainmentRun[] Of(ReciprocalOscillator oscillator, Action<EntrainmentRun>? look = null,
        CancellationToken cancellation = default)
    {
        double alone = EntrainmentRun.Alone(oscillator, Step);
        return [.. Ratios.Select(ratio =>
        {
            cancellation.ThrowIfCancellationRequested();
            double natural = ratio * alone;
            var run = EntrainmentRun.Of(oscillator with { NaturalFrequency = natural }, Periods / natural, Step);
            look?.Invoke(run);
            return run;
        })];
    }
}
