namespace Ganglion.Rhythm.Spiking;

/// <summary>What a spiking pattern generator is made with.</summary>
/// <param name="Neurons">Neurons of the oscillator.</param>
/// <param name="Seed">Of neurons and sample points.</param>
/// <param name="Synapse">Time constant of the recurrent synapse [s].</param>
/// <param name="Rounds">Rounds of calibration.</param>
public sealed record CpgSettings(int Neurons = 200, int Seed = 1, double Synapse = 0.1, int Rounds = 12)
{
    /// <summary>Speeds at which a round of calibration measures.</summary>
    public int CalibrationSpeeds { get; init; } = 12;

    /// <summary>Points at which the decoded functions are asked for.</summary>
    public int SamplePoints { get; init; } = 2500;

    /// <summary>Cycles of a measurement: one differs from the next by 0.3 % at most.</summary>
    public int MeasuredCycles { get; init; } = 6;
}
