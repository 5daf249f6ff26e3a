using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Urdf;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Trunk;

/// <summary>The gripper of an arm is an output like any other, beside those of the gears, which stay as they are.</summary>
public class GripperTests
{
    private static readonly string Text = Shipped.Text("trunk6-3g-gripper");

    [Fact]
    public void The_shipped_arm_with_a_gripper_is_the_one_without_it_and_a_channel_more()
    {
        RobotDescription plain = Shipped.Description("trunk6-3g"), robot = Shipped.Description("trunk6-3g-gripper");
        Assert.Equal(plain.Channels, robot.Channels.Take(18));
        Assert.Equal(plain.TrunkArm!.Gears.AsEnumerable(), robot.TrunkArm!.Gears);
        Assert.Equal(plain.TrunkArm.Dimensions, robot.TrunkArm.Dimensions);
        Assert.Equal(new GripperDescription(new GearChannel(0, 18, 18), 0.06), robot.TrunkArm.Gripper);
        var servo = (ServoChannel)robot.Channels[18];
        Assert.Equal((833e-6, 2167e-6, 0.0, 0.95, OnSafe.Hold), (servo.PulseOf(0), servo.PulseOf(1), servo.LimitMin, servo.LimitMax,
            servo.OnSafe));
        Assert.True(robot.IsGripper(18) && !robot.IsGripper(17));
        Assert.Equal(0.03, robot.TrunkArm.Gripper!.OpeningAt(0.5), 1e-12);
    }

    /// <summary>Boards number channels by chip and output: one in between moves the gears behind it.</summary>
    [Fact]
    public void A_gripper_between_the_gears_takes_its_place_in_the_order()
    {
        RobotDescription robot = Parse(Text.Replace("chip: pwm1\n  output: 15", "chip: pwm0\n  output: 15"));
        Assert.Equal(15, robot.TrunkArm!.Gripper!.Servo.Channel);
        Assert.Equal([.. Enumerable.Range(0, 15), 16, 17, 18], robot.TrunkArm.Gears.Select(gear => gear.ChannelOnBoard));
        Assert.Equal(robot.Channels, robot.Channels.OrderBy(channel => (channel.Chip, channel.Output)));
    }

    /// <summary>A servo mounted the other way round has the longer pulse where it is open.</summary>
    [Fact]
    public void The_pulses_of_both_ends_may_stand_either_way_round()
    {
        RobotDescription robot = Parse(Text.Replace("pulse_open_us: 833", "pulse_open_us: 2300"));
        var servo = (ServoChannel)robot.Channels[18];
        Assert.Equal(-1, servo.Direction);
        Assert.Equal(2300e-6, servo.PulseOf(0), 1e-12);
        Assert.Equal(2167e-6, servo.PulseOf(1), 1e-12);
    }

    [Theory]
    [InlineData("output: 15", "output: 1", "output 1 of chip 'pwm1' drives joint 6; use a free output")]
    [InlineData("output: 15", "output: 16", "must be within 0..15")]
    [InlineData("chip: pwm1\n  output", "chip: pwm2\n  output", "board 'base' has no chip 'pwm2'; its chips are pwm0, pwm1")]
    [InlineData("pulse_closed_us: 2167", "pulse_closed_us: 833", "pulse_closed_us is the same as pulse_open_us; give the pulses of both")]
    [InlineData("  park: 0\n", "  park: 0.97\n", "park 0.97 lies outside limit_min..limit_max; choose it within 0..0.95")]
    [InlineData("limit_max: 0.95", "limit_max: 0", "limit_max is not above limit_min; the channel could not move")]
    [InlineData("opening_mm: 60", "opening_mm: 0", "must be within 1..500")]
    [InlineData("on_safe: hold\n  opening", "on_safe: open\n  opening", "on_safe is 'open'; use one of hold, park, release")]
    public void What_makes_no_gripper_is_refused_by_its_line(string from, string to, string problem)
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(Text.Replace(from, to)));
        Assert.Contains(problem, error.Message);
        int at = Text.IndexOf(from, StringComparison.Ordinal);
        Assert.InRange(error.Line, Text[..at].Count(c => c == '\n') + 1, Text[..at].Count(c => c == '\n') + 2);
    }

    /// <summary>What a calibration finds goes into the gripper's section, an offset into both pulses, and comments stay.</summary>
    [Fact]
    public void Measured_pulses_go_into_the_section()
    {
        byte[] written = RobotFileEdit.With(Encoding.UTF8.GetBytes(Text), "mine.yaml", [new MeasuredServo(18, -1, 850.5, 2150, 12.3, 0,
            0.9)]);
        Assert.Equal(Text.Replace("pulse_open_us: 833", "pulse_open_us: 2162.3").Replace("pulse_closed_us: 2167",
            "pulse_closed_us: 862.8").Replace("limit_max: 0.95", "limit_max: 0.9"), Encoding.UTF8.GetString(written));
        var servo = (ServoChannel)RobotFile.Parse(written, "mine.yaml").Channels[18];
        Assert.Equal(850.5e-6 + 12.3e-6, servo.PulseOf(1), 1e-12);
        Assert.Equal(2150e-6 + 12.3e-6, servo.PulseOf(0), 1e-12);
    }

    [Fact]
    public void Its_fingers_are_links_at_the_tip_that_slide_apart()
    {
        RobotDescription robot = Shipped.Description("trunk6-3g-gripper");
        UrdfModel model = TrunkUrdf.Of(robot);
        Assert.Equal(["gripper-left", "gripper-right"], TrunkUrdf.JointNames(robot).TakeLast(2));
        double value = TrunkUrdf.FingerValue(robot.TrunkArm!.Gripper!, 0.25);
        UrdfJoint[] fingers = [.. model.Joints.Where(joint => joint.Parent == TrunkUrdf.Tip)];
        Assert.Equal(0.045, fingers[0].At(value).Position.Y - fingers[1].At(value).Position.Y, 1e-12);
        Assert.Equal(("gripper-left", 1.0), fingers[1].Mimics);
    }

    private static RobotDescription Parse(string text) => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "mine.yaml");
}
