using Ganglion.Arm.Trials;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trials;

public class RoundingTrialTests
{
    /// <summary>Median and 90th percentile of the authors' protocol (host/Ganglion.Robots/Trunk/README.md), by another program.</summary>
    [Theory]
    [InlineData("trunk10-4g", 0.74, 1.30)]
    [InlineData("trunk25-4g", 2.27, 4.27)]
    [InlineData("trunk6-3g", 2.23, 4.06)]
    public void The_authors_protocol_leaves_what_another_program_measured(string name, double medianMm, double p90Mm)
    {
        RobotDescription robot = Arms.Shipped(name);
        var trial = RoundingTrial.Run(TrunkArm.FromDescription(robot), robot, 400, 5);
        Assert.InRange(1e3 * trial.Authors[200], 0.85 * medianMm, 1.15 * medianMm);
        Assert.InRange(1e3 * trial.Authors[360], 0.85 * p90Mm, 1.15 * p90Mm);
    }
}
