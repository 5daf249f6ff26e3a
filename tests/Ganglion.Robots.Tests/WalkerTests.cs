using System.Text;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Legs;

namespace Ganglion.Robots.Tests;

/// <summary>Robots of kind walker: legs, joints, body, and each refusal with its line.</summary>
public class WalkerTests
{
    [Theory]
    [InlineData("walker12", 12, true)]
    [InlineData("walker10", 10, false)]
    public void Shipped_walkers_are_thirty_kilograms_on_legs_of_071_metres(string name, int joints, bool ankleRoll)
    {
        RobotDescription robot = RobotFile.Load(Shipped.Path(name));
        WalkerLayout walker = robot.Walker!;
        Assert.Equal((RobotKind.Walker, (TrunkArmLayout?)null), (robot.Kind, robot.TrunkArm));
        Assert.Equal((joints, joints, ankleRoll), (walker.Joints.Length, robot.Channels.Length, walker.HasAnkleRoll));
        Assert.Equal(29.8, walker.Body.Mass, 9);
        Assert.Equal(0.71, walker.Thigh + walker.Shank + walker.Ankle, 9);
        LegGeometry legs = walker.Legs;
        Assert.Equal(WalkReason.None, legs.Check());
        Assert.Equal((0.33f, 0.33f, 0.05f, 0.1f, ankleRoll), (legs.Thigh, legs.Shank, legs.Ankle, legs.HipHalfWidth, legs.HasAnkleRoll));
        Assert.Equal(149 * Math.PI / 180, legs.KneeLimit, 1e-6);
        Assert.Equal(4, walker.FootSensors.Length);
        // Each joint's channel is named after it, and stays below the servo's speed.
        Assert.All(walker.Joints, joint => Assert.Equal(joint.Name, robot.Channels[joint.Channel].Name));
        Assert.All(walker.Joints, joint =>
            Assert.True(robot.Channels[joint.Channel].Slew / Math.Abs(joint.TravelPerRadian) < walker.Body.Servo.Speed));
    }

    [Fact]
    public void Angle_and_value_are_inverse()
    {
        WalkerJoint knee = new(9, 8, 0.1, -0.4, 0, 2);
        Assert.Equal("right-knee", knee.Name);
        Assert.Equal(0.1 - 0.4 * 1.5, knee.ValueOf(1.5), 12);
        Assert.Equal(1.5, knee.AngleOf(knee.ValueOf(1.5)), 12);
    }

    [Theory]
    [InlineData("joint: left-knee, channel: 3", "joint: left-knee, channel: 2", "channel 2 already turns 'left-hip-pitch'", 0)]
    [InlineData("joint: left-knee, channel: 3", "joint: left-knee, channel: 12", "channel 12 does not exist; the robot has channels " +
        "0 to 11", 0)]
    [InlineData("joint: right-knee", "joint: left-knee", "'left-knee' is given twice", 0)]
    [InlineData("joint: right-knee", "joint: right-elbow", "joint is 'right-elbow'", 0)]
    [InlineData("min_deg: 0, max_deg: 149", "min_deg: 0, max_deg: 175", "needs 0.1..1.072 of channel 3's travel, which is limited to " +
        "0.02..0.98", 0)]
    [InlineData("min_deg: 0, max_deg: 149", "min_deg: 150, max_deg: 149", "max_deg is not above min_deg", 0)]
    [InlineData("min_deg: 0, max_deg: 149", "min_deg: 0, max_deg: 3", "the knees' max_deg is no knee's", null)]
    [InlineData("travel_per_rad: 0.31831", "travel_per_rad: 0", "the joint would not turn", 0)]
    [InlineData("input: 3", "input: 4", "board 'trunk' has 4 of them", 0)]
    [InlineData("input: 3", "input: 2", "input 2 is given twice", 0)]
    [InlineData("input: 3, foot: right", "input: 3, foot: left", "the heel of the left foot has a sensor already", 0)]
    [InlineData("thigh_mm: 330", "thigh_mm: 3", "robot.legs.thigh_mm is 3; it must be within 5..2000", 0)]
    [InlineData("friction: 1", "friction: .nan", "robot.body.sole.friction is '.nan'; write a number", 0)]
    public void A_fault_is_named_with_its_line(string from, string to, string problem, int? line)
    {
        string good = Shipped.Text("walker12");
        int at = good.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        RobotFileException error = Refused(good[..at] + to + good[(at + from.Length)..]);
        Assert.Contains(problem, error.Problem);
        Assert.Contains(";", error.Problem);
        if (line is { } below)
        {
            Assert.Equal(good[..at].Count(c => c == '\n') + 1 + below, error.Line);
        }
    }

    [Fact]
    public void Both_legs_have_the_same_joints()
    {
        string good = Shipped.Text("walker12");
        string Without(params string[] joints) => string.Join('\n', good.Split('\n')
            .Where(line => !joints.Any(joint => line.Contains($"joint: {joint},", StringComparison.Ordinal))));
        Assert.Contains("there is no 'left-ankle-roll'; add it, or leave out the other", Refused(Without("left-ankle-roll")).Problem);
        Assert.Contains("there is no 'right-knee'", Refused(Without("right-knee")).Problem);
        Assert.Contains("there is no 'left-hip-yaw'", Refused(Without("left-hip-yaw", "right-hip-yaw")).Problem);
        Assert.False(Parse(Without("left-ankle-roll", "right-ankle-roll")).Walker!.HasAnkleRoll);
    }

    [Fact]
    public void A_walker_has_one_board()
    {
        string good = Shipped.Text("walker12");
        string board = good[good.IndexOf("  - id: trunk", StringComparison.Ordinal)..good.IndexOf("\nchannels:", StringComparison.Ordinal)];
        Assert.Contains("one board computes both legs",
            Refused(good.Replace(board, board + board.Replace("id: trunk", "id: second"))).Problem);
    }

    private static RobotDescription Parse(string text) => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "walker.yaml");

    private static RobotFileException Refused(string text) => Assert.Throws<RobotFileException>(() => Parse(text));
}
