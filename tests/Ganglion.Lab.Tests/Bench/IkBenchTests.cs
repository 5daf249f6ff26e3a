using Ganglion.Lab.Bench;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Tests.Bench;

public sealed class IkBenchTests
{
    [Fact]
    public void Figures_of_an_arm_are_those_of_its_description()
    {
        ArmFigures figures = IkBench.Measure(Shipped.Robot("trunk6-3g"), 50, 1);
        Assert.Equal(("trunk6-3g", 6, JointDesign.ThreeGeared), (figures.Robot, figures.Joints, figures.Design));
        Assert.Equal(50, figures.Trial.Reached);

        // The quantisation error is proportional to a count, and a count at 50 Hz is 6.6 times as long as at 333 Hz.
        Assert.InRange(figures.At50Hz.MedianError / figures.At333Hz.MedianError, 6, 7.3);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1.001, false)]
    [InlineData(double.NaN, false)]
    public void A_bar_is_met_up_to_its_bound_and_not_by_what_is_no_number(double value, bool met)
    {
        Assert.Equal(met, Bar.AtMost("", value, 1).Met);
        Assert.Equal(met, Bar.AtLeast("", -value, -1).Met);
    }
}
