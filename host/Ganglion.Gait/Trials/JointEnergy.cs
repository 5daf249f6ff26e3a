namespace Ganglion.Gait.Trials;

/// <summary>
/// What some joints of both legs spend once a walk has settled, by three kinds of drive, since a cost of transport is one of a drive. A
/// joint that stands still under load costs nothing with the first two.
/// </summary>
/// <param name="Magnitude">Integral of |torque x rate| [J]: equation 24 of the biped paper, braking costs as much as driving.</param>
/// <param name="Driving">Integral of torque x rate where it is above 0 [J]: braking is free.</param>
/// <param name="Electric">What a motor of the servo's torque and speed draws [J], holding included; NaN for pneumatic muscles. Its line
/// from stall torque to no-load speed gives the heat of its winding: torque^2 x no-load speed / stall torque. Nothing flows back.</param>
/// <param name="Friction">Of the first, what goes into the joints' own damping [J].</param>
/// <param name="Peak">Largest |torque x rate| of one joint [W].</param>
public sealed record JointEnergy(double Magnitude, double Driving, double Electric, double Friction, double Peak)
{
    /// <summary>Of a walker that does not tell it.</summary>
    public static readonly JointEnergy Unknown = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Of several joints.</summary>
    public static JointEnergy operator +(JointEnergy one, JointEnergy other) => new(one.Magnitude + other.Magnitude,
        one.Driving + other.Driving, one.Electric + other.Electric, one.Friction + other.Friction, Math.Max(one.Peak, other.Peak));
}
