using Ganglion.Basics.Space;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>A gripper that a person leads, on a body in virtual time: its slew bound is 2 whole ways a second, its limit 0.95.</summary>
public class GripperTests
{
    private const string Robot = "trunk6-3g-gripper";

    /// <summary>A count of its pulse, as a share of its way.</summary>
    private const double Count = 4.883 / 1334;

    private static TeleopInput Grip(double grip, bool held = true) => new(held, TeleopKind.Grip) { Values = new Vec3(grip, 0, 0) };

    /// <summary>It closes while it is asked to, never faster than its bound, stands still when it is let go of, holds while the arm goes
    /// home, and opens when the arm is parked.</summary>
    [Fact]
    public void It_moves_while_it_is_held_and_holds_otherwise()
    {
        using var arm = new OperatedArm(robot: Robot, watched: false);
        arm.Client.Take();
        double released = double.NaN, later = double.NaN, home = double.NaN, closed = double.NaN, before = 0, fastest = 0;
        bool ordered = false;
        arm.Run(() =>
        {
            double now = arm.Now, at = arm.View.Grip;
            fastest = Math.Max(fastest, (at - before) / 0.02);
            before = at;
            if (now < 0.3)
            {
                Assert.Null(arm.Client.Offer(Grip(1)));
            }
            else if (now < 1.3)
            {
                arm.Release();
                released = now < 0.5 ? at : released;
                later = arm.Body.Grip;
            }
            else if (now < 2.3)
            {
                Assert.Null(arm.Client.Offer(Grip(1)));
                closed = arm.Body.Grip;
            }
            else if (now < 4)
            {
                if (!ordered)
                {
                    arm.Order(TeleopOrderKind.Home);
                    ordered = true;
                }

                arm.Hold();
                home = arm.Body.Grip;
            }
            else
            {
                arm.End();
            }
        });
        Assert.InRange(released, 0.3, 0.7);
        Assert.Equal(released, later, 1.5 * Count);
        Assert.Equal(0.95, closed, Count);
        Assert.Equal(0.95, home, Count);
        Assert.InRange(fastest, 1.7, 2.0);
        Assert.InRange(arm.Body.Grip, 0, Count);
    }

    /// <summary>Two postures are taught, one open and one closed, and recorded while they are played: both ways the gripper comes with
    /// them.</summary>
    [Fact]
    public void What_is_taught_and_recorded_has_its_grip()
    {
        using var arm = new OperatedArm(robot: Robot, watched: false);
        arm.Client.Take();
        int step = 0;
        double since = 0, most = 0, replayed = 0;
        arm.Run(() =>
        {
            double time = arm.Now - since;
            switch (step)
            {
                case 0:
                    arm.Order(TeleopOrderKind.Teach);
                    Next();
                    break;
                case 1 when time < 0.6:
                    Assert.Null(arm.Client.Offer(Grip(0.7)));
                    break;
                case 1:
                    arm.Order(TeleopOrderKind.Teach);
                    arm.Order(TeleopOrderKind.Record);
                    arm.Order(TeleopOrderKind.Play, factor: 1);
                    Next();
                    break;
                case 2 when time < 1.5:
                    arm.Hold();
                    most = time > 0.45 && time < 0.5 ? arm.View.Grip : most;
                    break;
                case 2:
                    Assert.Equal(0.7, arm.View.Grip, Count);
                    arm.Order(TeleopOrderKind.EndRecord);
                    Next();
                    break;
                case 3 when time < 0.6:
                    Assert.Null(arm.Client.Offer(Grip(0.1)));
                    break;
                case 3:
                    arm.Order(TeleopOrderKind.Replay, arm.Recordings.Latest, 2);
                    Next();
                    break;
                default:
                    arm.Hold();
                    Thread.Sleep(replayed < 0.69 ? 1 : 0); // the log is read on another thread, in real time
                    replayed = Math.Max(replayed, arm.View.Grip);
                    if (time > 20 || (replayed > 0.69 && double.IsNaN(arm.View.Operation.Played)))
                    {
                        arm.End();
                    }

                    break;
            }

            void Next() => (step, since) = (step + 1, arm.Now);
        });
        Assert.InRange(most, 0, 0.35); // it had gone back open for the first posture
        Assert.Equal(0.7, replayed, Count);
        var recording = StrokeRecording.Read(arm.Recordings.PathOf("teleop-1.mcap"), arm.Session.Robot);
        Assert.Equal(0.7, recording.GripAt(recording.Seconds), 1e-4);
        Assert.InRange(Enumerable.Range(0, 100).Min(i => recording.GripAt(recording.Seconds * i / 100)), 0, 0.01);
    }

    /// <summary>A stop lets the gears go limp and the gripper hold what it has: so its description says (on_safe).</summary>
    [Fact]
    public void When_the_board_goes_safe_it_does_what_its_description_says()
    {
        using var arm = new OperatedArm(robot: Robot, watched: false);
        arm.Client.Take();
        bool stopped = false;
        arm.Run(() =>
        {
            if (arm.Now < 0.8)
            {
                Assert.Null(arm.Client.Offer(Grip(0.6)));
            }
            else if (!stopped)
            {
                arm.Order(TeleopOrderKind.Stop);
                stopped = true;
            }
            else if (arm.Now > 1.5)
            {
                arm.End();
            }
        });
        IReadOnlyDictionary<int, Servo> servos = arm.Body.Robot.Boards[0].Servos;
        Assert.True(servos[18].Powered);
        Assert.False(servos[0].Powered);
        Assert.Equal(0.6, arm.Body.Grip, Count);
    }

    [Fact]
    public void An_arm_without_one_takes_no_grip()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        Assert.Contains("takes no input of kind Grip", arm.Client.Offer(Grip(0.5)));
    }
}
