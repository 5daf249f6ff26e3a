using System.Text;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Editing;

/// <summary>Descriptions of arms of any number of joints, against the shipped ones and the bounds of boards.</summary>
public class TrunkArmTextTests
{
    [Theory]
    [InlineData("trunk6-3g", 3, 6)]
    [InlineData("trunk10-4g", 4, 10)]
    [InlineData("trunk25-4g", 4, 25)]
    public void An_arm_that_is_shipped_comes_out_as_it_is(string name, int gears, int joints)
    {
        RobotDescription shipped = Shipped.Description(name), made = Made(name, gears, joints, gripper: false);
        Assert.Equal(shipped.Name, made.Name);
        Assert.Equal(shipped.Channels.AsEnumerable(), made.Channels);
        Assert.Equal(shipped.Boards.SelectMany(board => board.Chips), made.Boards.SelectMany(board => board.Chips));
        Assert.Equal(shipped.Boards.Select(board => board with { Chips = [], Buses = [] }),
            made.Boards.Select(board => board with { Chips = [], Buses = [] }));
        Assert.Equal(shipped.TrunkArm!.Gears.AsEnumerable(), made.TrunkArm!.Gears);
        Assert.Equal(shipped.TrunkArm.Dimensions, made.TrunkArm.Dimensions);
    }

    /// <summary>The loader takes each, so that every gear has an output of its own; no board has more servos than its tick was measured
    /// with, and neighbours differ by a joint.</summary>
    [Fact]
    public void Every_arm_up_to_25_joints_can_be_had_with_and_without_a_gripper()
    {
        for (int joints = 1; joints <= TrunkArmText.MostJoints; joints++)
        {
            foreach ((int gears, bool gripper) in (ReadOnlySpan<(int, bool)>)[(3, false), (3, true), (4, false), (4, true)])
            {
                RobotDescription robot = Made("mine", gears, joints, gripper);
                Assert.Equal(joints * gears + (gripper ? 1 : 0), robot.Channels.Length);
                Assert.Equal(gripper, robot.TrunkArm!.Gripper != null);
                int[] servos = [.. robot.Boards.Select((_, board) => robot.TrunkArm.Gears.Count(gear => gear.Board == board))];
                Assert.All(servos, count => Assert.InRange(count, 1, TrunkArmText.MostServosOnABoard));
                Assert.InRange(servos.Max() - servos.Min(), 0, gears);
                Assert.Equal((joints + 40 / gears - 1) / (40 / gears), servos.Length);
                Assert.True(!gripper || robot.TrunkArm.Gripper!.Servo.Board == robot.Boards.Length - 1);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(26)]
    public void No_other_number_of_joints(int joints) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrunkArmText.Of("mine", JointDesign.FourGeared, joints, gripper: false));

    [Fact]
    public void A_robot_is_called_as_its_file()
    {
        Assert.Equal("my-arm7", RobotFile.NameFor("folder/My-Arm7.yaml"));
        Assert.Contains("'my arm' is no name for one",
            Assert.Throws<RobotFileException>(() => RobotFile.NameFor("my arm.yaml")).Message);
    }

    private static RobotDescription Made(string name, int gears, int joints, bool gripper) =>
        RobotFile.Parse(Encoding.UTF8.GetBytes(TrunkArmText.Of(name, (JointDesign)gears, joints, gripper)), name);
}
