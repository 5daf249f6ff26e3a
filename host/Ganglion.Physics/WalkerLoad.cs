namespace Ganglion.Physics;

/// <summary>What a walker's torso carries: a cube, from the middle between the hips.</summary>
/// <param name="Mass">[kg], above 0.</param>
/// <param name="Forward">Its centre [m].</param>
/// <param name="Left">Likewise.</param>
/// <param name="Up">Likewise.</param>
public readonly record struct WalkerLoad(double Mass, double Forward, double Left, double Up)
{
    /// <summary>Half an edge [m].</summary>
    public const double HalfSize = 0.05;
}
