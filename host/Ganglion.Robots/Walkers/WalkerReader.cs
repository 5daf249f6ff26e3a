using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Legs;

namespace Ganglion.Robots.Walkers;

/// <summary>A walker's legs, joints and body: one board, both legs alike, each joint on a channel of its own that reaches its
/// range.</summary>
internal static class WalkerReader
{
    public static WalkerLayout Read(Entry robot, ImmutableArray<BoardDescription> boards, ImmutableArray<ChannelDescription> channels)
    {
        if (boards.Length != 1)
        {
            throw robot.Error("boards", $"a walker has one board and {boards.Length} are given; one board computes both legs, so put all " +
                $"joints on it");
        }

        Entry legs = robot.Map("legs"), body = robot.Map("body");
        WalkerLayout walker = new(
            Metres(legs, "thigh_mm"), Metres(legs, "shank_mm"), Metres(legs, "ankle_mm"), Metres(legs, "hip_half_width_mm"),
            ReadJoints(robot, channels), ReadBody(body), ReadSensors(robot, boards[0]));
        if (walker.Legs.Check() != WalkReason.None)
        {
            throw robot.Error("joints", "the knees' max_deg is no knee's; choose it within 6..171");
        }

        return walker;
    }

    private static ImmutableArray<WalkerJoint> ReadJoints(Entry robot, ImmutableArray<ChannelDescription> channels)
    {
        List<WalkerJoint> joints = [];
        foreach (Entry entry in robot.List("joints"))
        {
            WalkerJoint joint = new(
                WalkerLayout.JointNames.IndexOf(entry.Text("joint")), entry.Whole("channel"), entry.Number("centre"),
                entry.Number("travel_per_rad"),
                Radians(entry, "min_deg"), Radians(entry, "max_deg"));
            if (joints.Exists(other => other.Index == joint.Index))
            {
                throw entry.Error("joint", $"'{joint.Name}' is given twice; keep one of the two");
            }

            if (joint.Channel >= channels.Length)
            {
                throw entry.Error("channel", $"channel {joint.Channel} does not exist; the robot has channels 0 to {channels.Length - 1}");
            }

            if (joints.Find(other => other.Channel == joint.Channel) is { } rival)
            {
                throw entry.Error("channel", $"channel {joint.Channel} already turns '{rival.Name}'; use another");
            }

            if (joint.TravelPerRadian == 0)
            {
                throw entry.Error("travel_per_rad", "travel_per_rad is 0, so that the joint would not turn; a servo of 180 degrees " +
                    "has 0.31831");
            }

            if (joint.Min >= joint.Max)
            {
                throw entry.Error("max_deg", "max_deg is not above min_deg; the joint could not turn");
            }

            CheckRange(entry, joint, channels[joint.Channel]);
            joints.Add(joint);
        }
        int slots = LegGeometry.Slots;
        foreach (string name in WalkerLayout.JointNames)
        {
            int index = WalkerLayout.JointNames.IndexOf(name);
            bool here = joints.Exists(joint => joint.Index == index), there = joints.Exists(joint =>
                joint.Index == (index + slots) % (2 * slots));
            if (!here && (there || index % slots != LegGeometry.AnkleRoll))
            {
                throw robot.Error("joints", $"there is no '{name}'; add " +
                    $"it{(index % slots == LegGeometry.AnkleRoll ? ", or leave out the other ankle roll too" : "")}");
            }
        }
        return [.. joints.OrderBy(joint => joint.Index)];
    }

    private static void CheckRange(Entry entry, WalkerJoint joint, ChannelDescription channel)
    {
        double a = joint.ValueOf(joint.Min), b = joint.ValueOf(joint.Max), low = Math.Min(a, b), high = Math.Max(a, b);
        if (low < channel.LimitMin - Rounding || high > channel.LimitMax + Rounding)
        {
            throw entry.Error("joint", $"'{joint.Name}' from min_deg to max_deg needs {low:0.###}..{high:0.###} of channel " +
                $"{joint.Channel}'s travel, which is limited to {channel.LimitMin:0.###}..{channel.LimitMax:0.###}; widen " +
                $"limit_min and limit_max, or narrow the joint");
        }
    }

    // A file's figures have a few decimals.
    private const double Rounding = 1e-3;

    private static WalkerBody ReadBody(Entry body)
    {
        Entry torso = body.Map("torso"), sole = body.Map("sole"), servo = body.Map("servo");
        return new WalkerBody(
            new TorsoBox(torso.Number("mass_kg"), Metres(torso, "depth_mm"), Metres(torso, "width_mm"), Metres(torso, "height_mm")),
            body.Number("thigh_kg"), body.Number("shank_kg"),
            new Sole(sole.Number("mass_kg"), Metres(sole, "length_mm"), Metres(sole, "width_mm"), sole.Number("friction")),
            new JointServo(servo.Number("stiffness_nm_per_rad"), servo.Number("torque_nm"), Radians(servo, "speed_deg_per_s"),
                servo.Number("damping_nms_per_rad"), servo.Number("armature_kg_m2")));
    }

    private static ImmutableArray<FootSensor> ReadSensors(Entry robot, BoardDescription board)
    {
        int inputs = 4 * board.Chips.Count(chip => chip is Ads1115);
        List<FootSensor> sensors = [];
        foreach (Entry entry in robot.List("foot_sensors"))
        {
            FootSensor sensor = new(entry.Whole("input"), entry.Text("foot") == "right", entry.Text("end") == "toe",
                entry.Number("full_scale_n"));
            if (sensor.Input >= inputs)
            {
                throw entry.Error("input", $"analog input {sensor.Input} does not exist; board '{board.Id}' has {inputs} of them, four " +
                    $"an ads1115");
            }

            if (sensors.Exists(other => other.Input == sensor.Input))
            {
                throw entry.Error("input", $"input {sensor.Input} is given twice; each sensor has its own");
            }

            if (sensors.Exists(other => (other.Right, other.Toe) == (sensor.Right, sensor.Toe)))
            {
                throw entry.Error("end", $"the {entry.Text("end")} of the {entry.Text("foot")} foot has a sensor already; keep one " +
                    $"of the two");
            }

            sensors.Add(sensor);
        }
        return [.. sensors];
    }

    private static double Metres(Entry entry, string key) => entry.Number(key) * 1e-3;

    private static double Radians(Entry entry, string key) => entry.Number(key) * Math.PI / 180;
}
