namespace Ganglion.Physics.Muscles;

/// <summary>
/// Two equal bundles of muscles that pull a joint both ways over a radius: the flexor to positive angles with P0 + dP, the
/// extensor to negative ones with P0 - dP. shared/README.md H2.
/// </summary>
/// <param name="Radius">Moment arm [m].</param>
/// <param name="Bundle">Muscles side by side on each side of the joint.</param>
/// <param name="CoContraction">P0 [kPa].</param>
/// <param name="Contraction">x0, of both at angle 0 [m].</param>
public sealed record MusclePair(double Radius, int Bundle, double CoContraction, double Contraction)
{
    /// <summary>Largest pressure difference that keeps both within the range of the coefficients [kPa].</summary>
    public double MostDifference =>
        Math.Min(CoContraction - PneumaticMuscle.LeastPressure, PneumaticMuscle.MostPressure - CoContraction);

    /// <summary>Torque at the joint [N m].</summary>
    /// <param name="flexor">Pressure [kPa].</param>
    /// <param name="extensor">Pressure [kPa].</param>
    /// <param name="angle">Of the joint from the middle [rad].</param>
    /// <param name="rate">Its rate [rad/s].</param>
    public double Torque(double flexor, double extensor, double angle, double rate)
    {
        double way = Radius * angle, speed = Radius * rate;
        return Bundle * Radius * (PneumaticMuscle.Pull(flexor, Contraction + way, speed) - PneumaticMuscle.Pull(extensor,
            Contraction - way, -speed));
    }

    /// <summary>
    /// Pressure difference that gives a torque, within <see cref="MostDifference"/>. Starts from the closed form of
    /// shared/README.md H2, dP = (tau / (2 r) + (k0 + k1 P0) rho) / (f1 - k1 x0), which is exact while neither pressure crosses the
    /// break of the spring's line, and improves it by Newton's method, which lands on each piece of a piecewise linear
    /// function in one step.
    /// </summary>
    /// <param name="torque">Wanted [N m].</param>
    /// <param name="angle">Of the joint [rad].</param>
    /// <param name="rate">Its rate [rad/s]: the dampers' part is added.</param>
    /// <returns>dP [kPa].</returns>
    public double Difference(double torque, double angle, double rate)
    {
        double way = Radius * angle, most = MostDifference, spring = PneumaticMuscle.SpringSlope(CoContraction);
        double difference = (torque / (2.0 * Bundle * Radius) + PneumaticMuscle.Spring(CoContraction) * way)
            / (PneumaticMuscle.ForceSlope - spring * Contraction);
        difference = Math.Clamp(difference, -most, most);
        for (int i = 0; i < 3; i++)
        {
            double flexor = CoContraction + difference, extensor = CoContraction - difference;
            double slope = Bundle * Radius * (2.0 * PneumaticMuscle.ForceSlope
                - PneumaticMuscle.SpringSlope(flexor) * (Contraction + way) - PneumaticMuscle.SpringSlope(extensor) * (Contraction - way));
            difference = Math.Clamp(difference + (torque - Torque(flexor, extensor, angle, rate)) / slope, -most, most);
        }
        return difference;
    }
}
