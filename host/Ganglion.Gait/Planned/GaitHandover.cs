using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Gait.Planned;

/// <summary>
/// From a gait that was tuned by its zero-moment point to one that walks in physics, by a rule and without a search (shared/README.md
/// B7). The plan is of a point mass on legs without mass and joints that obey. A body of links and servos needs three things more: a speed
/// at which it is not thrown from sole to sole, feet that clear the ground though legs yield, and ankles that answer in time.
/// </summary>
public static class GaitHandover
{
    /// <summary>From the IMU's reading to new servo pulses on a board, as a share of its tick.</summary>
    private const double PulseShare = 0.5;

    /// <summary>Least height of a step [m]: legs yield, and a plan, whose legs weigh nothing, does not ask how high feet go. A gait of
    /// 42 mm stumbled and fell in 8 walks of 12, with 50 mm in none.</summary>
    private const double Lift = 0.06;

    /// <summary>Low-pass of the felt slope [s], as gaits that were tuned in physics have it (0.45 to 0.56). With 0.08, the board's
    /// default, five of six gaits fell before their first step in 1 or 2 starts of 12.</summary>
    private const float SlopeTime = 0.5f;

    /// <summary>
    /// Speed whose step is the sole's length less the margin at both of its ends, never above the tuned one: then the soles before and
    /// behind share ground on which the centre of mass passes from one to the other. Six gaits (seeds 11 to 16) with cycles of 1.1 to
    /// 1.5 s walked with steps of 0.18 to 0.19 m and fell with 0.22 m, whatever their cycle.
    /// </summary>
    /// <param name="problem">Its soles.</param>
    /// <param name="cycle">Of the gait [s], above 0.</param>
    /// <param name="tuned">Speed that it was tuned for [m/s].</param>
    /// <returns>[m/s].</returns>
    public static double Speed(GaitProblem problem, double cycle, double tuned) =>
        Math.Min(tuned, 2 * (2 * problem.HalfLength - 2 * GaitProblem.MinMargin) / cycle);

    /// <summary>Height of a step [m]: the tuned one where that is enough.</summary>
    public static double LiftOf(double tuned) => Math.Max(tuned, Lift);

    /// <summary>
    /// Gains of the ankles: each gets the torso's rate times the time that passes before an answer is there, which is a tick, the way to
    /// the pulses, and the damping over the stiffness of the servo. All other gains are 0, and the felt slope is smoothed.
    /// </summary>
    /// <param name="robot">A walker.</param>
    /// <exception cref="ArgumentException">The robot is no walker.</exception>
    public static ReflexParameters Reflexes(RobotDescription robot)
    {
        WalkerLayout walker = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        JointServo servo = walker.Body.Servo;
        float lag = (float)((1 + PulseShare) * robot.Boards[0].Tick + servo.Damping / servo.Stiffness);
        return new ReflexParameters { SlopeTime = SlopeTime, AnklePitchRate = lag, AnkleRollRate = walker.Legs.HasAnkleRoll ? lag : 0f };
    }
}
