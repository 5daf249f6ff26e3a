using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Tests.Tracking;

public class PoseGateTests
{
    private const long Ms = 1_000_000;

    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 10);
    private static readonly double[] Slew = [.. Enumerable.Repeat(2.9, Arm.StrokeCount)];

    private static TrackerMessage At(double x, double? t = null, bool turned = true) =>
        new(t, new Pose(new Vec3(x, 0, 0.4), Quat.Identity), turned, []);

    private static TrackerRefusal Refused(PoseGate gate, TrackerMessage message, long arrival) =>
        Assert.Throws<TrackerRefusedException>(() => gate.Admit(message, arrival)).Refusal;

    /// <summary>Nothing that the servos can do is refused: random postures at their bounds, looked at 1000 times a second.</summary>
    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk25-4g")]
    [InlineData("trunk6-3g")]
    [InlineData("trunk20-3g")]
    public void No_true_motion_is_a_jump_or_out_of_reach(string name)
    {
        RobotDescription robot = ShippedFiles.Robot(name);
        var arm = TrunkArm.FromDescription(robot);
        double[] slew = [.. robot.TrunkArm!.Gears.Select(gear => robot.Channels[gear.Channel].Slew)];
        var gate = new PoseGate(arm, slew);
        var sampler = new PoseSampler(arm, 3);
        double[] inputs = new double[arm.InputCount], goal = new double[arm.StrokeCount];
        double[] strokes = [.. Enumerable.Repeat(1.0, arm.StrokeCount)];
        double fastest = 0;
        Vec3? last = null;
        for (int i = 0; i < 8000; i++)
        {
            if (i % 100 == 0)
            {
                sampler.Sample(inputs);
                arm.InputsToStrokes(inputs, goal);
            }

            for (int k = 0; k < strokes.Length; k++)
            {
                strokes[k] += Math.Clamp(goal[k] - strokes[k], -1e-3 * slew[k], 1e-3 * slew[k]);
            }

            Pose tip = arm.ForwardFromStrokes(strokes, []);
            gate.Admit(new TrackerMessage(null, tip, true, []), i * Ms);
            if (last is { } before)
            {
                fastest = Math.Max(fastest, (tip.Position - before).Length * 1e3);
            }

            last = tip.Position;
        }

        // Not so wide a bound that it bounds nothing.
        Assert.InRange(gate.Speed, fastest, 12 * fastest);
    }

    [Fact]
    public void One_false_pose_is_left_out_and_a_lasting_one_is_followed()
    {
        var gate = new PoseGate(Arm, Slew);
        Assert.Equal(0, gate.Admit(At(0), 0));
        Assert.Equal(TrackerRefusal.Jump, Refused(gate, At(0.3), 10 * Ms));
        Assert.Equal(20 * Ms, gate.Admit(At(0.01), 20 * Ms));
        long believed = 20 * Ms;
        while (believed < 1000 * Ms)
        {
            believed += 10 * Ms;
            try
            {
                gate.Admit(At(0.35), believed);
                break;
            }
            catch (TrackerRefusedException)
            {
            }
        }

        double atOnce = (0.34 - 0.02) / gate.Speed;
        Assert.InRange((believed - 20 * Ms) * 1e-9, atOnce, atOnce + 0.01);
    }

    [Fact]
    public void What_is_out_of_reach_is_of_another_frame()
    {
        var gate = new PoseGate(Arm, Slew);
        Assert.InRange(gate.Reach, 0.4, 0.9);
        Assert.Equal(TrackerRefusal.ForeignFrame, Refused(gate, At(gate.Reach), 0));
        gate.Admit(At(Math.Sqrt(gate.Reach * gate.Reach - 0.4 * 0.4) - 1e-6), 0);
    }

    [Fact]
    public void Order_is_by_the_senders_clock()
    {
        var gate = new PoseGate(Arm, Slew);
        gate.Admit(At(0, 5.00), 0);
        Assert.Equal(TrackerRefusal.Late, Refused(gate, At(0, 5.00), 10 * Ms));
        Assert.Equal(TrackerRefusal.Late, Refused(gate, At(0, 4.50), 20 * Ms));
        Assert.Equal(20 * Ms, gate.Admit(At(0, 5.02), 20 * Ms));

        // A second less, and the tracker was started anew.
        Assert.Equal(30 * Ms, gate.Admit(At(0, 0.1), 30 * Ms));
        Assert.Equal(40 * Ms, gate.Admit(At(0, 0.11), 40 * Ms));
        Assert.Equal(TrackerRefusal.Malformed, Refused(gate, At(0, 1e30), 50 * Ms));
    }

    /// <summary>Delays beyond the shortest are taken off, with a sender's clock that drifts by 50 parts in a million.</summary>
    [Fact]
    public void The_age_of_a_pose_is_known_from_its_stamp()
    {
        var gate = new PoseGate(Arm, Slew);
        var random = new Random(1);
        double worst = 0;
        long lastTime = 0;
        for (int i = 0; i < 6000; i++)
        {
            long measured = i * 10 * Ms, delay = (long)(2 * Ms + 8 * Ms * random.NextDouble());
            double stamp = 1234.5 + measured * 1e-9 * (1 + 50e-6);
            long time = gate.Admit(At(0, stamp), measured + delay);
            Assert.True(time >= lastTime);
            lastTime = time;
            if (i > 100)
            {
                worst = Math.Max(worst, Math.Abs(time - (measured + 2 * Ms)) * 1e-9);
            }
        }

        Assert.InRange(worst, 0, 1.5e-3);
    }

    [Fact]
    public void A_pose_that_was_too_long_on_its_way_is_refused()
    {
        var gate = new PoseGate(Arm, Slew);
        gate.Admit(At(0, 1.0), 0);
        Assert.Equal(240 * Ms - 230 * Ms, gate.Admit(At(0, 1.01), 240 * Ms));
        Assert.Equal(TrackerRefusal.Late, Refused(gate, At(0, 1.02), 280 * Ms));
    }

    [Fact]
    public void Orientations_come_always_or_never()
    {
        var gate = new PoseGate(Arm, Slew);
        gate.Admit(At(0, turned: false), 0);
        Assert.False(gate.MeasuresOrientation);
        Assert.Equal(TrackerRefusal.Malformed, Refused(gate, At(0), 10 * Ms));
    }

    /// <summary>One false stamp, taken or refused, spoils none of the true ones after it. Poses come 100 times a second.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.26)]
    [InlineData(0.6)]
    [InlineData(0.99)]
    [InlineData(1.5)]
    [InlineData(60)]
    [InlineData(-0.02)]
    [InlineData(-0.3)]
    [InlineData(-0.5)]
    [InlineData(-0.9)]
    [InlineData(-30)]
    public void One_false_stamp_spoils_nothing(double off)
    {
        foreach (double x in new[] { 0, 0.3, 5 })
        {
            var gate = new PoseGate(Arm, Slew);
            int refused = 0;
            for (int i = 0; i < 1000; i++)
            {
                bool isFalse = i == 300;
                double stamp = 1000 + 0.01 * i + (isFalse ? off : 0);
                try
                {
                    long time = gate.Admit(At(isFalse ? x : 0, stamp), (i * 10 + 3) * Ms);
                    Assert.True(isFalse || i < 301 + 30 || Math.Abs(time - (i * 10 + 3) * Ms) <= 25 * Ms, $"{i}: {time / Ms} ms");
                }
                catch (TrackerRefusedException)
                {
                    refused += isFalse ? 0 : 1;
                }
            }

            Assert.InRange(refused, 0, 4);
        }
    }

    /// <summary>A clock that was set is followed before the run gives up after 5 s.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(10)]
    [InlineData(-0.3)]
    [InlineData(-0.5)]
    [InlineData(-0.99)]
    [InlineData(-100)]
    public void A_clock_that_was_set_is_followed(double step)
    {
        var gate = new PoseGate(Arm, Slew);
        int lastRefused = 0;
        for (int i = 0; i < 1000; i++)
        {
            try
            {
                gate.Admit(At(0, 1000 + 0.01 * i + (i < 300 ? 0 : step)), (i * 10 + 3) * Ms);
            }
            catch (TrackerRefusedException)
            {
                lastRefused = i;
            }
        }

        Assert.InRange((lastRefused - 300) * 0.01, -3, step > 0 ? 0.03 : 3.2);
    }
}
