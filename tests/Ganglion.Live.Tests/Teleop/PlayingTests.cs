using Ganglion.Basics.Space;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Tests.Teleop;

public class PlayingTests
{
    private static readonly Vec3[] Places = [new(0.12, -0.06, 0.48), new(-0.05, 0.1, 0.5), new(0, 0, 0.45)];

    /// <summary>Three postures are taught, the arm goes home, and plays them while the deadman is held: it stands in each of them again to
    /// a count's worth, and waits where the deadman is released meanwhile.</summary>
    [Fact]
    public void Taught_postures_are_played_while_the_deadman_is_held()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        var taught = new Vec3[3];
        int step = 0, ended = 0;
        double since = 0, homeError = double.NaN, waited = double.NaN;
        double[] nearest = new double[3];
        Array.Fill(nearest, 1);
        arm.Run(() =>
        {
            double time = arm.Now - since;
            if (step < 3)
            {
                arm.Lead(Places[step]);
                if (time > 4)
                {
                    taught[step++] = arm.Tip.Position;
                    since = arm.Now;
                    arm.Order(TeleopOrderKind.Teach);
                    if (step == 3)
                    {
                        arm.Order(TeleopOrderKind.Home);
                    }
                }
            }
            else if (step == 3)
            {
                // The handle still stands where it was: that does not call the arm back from home.
                arm.Lead(Places[2]);
                if (time > 4)
                {
                    homeError = arm.Body.Robot.Trunk!.Strokes.ToArray().Max(stroke => Math.Abs(stroke - 0.5));
                    (step, since) = (4, arm.Now);
                    arm.Order(TeleopOrderKind.Play);
                }
            }
            else if (step == 4)
            {
                for (int i = 0; i < 3; i++)
                {
                    nearest[i] = Math.Min(nearest[i], (arm.Tip.Position - taught[i]).Length);
                }

                if (time is > 1 and < 2)
                {
                    arm.Release();
                    waited = arm.View.Operation.Played;
                    Assert.True(time < 1.5 || arm.View.Words.Contains("hold the deadman"), arm.View.Words);
                }
                else
                {
                    arm.Hold();
                }

                ended = time > 3 && double.IsNaN(arm.View.Operation.Played) ? ended + 1 : 0;
                if (ended == 25)
                {
                    arm.End();
                }
            }
        });
        Assert.InRange(homeError, 0, 0.005);
        Assert.InRange(waited, 0, 0.99);
        Assert.All(nearest, near => Assert.InRange(near, 0, 0.3e-3));
        Assert.InRange(arm.Speeds(0, arm.Now).Max(), 0, arm.MostSpeed);
        Assert.Contains(arm.Told, words => words == "Posture 3 is taught.");
    }

    /// <summary>A recording is a log; played, it ends in the same pose, at half and four times the speed, within the bound.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(4)]
    public void A_recording_ends_in_the_same_pose(double factor)
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        int step = 0;
        double since = 0, began = 0, took = 0;
        Pose recorded = default, played = default;
        arm.Run(() =>
        {
            double time = arm.Now - since;
            switch (step)
            {
                case 0:
                    arm.Order(TeleopOrderKind.Record);
                    step = 1;
                    break;
                case 1:
                    arm.Lead(Places[(int)Math.Min(time / 2, 2)]);
                    if (time > 8)
                    {
                        Assert.True(arm.View.Operation.IsRecording);
                        arm.Order(TeleopOrderKind.EndRecord);
                        recorded = arm.Tip;
                        (step, since) = (2, arm.Now);
                        arm.Order(TeleopOrderKind.Home);
                    }

                    break;
                case 2:
                    arm.Hold();
                    if (time > 4)
                    {
                        Assert.False(arm.View.Operation.IsRecording);
                        Assert.InRange((arm.Tip.Position - recorded.Position).Length, 0.02, 1);
                        arm.Order(TeleopOrderKind.Replay, arm.Recordings.Latest, factor);
                        (step, since) = (3, arm.Now);
                    }

                    break;
                default:
                    arm.Hold();
                    began = began == 0 && arm.View.Operation.Played > 0 ? arm.Now : began;
                    if (began > 0 && double.IsNaN(arm.View.Operation.Played))
                    {
                        took = took == 0 ? arm.Now - began : took;
                        if (arm.Now - began - took > 0.5)
                        {
                            played = arm.Tip;
                            arm.End();
                        }
                    }

                    Thread.Sleep(began == 0 ? 1 : 0); // the log is read on another thread, in real time
                    break;
            }
        });
        Assert.Equal(["teleop-1.mcap"], arm.Recordings.Names());
        Assert.InRange((played.Position - recorded.Position).Length, 0, 0.1e-3);
        Assert.InRange(Quat.Angle(played.Orientation, recorded.Orientation), 0, 0.1 * Math.PI / 180);
        Assert.InRange(took, 8 / factor - 0.2, factor > 1 ? 8 : 8 / factor + 0.6);
        Assert.InRange(arm.Speeds(0, arm.Now).Max(), 0, arm.MostSpeed);
    }

    [Fact]
    public void What_cannot_be_played_is_told_in_words()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        int period = 0;
        File.WriteAllText(arm.Recordings.PathOf("text.mcap"), "no log");
        arm.Run(() =>
        {
            switch (period++)
            {
                case 0:
                    arm.Order(TeleopOrderKind.Play);
                    break;
                case 1:
                    arm.Order(TeleopOrderKind.Replay);
                    break;
                case 2:
                    arm.Order(TeleopOrderKind.Replay, "none.mcap");
                    break;
                case 50:
                    arm.Order(TeleopOrderKind.Replay, "text.mcap");
                    break;
                default:
                    // Logs are read by another thread: how long that takes is the machine's matter.
                    Thread.Sleep(5);
                    if ((period > 50 && arm.Told.Any(words => words.Contains("not an MCAP log"))) || period > 4000)
                    {
                        arm.End();
                    }

                    break;
            }
        });
        Assert.Contains(arm.Told, words => words.StartsWith("Nothing was taught yet"));
        Assert.Contains(arm.Told, words => words.StartsWith("Nothing was recorded yet"));
        Assert.Contains(arm.Told, words => words.Contains("none.mcap"));
        Assert.Contains(arm.Told, words => words.Contains("not an MCAP log"));
    }

    /// <summary>The log of any other run of the arm can be played as well; one of another arm is refused.</summary>
    [Fact]
    public void A_log_of_another_arm_is_refused()
    {
        using var arm = new OperatedArm();
        arm.Run(() =>
        {
            if (arm.Now == 0)
            {
                arm.Client.Take();
                arm.Order(TeleopOrderKind.Record);
            }
            else if (arm.Now > 0.5)
            {
                arm.End();
            }
        });
        string path = arm.Recordings.PathOf("");
        var recording = StrokeRecording.Read(path, arm.Session.Robot);
        Assert.InRange(recording.Count, 20, 30);
        Assert.InRange(recording.Seconds, 0.4, 0.6);
        double[] strokes = new double[recording.Gears];
        recording.At(0.1, strokes);
        Assert.All(strokes, stroke => Assert.Equal(0.5, stroke, 4));
        string told = Assert.Throws<InvalidDataException>(() => StrokeRecording.Read(path, ShippedFiles.Robot("trunk25-4g"))).Message;
        Assert.Contains("trunk25-4g", told);
    }

    /// <summary>A slider for one joint: it goes there, within the bound, and its neighbours stay.</summary>
    [Fact]
    public void A_single_joint_and_a_single_gear_are_jogged()
    {
        using var arm = new OperatedArm();
        arm.Client.Take();
        double[] joint = [], gear = [];
        arm.Run(() =>
        {
            bool first = arm.Now < 3;
            Assert.Null(arm.Client.Offer(first
                ? new TeleopInput(true, TeleopKind.Joint) { Index = 0, Values = new Vec3(0.5, 0, 0.2) }
                : new TeleopInput(true, TeleopKind.Gear) { Index = 20, Values = new Vec3(0.7, 0, 0) }));
            joint = first ? arm.Body.Robot.Trunk!.Strokes.ToArray() : joint;
            gear = arm.Body.Robot.Trunk!.Strokes.ToArray();
            if (arm.Now > 5)
            {
                Assert.Equal(ArmActivity.Moving, arm.View.Activity);
                arm.End();
            }
        });
        double[] inputs = new double[arm.Session.Arm.InputCount];
        arm.Session.Arm.StrokesToInputs(joint, inputs);
        Assert.Equal(0.5, inputs[0], 0.01);
        Assert.Equal(0.2, inputs[2], 0.02);
        Assert.All(joint[4..], stroke => Assert.Equal(0.5, stroke, 0.003));
        Assert.Equal(0.7, gear[20], 0.003);
        Assert.InRange(arm.Speeds(0, 5).Max(), 0.5 * arm.Limits.Speed, arm.MostSpeed);
    }
}
