using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>The gripper's parts, where the drawings put them, from closed to wide open.</summary>
public sealed class GripperFitTests
{
    /// <summary>What is kept clear of things is at least what is printed, wherever the fingers are; and not more than a finger's width
    /// beyond the tip.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.63)]
    [InlineData(0.0)]
    public void It_is_within_the_rods_that_stand_for_it(double grip)
    {
        TrunkArmLayout arm = Shipped.Description("trunk6-3g-gripper").TrunkArm!;
        GripperDescription gripper = arm.Gripper!;
        BodyRod[] rods = GripperBody.Of(gripper);
        Assert.True(rods.Max(rod => Math.Max(rod.From.Z, rod.To.Z) + rod.Radius) < 0.005);
        TriangleMesh[] still = [.. PartBodies.Places(RenderedParts.InFrames)["three_gripper"]
            .Where(part => part.Name.StartsWith("gripper", StringComparison.Ordinal) || part.Name == "servo")
            .Select(part => RenderedParts.Of(part.Name).Moved(part.Turn, part.Shift - new Vec3(0, 0, arm.Dimensions.Tool)))];
        PlacedPart finger = PartBodies.Places(RenderedParts.InFrames)["gripper_finger"].Single();
        TriangleMesh left = RenderedParts.Of(finger.Name).Moved(finger.Turn, finger.Shift + new Vec3(0, gripper.OpeningAt(grip) / 2, 0));
        double outside = 0;
        foreach (TriangleMesh mesh in (TriangleMesh[])[.. still, left, left.Moved(Mat3.AboutZ(Math.PI), default)])
        {
            foreach (Vec3 vertex in mesh.Vertices)
            {
                outside = Math.Max(outside, rods.Min(rod => Beyond(rod, vertex)));
            }
        }

        Assert.True(outside <= 1e-4, $"{1000 * outside:0.0} mm outside");

        static double Beyond(BodyRod rod, Vec3 point)
        {
            Vec3 along = rod.To - rod.From;
            double share = Math.Clamp(Vec3.Dot(point - rod.From, along) / along.LengthSquared, 0, 1);
            return (point - rod.From - share * along).Length - rod.Radius;
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.63)]
    [InlineData(0.0)]
    public void Its_parts_do_not_share_any_volume_and_its_fingers_end_at_the_tip(double grip)
    {
        RobotDescription robot = Shipped.Description("trunk6-3g-gripper");
        GripperDescription gripper = robot.TrunkArm!.Gripper!;
        double apart = gripper.OpeningAt(grip) / 2, tip = robot.TrunkArm.Dimensions.Tool;
        double turn = (1 - grip) * PartsParameters.Turn(robot.ServoOf(gripper.Servo));
        IReadOnlyDictionary<string, PlacedPart[]> places = PartBodies.Places(RenderedParts.InFrames);
        var parts = places["three_gripper"].Select(part => (part.Name, Mesh: RenderedParts.Of(part.Name)
            .Moved(part.Name == "gripper_pinion" ? part.Turn * Mat3.AboutZ(turn) : part.Turn, part.Shift))).ToList();
        PlacedPart finger = places["gripper_finger"].Single();
        foreach (double side in new[] { 0, Math.PI })
        {
            TriangleMesh mesh = RenderedParts.Of(finger.Name).Moved(finger.Turn, finger.Shift + new Vec3(0, apart, tip))
                .Moved(Mat3.AboutZ(side), default);
            Assert.Equal(tip, mesh.Most.Z, 1e-7);
            parts.Add((finger.Name, mesh));
        }

        for (int a = 0; a < parts.Count; a++)
        {
            for (int b = a + 1; b < parts.Count; b++)
            {
                double shared = MeshOverlap.Volume(parts[a].Mesh, parts[b].Mesh, 0.2e-3);
                Assert.True(shared == 0, $"{parts[a].Name} and {parts[b].Name} share {1e9 * shared:0.000} mm^3");
            }
        }
    }
}
