using Ganglion.Arm.Control;
using Ganglion.Live;
using Ganglion.Robots;

namespace Ganglion.Live.Tests;

public class ReachRunTests
{
    internal static RobotDescription Robot(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return RobotFile.Load(Path.Combine(folder, "hardware", "robots", name + ".yaml"));
    }

    private static ReachRunResult Run(string name, ReachRunOptions options)
    {
        RobotDescription robot = Robot(name);
        using VirtualArm virtualArm = VirtualArm.InVirtualTime(robot, 1);
        using var session = new ArmSession(robot, virtualArm.Ports, virtualArm.Clock, new Random(1));
        session.Open();
        session.ArmOutputs();
        return ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1), virtualArm, options, _ => { }, default);
    }

    [Fact]
    public void The_ten_joint_arm_reaches_its_targets_through_the_board()
    {
        ReachRunResult result = Run("trunk10-4g", new ReachRunOptions(double.PositiveInfinity, 10, 1));
        Assert.Equal(10, result.Outcomes.Count);
        Assert.Equal(10, result.Reached);
        Assert.Equal(0, result.MissedFrames);
        Assert.InRange(result.MaxTipError, 1e-5, result.Limit.MaxError);
        Assert.InRange(result.Stream.StreamHz, 49.9, 50.1);
    }
}
