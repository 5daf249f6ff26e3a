using System.Diagnostics;
using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Urdf;
using Ganglion.Robots.Walkers;

namespace Ganglion.Robots.Tests.Urdf;

/// <summary>Exported robots in readers that we did not write: MuJoCo for the kinematics, urdfdom's check_urdf for the form.</summary>
public sealed class UrdfTests
{
    private const double Exact = 1e-9;

    /// <summary>An arm of such a name is the shipped one with dimensions of its own.</summary>
    private const string Own = " with its own dimensions";

    public static TheoryData<string> Arms() =>
        [.. Shipped.Robots.Where(name => Load(name).TrunkArm != null), "trunk10-4g" + Own, "trunk6-3g" + Own];

    public static TheoryData<string> Bodies() => [.. Shipped.Robots.Where(name => Load(name).Kind != RobotKind.ServoRig)];

    [Theory]
    [MemberData(nameof(Arms))]
    public void An_arms_modules_and_tip_are_where_ours_are(string name)
    {
        RobotDescription robot = Load(name);
        var arm = TrunkArm.FromDescription(robot);
        using var reader = new UrdfReader(TrunkUrdf.Of(robot).ToXml("test"));
        IReadOnlyList<string> names = TrunkUrdf.JointNames(robot);
        double[] inputs = new double[arm.InputCount], values = new double[names.Count];
        var modules = new Pose[arm.Joints];
        var random = new Random(20261129);
        for (int posture = 0; posture < 20; posture++)
        {
            // The first is straight, where the azimuth of a 3-geared plate is any.
            foreach (ref double input in inputs.AsSpan())
            {
                input = arm.InputMin + (arm.InputMax - arm.InputMin) * (posture == 0 ? 0.5 : random.NextDouble());
            }

            TrunkUrdf.JointValues(arm, inputs, values);
            reader.Move(names.Zip(values).ToDictionary());
            Near(arm.Forward(inputs, modules), reader.Link("tip"));
            Near(arm.Forward(inputs), Chained(robot, values));
            for (int module = 0; module < arm.Joints; module++)
            {
                Near(modules[module], reader.Link($"module-{module + 1}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Arms))]
    public void An_arms_joints_keep_within_what_is_written_and_followers_follow(string name)
    {
        RobotDescription robot = Load(name);
        var arm = TrunkArm.FromDescription(robot);
        UrdfJoint[] joints = [.. TrunkUrdf.Of(robot).Joints.Where(joint => joint.Type != UrdfJointType.Fixed)];
        double[] inputs = new double[arm.InputCount], values = new double[joints.Length];
        var random = new Random(7);
        for (int posture = 0; posture < 2000; posture++)
        {
            // Half of them at corners of the inputs' box, where the extremes are.
            foreach (ref double input in inputs.AsSpan())
            {
                double share = posture % 2 == 0 ? random.Next(2) : random.NextDouble();
                input = arm.InputMin + (arm.InputMax - arm.InputMin) * share;
            }

            TrunkUrdf.JointValues(arm, inputs, values);
            for (int i = 0; i < joints.Length; i++)
            {
                UrdfLimit limit = joints[i].Limit!.Value;
                Assert.InRange(values[i], limit.Lower - Exact, limit.Upper + Exact);
                if (joints[i].Mimics is { } leader)
                {
                    Assert.Equal(leader.Factor * values[Array.FindIndex(joints, joint => joint.Name == leader.Joint)], values[i], Exact);
                }
            }
        }
    }

    [Theory]
    [InlineData("walker12")]
    [InlineData("walker10")]
    public void A_walkers_soles_are_where_the_chain_of_its_legs_puts_them(string name)
    {
        RobotDescription robot = Load(name);
        WalkerLayout walker = robot.Walker!;
        using var reader = new UrdfReader(WalkerUrdf.Of(robot).ToXml("test"));
        var random = new Random(11);
        for (int posture = 0; posture < 20; posture++)
        {
            var angles = walker.Joints.ToDictionary(joint => joint.Name,
                joint => joint.Min + (joint.Max - joint.Min) * random.NextDouble());
            reader.Move(angles);
            foreach ((string side, int sign) in new[] { ("left", 1), ("right", -1) })
            {
                // Rz(yaw) Rx(roll) Ry(pitch), thigh, Ry(knee), shank, Ry(ankle pitch), Rx(ankle roll), ankle height (shared/README.md D1).
                double Angle(string joint) => angles.GetValueOrDefault($"{side}-{joint}");
                Mat3 hip = Mat3.AboutZ(Angle("hip-yaw")) * Mat3.AboutX(Angle("hip-roll")) * Mat3.AboutY(Angle("hip-pitch"));
                Mat3 knee = hip * Mat3.AboutY(Angle("knee"));
                Mat3 foot = knee * Mat3.AboutY(Angle("ankle-pitch")) * Mat3.AboutX(Angle("ankle-roll"));
                Vec3 sole = new Vec3(0, sign * walker.HipHalfWidth, 0) + hip * new Vec3(0, 0, -walker.Thigh)
                    + knee * new Vec3(0, 0, -walker.Shank) + foot * new Vec3(0, 0, -walker.Ankle);
                Near(new Pose(sole, Quat.FromMatrix(foot)), reader.Link($"{side}-sole"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_parser_of_ros_takes_it(string name)
    {
        RobotDescription robot = Load(name);
        UrdfModel model = robot.Walker == null ? TrunkUrdf.Of(robot) : WalkerUrdf.Of(robot);
        string file = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.urdf");
        File.WriteAllText(file, model.ToXml("test"));
        try
        {
            using Process check = Process.Start(new ProcessStartInfo("check_urdf", [file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = check.StandardError.ReadToEndAsync();
            string told = await check.StandardOutput.ReadToEndAsync();
            await check.WaitForExitAsync();
            Assert.True(check.ExitCode == 0, told + await errors);
            Assert.Contains($"robot name is: {robot.Name}", told, StringComparison.Ordinal);
            Assert.Contains($"root Link: {model.Links[0].Name}", told, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_walkers_mass_is_that_of_its_description()
    {
        RobotDescription robot = Load("walker12");
        Assert.Equal(robot.Walker!.Body.Mass, WalkerUrdf.Of(robot).Links.Sum(link => link.Mass ?? 0), 1e-12);
    }

    /// <summary>The tip by the joints' own frames, as logs have them.</summary>
    private static Pose Chained(RobotDescription robot, double[] values)
    {
        var pose = new Pose(default, Quat.Identity);
        int value = 0;
        foreach (UrdfJoint joint in TrunkUrdf.Of(robot).Joints)
        {
            Pose step = joint.At(joint.Type == UrdfJointType.Fixed ? 0 : values[value++]);
            pose = new Pose(pose.Position + pose.Orientation.ToMatrix() * step.Position, pose.Orientation * step.Orientation);
        }

        return pose with { Orientation = pose.Orientation.Normalized() };
    }

    private static RobotDescription Load(string name)
    {
        if (!name.EndsWith(Own, StringComparison.Ordinal))
        {
            return RobotFile.Load(Shipped.Path(name));
        }

        string text = Shipped.Text(name[..^Own.Length]), joint = text.Contains("4-geared")
            ? "neutral_mm: 46.5, travel_mm: 23, tilt_deg: 14.5, side_shift_mm: -1.5, sink_mm: 0.9"
            : "tip_height_mm: 47, travel_mm: 51, gear_radius_mm: 42, plate_depth_mm: 36";
        return RobotFile.Parse(Encoding.UTF8.GetBytes($$"""
            {{text}}
            dimensions:
              tool_mm: 100
              joints:
                - { joint: 2, {{joint}} }
              gears:
                - { joint: 2, gear: 1, offset: 0.04 }
                - { joint: 2, gear: 2, offset: -0.03 }
                - { joint: 4, gear: 3, offset: 0.02 }
            """), "own.yaml");
    }

    private static void Near(in Pose expected, in Pose actual)
    {
        Assert.True((expected.Position - actual.Position).Length < Exact, $"{expected} is expected and {actual} was read");
        Assert.True(Quat.Angle(expected.Orientation, actual.Orientation) < Exact, $"{expected} is expected and {actual} was read");
    }
}
