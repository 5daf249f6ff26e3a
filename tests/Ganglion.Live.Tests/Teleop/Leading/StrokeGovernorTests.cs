using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Teleop.Leading;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Tests.Teleop.Leading;

public class StrokeGovernorTests
{
    private const double Period = 0.02;

    private static readonly TeleopLimits Limits = new(0.15, 0.8);

    /// <summary>Goals at random, changed on the way: no module and not the tip is faster than the bound or speeds up faster, and with a
    /// goal that stays it comes to rest there, without going beyond.</summary>
    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    public void Frames_stay_within_speed_and_acceleration(string name)
    {
        var arm = TrunkArm.FromDescription(ShippedFiles.Robot(name));
        var random = new Random(3);
        double[] goal = new double[arm.StrokeCount], inputs = new double[arm.InputCount], start = new double[arm.StrokeCount];
        Array.Fill(start, 0.5);
        var governor = new StrokeGovernor(arm, Limits, Period);
        governor.Start(start);
        Pose[] before = new Pose[arm.Joints + 1], now = new Pose[arm.Joints + 1];
        var velocity = new Vec3[arm.Joints + 1];
        Frames(arm, governor.At, before);
        for (int leg = 0; leg < 12; leg++)
        {
            foreach (ref double input in inputs.AsSpan())
            {
                input = arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble();
            }

            arm.InputsToStrokes(inputs, goal);
            int steps = 0, given = leg % 3 == 2 ? int.MaxValue : 5 + random.Next(20);
            for (; steps < given && !(governor.IsAtRest && governor.Left(goal) < 1e-9); steps++)
            {
                double left = governor.Left(goal);
                governor.Toward(goal);
                Assert.True(given != int.MaxValue || steps < 20 || governor.Left(goal) <= left, "it goes away from its goal");
                Frames(arm, governor.At, now);
                for (int i = 0; i < now.Length; i++)
                {
                    Vec3 speed = 1 / Period * (now[i].Position - before[i].Position);
                    Assert.InRange(speed.Length, 0, 1.01 * Limits.Speed);

                    // The curve that a frame runs along turns its speed as well.
                    Assert.InRange((speed - velocity[i]).Length / Period, 0, 1.3 * Limits.Acceleration);
                    (before[i], velocity[i]) = (now[i], speed);
                }

                Assert.InRange(steps, 0, 2000);
            }

            Assert.All(governor.At.ToArray(), stroke => Assert.InRange(stroke, -1e-9, 1 + 1e-9));
            if (given == int.MaxValue)
            {
                Assert.Equal(goal, governor.At.ToArray());
            }
        }
    }

    [Fact]
    public void Released_it_is_at_rest_after_the_ramp()
    {
        var arm = TrunkArm.FromDescription(ShippedFiles.Robot("trunk10-4g"));
        double[] start = new double[arm.StrokeCount], inputs = new double[arm.InputCount], goal = new double[arm.StrokeCount];
        Array.Fill(start, 0.5);
        for (int i = 0; i < inputs.Length; i += 3)
        {
            inputs[i] = 0.8;
        }

        arm.InputsToStrokes(inputs, goal);
        var governor = new StrokeGovernor(arm, Limits, Period);
        governor.Start(start);
        for (int i = 0; i < 30; i++)
        {
            governor.Toward(goal);
        }

        double[] released = governor.At.ToArray();
        int steps = 0;
        while (!governor.IsAtRest)
        {
            governor.Brake();
            Assert.InRange(++steps, 1, 10);
        }

        Assert.InRange(new FrameWays(arm).Between(released, governor.At), 0.2 * Limits.Speed * TeleopLimits.Ramp,
            0.6 * Limits.Speed * TeleopLimits.Ramp);
    }

    [Fact]
    public void A_gear_of_four_moves_with_its_module_and_within_its_limits()
    {
        RobotDescription robot = ShippedFiles.Robot("trunk10-4g");
        var arm = TrunkArm.FromDescription(robot);
        var jog = new JogGoal(arm, robot);
        double[] at = jog.Home(), goal = new double[at.Length];
        Assert.All(at, stroke => Assert.Equal(0.5, stroke));
        jog.Gear(9, 0.8, at, goal);
        Assert.Equal([0.6, 0.8, 0.6, 0.4], goal[8..12].Select(stroke => Math.Round(stroke, 9)));
        Assert.Equal(goal[8] + goal[10], goal[9] + goal[11], 1e-12);
        Assert.All(Enumerable.Range(0, 40).Where(i => i is < 8 or > 11), i => Assert.Equal(0.5, goal[i]));

        // Where one of the others is at its end, the whole module goes only as far as that lets it.
        (at[8], at[9], at[10], at[11]) = (0.9, 0.5, 0.6, 1);
        jog.Gear(9, 0, at, goal);
        Assert.Equal(1, goal[8..12].Max(), 1e-9);
        Assert.Equal(goal[8] + goal[10], goal[9] + goal[11], 1e-12);

        jog.Joint(2, new Vec3(0.2, -0.4, 0.5), jog.Home(), goal);
        double[] inputs = new double[arm.InputCount];
        arm.StrokesToInputs(goal, inputs);
        Assert.Equal([0.2, -0.4, 0.5], inputs[6..9].Select(input => Math.Round(input, 9)));
        Assert.All(inputs[..6].Concat(inputs[9..]), input => Assert.Equal(0, input, 1e-9));
    }

    /// <summary>A joint that was parked beyond its limit may come back in and not go farther out.</summary>
    [Theory]
    [InlineData(1.2, 1.3, 1.2)]
    [InlineData(1.2, 1.1, 1.1)]
    [InlineData(1.2, 0.4, 0.4)]
    [InlineData(1.2, -0.5, 0.1)]
    [InlineData(0, -0.2, 0)]
    [InlineData(0, 0.05, 0.05)]
    [InlineData(0.5, 1.3, 1)]
    public void Limits_hold_one_way(double at, double wanted, double goes) =>
        Assert.Equal(goes, JogGoal.OneWay(at, wanted, 0.1, 1));

    private static void Frames(TrunkArm arm, ReadOnlySpan<double> strokes, Pose[] frames) =>
        frames[^1] = arm.ForwardFromStrokes(strokes, frames.AsSpan(0, arm.Joints));
}
