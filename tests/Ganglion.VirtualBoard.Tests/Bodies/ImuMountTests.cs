using Ganglion.Basics.Space;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Bodies;

public class ImuMountTests
{
    private static (double[] Force, double[] Rate) At(ImuMount mount, long ns)
    {
        double[] force = new double[3], rate = new double[3];
        mount.MotionAt(ns, force, rate);
        return (force, rate);
    }

    /// <summary>A chip whose nose points down by three degrees finds gravity behind it: pitch = atan2(-x, z).</summary>
    [Fact]
    public void ATiltedSensorSeesATiltedWorld()
    {
        var mount = new ImuMount();
        mount.Set(Quat.Identity, new Vec3(0.5, 0, 0), default, 0);
        double angle = 3 * Math.PI / 180;
        (mount.TiltWindow, mount.Tilt) = (new FaultWindow(1_000_000, long.MaxValue), angle);
        Assert.Equal(0, At(mount, 0).Force[0], 12);
        (double[] force, double[] rate) = At(mount, 2_000_000);
        Assert.Equal(angle, Math.Atan2(-force[0], force[2]), 3);
        Assert.Equal(0.5 * Math.Cos(angle), rate[0], 9);
        Assert.Equal(0.5 * Math.Sin(angle), rate[2], 9);
    }

    [Fact]
    public void ALateSensorShowsWhatWas()
    {
        var mount = new ImuMount();
        for (int i = 0; i < 40; i++)
        {
            mount.Set(Quat.Identity, default, new Vec3(i, 0, 0), i * 2_500_000L);
        }

        Assert.Equal(39, At(mount, 100_000_000).Force[0], 9);
        (mount.LagWindow, mount.LagNs) = (new FaultWindow(0, long.MaxValue), 20_000_000);
        Assert.Equal(31, At(mount, 39 * 2_500_000L).Force[0], 9);
        Assert.Equal(30, At(mount, 39 * 2_500_000L - 1).Force[0], 9);
    }
}
