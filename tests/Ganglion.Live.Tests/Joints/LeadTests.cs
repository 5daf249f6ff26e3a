using Ganglion.Live.Joints;
using Ganglion.Live.Teleop;
using Ganglion.Robots.Modules;

namespace Ganglion.Live.Tests.Joints;

/// <summary>A module led by held keys.</summary>
public class LeadTests
{
    private const long Second = 1_000_000_000;

    /// <summary>A key that repeats for a second and is let go: the module moves while it counts as held, and stands soon after.</summary>
    [Fact]
    public void What_is_held_moves_it_and_what_is_released_lets_it_stand()
    {
        using var rig = new JointRig("trunk10-4g");
        JointModule module = JointModules.Of(rig.Robot.Description)[2];
        var wish = new JointWish(rig.Robot.World);
        long start = 0, repeated = 0, stood = 0;
        double[] before = [], released = [];
        JointLead.Run(rig.Bench(), module, wish, (move, way) =>
        {
            long now = rig.Robot.World.NowNanoseconds;
            (start, before) = start == 0 ? (now, move.At.ToArray()) : (start, before);
            if (now - start < Second && now - repeated >= Second / 30)
            {
                (repeated, released) = (now, move.At.ToArray());
                wish.Hold(new JointWish.Way(module.Axes[0], 1));
            }

            if (now - start > Second && way == null && move.IsAtRest && stood == 0)
            {
                stood = now;
                Assert.Equal(released[1], move.At[1]);
                Assert.InRange(move.At[2] - before[2], 0.05, 0.2);
                Assert.Equal(before[0] - move.At[0], move.At[2] - before[2], 9);
            }

            if (now - start > 3 * Second)
            {
                rig.EndWell();
            }
        });
        Assert.InRange(stood - repeated, TeleopMailbox.Stale, TeleopMailbox.Stale + 150_000_000);
        Assert.InRange(rig.PeakSpeed(), 0.5 * JointRig.Speed, JointRig.Speed);
        Assert.True(rig.IsOff);
        Assert.All(rig.Pulses.Values, pulses => Assert.InRange(pulses[^2].Pulse, 1.49e-3, 1.51e-3));
    }

    /// <summary>The other way only after a stop; a gear takes the others of its module along as far as it has to.</summary>
    [Fact]
    public void It_stops_before_it_turns_and_a_gear_takes_the_others_along()
    {
        using var rig = new JointRig("trunk10-4g");
        JointModule module = JointModules.Of(rig.Robot.Description)[0];
        var wish = new JointWish(rig.Robot.World);
        int step = 0;
        double last = double.NaN, speed = 0, full = 0.9 * JointRig.Speed / module.DegreesOf(rig.Robot.Description)[1] * 0.02;
        JointLead.Run(rig.Bench(), module, wish, (move, _) =>
        {
            wish.Hold(new JointWish.Way(module.Servos[1], step < 60 ? 1 : -1));
            double now = double.IsNaN(last) ? 0 : move.At[1] - last;
            Assert.False(now < 0 && speed > 0.6 * full, "it turned without a stop");
            Assert.Equal(move.At[0] + move.At[2], move.At[1] + move.At[3], 9);
            (last, speed) = (move.At[1], now);
            if (++step > 150)
            {
                rig.EndWell();
            }
        });
        Assert.True(last < 0.52 && rig.IsOff);
    }
}
