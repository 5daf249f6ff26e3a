using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Urdf;

/// <summary>
/// A trunk arm as URDF, exact: a module's joint is a chain of slides and turns, and what a slide or turn does as a multiple of another
/// one is said so (mimic). URDF knows no other dependence, so the few that depend otherwise have values of their own: those that
/// <see cref="JointValues"/> gives for a posture.
/// <list type="bullet">
/// <item>4-geared (<see cref="FourGearedJoint"/>): lift, shift across by each tilt (mimics), the two tilts, mounting.</item>
/// <item>3-geared (<see cref="ThreeGearedJoint"/>): shift of the plate's centre, lift, and the shortest turn to its normal: azimuth, tilt,
/// azimuth back (mimic), mounting.</item>
/// <item>gripper: two fingers that slide apart at the tip (the right one mimics), 0 where they meet.</item>
/// </list>
/// </summary>
public static class TrunkUrdf
{
    /// <summary>The description knows no forces of the gears, and a limit has to be told: one that bounds nothing, N and N m.</summary>
    private const double AnyEffort = 1000;

    /// <summary>The link that stands, and the beginning of the others' names, which count from 1.</summary>
    internal const string Base = "base", ModulePrefix = "module-";

    /// <summary>The link at the tip, which carries a gripper's fingers.</summary>
    public const string Tip = "tip";

    /// <summary>Of the plates that stand for the modules, m: those of the printed ones.</summary>
    private const double PlateThickness = 0.006;

    /// <summary>Of the fingers that stand for a gripper's, which end at the tip, m.</summary>
    private const double FingerWidth = 0.012, FingerThickness = 0.005, FingerLength = 0.04;

    /// <summary>The arm.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="looks">Masses, inertias and meshes of its bodies; null: plain shapes without.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static UrdfModel Of(RobotDescription robot, TrunkLooks? looks = null)
    {
        var arm = TrunkArm.FromDescription(robot);
        bool isFourGeared = arm.Design == JointDesign.FourGeared;
        double diameter = 2 * arm.ModuleRadius, toolDiameter = 2 * TrunkArm.ToolRadius;
        var plate = new Vec3(diameter, diameter, PlateThickness);
        var links = new List<UrdfLink> { new(Base, plate, IsBox: false) };
        var joints = new List<UrdfJoint>();
        for (int joint = 0; joint < arm.Joints; joint++)
        {
            double slew = robot.TrunkArm!.Gears.Skip(joint * arm.GearsPerJoint).Take(arm.GearsPerJoint)
                .Min(gear => robot.Channels[gear.Channel].Slew);
            UrdfJoint[] chain = isFourGeared ? FourGeared(arm.Dimensions, joint, slew) : ThreeGeared(arm.Dimensions, joint, slew);
            joints.AddRange(chain);
            links.AddRange(chain.Select(part => part == chain[^1] ? new UrdfLink(part.Child, plate, IsBox: false)
                : new UrdfLink(part.Child)));
        }

        double length = arm.ToolOffset.Z;
        joints.Add(new UrdfJoint("tool", UrdfJointType.Fixed, Module(arm.Joints - 1), Tip, arm.ToolOffset, 0, default));
        links.Add(new UrdfLink(Tip, new Vec3(toolDiameter, toolDiameter, length), IsBox: false, new Vec3(0, 0, -length / 2)));
        if (robot.TrunkArm!.Gripper is { } gripper)
        {
            AddFingers(links, joints, gripper, robot.ServoOf(gripper.Servo).Slew);
        }

        return new UrdfModel(robot.Name, looks == null ? links : looks.Give(links, arm), joints);
    }

    /// <summary>Names of all joints that move, in the order of <see cref="JointValues"/>: base to tip, then a gripper's fingers
    /// (<see cref="FingerValue"/>).</summary>
    public static IReadOnlyList<string> JointNames(RobotDescription robot) =>
        [.. Of(robot).Joints.Where(joint => joint.Type != UrdfJointType.Fixed).Select(joint => joint.Name)];

