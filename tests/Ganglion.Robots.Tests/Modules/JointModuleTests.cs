using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Tests.Modules;

public class JointModuleTests
{
    private static readonly RobotDescription Arm = Shipped.Description("trunk10-4g");

    [Theory]
    [InlineData("trunk10-4g", 10, 4, "10", "base pwm2 (bus 1, 0x42) output 4-7")]
    [InlineData("trunk20-3g", 20, 3, "1", "base pwm0 (bus 1, 0x40) output 0-2")]
    [InlineData("walker12", 12, 1, "right-knee", "trunk legs (bus 1, 0x40) output 9")]
    [InlineData("rig12", 12, 1, "11", "base pwm0 (bus 1, 0x40) output 11")]
    public void A_robot_has_modules_with_places(string robot, int count, int servos, string name, string place)
    {
        RobotDescription description = Shipped.Description(robot);
        JointModule module = Assert.Single(JointModules.Of(description), one => one.Name == name);
        Assert.Equal((count, servos, place), (JointModules.Of(description).Length, module.Channels.Length, module.PlaceOf(description)));
    }

    [Fact]
    public void Valves_are_no_modules() => Assert.Empty(JointModules.Of(Shipped.Description("muscle-pair")));

    [Fact]
    public void A_wrong_name_is_told_with_the_right_ones()
    {
        Assert.Null(JointModules.Find(JointModules.Of(Arm), "11", out string why));
        Assert.Equal("there is no module '11'; did you mean '1'? they are 1 to 10", why);
        RobotDescription walker = Shipped.Description("walker12");
        Assert.Equal("left-knee", JointModules.Find(JointModules.Of(walker), "3", out _)!.Name);
        Assert.Null(JointModules.Find(JointModules.Of(walker), "left-kne", out why));
        Assert.Contains("did you mean 'left-knee'?", why);
    }

    /// <summary>All that is asked of a 4-geared module keeps its gears on what they can do together, g0 + g2 = g1 + g3, and within their
    /// limits.</summary>
    [Fact]
    public void No_axis_forces_a_module()
    {
        JointModule module = JointModules.Of(Arm)[4];
        foreach (JointAxis axis in module.Axes.Concat(module.Servos))
        {
            foreach (double sign in (double[])[1, -1])
            {
                double[] far = module.Farthest(Arm, [0.5, 0.6, 0.4, 0.3], axis, sign * double.MaxValue);
                Assert.Equal(far[1] + far[3], far[0] + far[2], 12);
                Assert.All(far, stroke => Assert.InRange(stroke, -1e-12, 1 + 1e-12));
                Assert.Contains(far, stroke => Math.Min(Math.Abs(stroke), Math.Abs(stroke - 1)) < 1e-12);
            }
        }
    }

    [Fact]
    public void Who_stands_beyond_a_limit_comes_back_in_and_goes_no_farther_out()
    {
        RobotDescription walker = Shipped.Description("walker12");
        JointModule module = JointModules.Of(walker)[0];
        Assert.Equal(0.99, module.Farthest(walker, [0.99], module.Axes[0], double.MaxValue)[0]);
        Assert.Equal(0.02, module.Farthest(walker, [0.99], module.Axes[0], -double.MaxValue)[0], 12);
        Assert.Equal(0.94, module.Farthest(walker, [0.99], module.Axes[0], -0.05)[0], 12);
    }
}
