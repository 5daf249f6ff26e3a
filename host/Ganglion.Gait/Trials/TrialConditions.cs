using Ganglion.Physics;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Trials;

/// <summary>What a walker is put through.</summary>
/// <param name="Terrain">Ground or belt.</param>
/// <param name="Seconds">Length; the first step begins after <see cref="WalkPlayer.BlendSeconds"/>.</param>
public sealed record TrialConditions(Terrain Terrain, double Seconds)
{
    /// <summary>From when on speed, tilt and energy are measured [s].</summary>
    public const double SettleSeconds = 6;

    /// <summary>The same for this trial.</summary>
    public double Settle { get; init; } = SettleSeconds;

    /// <summary>Ends when the centre of mass has come so far [m].</summary>
    public double Goal { get; init; } = double.PositiveInfinity;

    /// <summary>Standard deviation of a random change of all speeds every 50 ms: hips [m/s] and joints [rad/s].</summary>
    public double Knock { get; init; } = 0.01;

    /// <summary>Momentum of a push every five seconds, in a random direction, half of it to the side [N s].</summary>
    public double Push { get; init; }

    /// <summary>How far the IMU is mounted askew [rad].</summary>
    public double ImuBias { get; init; }

    /// <summary>Coulomb coefficient; null: the robot's.</summary>
    public double? Friction { get; init; }

    /// <summary>What the torso carries; null: nothing.</summary>
    public WalkerLoad? Load { get; init; }

    /// <summary>True: pneumatic muscles turn the joints instead of servos.</summary>
    public bool Muscles { get; init; }
}
