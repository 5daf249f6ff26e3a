using Ganglion.Arm.Control;
using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Trials;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Bench;

/// <summary>What an arm's geometry gives.</summary>
/// <param name="Robot">Its name.</param>
/// <param name="Joints">Joints.</param>
/// <param name="Design">Gears a joint.</param>
/// <param name="Trial">Inverse kinematics by Levenberg-Marquardt with limits and restarts, on random reachable poses.</param>
/// <param name="At50Hz">Tip error that 12-bit pulses at 50 Hz leave.</param>
/// <param name="At333Hz">The same at 333 Hz.</param>
public sealed record ArmFigures(
    string Robot, int Joints, JointDesign Design, IkTrial Trial, QuantisationLimit At50Hz, QuantisationLimit At333Hz);

/// <summary>Success and speed of the arms' kinematics.</summary>
public static class IkBench
{
    /// <summary>Seconds for which a joint's closed form is evaluated.</summary>
    private const double ThroughputSeconds = 0.5;

    /// <param name="robot">A trunk arm.</param>
    /// <param name="poses">Poses to solve for.</param>
    /// <param name="seed">Seed of poses, restarts and postures.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static ArmFigures Measure(RobotDescription robot, int poses, int seed, CancellationToken cancellation = default)
    {
        var arm = TrunkArm.FromDescription(robot);
        return new ArmFigures(
            robot.Name, arm.Joints, arm.Design,
            IkTrial.Run(arm, poses, seed, new IkOptions(), cancellation),
            QuantisationLimit.Measure(arm, robot, 50, seed),
            QuantisationLimit.Measure(arm, robot, 333, seed));
    }

    /// <summary>Poses of one joint a second on one core.</summary>
    public static double JointsPerSecond(JointDesign design) => JointThroughput.Measure(design, ThroughputSeconds);
}
