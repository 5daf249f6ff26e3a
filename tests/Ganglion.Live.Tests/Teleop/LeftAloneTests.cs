using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>An arm that goes to random targets while nobody has control, as behind the page of `ganglion run`.</summary>
public class LeftAloneTests
{
    private static readonly Vec3 Target = new(0.12, -0.06, 0.48);

    private static readonly ReachRunOptions Endless = new(double.PositiveInfinity, int.MaxValue, 5);

    /// <summary>Whoever takes control lets it come to rest, wherever it was going; then it is led within the bound on speed; some seconds
    /// after he has let go, it goes on.</summary>
    [Fact]
    public void It_is_led_by_whoever_takes_control_and_goes_on_when_he_has_let_go()
    {
        const double taken = 6.1, led = 7.5, letGo = 12;
        using var arm = new OperatedArm();
        double error = double.NaN;
        arm.Run(() =>
        {
            if (arm.Now >= taken && arm.Now < taken + 0.019)
            {
                Assert.Null(arm.Client.Take());
            }

            if (arm.Now > led && arm.Now < letGo)
            {
                arm.Lead(Target);
                error = (arm.Tip.Position - Target).Length;
            }

            if (arm.Now > letGo)
            {
                arm.Client.LetGo();
            }

            if (arm.Now > 22)
            {
                arm.End();
            }
        }, Endless);
        Assert.InRange(arm.Outcomes.Count(one => one.Time < taken), 2, 15);
        Assert.All(arm.Outcomes, one => Assert.InRange(one.Outcome.TipError, 0, 1e-3));
        Assert.DoesNotContain(arm.Outcomes, one => one.Time > taken && one.Time < letGo + 3);
        Assert.InRange(arm.Speeds(0, taken).Max(), 2 * arm.Limits.Speed, 10);
        Assert.InRange((arm.TipAt(led) - arm.TipAt(taken + 0.6)).Length, 0, 1e-9);
        Assert.InRange(error, 0, 1e-3);
        Assert.InRange(arm.Speeds(taken + 0.6, letGo).Max(), 0.8 * arm.Limits.Speed, arm.MostSpeed);
        Assert.InRange((arm.TipAt(letGo + 2.9) - arm.TipAt(letGo + 0.5)).Length, 0, 1e-9);

        // As at first, in as long a time.
        Assert.InRange(arm.Outcomes.Count(one => one.Time > letGo + 3 && one.Time < letGo + 3 + taken), 2, 15);
        Assert.Contains(arm.Told, words => words.Contains("Nobody has control: the arm goes to random targets"));
    }

    /// <summary>A stop from whoever looks on is latched, and time does not mend it.</summary>
    [Fact]
    public void A_stop_is_latched_until_it_is_armed_again()
    {
        using var arm = new OperatedArm();
        int period = 0;
        TeleopResult result = arm.Run(() =>
        {
            switch (period++)
            {
                case 100:
                    arm.Order(TeleopOrderKind.Stop);
                    break;
                case 350:
                    Assert.Equal(ArmActivity.Stopped, arm.View.Activity);
                    Assert.All(arm.Session.Boards.Boards, board => Assert.Equal((BoardState.Safe, Reason.StoppedByHost),
                        (board.State, board.Telemetry.Reason)));
                    Assert.Null(arm.Client.Take());
                    arm.Order(TeleopOrderKind.Rearm);
                    break;
                case 600:
                    Assert.Equal(ArmActivity.Holding, arm.View.Activity);
                    arm.Client.LetGo();
                    break;
            }
        }, Endless with { Seconds = 20 });
        Assert.Equal((1, ""), (result.Stops, result.Stopped));
        Assert.DoesNotContain(arm.Outcomes, one => one.Time is > 2.1 and < 15);
        Assert.Contains(arm.Outcomes, one => one.Time > 15);
        Assert.All(arm.Session.Boards.Boards, board => Assert.False(board.IsArmed));
    }

    /// <summary>When the time is used up it ends: at the end of a motion, in an operator's hands, or stopped.</summary>
    [Theory]
    [InlineData("alone")]
    [InlineData("led")]
    [InlineData("stopped")]
    public void It_ends_when_its_time_is_used_up(string how)
    {
        using var arm = new OperatedArm(watched: false);
        TeleopResult result = arm.Run(() =>
        {
            if (how == "led")
            {
                arm.Client.Take();
            }

            if (how == "stopped" && arm.Now > 3 && arm.View.Activity != ArmActivity.Stopped)
            {
                arm.Order(TeleopOrderKind.Stop);
            }
        }, Endless with { Seconds = 4 });
        Assert.InRange(result.Seconds, 4, how == "alone" ? 12 : 4.3);
        Assert.Equal(how == "stopped" ? "window 1 stopped it." : "", result.Stopped);
        Assert.Equal(how != "led", arm.Outcomes.Count > 0);
    }
}