    /// <summary>Values of the joints in a posture.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="inputs"><see cref="TrunkArm.InputCount"/> values within their limits.</param>
    /// <param name="values">Receives one value a joint that moves, m and rad: five (4-geared) or six (3-geared) a module.</param>
    public static void JointValues(TrunkArm arm, ReadOnlySpan<double> inputs, Span<double> values)
    {
        bool isFourGeared = arm.Design == JointDesign.FourGeared;
        int each = isFourGeared ? 5 : 6;
        for (int joint = 0; joint < arm.Joints; joint++)
        {
            var input = new Vec3(inputs[3 * joint], inputs[3 * joint + 1], inputs[3 * joint + 2]);
            Span<double> own = values.Slice(each * joint, each);
            ReadOnlySpan<double> measures = arm.Dimensions.Joint(joint);
            JointPose pose = PaperFrame.ToRep103(isFourGeared ? arm.FourGearedJoints[joint].Pose(input)
                : arm.ThreeGearedJoints[joint].Pose(input));
            if (isFourGeared)
            {
                // The papers' z is x here, their x is y.
                own[0] = pose.Translation.Z - measures[0];
                (own[1], own[2]) = (pose.Translation.Y, pose.Translation.X);
                Vec3 offset = arm.FourGearedJoints[joint].Offset;
                (own[3], own[4]) = (measures[2] * (input.Y + offset.Y), measures[2] * (input.X + offset.X));
                continue;
            }

            Vec3 normal = new(pose.Rotation.M02, pose.Rotation.M12, pose.Rotation.M22);
            Vec3 centre = pose.Translation - measures[3] * normal;
            double azimuth = Math.Atan2(normal.Y, normal.X), across = Math.Sqrt(normal.X * normal.X + normal.Y * normal.Y);
            (own[0], own[1], own[2]) = (centre.X, centre.Y, centre.Z - measures[0]);
            (own[3], own[4], own[5]) = (azimuth, Math.Atan2(across, normal.Z), -azimuth);
        }
    }

    /// <summary>How far each finger of a gripper is from the middle, m: the value of both their joints.</summary>
    public static double FingerValue(GripperDescription gripper, double grip) => gripper.OpeningAt(grip) / 2;

    private static void AddFingers(List<UrdfLink> links, List<UrdfJoint> joints, GripperDescription gripper, double slew)
    {
        var limit = new UrdfLimit(0, gripper.Opening / 2, AnyEffort, gripper.Opening / 2 * slew);
        var size = new Vec3(FingerWidth, FingerThickness, FingerLength);
        string left = $"{GripperDescription.Name}-left", right = $"{GripperDescription.Name}-right";
        foreach ((string name, double side) in (ReadOnlySpan<(string, double)>)[(left, 1), (right, -1)])
        {
            joints.Add(new UrdfJoint(name, UrdfJointType.Prismatic, Tip, $"{name}-finger", default, 0, new Vec3(0, side, 0), limit,
                side < 0 ? (left, 1) : null));
            links.Add(new UrdfLink($"{name}-finger", size, Middle: new Vec3(0, side * FingerThickness / 2, -FingerLength / 2)));
        }
    }

    private static string Module(int joint) => joint < 0 ? Base : $"{ModulePrefix}{joint + 1}";

