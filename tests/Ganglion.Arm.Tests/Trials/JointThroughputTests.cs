using Ganglion.Arm.Trials;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trials;

public class JointThroughputTests
{
    [Theory]
    [InlineData(JointDesign.ThreeGeared)]
    [InlineData(JointDesign.FourGeared)]
    public void Gives_a_rate_and_refuses_to_measure_no_time(JointDesign design)
    {
        Assert.True(JointThroughput.Measure(design, 0.001) > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => JointThroughput.Measure(design, 0));
    }
}
