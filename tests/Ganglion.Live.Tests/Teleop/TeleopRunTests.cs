using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Tests.Teleop;

public class TeleopRunTests
{
    private static readonly Vec3 Target = new(0.12, -0.06, 0.48);

    /// <summary>A target is given and held: the tip goes there within its bound, and comes to below a millimetre.</summary>
    [Theory]
    [InlineData("ik", true)]
    [InlineData("ik", false)]
    [InlineData("spiking", true)]
    public void The_tip_comes_to_a_held_target_below_a_millimetre(string controller, bool measured)
    {
        using var arm = new OperatedArm(controller, measured: measured);
        arm.Client.Take();
        double error = double.NaN;
        TeleopResult result = arm.Run(() =>
        {
            arm.Lead(Target);
            if (arm.Now > 6)
            {
                error = (arm.Tip.Position - Target).Length;
                arm.End();
            }
        });
        Assert.InRange(error, 0, measured ? 1e-3 : 3e-3);
        Assert.InRange(arm.Speeds(0, 6).Max(), 0.8 * arm.Limits.Speed, arm.MostSpeed);
        Assert.Equal((0, 0, ""), (result.Stream.MissedFrames, result.Stops, result.Stopped));
        Assert.All(arm.Session.Boards.Boards, board => Assert.False(board.IsArmed));
        Assert.All(arm.Body.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
    }

    /// <summary>The model of six joints is coarse, and the postures that it leads into are others than the exact geometry would
    /// choose: that does not end its reach.</summary>
    [Theory]
    [InlineData(0.7)]
    [InlineData(0.65)]
    public void A_coarse_model_does_not_end_reach(double z)
    {
        using var arm = new OperatedArm("spiking", "trunk6-3g");
        arm.Client.Take();
        double error = double.NaN;
        arm.Run(() =>
        {
            arm.Lead(new Vec3(0.1, -0.06, z));
            if (arm.Now > 10)
            {
                error = (arm.Tip.Position - new Vec3(0.1, -0.06, z)).Length;
                arm.End();
            }
        });
        Assert.InRange(error, 0, 1e-3);
    }

    /// <summary>Nothing moves without control, without the deadman, or by what is refused.</summary>
    [Fact]
    public void Without_a_held_deadman_nothing_moves()
    {
        using var arm = new OperatedArm();
        using TeleopClient other = arm.Mailbox.Join("window 2");
        Vec3 start = default;
        arm.Run(() =>
        {
            start = arm.Now < 0.5 ? arm.Tip.Position : start;
            var held = new TeleopInput(true, TeleopKind.Pose) { Target = new Pose(Target, Quat.Identity) };
            if (arm.Now < 1)
            {
                Assert.Contains("take control", arm.Client.Offer(held));
            }
            else if (arm.Now < 3)
            {
                arm.Client.Take();
                arm.Client.Offer(held with { Held = false });
                arm.Client.Order(new TeleopOrder(TeleopOrderKind.Home));
                Assert.Contains("window 1 holds", other.Offer(held));
                Assert.Contains("window 1 holds", other.Order(new TeleopOrder(TeleopOrderKind.Home)));
            }
            else
            {
                arm.End();
            }
        });
        Assert.All(arm.Way.Where(one => one.Time is > 0.5 and < 3), one => Assert.InRange((one.Tip - start).Length, 0, 1e-9));
    }

    /// <summary>The deadman is released on the way, told or by silence: the tip has come to rest within 300 ms of that, and never went
    /// beyond where it holds.</summary>
    [Theory]
    [InlineData("ik", true)]
    [InlineData("ik", false)]
    [InlineData("spiking", true)]
    public void Released_the_tip_holds_within_300_ms_without_overshoot(string controller, bool told)
    {
        using var arm = new OperatedArm(controller);
        arm.Client.Take();
        double released = double.NaN;
        arm.Run(() =>
        {
            if (arm.Now < 0.8)
            {
                arm.Lead(Target);
            }
            else if (double.IsNaN(released))
            {
                // Without a word, what came last is treated as released when it is 300 ms old.
                released = arm.Now + (told ? 0 : 0.28);
                if (told)
                {
                    arm.Release();
                }
            }
            else if (arm.Now > 4)
            {
                arm.End();
            }
        });
        Vec3 at = arm.TipAt(released), held = arm.TipAt(4), way = held - at;
        Assert.InRange(arm.Speeds(released - 0.02, released).Last(), 0.6 * arm.Limits.Speed, arm.MostSpeed);
        Assert.InRange((arm.TipAt(released + 0.3) - held).Length, 0, 0.5e-3);
        Assert.InRange(way.Length, 2e-3, 0.04);
        Assert.All(arm.Way.Where(one => one.Time > released && one.Time < 4), one =>
            Assert.InRange(Vec3.Dot(one.Tip - held, 1 / way.Length * way), -0.04, 0.5e-3));
        Assert.All(arm.Way.Where(one => one.Time > released + 0.35 && one.Time < 4), one =>
            Assert.InRange((one.Tip - held).Length, 0, 1e-6));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(-0.9, 0.2)]
    public void A_target_out_of_reach_leads_to_where_reach_ends(double x, double z)
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        string words = "";
        bool polished = false;
        arm.Run(() =>
        {
            arm.Lead(new Vec3(x, 0, z));
            words = arm.View.Words.Length > 0 ? arm.View.Words : words;
            polished |= arm.View.Activity == ArmActivity.Polishing;
            if (arm.Now > 14)
            {
                arm.End();
            }
        });
        Assert.Contains("out of reach", words);
        Assert.Contains("mm before it", words);
        Assert.False(polished);
        Assert.InRange(arm.Speeds(0, 14).Max(), 0.8 * arm.Limits.Speed, arm.MostSpeed);
        Assert.InRange(arm.Speeds(12, 14).Max(), 0, 0.01 * arm.Limits.Speed);
        Assert.InRange((arm.TipAt(14) - new Vec3(x, 0, z)).Length, 0, 0.7 * (arm.TipAt(0) - new Vec3(x, 0, z)).Length);
    }

