using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Teleop.Leading;
using Ganglion.Shared.Tests;

namespace Ganglion.Live.Tests.Teleop.Leading;

public class TeleopGovernorTests
{
    private const double Period = 0.02;

    private static readonly TeleopLimits Limits = new(0.15, 0.8);

    private static readonly Vec3 Along = new(2 / 3.0, -1 / 3.0, 2 / 3.0);

    /// <summary>Closed forms of a trapezoid of speed: d / v + v / a, and 2 sqrt(d / a) where the way is too short for the full
    /// speed.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.05)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    [InlineData(0.00001)]
    public void A_step_takes_the_time_of_a_trapezoid_and_ends_without_overshoot(double distance)
    {
        var governor = new TeleopGovernor(Limits, Period);
        governor.Start(new Pose(default, Quat.Identity));
        var target = new Pose(distance * Along, Quat.Identity);
        double before = 0, speedBefore = 0;
        int steps = 0;
        while (governor.At != target || !governor.IsAtRest)
        {
            governor.Toward(target);
            double gone = Vec3.Dot(governor.At.Position, Along), speed = governor.Velocity.Length;
            Assert.InRange(gone, before, distance + 1e-15);
            Assert.InRange(speed, 0, Limits.Speed + 1e-12);
            Assert.InRange(Math.Abs(speed - speedBefore), 0, Limits.Acceleration * Period + 1e-12);
            (before, speedBefore) = (gone, speed);
            Assert.InRange(++steps, 1, 1000);
        }

        double v = Limits.Speed, a = Limits.Acceleration;
        double expected = distance >= v * v / a ? distance / v + v / a : 2 * Math.Sqrt(distance / a);
        Assert.InRange(steps * Period, expected - Period, expected + 3 * Period);
    }

    [Fact]
    public void A_turn_is_bounded_likewise()
    {
        var governor = new TeleopGovernor(Limits, Period);
        governor.Start(new Pose(default, Quat.Identity));
        var target = new Pose(default, Quat.FromRotationVector(0.5 * Along));
        double before = 0, rateBefore = 0;
        int steps = 0;
        while (governor.At != target || !governor.IsAtRest)
        {
            governor.Toward(target);
            double turned = Quat.Angle(governor.At.Orientation, Quat.Identity), rate = governor.Turning.Length;
            Assert.InRange(turned, before - 1e-9, 0.5 + 1e-9);
            Assert.InRange(rate, 0, Limits.TurnRate + 1e-9);
            Assert.InRange(Math.Abs(rate - rateBefore), 0, Limits.TurnAcceleration * Period + 1e-9);
            (before, rateBefore) = (turned, rate);
            Assert.InRange(++steps, 1, 1000);
        }

        double expected = 0.5 / Limits.TurnRate + TeleopLimits.Ramp;
        Assert.InRange(steps * Period, expected - Period, expected + 3 * Period);
    }

    /// <summary>From full speed it is at rest after the ramp, v^2 / (2 a) farther on.</summary>
    [Fact]
    public void Released_it_is_at_rest_after_the_ramp()
    {
        var governor = new TeleopGovernor(Limits, Period);
        governor.Start(new Pose(default, Quat.Identity));
        for (int i = 0; i < 50; i++)
        {
            governor.Along(new Vec3(0, 0, 1), default);
        }

        Assert.Equal(Limits.Speed, governor.Velocity.Z, 1e-12);
        double start = governor.At.Position.Z;
        int steps = 0;
        while (!governor.IsAtRest)
        {
            governor.Brake();
            steps++;
        }

        Assert.InRange(steps * Period, TeleopLimits.Ramp - Period, TeleopLimits.Ramp + Period);
        double way = Limits.Speed * TeleopLimits.Ramp / 2;
        Assert.InRange(governor.At.Position.Z - start, way - Limits.Speed * Period, way + 1e-12);
    }

    /// <summary>Whatever is asked, at random: neither bound is passed, and nothing that is not a number comes out.</summary>
    [Fact]
    public void Bounds_hold_whatever_is_asked()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var governor = new TeleopGovernor(Limits, Period);
            governor.Start(new Pose(default, Quat.Identity));
            Vec3 velocity = default, turning = default;
            var target = new Pose(default, Quat.Identity);
            for (int i = 0; i < 5000; i++)
            {
                Vec3 Random() => new(2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
                if (random.Next(20) == 0)
                {
                    double size = Math.Pow(10, -6 * random.NextDouble());
                    target = new Pose(size * Random(), Quat.FromRotationVector(2 * size * Random()));
                }

                Pose before = governor.At;
                switch (random.Next(10))
                {
                    case 0:
                        governor.Along(1.7 * Random(), Random());
                        break;
                    case 1:
                        governor.Brake();
                        break;
                    default:
                        governor.Toward(target);
                        break;
                }

                Assert.InRange(governor.Velocity.Length, 0, Limits.Speed + 1e-9);
                Assert.InRange((governor.Velocity - velocity).Length, 0, Limits.Acceleration * Period + 1e-9);
                Assert.InRange(governor.Turning.Length, 0, Limits.TurnRate + 1e-9);
                Assert.InRange((governor.Turning - turning).Length, 0, Limits.TurnAcceleration * Period + 1e-9);
                Assert.InRange((governor.At.Position - before.Position).Length, 0, Limits.Speed * Period + 1e-9);
                Assert.InRange(Quat.Angle(governor.At.Orientation, before.Orientation), 0, Limits.TurnRate * Period + 1e-9);
                (velocity, turning) = (governor.Velocity, governor.Turning);
            }
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var governor = new TeleopGovernor(Limits, Period);
        Assert.Equal(0, Allocation.Of(() =>
        {
            governor.Start(new Pose(default, Quat.Identity));
            for (int i = 0; i < 100; i++)
            {
                governor.Toward(new Pose(Along, Quat.FromRotationVector(Along)));
                governor.Along(Along, Along);
                governor.Brake();
            }
        }));
    }
}
