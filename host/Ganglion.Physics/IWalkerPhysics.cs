using Ganglion.Basics.Space;

namespace Ganglion.Physics;

/// <summary>
/// A walker's body on a terrain: takes joint targets, gives what its sensors could measure and what only a simulation
/// knows. Axes by REP-103, SI. Joints are numbered as on a leg (hip yaw, hip roll, hip pitch, knee, ankle pitch, ankle
/// roll), left leg 0..5, right leg 6..11, also where a leg has no ankle roll. Nothing is allocated after the constructor.
/// </summary>
public interface IWalkerPhysics : IDisposable
{
    /// <summary>Joints in the numbering; those of a missing ankle roll stay at 0.</summary>
    const int JointCount = 12;

    /// <summary>Step of the simulation [s].</summary>
    double StepSeconds { get; }

    /// <summary>Since <see cref="Reset"/> [s].</summary>
    double Time { get; }

    /// <summary>Joint angles [rad], rates [rad/s] and the drives' torques in the last step [N m].</summary>
    ReadOnlySpan<double> Angles { get; }

    /// <inheritdoc cref="Angles"/>
    ReadOnlySpan<double> Rates { get; }

    /// <inheritdoc cref="Angles"/>
    ReadOnlySpan<double> Torques { get; }

    /// <summary>Middle between the hips [m].</summary>
    Vec3 Hips { get; }

    /// <summary>Its velocity [m/s].</summary>
    Vec3 HipsVelocity { get; }

    /// <summary>Attitude of the torso against the ground's frame.</summary>
    Quat Attitude { get; }

    /// <summary>Tilt of the torso against gravity, positive forward [rad].</summary>
    double Pitch { get; }

    /// <summary>As <see cref="Pitch"/>, positive to the right.</summary>
    double Roll { get; }

    /// <summary>Heading of the torso in the ground's frame, positive to the left [rad].</summary>
    double Yaw { get; }

    /// <summary>What a gyroscope in the middle of the torso measures, in its axes [rad/s], at the start of the last step.</summary>
    Vec3 AngularRate { get; }

    /// <summary>What an accelerometer there measures: upward 9.81 at rest [m/s2].</summary>
    Vec3 SpecificForce { get; }

    /// <summary>Centre of mass of the walker [m] and its velocity [m/s].</summary>
    Vec3 CentreOfMass { get; }

    /// <inheritdoc cref="CentreOfMass"/>
    Vec3 CentreVelocity { get; }

    /// <summary>Unit vector upward, against gravity, in the ground's frame.</summary>
    Vec3 Up { get; }

    /// <summary>Mass of the walker [kg].</summary>
    double Mass { get; }

    /// <summary>Sum over joints of |torque x rate| over time since <see cref="Reset"/> [J].</summary>
    double Work { get; }

    /// <summary>True from when the torso tilted by more than 1 rad or sank below half its height at the start.</summary>
    bool Fallen { get; }

    /// <summary>Centre of a sole [m]; foot 0 left, 1 right.</summary>
    Vec3 Sole(int foot);

    /// <summary>Attitude of a sole in the ground's frame.</summary>
    Quat SoleAttitude(int foot);

    /// <summary>Normal force on a corner of a foot [N]: 0 front left, 1 front right, 2 back left, 3 back right.</summary>
    double CornerForce(int foot, int corner);

    /// <summary>Puts the walker at the start: joints at these angles, lower sole on the ground, at rest, the torso upright in the ground's
    /// frame.</summary>
    /// <param name="angles">Of all joints [rad].</param>
    /// <param name="held">True: the torso is upright against gravity, and a gantry holds it so for the first 1.3 s, in which the walker can
    /// stand up.</param>
    void Reset(ReadOnlySpan<double> angles, bool held = false);

    /// <summary>Sets where a joint's servo shall go [rad]; the servo holds it until the next call.</summary>
    void SetTarget(int joint, double angle);

    /// <summary>Lets a joint go limp: its servo gives no torque until it gets a target again.</summary>
    void Relax(int joint);

    /// <summary>Force on the hips, in the ground's frame [N], until the next call.</summary>
    void Push(in Vec3 force);

    /// <summary>Changes the speed of hips [m/s] and joints [rad/s] at once: a knock.</summary>
    /// <param name="amplitude">Standard deviation of each change.</param>
    /// <param name="random">Where the numbers come from.</param>
    void Knock(double amplitude, Random random);

    /// <summary>Goes on by some steps.</summary>
    /// <exception cref="PhysicsException">The simulation became unstable.</exception>
    void Step(int steps);
}
