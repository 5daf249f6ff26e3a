namespace Ganglion.Arm.Kinematics;

/// <summary>What an inverse kinematics solution has to meet, and how long to look for it.</summary>
public sealed record IkOptions
{
    /// <summary>True: meet the target's position and orientation; false: its position alone.</summary>
    public bool Orientation { get; init; } = true;

    /// <summary>Tip error below which a solution counts, m.</summary>
    public double PositionTolerance { get; init; } = 1e-6;

    /// <summary>Orientation error below which a solution counts, rad.</summary>
    public double OrientationTolerance { get; init; } = 1e-6;

    /// <summary>False: one attempt alone, which stays with the posture that it starts from.</summary>
    public bool Restarts { get; init; } = true;

    /// <summary>Steps in all, over all restarts.</summary>
    public int MaxIterations { get; init; } = 20_000;

    /// <summary>Steps after which one attempt gives way to a restart.</summary>
    public int MaxIterationsPerAttempt { get; init; } = 150;
}

/// <summary>How a search for a solution ended.</summary>
/// <param name="Converged">True where both errors are within tolerance.</param>
/// <param name="PositionError">Distance of the tip from the target, m.</param>
/// <param name="OrientationError">Angle between the tip and the target, rad; reported even where only the position was asked for.</param>
/// <param name="Iterations">Steps tried, over all attempts.</param>
/// <param name="Restarts">Attempts after the first.</param>
public readonly record struct IkResult(bool Converged, double PositionError, double OrientationError, int Iterations, int Restarts);
