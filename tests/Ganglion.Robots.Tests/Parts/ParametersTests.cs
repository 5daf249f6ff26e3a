using System.Globalization;
using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>The drawings' numbers are the arm's.</summary>
public sealed class ParametersTests
{
    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk25-4g")]
    [InlineData("trunk6-3g")]
    [InlineData("trunk6-3g-gripper")]
    public void The_parameter_file_says_what_the_description_says(string robot) => Assert.Equal(
        File.ReadAllText(Path.Combine(RenderedParts.Drawings, "parameters.scad")),
        PartsParameters.Of(Shipped.Description(robot), 0));

    [Theory]
    [InlineData("trunk10-4g", "four_gear", "four_pinion", 14)]
    [InlineData("trunk6-3g", "three_gear", "three_pinion", 32)]
    public void Teeth_carry_a_gear_as_far_as_its_servo_turns(string robot, string gear, string pinion, int teeth)
    {
        RobotDescription described = Shipped.Description(robot);
        double travel = described.TrunkArm!.Dimensions.Joint(0)[1];
        double turn = PartsParameters.Turn(described.ServoOf(described.TrunkArm[0, 0]));

        // A tooth's tip is two edges at the outermost place: counted on the pinion, and their distance measured on the gear.
        TriangleMesh wheel = RenderedParts.Of(pinion), bar = RenderedParts.Of(gear);
        double outer = wheel.Vertices.ToArray().Max(v => Math.Sqrt(v.X * v.X + v.Y * v.Y));
        Assert.Equal(2 * teeth, wheel.Vertices.ToArray().Count(v => v.Z < 1e-6 && Math.Sqrt(v.X * v.X + v.Y * v.Y) > outer - 1e-6));
        bool alongY = gear == "four_gear";
        double[] fromAxis = [.. bar.Vertices.ToArray().Where(v => v.Z < -0.014 - (alongY ? 0 : 0.005)).Select(v => alongY ? v.Y : -v.X)];
        double tip = fromAxis.Max();
        double[] edges = [.. bar.Vertices.ToArray().Where(v => v.Z < -0.014 - (alongY ? 0 : 0.005)
            && (alongY ? v.Y : -v.X) > tip - 1e-6).Select(v => Math.Round(v.Z, 7)).Distinct().Order()];
        double pitch = (edges[^2] - edges[0]) / (edges.Length / 2 - 1);
        Assert.Equal(travel, turn / (2 * Math.PI) * teeth * pitch, 5e-6);
    }

    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void Teeth_touch_on_either_side_after_half_the_stated_backlash(JointDesign design)
    {
        const double backlash = 0.2e-3;
        string name = design == JointDesign.FourGeared ? "four" : "three";
        AssembledJoint joint = RenderedParts.Assemble(design, [(new double[] { 0.37, 0.37, 0.37, 0.37 }, new double[4])])[0];
        AssembledPart gear = joint.Parts.First(part => part.Name == name + "_gear");
        AssembledPart pinion = joint.Parts.First(part => part.Name == name + "_pinion");
        double Shared(double lifted) => MeshOverlap.Volume(gear.Mesh.Moved(Mat3.Identity, new Vec3(0, 0, lifted)), pinion.Mesh, 0.05e-3);
        foreach (int side in new[] { -1, 1 })
        {
            Assert.Equal(0, Shared(side * (backlash / 2 - 0.02e-3)));
            Assert.NotEqual(0, Shared(side * (backlash / 2 + 0.03e-3)));
        }
    }

    [Fact]
    public void An_arm_of_its_own_dimensions_gets_its_own_file_and_one_without_room_is_refused()
    {
        string text = PartsParameters.Of(Own("neutral_mm: 45.5, travel_mm: 20.5, tilt_deg: 15.8"), 1);
        Assert.Contains("four_travel = 20.5; ", text, StringComparison.Ordinal);
        Assert.Contains("four_neutral = 45.5; ", text, StringComparison.Ordinal);
        Assert.Contains("four_ball_depth = 8.2635; ", text, StringComparison.Ordinal);
        Assert.Equal([1], PartsParameters.Unlike(Own("travel_mm: 20.5").TrunkArm!.Dimensions));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => PartsParameters.Of(Own("travel_mm: 30"), 1));
        Assert.Contains("joint 2: travel_mm is 30; the drawn parts have room for 16 to 22.5", refused.Message, StringComparison.Ordinal);
    }

    private static RobotDescription Own(string joint) => RobotFile.Parse(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{Shipped.Text("trunk10-4g")}\ndimensions:\n  joints:\n    - {{ joint: 2, {joint} }}\n")), "own.yaml");
}
