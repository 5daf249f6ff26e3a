namespace Ganglion.Gait.Planned;

/// <summary>
/// The 22 parameters that the paper tunes (Kimura-CPG biped, Biomimetics 2025, 10(9), 637, Tables 1 and 2): the centre of
/// mass's oscillator, offsets, gains and speed, then the feet's. In the paper's axes: x forward, y up, z right; SI units.
/// beta and a are magnitudes (shared/README.md A2).
/// </summary>
public static class GaitGenes
{
    /// <summary>Number of genes.</summary>
    public const int Count = 22;

    /// <summary>Index of a gene. Body: oscillator (Tr, Ta, s, beta, a), eta, zeta, lambda. Foot: oscillator, x0, y0, Cx, Cy,
    /// delta.</summary>
    public const int BodyOscillator = 0, BodyX = 5, BodyY = 6, BodyZ = 7, BodyGainX = 8, BodyGainY = 9, BodyGainZ = 10, BodySpeed = 11,
        FootOscillator = 12, FootX = 17, FootY = 18, FootGainX = 19, FootGainY = 20, FootSpeed = 21;

    /// <summary>Parameters of an oscillator from its index on: Tr, Ta [s], s, beta, a.</summary>
    public const int RiseTime = 0, AdaptationTime = 1, Drive = 2, Adaptation = 3, Inhibition = 4;

    /// <summary>Name of each gene as files have it, with its unit.</summary>
    public static readonly string[] Names =
    [
        "body_rise_time_s", "body_adaptation_time_s", "body_drive", "body_adaptation", "body_inhibition",
        "body_x_m", "body_y_m", "body_z_m", "body_gain_x_m", "body_gain_y_m", "body_gain_z_m", "body_speed_m_s",
        "foot_rise_time_s", "foot_adaptation_time_s", "foot_drive", "foot_adaptation", "foot_inhibition",
        "foot_x_m", "foot_y_m", "foot_gain_x_m", "foot_gain_y_m", "foot_speed_m_s",
    ];

    /// <summary>
    /// Where the search looks. The paper gives no bounds: these hold Tables 1 and 2, and heights of 0.68 to 0.80 m. Time
    /// constants end where Heun's method at the board's tick of 20 ms does.
    /// </summary>
    public static readonly double[] Low =
    [
        0.10, 0.20, 0.3, 2.5, 1.6, 0.22, 0.68, -0.02, -0.1, 0, 0.05, 0.45,
        0.10, 0.20, 0.3, 2.5, 1.6, 0.22, -0.20, 0, 0.15, 0.45,
    ];

    /// <inheritdoc cref="Low"/>
    public static readonly double[] High =
    [
        0.45, 0.90, 0.5, 4.5, 2.4, 0.36, 0.80, 0.02, 0.2, 0.11, 0.5, 0.60,
        0.45, 0.90, 0.5, 4.5, 2.4, 0.36, 0.05, 0.4, 0.70, 0.60,
    ];

    /// <summary>Tables 1 and 2 of the paper, beta and a as magnitudes, "z0" taken as y0.</summary>
    public static double[] Paper() =>
    [
        0.123, 0.255, 0.365, 3.614, 1.930, 0.338, 0.776, -0.0072, 0.197, 0.101, 0.451, 0.586,
        0.139, 0.246, 0.375, 3.414, 1.790, 0.238, 0.037, 0.388, 0.176, 0.555,
    ];

    /// <summary>
    /// By how much the parameters of both oscillators break constraint (13), beta >= a - 1 and a > 1 + Tr/Ta: 0 if they
    /// oscillate, else the sum of what is missing.
    /// </summary>
    public static double Missing(ReadOnlySpan<double> genes) =>
        MissingOf(genes.Slice(BodyOscillator, 5)) + MissingOf(genes.Slice(FootOscillator, 5));

    private static double MissingOf(ReadOnlySpan<double> o) =>
        Math.Max(0, o[Inhibition] - 1 - o[Adaptation]) + Math.Max(0, 1 + o[RiseTime] / o[AdaptationTime] - o[Inhibition]);
}
