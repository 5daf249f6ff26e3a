using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Sim;

namespace Ganglion.Live.Tests;

/// <summary>An arm that is to be kept clear shows at park, before anything moves, how it is built.</summary>
public class StandingArmTests
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("trunk10-4g");

    /// <summary>Gauss noise of a given size: what is told of it is near that, and the mean as near the truth as eight poses are.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.05e-3)]
    [InlineData(1e-3)]
    public void A_tip_at_rest_stands_whatever_its_noise(double noise)
    {
        var there = new Vec3(0.1, -0.2, 0.4);
        Random random = new(5);
        double worst = 0, square = 0;
        int stood = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            StandingTip tip = new();
            bool stands = false;
            for (int i = 1; i <= 8; i++)
            {
                stands = tip.Take(there + noise * new Vec3(Normal(random), Normal(random), Normal(random)), i);
                Assert.True(i == 8 || !stands);
            }

            stood += stands ? 1 : 0;
            square += tip.Doubt * tip.Doubt / 200;
            worst = Math.Max(worst, (tip.Mean - there).Length);
        }

        Assert.InRange(stood, 180, 200);
        Assert.Equal(noise / Math.Sqrt(8), Math.Sqrt(square), 0.1 * noise + 1e-9);
        Assert.InRange(worst, 0, 5 * noise / Math.Sqrt(8) + 1e-9);
    }

    /// <summary>30 mm/s to 0.5 m/s, by poses each 20 ms.</summary>
    [Theory]
    [InlineData(0.03)]
    [InlineData(0.5)]
    public void A_tip_on_its_way_does_not_stand_before_it_is_there(double speed)
    {
        StandingTip tip = new();
        for (int i = 1; i < 40; i++)
        {
            Assert.False(tip.Take(new Vec3(speed * 0.02 * i, 0, 0), i), $"pose {i}");
        }

        Assert.False(tip.Take(new Vec3(speed * 0.8, 0, 0), 40));
        for (int i = 0; i < 20; i++)
        {
            Assert.False(tip.Take(new Vec3(speed * 0.8, 0, 0), 40), "the same measurement again says nothing");
        }

        bool stands = false;
        for (int i = 41; i < 50; i++)
        {
            stands = tip.Take(new Vec3(speed * 0.8, 0, 0), i);
        }

        Assert.True(stands);
    }

    /// <summary>The arm of seed 9221 is not built as described. Whenever it is armed its body is looked at before it moves.</summary>
    [Fact]
    public void What_is_armed_is_known_before_it_moves()
    {
        using var arm = VirtualArm.InVirtualTime(MadeUp(), 9221);
        using ArmSession session = Open(arm, out List<string> noticed);
        long began = arm.Clock.NowNanoseconds;
        session.ArmOutputs(arm);
        double seconds = 1e-9 * (arm.Clock.NowNanoseconds - began);
        KnownBody body = session.Kept!.Body!;
        Assert.NotNull(body.Learned);
        Assert.Empty(noticed);
        Assert.All(arm.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
        arm.TryMeasure(out Pose tip, out _);
        double described = (session.Arm.ForwardFromStrokes(session.ParkStrokes(), []).Position - tip.Position).Length;
        double learned = (body.Learned.FromStrokes(session.ParkStrokes(), []).Position - tip.Position).Length;
        Assert.True(described > 5e-3 && learned < 0.1 * described, $"{1000 * learned:0.00} of {1000 * described:0.00} mm");

        session.StopAtOnce();
        began = arm.Clock.NowNanoseconds;
        session.Rearm(arm, () => false);
        Assert.InRange(1e-9 * (arm.Clock.NowNanoseconds - began), 0.14, seconds + 0.5);
    }

    /// <summary>An arm that swings for ever, and one of which poses no longer come: it goes on, and says what is not known.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(double.NaN)]
    public void What_does_not_come_to_rest_is_said_and_not_waited_for(double swing)
    {
        using var arm = VirtualArm.InVirtualTime(MadeUp(), 9221);
        using ArmSession session = Open(arm, out List<string> noticed);
        session.ArmOutputs(new SwingingPoses(arm, swing));
        string words = Assert.Single(noticed);
        Assert.Contains("stand still for 2 s", words);
        Assert.Contains("the described body is kept clear", words);
        Assert.Null(session.Kept!.Body!.Learned);
        Assert.True(session.Boards.Boards[0].IsArmed);
    }

    /// <summary>Without a tracker there is nothing to wait for.</summary>
    [Fact]
    public void Nobody_is_waited_for_who_does_not_measure()
    {
        using var arm = VirtualArm.InVirtualTime(MadeUp(), 9221);
        using ArmSession session = Open(arm, out List<string> noticed);
        session.ArmOutputs(null);
        Assert.Empty(noticed);
        Assert.Null(session.Kept!.Body!.Learned);
    }

    private static RobotDescription MadeUp()
    {
        KeptClearance kept = ArmSession.ClearanceOf(Robot, SceneDescription.Bare);
        TrunkBodyDescription body = MadeUpArm.Draw(kept.Arm.Design, kept.Arm.Joints, 9221, sags: false);
        return Robot with { TrunkArm = Robot.TrunkArm! with { Body = body } };
    }

    private static ArmSession Open(VirtualArm arm, out List<string> noticed)
    {
        List<string> said = [];
        var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Noticed += said.Add;
        session.Open();
        session.KeepClear(ArmSession.ClearanceOf(Robot, SceneDescription.Bare));
        noticed = said;
        return session;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>An arm whose tip swings by some metres, once in 0.7 s; NaN: that is not measured any more after 0.1 s.</summary>
    private sealed class SwingingPoses(VirtualArm arm, double swing) : IPoseSource
    {
        private readonly long _began = arm.Clock.NowNanoseconds;
        private int _measured;

        public bool MeasuresOrientation => true;

        public bool TryMeasure(out Pose tip, out long time)
        {
            bool isThere = arm.TryMeasure(out tip, out time);
            if (double.IsNaN(swing))
            {
                return isThere && _measured++ < 3;
            }

            double seconds = 1e-9 * (time - _began);
            tip = tip with { Position = tip.Position + new Vec3(swing * Math.Sin(2 * Math.PI * seconds / 0.7), 0, 0) };
            return isThere;
        }

        public MeasuredPosture? Posture() => null;
    }
}
