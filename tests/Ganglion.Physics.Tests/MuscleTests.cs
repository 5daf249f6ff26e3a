using Ganglion.Physics.Muscles;

namespace Ganglion.Physics.Tests;

public sealed class MuscleTests
{
    /// <summary>Continuous at the breaks (22.621 N/mm; 1.57 and 1.568 N s/mm) and F/K as shared/README.md H1 lists it.</summary>
    [Theory]
    [InlineData(150, 17.3)]
    [InlineData(250, 31.3)]
    [InlineData(314, 42.4)]
    [InlineData(400, 50.0)]
    [InlineData(550, 61.3)]
    public void Free_contraction_is_the_published_one(double kpa, double millimetres)
    {
        Assert.Equal(millimetres, 1000.0 * PneumaticMuscle.Force(kpa) / PneumaticMuscle.Spring(kpa), 0.06);
        Assert.Equal(22.621, PneumaticMuscle.Spring(314.0) / 1000.0, 0.002);
        Assert.Equal(PneumaticMuscle.Damper(371.999, false), PneumaticMuscle.Damper(372.001, false), 3.0);
    }

    /// <summary>The closed form of shared/README.md H2: P0 430, x0 20 mm, r 30 mm, angle 0.2, torque 4 gives dP = 84.188.</summary>
    [Fact]
    public void The_pressure_difference_gives_the_torque_that_was_asked_for()
    {
        var pair = new MusclePair(0.03, 1, 430.0, 0.02);
        double difference = pair.Difference(4.0, 0.2, 0.0);
        Assert.Equal(84.188, difference, 0.001);
        Assert.Equal(4.0, pair.Torque(430.0 + difference, 430.0 - difference, 0.2, 0.0), 1e-9);

        // Across the spring's break and in motion, where the closed form is not exact.
        var low = new MusclePair(0.03, 2, 350.0, 0.02);
        difference = low.Difference(20.0, 0.2, 0.7);
        Assert.True(350.0 - difference < 314.0);
        Assert.Equal(20.0, low.Torque(350.0 + difference, 350.0 - difference, 0.2, 0.7), 1e-6);
    }

    /// <summary>shared/README.md H3: rms 0.108 rad with the joint's loop alone, 0.030 with feed-forward alone, 0.012 with both; its gains
    /// are not stated, ours are another pair. The pressure loop takes the chambers' lag out, also where valves are 5 % off.</summary>
    [Fact]
    public void The_rig_follows_as_published_and_better_with_the_pressure_loop()
    {
        Assert.InRange(MuscleRig.Track(new RigControl(false, true, false), 0.5), 0.10, 0.12);
        Assert.InRange(MuscleRig.Track(new RigControl(true, false, false), 0.5), 0.025, 0.037);
        Assert.InRange(MuscleRig.Track(new RigControl(true, true, false), 0.5), 0.010, 0.017);
        Assert.InRange(MuscleRig.Track(new RigControl(true, true, true), 0.5, valveError: 0.05, weaker: 0.1), 0.0, 0.010);
    }

    /// <summary>A first-order lag that is told the right thing is where it should be one period later.</summary>
    [Fact]
    public void The_pressure_loop_arrives_in_one_period()
    {
        const double lag = 0.04, period = 0.02;
        var loop = new PairPressures(lag, period, 0.0);
        double flexor = 300.0, extensor = 400.0;
        loop.Next(flexor, extensor, flexor, extensor);
        foreach (double wanted in new[] { 320.0, 310.0, 360.0 })
        {
            (double up, double down) = loop.Next(wanted, 700.0 - wanted, flexor, extensor);
            flexor = up + (flexor - up) * Math.Exp(-period / lag);
            extensor = down + (extensor - down) * Math.Exp(-period / lag);
            Assert.Equal((wanted, 700.0 - wanted), (flexor, extensor), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.1
                && Math.Abs(a.Item2 - b.Item2) < 0.1);
        }
    }
}
