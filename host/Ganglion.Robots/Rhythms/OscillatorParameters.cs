using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>The parameters of one oscillator of two neurons that inhibit each other and tire (<see cref="KimuraNetwork"/> has the
/// equations): what rhythms, gaits and their tuning all mean by an oscillator.</summary>
/// <param name="RiseTime">Tr, 0.005..20 s.</param>
/// <param name="AdaptationTime">Ta, 0.005..20 s.</param>
/// <param name="Drive">Tonic drive s, 0..50; the amplitude is proportional to it.</param>
/// <param name="Adaptation">Adaptation gain beta, a magnitude, 0..50.</param>
/// <param name="Inhibition">Mutual inhibition a, a magnitude, 0..50.</param>
public record OscillatorParameters(double RiseTime, double AdaptationTime, double Drive, double Adaptation, double Inhibition)
{
    /// <summary>Figure 5 of the Kimura-CPG biped paper (Biomimetics 2025, 10(9), 637).</summary>
    public static OscillatorParameters Figure5 { get; } = FromPaper(0.2, 0.4, 0.6, 3.5, 2.0);

    /// <summary>Table 1 of the paper: the oscillators of the centre of mass.</summary>
    public static OscillatorParameters Table1 { get; } = FromPaper(0.123, 0.255, 0.365, -3.614, -1.93);

    /// <summary>Table 2 of the paper: the oscillators of the feet.</summary>
    public static OscillatorParameters Table2 { get; } = FromPaper(0.139, 0.246, 0.375, -3.414, -1.79);

    /// <summary>
    /// Parameters as the paper prints them. Figure 5 lists magnitudes of beta and a, Tables 1 and 2 list signed
    /// coefficients; with the printed equation neither oscillates, with the magnitudes all do (shared/README.md A2).
    /// </summary>
    public static OscillatorParameters FromPaper(double riseTime, double adaptationTime, double drive, double adaptation,
        double inhibition) =>
        new(riseTime, adaptationTime, drive, Math.Abs(adaptation), Math.Abs(inhibition));

    /// <summary>True if the oscillator oscillates by itself: a &gt; 1 + Tr/Ta and beta &gt;= a - 1 (paper, constraint 13).</summary>
    public bool Oscillates => Inhibition > 1 + RiseTime / AdaptationTime && Adaptation >= Inhibition - 1;

    /// <summary>
    /// Angular frequency [rad/s] of the isolated oscillator by Matsuoka's formula (Biological Cybernetics 2011, for the
    /// mutual-inhibition oscillator): (1/Ta) sqrt(((Tr + Ta) beta - Tr a) / (Tr a)). An approximation: within 2 % for the
    /// published sets. NaN if the root is of a negative number.
    /// </summary>
    public double MatsuokaFrequency =>
        Math.Sqrt(((RiseTime + AdaptationTime) * Adaptation - RiseTime * Inhibition) / (RiseTime * Inhibition)) / AdaptationTime;

    /// <summary>The same oscillator slowed by a factor: Tr and Ta both multiplied, so that the shape stays.</summary>
    public OscillatorParameters Slowed(double factor) =>
        this with { RiseTime = RiseTime * factor, AdaptationTime = AdaptationTime * factor };

    /// <summary>Writes these parameters for oscillator i of a network definition.</summary>
    public void WriteTo(KimuraParameters definition, int i) =>
        definition.SetOscillator(i, (float)RiseTime, (float)AdaptationTime, (float)Drive, (float)Adaptation, (float)Inhibition);
}
