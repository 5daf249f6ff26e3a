using System.Text;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Dimensions;

/// <summary>An arm's own dimensions in its description, and what a simulated arm is really like.</summary>
public class DimensionTests
{
    private static RobotDescription Parse(string name, string section) =>
        RobotFile.Parse(Encoding.UTF8.GetBytes(Shipped.Text(name) + "\n" + section), "arm.yaml");

    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    public void Without_a_section_an_arm_measures_what_is_drawn(string name)
    {
        TrunkArmLayout arm = RobotFile.Parse(Encoding.UTF8.GetBytes(Shipped.Text(name)), "arm.yaml").TrunkArm!;
        Assert.True(arm.Dimensions.IsStandard);
        Assert.Null(arm.Body);
    }

    [Fact]
    public void A_joint_may_differ_from_all_and_a_gear_may_stand_off_its_place()
    {
        TrunkDimensions arm = Parse("trunk10-4g", """
            dimensions:
              neutral_mm: 45
              tool_mm: 100
              joints:
                - { joint: 3, neutral_mm: 46, tilt_deg: 17 }
              gears:
                - { joint: 2, gear: 4, offset: -0.02 }
            """).TrunkArm!.Dimensions;
        Assert.Equal([45e-3, 21.46e-3, 16.5 * Math.PI / 180, 2.25e-3, 0.4e-3], arm.Joint(0).ToArray());
        Assert.Equal(46e-3, arm.Joint(2)[0]);
        Assert.Equal(17 * Math.PI / 180, arm.Joint(2)[2]);
        Assert.Equal(0.1, arm.Tool);
        Assert.Equal(-0.02, arm.OffsetsOf(1)[3]);

        // The straight arm: two joints as long as said, eight longer by 0.8, one by 1.8, the tool by 7.5, and the offset's share.
        double[] middle = new double[30];
        double height = new TrunkArm(arm).Forward(middle).Position.Z, drawn = new TrunkArm(JointDesign.FourGeared, 10).Forward(middle)
            .Position.Z;
        Assert.InRange(1e3 * (height - drawn), 9 * 0.8 + 1.8 + 7.5 - 0.4, 9 * 0.8 + 1.8 + 7.5);
    }

    [Fact]
    public void Numbers_survive_their_text_and_their_file()
    {
        TrunkDimensions arm = DimensionText.Rounded(Parse("trunk6-3g", """
            dimensions:
              gear_radius_mm: 41.234567
              joints: [ { joint: 6, plate_depth_mm: 39.1 } ]
              gears: [ { joint: 1, gear: 1, offset: 0.0123 } ]
            """).TrunkArm!.Dimensions);
        Assert.Equal(arm, TrunkDimensions.Parse(arm.Design, arm.Joints, arm.ToText()));
        foreach (string before in (string[])[Shipped.Text("trunk6-3g"), Shipped.Text("trunk6-3g") + "dimensions:\n  tool_mm: 3\n"])
        {
            byte[] written = RobotFileEdit.With(Encoding.UTF8.GetBytes(before), "arm.yaml", [new MeasuredDimensions(arm)]);
            Assert.Equal(arm, RobotFile.Parse(written, "arm.yaml").TrunkArm!.Dimensions);
            Assert.StartsWith(Shipped.Text("trunk6-3g").TrimEnd(), Encoding.UTF8.GetString(written));
        }
    }

    [Theory]
    [InlineData("dimensions: { gear_radius_mm: 40 }", "is a dimension of 3-geared joints, and these are 4-geared")]
    [InlineData("dimensions: { tilt_deg: 200 }", "tilt_deg")]
    [InlineData("dimensions: { neutral_mm: 9 }", "neutral_mm must be more than half of travel_mm")]
    [InlineData("dimensions: { joints: [ { joint: 11, neutral_mm: 44 } ] }", "joint 11 does not exist; the robot has joints 1 to 10")]
    [InlineData("dimensions: { joints: [ { joint: 1 }, { joint: 1 } ] }", "joint 1 is named already; merge the two")]
    [InlineData("dimensions: { gears: [ { joint: 1, gear: 1, offset: 0.5 } ] }", "offset")]
    [InlineData("dimensions: { gears: [ { joint: 1, gear: 1, offset: 0, dead_at: 0 } ] }", "dead_at")]
    [InlineData("body: { gears: [ { joint: 1, gear: 1, backlash: 2 } ] }", "backlash")]
    [InlineData("body: { sag_deg_per_nm: -1 }", "sag_deg_per_nm")]
    [InlineData("body: { weight: 3 }", "weight")]
    public void What_cannot_be_is_refused_in_words(string section, string words)
    {
        RobotFileException refusal = Assert.Throws<RobotFileException>(() => Parse("trunk10-4g", section));
        Assert.Contains(words, refusal.Message);
    }

    [Fact]
    public void A_gear_of_a_3_geared_joint_ends_at_3()
    {
        RobotFileException refusal = Assert.Throws<RobotFileException>(() =>
            Parse("trunk6-3g", "body: { gears: [ { joint: 1, gear: 4, backlash: 0.1 } ] }"));
        Assert.Contains("this design has gears 1 to 3", refusal.Message);
    }

    [Fact]
    public void A_body_has_play_dead_gears_and_sag()
    {
        TrunkBodyDescription body = Parse("trunk10-4g", """
            body:
              tool_mm: 80
              gears:
                - { joint: 1, gear: 1, backlash: 0.1 }
                - { joint: 2, gear: 2, dead_at: 0.3 }
              sag_deg_per_nm: 1
              module_g: 0
              load_g: 200
            """).TrunkArm!.Body!;
        var arm = new TrunkMechanics(body);
        double[] servos = [.. Enumerable.Repeat(0.5, 40)];
        arm.Move(servos);
        servos[0] = 0.7;
        arm.Move(servos);
        Assert.Equal(0.65, arm.Strokes[0], 1e-12);
        Assert.Equal(0.3, arm.Strokes[5]);
        servos[0] = 0.62;
        arm.Move(servos);
        Assert.Equal(0.65, arm.Strokes[0], 1e-12);

        // One leaning arm, worked out by hand: a tip 80 mm off a joint that carries 0.2 kg pulls with 0.157 N m.
        var one = TrunkDimensions.Standard(JointDesign.FourGeared, 1);
        var leaning = new TrunkMechanics(new TrunkBodyDescription(one, [.. new GearFlaw[4]], Math.PI / 180, 0, 0.2));
        double[] tilted = [0, 0.5, 1, 0.5];
        var straight = new TrunkArm(one);
        Ganglion.Basics.Space.Pose before = straight.ForwardFromStrokes(tilted, []), after = leaning.Move(tilted);
        double lever = Math.Sqrt(after.Position.X * after.Position.X + after.Position.Y * after.Position.Y);
        double turned = Ganglion.Basics.Space.Quat.Angle(before.Orientation, after.Orientation);
        Assert.Equal(0.2 * Ganglion.Basics.Gravity.OfBodies * lever * Math.PI / 180, turned, 1e-5);
        Assert.True(after.Position.Z < before.Position.Z);
    }
}
