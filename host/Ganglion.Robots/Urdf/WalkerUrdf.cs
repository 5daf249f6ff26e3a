using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;

namespace Ganglion.Robots.Urdf;

/// <summary>
/// A walker as URDF: the torso at the middle between the hips, and for each leg the chain of <see cref="LegKinematics"/>; joints have the
/// names of <see cref="WalkerLayout.JointNames"/>, links those of the joints that move them, and "left-sole", "right-sole" are the middles
/// of the soles. Masses are those of the simulated body.
/// </summary>
public static class WalkerUrdf
{
    private const string Torso = "torso";

    /// <summary>The walker.</summary>
    /// <param name="robot">A walker.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static UrdfModel Of(RobotDescription robot)
    {
        WalkerLayout walker = robot.Walker
            ?? throw new ArgumentException($"robot '{robot.Name}' is not a walker; use a description of kind walker", nameof(robot));
        TorsoBox torso = walker.Body.Torso;
        var links = new List<UrdfLink>
        {
            new(Torso, new Vec3(torso.Depth, torso.Width, torso.Height), Middle: new Vec3(0, 0, torso.Height / 2), Mass: torso.Mass),
        };
        var joints = new List<UrdfJoint>();
        foreach (IGrouping<bool, WalkerJoint> leg in walker.Joints.GroupBy(joint => joint.Index >= LegGeometry.Slots))
        {
            Leg(walker, leg.Key, [.. leg.OrderBy(joint => joint.Index)], links, joints);
        }

        return new UrdfModel(robot.Name, links, joints);
    }

    private static void Leg(WalkerLayout walker, bool right, WalkerJoint[] leg, List<UrdfLink> links, List<UrdfJoint> joints)
    {
        string parent = Torso, side = right ? "right" : "left";
        JointServo servo = walker.Body.Servo;
        foreach (WalkerJoint joint in leg)
        {
            int slot = joint.Index % LegGeometry.Slots;
            Vec3 origin = slot switch
            {
                LegGeometry.HipYaw => new(0, right ? -walker.HipHalfWidth : walker.HipHalfWidth, 0),
                LegGeometry.Knee => new(0, 0, -walker.Thigh),
                LegGeometry.AnklePitch => new(0, 0, -walker.Shank),
                _ => default,
            };
            Vec3 axis = slot switch
            {
                LegGeometry.HipYaw => Vec3.UnitZ,
                LegGeometry.HipRoll or LegGeometry.AnkleRoll => Vec3.UnitX,
                _ => Vec3.UnitY,
            };
            string child = joint.Name + "-link";
            joints.Add(new UrdfJoint(joint.Name, UrdfJointType.Revolute, parent, child, origin, 0, axis,
                new UrdfLimit(joint.Min, joint.Max, servo.Torque, servo.Speed)));
            links.Add(Link(walker, child, slot, isLast: joint == leg[^1]));
            parent = child;
        }

        joints.Add(new UrdfJoint(side + "-sole-joint", UrdfJointType.Fixed, parent, side + "-sole", new Vec3(0, 0, -walker.Ankle), 0,
            default));
        links.Add(new UrdfLink(side + "-sole"));
    }

    private static UrdfLink Link(WalkerLayout walker, string name, int slot, bool isLast)
    {
        WalkerBody body = walker.Body;
        const double wide = 2 * WalkerBody.LinkHalfWidth;
        return slot switch
        {
            LegGeometry.HipPitch => new(name, new Vec3(wide, wide, walker.Thigh), Middle: new Vec3(0, 0, -walker.Thigh / 2),
                Mass: body.ThighMass),
            LegGeometry.Knee => new(name, new Vec3(wide, wide, walker.Shank), Middle: new Vec3(0, 0, -walker.Shank / 2),
                Mass: body.ShankMass),
            _ when isLast => new(name, new Vec3(body.Sole.Length, body.Sole.Width, walker.SoleThickness),
                Middle: new Vec3(0, 0, walker.SoleThickness / 2 - walker.Ankle), Mass: body.Sole.Mass),
            _ => new(name),
        };
    }
}
