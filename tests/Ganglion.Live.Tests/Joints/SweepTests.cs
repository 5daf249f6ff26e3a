using Ganglion.Bridge.Session;
using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;

namespace Ganglion.Live.Tests.Joints;

/// <summary>`ganglion joint --sweep`, with all that goes wrong meanwhile.</summary>
public class SweepTests
{
    private static JointModule Module(RobotDescription robot, string name) => JointModules.Find(JointModules.Of(robot), name, out _)!;

    private static JointSweepResult Sweep(JointRig rig, string name, Action<JointMove>? look = null, int? only = null) =>
        JointSweep.Run(rig.Bench(only: only), Module(rig.Robot.Description, name), 1, (_, _, move) => look?.Invoke(move));

    /// <summary>Tilts and stretch each to their ends, no servo faster than is said, by the pulses at the chip; and no other output has
    /// any.</summary>
    [Theory]
    [InlineData("trunk10-4g", "3", 0, new[] { 8, 9, 10, 11 }, 6)]
    [InlineData("trunk6-3g", "2", 0, new[] { 3, 4, 5 }, 6)]
    [InlineData("walker12", "left-knee", 0, new[] { 3 }, 2)]
    [InlineData("rig12", "7", 0, new[] { 7 }, 2)]
    public void A_module_goes_to_its_limits_and_no_faster_than_is_said(string name, string module, int chip, int[] outputs, int ways)
    {
        using var rig = new JointRig(name);
        JointSweepResult result = Sweep(rig, module);
        Assert.Equal((true, ways, 0L), (result.IsWhole, result.Ways, result.MissedFrames));
        Assert.Equal(outputs.Select(output => (0, chip, output)), rig.Pulses.Keys.Order());
        Assert.InRange(rig.PeakSpeed(), 0.85 * JointRig.Speed, JointRig.Speed);
        Assert.True(rig.IsOff);
        Assert.All(Module(rig.Robot.Description, module).ServosOf(rig.Robot.Description), servo =>
        {
            double[] values = [.. rig.Pulses[(0, servo.Chip, servo.Output)].Where(one => one.Pulse > 0)
                .Select(one => servo.ValueOf(one.Pulse))];
            Assert.InRange(values.Min(), servo.LimitMin - 0.005, servo.LimitMin + 0.005);
            Assert.InRange(values.Max(), servo.LimitMax - 0.005, servo.LimitMax + 0.005);
            Assert.InRange(values[^1], servo.Park - 0.005, servo.Park + 0.005);
        });
    }

    [Fact]
    public void A_module_of_one_of_three_boards_needs_that_board_alone()
    {
        using var rig = new JointRig("trunk25-4g");
        Assert.True(Sweep(rig, "25", only: 2).IsWhole);
        Assert.All(rig.Pulses.Keys, at => Assert.Equal(2, at.Board));
    }

    /// <summary>The first Ctrl-C: it comes to rest, parks, and its outputs go off. The second: off where it stands.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Interrupted_it_is_disarmed(bool atOnce)
    {
        using var rig = new JointRig("rig12");
        long at = long.MaxValue;
        rig.Watch = own =>
        {
            if (own.Robot.World.NowNanoseconds > at)
            {
                (atOnce ? (Action)own.EndAtOnce : own.EndWell)();
            }
        };
        void Begin(JointMove move) => at = Math.Min(at, rig.Robot.World.NowNanoseconds + 2_000_000_000);
        double last;
        if (atOnce)
        {
            Assert.Throws<OperationCanceledException>(() => Sweep(rig, "7", Begin));
            last = rig.Pulses[(0, 0, 7)][^2].Pulse;
            Assert.InRange(last, 1.75e-3, 2.4e-3);
        }
        else
        {
            JointSweepResult result = Sweep(rig, "7", Begin);
            Assert.False(result.IsWhole);
            Assert.InRange(rig.Pulses[(0, 0, 7)][^2].Pulse, 1.49e-3, 1.51e-3);
        }

        Assert.True(rig.IsOff);
        Assert.InRange(rig.PeakSpeed(), 0, JointRig.Speed);
    }

    [Theory]
    [InlineData("nack base pwm0", Reason.ChipLost, "stopped answering")]
    [InlineData("brownout base pwm0", Reason.None, "chip 0 'pwm0' (address 0x40, bus 1) lost its supply for a moment: it answers")]
    [InlineData("stuck-bus base 1 for 3s", Reason.BusStuck, "hangs")]
    public void A_chip_that_vanishes_resets_or_hangs_is_told(string fault, byte reason, string told)
    {
        using var rig = new JointRig("trunk10-4g");
        bool injected = false;
        BoardException error = Assert.Throws<BoardException>(() => Sweep(rig, "3", _ =>
        {
            if (!injected)
            {
                injected = true;
                rig.Robot.Faults.Inject(fault);
            }
        }));
        Assert.Equal(reason, error.Reason);
        Assert.Contains(told, error.Message);
        rig.Robot.World.WaitUntil(rig.Robot.World.NowNanoseconds + 5_000_000_000);
        Assert.True(rig.IsOff);
    }

    /// <summary>Other chips of the arm need not be there.</summary>
    [Fact]
    public void A_module_on_the_bench_needs_no_other_chip()
    {
        using var rig = new JointRig("trunk10-4g");
        rig.Robot.Faults.Inject("nack base pwm0");
        rig.Robot.Faults.Inject("nack base pwm1");
        Assert.True(Sweep(rig, "10").IsWhole);
        BoardException missing = Assert.Throws<BoardException>(() => Sweep(rig, "3"));
        Assert.Contains("chip 0 'pwm0' (address 0x40, bus 1) does not answer", missing.Message);
    }
}
