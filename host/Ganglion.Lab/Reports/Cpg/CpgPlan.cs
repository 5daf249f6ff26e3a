namespace Ganglion.Lab.Reports.Cpg;

/// <summary>How much of the spiking CPG paper's reproduction is computed. Speeds and seeds were chosen when everything was tuned.</summary>
/// <param name="Quick">Some seconds instead of minutes: fewer seeds, speeds and starts, and shorter runs.</param>
/// <param name="Seed">First seed of the networks, of random starts and of the digits' training.</param>
/// <param name="Digits">Folder of the digits; null: that figure is left out.</param>
public sealed record CpgPlan(bool Quick, int Seed, string? Digits)
{
    /// <summary>Speeds at which nothing was calibrated [m/s].</summary>
    public double[] Speeds { get; } = Quick ? [0.24, 0.46, 0.86, 1.41] : [0.12, 0.17, 0.24, 0.33, 0.46, 0.63, 0.86, 1.12, 1.41];

    /// <summary>Networks.</summary>
    public int Networks { get; } = Quick ? 1 : 5;

    /// <summary>Rounds of calibration that are compared; the last is the usual number.</summary>
    public int[] Rounds { get; } = Quick ? [0, 12] : [0, 2, 12];

    /// <summary>Time at each speed [s].</summary>
    public double Seconds { get; } = Quick ? 15 : 60;

    /// <summary>Time for which a command given once is held [s].</summary>
    public double HeldSeconds { get; } = Quick ? 15 : 60;

    /// <summary>Time over which one command is kept, to see whether the pattern stays [s].</summary>
    public double EnduranceSeconds { get; } = Quick ? 60 : 600;

    /// <summary>Speeds and rounds by which a circuit of half-centers is calibrated.</summary>
    public int CircuitSpeeds { get; } = Quick ? 4 : 12;

    /// <inheritdoc cref="CircuitSpeeds"/>
    public int CircuitRounds { get; } = Quick ? 3 : 6;

    /// <summary>Random starts of each gait.</summary>
    public int Starts { get; } = Quick ? 20 : 200;

    /// <summary>Random starts of each gait as a network of Kimura oscillators.</summary>
    public int KimuraStarts { get; } = Quick ? 2 : 60;

    /// <summary>Starting points of the chess clock's fit in antiphase, and of the others.</summary>
    public int FitStarts { get; } = Quick ? 1 : 4;

    /// <summary>Passes over the digits.</summary>
    public int Epochs { get; } = Quick ? 1 : 5;
}
