using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;

namespace Ganglion.Live.Tests.Joints;

/// <summary>`ganglion joint --load` on a supply that bears some servos and no more.</summary>
public class LoadTests
{
    [Theory]
    [InlineData(40, new[] { 4, 8, 16, 32, 40 }, 0)]
    [InlineData(15, new[] { 4, 8, 16 }, 4)]
    public void It_finds_how_many_servos_the_supply_bears(int bears, int[] tried, int resets)
    {
        using var rig = new JointRig("trunk10-4g");
        bool sagged = false;
        rig.Watch = own =>
        {
            // What a sagging supply does to the chip, once a start: all of its registers are those of a power-on.
            int powered = own.Robot.Boards[0].Servos.Values.Count(servo => servo.Powered);
            if (powered > bears && !sagged)
            {
                own.Robot.Faults.Inject("brownout base pwm0");
            }

            sagged = powered > bears;
        };
        IReadOnlyList<LoadStep> steps = JointLoad.Run(rig.Bench(), JointModules.Of(rig.Robot.Description), 6, (_, _) => { });
        Assert.Equal(tried, steps.Select(step => step.Servos));
        Assert.All(steps, step => Assert.Equal(4, step.Tries));
        Assert.All(steps.SkipLast(1), step => Assert.Equal(0, step.Resets));
        Assert.Equal(resets, steps[^1].Resets);
        Assert.Equal(resets > 0, steps[^1].Words.Contains("chip 0 'pwm0' (address 0x40, bus 1) lost its supply for a moment"));
        Assert.True(rig.IsOff);
        Assert.InRange(rig.PeakSpeed(), 0.5 * JointRig.Speed, JointRig.Speed);
    }
}
