using Ganglion.Basics;

namespace Ganglion.Physics.Muscles;

/// <summary>How the test rig's joint is controlled.</summary>
/// <param name="FeedForward">Torque of the wanted motion, turned into pressures by the muscles' model.</param>
/// <param name="Loop">Proportional and derivative feedback of the joint's angle.</param>
/// <param name="Compensate">The pressure loop; without it valves get the wanted pressures as they are.</param>
public sealed record RigControl(bool FeedForward, bool Loop, bool Compensate);

/// <summary>
/// The test rig of shared/README.md H3: a pendulum of 3 kg at 0.25 m (0.25 kg m2 with its lever) on a muscle pair,
/// which follows a sine. Chambers lag their valves by 0.04 s; the controller runs at a board's tick.
/// </summary>
public static class MuscleRig
{
    /// <summary>The pair: radius 30 mm, 350 kPa, contracted by 20 mm.</summary>
    public static readonly MusclePair Pair = new(0.03, 1, 350.0, 0.02);

    /// <summary>Amplitude of the sine [rad], and time constant of the chambers [s].</summary>
    public const double Amplitude = 0.35, Lag = 0.04;

    /// <summary>Step of the simulation [s].</summary>
    public const double Step = 0.0005;

    private const double Inertia = 0.25, Mass = 3.0, Length = 0.25;
    private const double Tick = 0.01, Settle = 4.0, Measured = 8.0;

    // Of the joint's loop [N m/rad] and [N m s/rad]; of the pressure's [1/s].
    private const double Proportional = 60.0, Derivative = 3.0, Integral = 1.0;

    /// <summary>Feed-forward: the pressure difference that the wanted motion needs [kPa].</summary>
    /// <param name="omega">Of the sine [rad/s].</param>
    /// <param name="time">When [s].</param>
    /// <param name="more">Torque beyond that of the motion [N m].</param>
    public static double Difference(double omega, double time, double more = 0.0)
    {
        (double sin, double cos) = Math.SinCos(omega * time);
        double torque = -Inertia * Amplitude * omega * omega * sin + Mass * Gravity.OfBodies * Length * Math.Sin(Amplitude * sin);
        return Pair.Difference(torque + more, Amplitude * sin, Amplitude * omega * cos);
    }

    /// <summary>One step of the joint.</summary>
    /// <param name="angle">Moves on [rad].</param>
    /// <param name="rate">Moves on [rad/s].</param>
    /// <param name="flexor">Pressure [kPa].</param>
    /// <param name="extensor">Pressure [kPa].</param>
    /// <param name="weaker">How much weaker the muscles pull than their model says, as a fraction.</param>
    public static void Move(ref double angle, ref double rate, double flexor, double extensor, double weaker)
    {
        double pull = (1.0 - weaker) * Pair.Torque(flexor, extensor, angle, rate);
        rate += Step * (pull - Mass * Gravity.OfBodies * Length * Math.Sin(angle)) / Inertia;
        angle += Step * rate;
    }

    /// <summary>Rms error of the joint [rad].</summary>
    /// <param name="control">How it is controlled.</param>
    /// <param name="frequency">Of the sine [Hz].</param>
    /// <param name="valveError">What the valves give less than they are told, as a fraction.</param>
    /// <param name="weaker">How much weaker the muscles pull than their model says, as a fraction.</param>
    public static double Track(RigControl control, double frequency, double valveError = 0.0, double weaker = 0.0)
    {
        double omega = 2.0 * Math.PI * frequency, angle = 0.0, rate = 0.0, square = 0.0;
        double flexor = Pair.CoContraction, extensor = flexor, flexorValve = flexor, extensorValve = flexor;
        var loops = new PairPressures(Lag, Tick, Integral);
        int perTick = (int)Math.Round(Tick / Step), count = 0;
        for (int s = 0; s < (int)((Settle + Measured) / Step); s++)
        {
            double time = s * Step;
            if (s % perTick == 0)
            {
                // What is wanted when this tick ends; the lag-compensated pressures arrive then.
                double torque = 0.0;
                if (control.Loop)
                {
                    torque = Proportional * (Amplitude * Math.Sin(omega * time) - angle) + Derivative
                        * (Amplitude * omega * Math.Cos(omega * time) - rate);
                }

                double difference = control.FeedForward
                    ? Difference(omega, control.Compensate ? time + Tick : time, torque)
                    : Pair.Difference(torque, 0.0, 0.0);
                (flexorValve, extensorValve) = (Pair.CoContraction + difference, Pair.CoContraction - difference);
                if (control.Compensate)
                {
                    (flexorValve, extensorValve) = loops.Next(flexorValve, extensorValve, flexor, extensor);
                }
            }

            flexor += Step / Lag * ((1.0 - valveError) * flexorValve - flexor);
            extensor += Step / Lag * ((1.0 - valveError) * extensorValve - extensor);
            Move(ref angle, ref rate, flexor, extensor, weaker);
            if (time < Settle)
            {
                continue;
            }

            double error = angle - Amplitude * Math.Sin(omega * (time + Step));
            square += error * error;
            count++;
        }
        return Math.Sqrt(square / count);
    }
}
