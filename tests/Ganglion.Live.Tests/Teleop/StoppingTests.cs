using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Tests.Teleop;

public class StoppingTests
{
    private static readonly Vec3 Target = new(0.12, -0.06, 0.48);

    /// <summary>One stop from a window that only watches: every board is safe, with the reason, and stays so whatever is sent; armed again,
    /// the arm is at park and can be moved.</summary>
    [Fact]
    public void A_stop_is_latched_until_it_is_armed_again()
    {
        using var arm = new OperatedArm();
        using TeleopClient other = arm.Mailbox.Join("window 2");
        arm.Client.Take();
        bool stopped = false, rearmed = false;
        double stoppedAt = double.NaN, safeAt = double.NaN;
        long sent = 0;
        TeleopResult result = arm.Run(() =>
        {
            if (arm.Now > 1 && !stopped)
            {
                stopped = true;
                stoppedAt = arm.Now;
                Assert.Null(other.Order(new TeleopOrder(TeleopOrderKind.Stop)));
            }
            else if (stopped && double.IsNaN(safeAt) && arm.View.Activity == ArmActivity.Stopped)
            {
                safeAt = arm.Now;
                Assert.Contains("window 2 stopped it", arm.View.Words);
                Assert.All(arm.Session.Boards.Boards, board => Assert.False(board.IsArmed));
            }
            else if (arm.Now > 2 && arm.Now < 3)
            {
                Assert.All(arm.Session.Boards.Boards, board => Assert.Equal((BoardState.Safe, Reason.StoppedByHost),
                    (board.State, board.Telemetry.Reason)));
                Assert.Contains("told it to stop", arm.View.Boards[0].Words, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(sent = sent == 0 ? arm.View.Boards[0].Sent : sent, arm.View.Boards[0].Sent);
            }
            else if (arm.Now > 3 && !rearmed)
            {
                rearmed = true;
                arm.Order(TeleopOrderKind.Rearm);
            }
            else if (arm.Now > 8)
            {
                arm.End();
            }

            arm.Lead(Target);
        });
        Assert.InRange(safeAt - stoppedAt, 0, 0.06);
        Assert.Equal((1, ""), (result.Stops, result.Stopped));
        Assert.InRange((arm.TipAt(8) - Target).Length, 0, 1e-3);
        Assert.Contains(arm.Told, words => words.Contains("stays so until it is armed again"));
        Assert.Contains(arm.Told, words => words.Contains("armed again, at park"));
    }

    /// <summary>A board that goes safe by itself, here by the supply of its chip, stops the arm the same way and does not end the
    /// program.</summary>
    [Fact]
    public void A_board_that_fails_latches_the_arm_with_its_reason()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        bool failed = false, ordered = false;
        TeleopResult result = arm.Run(() =>
        {
            if (arm.Now > 1 && !failed)
            {
                failed = true;
                arm.Body.Robot.Faults.Inject("nack base pwm0 for 300ms");
            }
            else if (arm.Now > 3 && !ordered)
            {
                ordered = true;
                Assert.Equal(ArmActivity.Stopped, arm.View.Activity);
                arm.Order(TeleopOrderKind.Home);
            }
            else if (arm.Now > 4)
            {
                arm.End();
            }
        });
        Assert.Equal(1, result.Stops);
        Assert.Contains("pwm0", result.Stopped);
        Assert.Contains(arm.Told, words => words.StartsWith("Home is not done"));
    }
}
