using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Control;

public class QuantisationLimitTests
{
    /// <summary>12 bits at 50 Hz are 4.88 us a count (hardware/README.md, limits); the ten-joint arm is then good to a third of a
    /// millimetre.</summary>
    [Fact]
    public void Ten_joint_arm_at_50_hz()
    {
        RobotDescription robot = Arms.Shipped("trunk10-4g");
        var limit = QuantisationLimit.Measure(TrunkArm.FromDescription(robot), robot, 50, seed: 1);
        Assert.Equal(4.88e-6, limit.CountTime, 0.005e-6);
        Assert.InRange(limit.MedianError, 0.30e-3, 0.38e-3);
        Assert.InRange(limit.P95Error, 0.65e-3, 0.80e-3);
        Assert.True(limit.MaxError >= limit.P95Error && limit.P95Error >= limit.MedianError);
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Finer_counts_give_a_finer_tip_in_proportion(string name)
    {
        RobotDescription robot = Arms.Shipped(name);
        var arm = TrunkArm.FromDescription(robot);
        QuantisationLimit slow = QuantisationLimit.Measure(arm, robot, 50, seed: 1), fast = QuantisationLimit.Measure(arm, robot,
            333, seed: 1);
        Assert.InRange(slow.MedianError / fast.MedianError / (slow.CountTime / fast.CountTime), 0.9, 1.1);
    }

    /// <summary>
    /// Rounding is noise of variance count^2/12 on each stroke, so the tip's mean square error is the sum over strokes of the
    /// squared sensitivities times that: an estimate by the Jacobian of the 3-geared arm, whose inputs are its strokes.
    /// </summary>
    [Fact]
    public void Error_is_what_the_jacobian_makes_of_rounding_noise()
    {
        RobotDescription robot = Arms.Shipped("trunk6-3g");
        var arm = TrunkArm.FromDescription(robot);
        var limit = QuantisationLimit.Measure(arm, robot, 50, seed: 1);
        var servo = (ServoChannel)robot.Channels[0];
        double strokePerCount = limit.CountTime / (servo.PulseMax - servo.PulseMin);
        PoseSampler sampler = new(arm, 1);
        double[] inputs = new double[18], jacobian = new double[6 * 18];
        double[] expected = new double[500];
        for (int i = 0; i < expected.Length; i++)
        {
            sampler.Sample(inputs);
            arm.Jacobian(inputs, jacobian);
            double squares = jacobian.Take(3 * 18).Sum(entry => entry * entry);
            expected[i] = Math.Sqrt(squares / 12) * strokePerCount;
        }
        Array.Sort(expected);
        // The median of a three-dimensional error is a little below its root mean square.
        Assert.InRange(limit.MedianError / expected[250], 0.75, 1.0);
    }

    [Fact]
    public void Frequencies_and_arms_that_do_not_fit_are_refused()
    {
        RobotDescription robot = Arms.Shipped("trunk10-4g");
        var arm = TrunkArm.FromDescription(robot);
        Assert.Contains("choose 24 to 406 Hz", Assert.Throws<ArgumentOutOfRangeException>(() => QuantisationLimit.Measure(arm, robot, 450,
            1)).Message);
        Assert.Throws<ArgumentException>(() => QuantisationLimit.Measure(new TrunkArm(JointDesign.ThreeGeared, 10), robot, 50, 1));
    }
}