    /// <summary>A stick leads the tip, and where it is let go with the deadman held, the tip comes to rest.</summary>
    [Fact]
    public void A_stick_leads_the_tip_the_way_it_points()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        arm.Run(() =>
        {
            Assert.Null(arm.Client.Offer(new TeleopInput(true, TeleopKind.Stick) { Way = arm.Now < 1 ? new Vec3(0, 0.5, 0) : default }));

            // From the first period on, in which the controller finds its first posture.
            Assert.True(!arm.View.HasTarget || arm.View.Target.Orientation.W > 0.1, "a target that is none");
            if (arm.Now > 2)
            {
                arm.End();
            }
        });
        Vec3 way = arm.TipAt(2) - arm.TipAt(0);
        double expected = 0.9 * 0.5 * arm.Limits.Speed * 1;
        Assert.InRange(way.Y, 0.85 * expected, 1.05 * expected);
        Assert.InRange(Math.Abs(way.X) + Math.Abs(way.Z), 0, 3e-3);
        Assert.InRange(arm.Speeds(1.4, 2).Max(), 0, 1e-3);
    }

    /// <summary>The loop allocates nothing for whoever operates it or looks: led, at the end of reach, jogged, and at rest.</summary>
    [Fact]
    public void Periods_allocate_nothing()
    {
        using var arm = new OperatedArm(watched: false);
        using IDisposable watch = arm.Viewer.Exchange.Watch();
        arm.Client.Take();
        var allocated = new SortedDictionary<string, long>();
        int period = 0;
        long round = 0;
        arm.Run(() =>
        {
            (string what, TeleopInput input) = (period / 100 % 5) switch
            {
                0 => ("led", new TeleopInput(true, TeleopKind.Pose) { Target = new Pose(Target, Quat.Identity) }),
                1 => ("beyond reach", new TeleopInput(true, TeleopKind.Pose) { Target = new Pose(new(0.5, 0, 0.5), Quat.Identity) }),
                2 => ("by stick", new TeleopInput(true, TeleopKind.Stick) { Way = new(-1, 0, 0) }),
                3 => ("jogged", new TeleopInput(true, TeleopKind.Gear) { Index = 3, Values = new(0.6, 0, 0) }),
                _ => ("held", new TeleopInput(false)),
            };

            // The first round compiles; new words are made where a state changes, in its first periods. Of the two rounds that follow the
            // lesser counts, as in Allocation.
            if (period >= 500 && period % 100 >= 40)
            {
                round += arm.Allocated;
            }

            if (period >= 500 && period % 100 == 99)
            {
                allocated[what] = Math.Min(round, allocated.GetValueOrDefault(what, round));
                round = 0;
            }

            arm.Allocated = 0;
            Assert.Null(arm.Client.Offer(input));
            if (++period == 1500)
            {
                arm.End();
            }
        });
        Assert.All(allocated, pair => Assert.True(pair.Value == 0 || pair.Key == "beyond reach", $"{pair.Key}: {pair.Value} bytes"));
        Assert.InRange(allocated["beyond reach"], 0, 60 * 250); // the words, where the millimetres change
        Assert.Equal(5, allocated.Count);
    }
}
