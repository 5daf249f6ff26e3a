using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>What was ordered ends with whoever ordered it, with a stop, and with the program.</summary>
public class OrdersEndTests
{
    private static readonly Vec3 Target = new(0.12, -0.06, 0.48);

    /// <summary>Who takes over holds the deadman, asking for nothing: the arm does not go on to where the one before sent it.</summary>
    [Fact]
    public void What_was_ordered_ends_where_another_takes_over()
    {
        using var arm = new OperatedArm();
        using TeleopClient other = arm.Mailbox.Join("window 2");
        arm.Client.Take();
        bool ordered = false;
        Vec3 held = default;
        arm.Run(() =>
        {
            if (arm.Now < 4)
            {
                arm.Lead(Target);
            }
            else if (!ordered)
            {
                ordered = true;
                arm.Order(TeleopOrderKind.Home);
            }
            else if (arm.Now < 4.3)
            {
                arm.Hold();
            }
            else
            {
                Assert.Null(other.Take(over: true));
                Assert.Null(other.Offer(new TeleopInput(true)));
                held = arm.Now < 5 ? arm.Tip.Position : held;
                if (arm.Now > 7)
                {
                    arm.End();
                }
            }
        });
        Assert.InRange((arm.TipAt(4.3) - arm.TipAt(4)).Length, 5e-3, 0.1);
        Assert.All(arm.Way.Where(one => one.Time is > 5.05 and < 7), one => Assert.InRange((one.Tip - held).Length, 0, 1e-9));
        Assert.InRange(arm.Speeds(0, 7).Max(), 0, arm.MostSpeed);
    }

    /// <summary>A recording that is still being read when the arm is stopped does not begin when it is armed again.</summary>
    [Fact]
    public void A_stop_ends_what_was_about_to_be_played()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        int period = 0;
        arm.Run(() =>
        {
            switch (period++)
            {
                case 0:
                    arm.Order(TeleopOrderKind.Record);
                    break;
                case < 200:
                    arm.Lead(Target);
                    break;
                case 200:
                    arm.Order(TeleopOrderKind.EndRecord);
                    arm.Order(TeleopOrderKind.Replay);
                    arm.Order(TeleopOrderKind.Stop);
                    break;
                case 250:
                    arm.Order(TeleopOrderKind.Rearm);
                    break;
                case > 700:
                    arm.End();
                    break;
                default:
                    arm.Hold();
                    Assert.True(double.IsNaN(arm.View.Operation.Played));
                    break;
            }
        });
        Assert.Contains(arm.Told, words => words.Contains("armed again, at park"));
        Assert.All(arm.Body.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
    }

    /// <summary>The arm parks before the program ends, is shown on its way, and can still be stopped on it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_its_way_to_park_it_is_shown_and_can_be_stopped(bool stopped)
    {
        using var arm = new OperatedArm();
        using TeleopClient other = arm.Mailbox.Join("window 2");
        arm.Client.Take();
        TeleopResult result = arm.Run(() =>
        {
            arm.Lead(Target);
            if (arm.Now > 4)
            {
                arm.End();
                Assert.Null(stopped ? other.Order(new TeleopOrder(TeleopOrderKind.Stop)) : null);
            }
        });
        long any = 0;
        Assert.True(arm.Viewer.Exchange.TryRead(arm.View, ref any));
        Assert.Equal(stopped ? (ArmActivity.Stopped, 1) : (ArmActivity.Parking, 0), (arm.View.Activity, result.Stops));
        Assert.Equal(stopped ? "window 2 stopped it." : "", result.Stopped);
        Assert.Equal(0, result.Stream.MissedFrames);
        arm.Session.Boards.PollUntil(arm.Body.Clock.NowNanoseconds + 200_000_000);
        Assert.All(arm.Session.Boards.Boards, board => Assert.Equal(stopped ? (BoardState.Safe, Reason.StoppedByHost)
            : (BoardState.Idle, Reason.None), (board.State, board.Telemetry.Reason)));
        Vec3 park = arm.Session.Arm.ForwardFromStrokes(arm.Session.ParkStrokes(), []).Position;
        Assert.Equal(!stopped, (arm.Tip.Position - park).Length < 1e-3);
    }

    /// <summary>Where nothing measures the tip, a recording still shows the arm as it is told, and where its operator wants
    /// it.</summary>
    [Fact]
    public void An_arm_that_nothing_measures_is_recorded_as_it_is_told()
    {
        using var arm = new OperatedArm(measured: false);
        arm.Client.Take();
        arm.Run(() =>
        {
            if (arm.Now == 0)
            {
                arm.Order(TeleopOrderKind.Record);
            }
            else if (arm.Now > 1)
            {
                arm.End();
            }

            arm.Lead(Target);
        });
        using var log = McapReader.Open(arm.Recordings.PathOf(""));
        var count = new Dictionary<string, int>();
        while (log.ReadMessage())
        {
            count[log.Current.Channel.Topic] = count.GetValueOrDefault(log.Current.Channel.Topic) + 1;
        }

        Assert.InRange(count["/tf"], 45, 55);
        Assert.InRange(count["/joint_states"], 45, 55);
        Assert.False(count.ContainsKey("/arm/pose"));
        Assert.Equal(1, count["/arm/target"]);
    }
}