    private static UrdfJoint[] FourGeared(TrunkDimensions arm, int joint, double slew)
    {
        ReadOnlySpan<double> own = arm.Joint(joint);
        double neutral = own[0], travel = own[1], tilt = own[2], shift = own[3];
        Vec3 offset = new FourGearedJoint(own, arm.OffsetsOf(joint)).Offset;
        string name = $"joint-{joint + 1}-", tiltX = name + "tilt-x", tiltY = name + "tilt-y";

        // A tilt takes both its gears, one up and one down: the whole range in the time of the whole travel.
        // Offsets of gears move the ranges.
        var lift = new UrdfLimit(travel * (offset.Z - 0.5), travel * (offset.Z + 0.5), AnyEffort, travel * slew);
        UrdfLimit Across(double by) => new(Math.Min(shift * (by - 1), shift * (by + 1)), Math.Max(shift * (by - 1), shift * (by + 1)),
            AnyEffort, 2 * Math.Abs(shift) * slew);
        UrdfLimit Turn(double by) => new(tilt * (by - 1), tilt * (by + 1), AnyEffort, 2 * tilt * slew);
        return
        [
            new(name + "lift", UrdfJointType.Prismatic, Module(joint - 1), name + "lifted", new(0, 0, neutral), 0,
                Vec3.UnitZ, lift),
            new(name + "shift-y", UrdfJointType.Prismatic, name + "lifted", name + "aside", default, 0, Vec3.UnitY, Across(-offset.Y),
                (tiltX, -shift / tilt)),
            new(name + "shift-x", UrdfJointType.Prismatic, name + "aside", name + "shifted", default, 0, Vec3.UnitX, Across(offset.X),
                (tiltY, shift / tilt)),
            new(tiltX, UrdfJointType.Revolute, name + "shifted", name + "tilting", default, 0, Vec3.UnitX, Turn(offset.Y)),
            new(tiltY, UrdfJointType.Revolute, name + "tilting", name + "tilted", default, 0, Vec3.UnitY, Turn(offset.X)),
            new(name + "mounting", UrdfJointType.Fixed, name + "tilted", Module(joint), default, FourGearedJoint.MountingYaw, default),
        ];
    }

    private static UrdfJoint[] ThreeGeared(TrunkDimensions arm, int joint, double slew)
    {
        ReadOnlySpan<double> own = arm.Joint(joint), offsets = arm.OffsetsOf(joint);
        double height = own[0], travel = own[1], radius = own[2], depth = own[3];
        double least = Math.Min(offsets[0], Math.Min(offsets[1], offsets[2]));
        double greatest = Math.Max(offsets[0], Math.Max(offsets[1], offsets[2]));
        string name = $"joint-{joint + 1}-", azimuth = name + "azimuth";

        // The steepest plate has one gear out and two in, or the reverse; its centre goes aside by what ThreeGearedJoint.Centre says.
        double slope = 2 * travel * (1 + greatest - least) / (3 * radius);
        double secant = Math.Sqrt(1 + slope * slope), most = radius * slope * slope / (2 * (secant + 1));
        var shift = new UrdfLimit(-most, most, AnyEffort, travel * slew);
        var lift = new UrdfLimit(travel * least - slope * most, travel * (1 + greatest) + slope * most, AnyEffort, 2 * travel * slew);
        var about = new UrdfLimit(-Math.PI, Math.PI, AnyEffort, 2 * Math.PI * slew);
        var tilt = new UrdfLimit(0, Math.Atan(slope), AnyEffort, 2 * Math.Atan(slope) * slew);
        return
        [
            new(name + "shift-x", UrdfJointType.Prismatic, Module(joint - 1), name + "aside", new(0, 0, height), 0,
                Vec3.UnitX, shift),
            new(name + "shift-y", UrdfJointType.Prismatic, name + "aside", name + "shifted", default, 0, Vec3.UnitY, shift),
            new(name + "lift", UrdfJointType.Prismatic, name + "shifted", name + "lifted", default, 0, Vec3.UnitZ, lift),
            new(azimuth, UrdfJointType.Revolute, name + "lifted", name + "turning", default, 0, Vec3.UnitZ, about),
            new(name + "tilt", UrdfJointType.Revolute, name + "turning", name + "tilting", default, 0, Vec3.UnitY, tilt),
            new(name + "azimuth-back", UrdfJointType.Revolute, name + "tilting", name + "tilted", default, 0, Vec3.UnitZ, about,
                (azimuth, -1)),
            new(name + "mounting", UrdfJointType.Fixed, name + "tilted", Module(joint), new(0, 0, depth), Math.PI,
                default),
        ];
    }
}
