namespace Ganglion.Physics.Muscles;

/// <summary>
/// A pneumatic muscle as three elements in parallel: a contractile force, a spring and a damper, all of which depend on the
/// pressure. Pull = max(0, F(P) - K(P) x - B(P) x'), x the contraction. Coefficients of Serres, Reynolds, Phillips,
/// Gerschutz and Repperger 2009 for 150..550 kPa; shared/README.md H1.
/// </summary>
public static class PneumaticMuscle
{
    /// <summary>Pressures for which the coefficients hold [kPa].</summary>
    public const double LeastPressure = 150.0, MostPressure = 550.0;

    // Where the spring's and the damper's lines change [kPa].
    private const double SpringBreak = 314.0, DamperBreak = 372.0;

    /// <summary>Contractile force [N] and its change with pressure [N/kPa].</summary>
    public static double Force(double kpa) => 2.91 * kpa + 44.6;

    /// <inheritdoc cref="Force"/>
    public const double ForceSlope = 2.91;

    /// <summary>Spring [N/m].</summary>
    public static double Spring(double kpa) => kpa < SpringBreak ? 32700.0 - 32.1 * kpa : 17000.0 + 17.9 * kpa;

    /// <summary>Its change with pressure [N/(m kPa)].</summary>
    public static double SpringSlope(double kpa) => kpa < SpringBreak ? -32.1 : 17.9;

    /// <summary>Damper [N s/m].</summary>
    /// <param name="kpa">Pressure [kPa].</param>
    /// <param name="contracting">It is stronger while the muscle contracts than while it is stretched.</param>
    public static double Damper(double kpa, bool contracting) =>
        contracting ? 2900.0 : kpa < DamperBreak ? 1570.0 : 311.0 + 3.38 * kpa;

    /// <summary>Pull [N], never a push.</summary>
    /// <param name="kpa">Pressure [kPa].</param>
    /// <param name="contraction">From its length without load and pressure [m].</param>
    /// <param name="rate">Of the contraction [m/s].</param>
    public static double Pull(double kpa, double contraction, double rate) =>
        Math.Max(0.0, Force(kpa) - Spring(kpa) * contraction - Damper(kpa, rate > 0.0) * rate);
}
