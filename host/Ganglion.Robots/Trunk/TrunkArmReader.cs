using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trunk;

/// <summary>The arm's layout and calibration: each gear gets one output, its gripper another one, and no output two of them.</summary>
internal static class TrunkArmReader
{
    public static (ImmutableArray<ChannelDescription>, TrunkArmLayout) Read(Entry robot, ImmutableArray<BoardDescription> boards)
    {
        JointDesign design = robot.Text("design") == "3-geared" ? JointDesign.ThreeGeared : JointDesign.FourGeared;
        int joints = robot.Whole("joints");
        Entry channels = robot.Map("channels");
        Outlet[] outlets = ReadLayout(channels, boards, design, joints);
        ServoChannel[] servos = Calibrate(channels, boards, design, joints, outlets);
        int gears = servos.Length;
        if (robot.Has("gripper"))
        {
            (Outlet outlet, ServoChannel servo) = GripperDescription.Read(robot.Map("gripper"), boards, outlets, (int)design);
            (outlets, servos) = ([.. outlets, outlet], [.. servos, servo]);
        }

        Outlet.CheckCounts(outlets, channels, boards);
        int[] order = [.. Enumerable.Range(0, servos.Length).OrderBy(servo => outlets[servo])];
        var places = new GearChannel[servos.Length];
        int[] used = new int[boards.Length];
        for (int channel = 0; channel < order.Length; channel++)
        {
            int board = outlets[order[channel]].Board;
            places[order[channel]] = new GearChannel(board, used[board]++, channel);
        }

        return ([.. order.Select(servo => servos[servo])], Layout(robot, design, joints, [.. places[..gears]],
            places.Length > gears ? places[gears] : null));
    }

    private static TrunkArmLayout Layout(Entry robot, JointDesign design, int joints, ImmutableArray<GearChannel> gears,
        GearChannel? gripper)
    {
        var standard = TrunkDimensions.Standard(design, joints);
        TrunkDimensions dimensions = robot.Has("dimensions") ? DimensionReader.Read(robot.Map("dimensions"), standard) : standard;
        return new TrunkArmLayout(design, joints, gears)
        {
            Dimensions = dimensions,
            Gripper = gripper is { } servo ? new GripperDescription(servo, robot.Map("gripper").Number("opening_mm") * 1e-3) : null,
            Body = robot.Has("body") ? TrunkBodyReader.Read(robot.Map("body"), dimensions) : null,
        };
    }

    private static Outlet[] ReadLayout(Entry channels, ImmutableArray<BoardDescription> boards, JointDesign design, int joints)
    {
        int gearsPerJoint = (int)design;
        var outlets = new Outlet?[joints * gearsPerJoint];
        Dictionary<Outlet, int> owners = [];
        foreach (Entry run in channels.List("layout"))
        {
            (int first, int last) = run.Range("joints");
            if (last > joints)
            {
                throw run.Error("joints", $"joint {last} does not exist; the robot has joints 1 to {joints}");
            }

            Outlet[] outputs = Outlet.Run(run, boards, servos: true);
            int gears = (last - first + 1) * gearsPerJoint;
            if (gears != outputs.Length)
            {
                throw run.Error("outputs", $"joints {first}-{last} have {gears} gears but {outputs.Length} outputs are given; the " +
                    $"numbers must be equal ({gearsPerJoint} gears a joint)");
            }

            for (int i = 0; i < gears; i++)
            {
                Outlet outlet = outputs[i];
                int gear = (first - 1) * gearsPerJoint + i;
                if (outlets[gear] is not null)
                {
                    throw run.Error("joints", $"joint {gear / gearsPerJoint + 1} already has its outputs; list each joint once");
                }

                if (!owners.TryAdd(outlet, gear))
                {
                    throw run.Error("outputs", $"output {outlet.Output} of chip '{run.Text("chip")}' already drives joint " +
                        $"{owners[outlet] / gearsPerJoint + 1}; use a free output");
                }

                outlets[gear] = outlet;
            }
        }
        int missing = Array.IndexOf(outlets, null);
        if (missing >= 0)
        {
            throw channels.Error("layout", $"joint {missing / gearsPerJoint + 1} has no outputs; add a layout entry for it");
        }

        return [.. outlets.Select(outlet => outlet!.Value)];
    }

    private static ServoChannel[] Calibrate(Entry channels, ImmutableArray<BoardDescription> boards, JointDesign design, int joints,
        Outlet[] outlets)
    {
        int gearsPerJoint = (int)design;
        Entry defaults = channels.Map("defaults");
        Dictionary<int, Entry> overrides = [];
        foreach (Entry entry in channels.List("overrides"))
        {
            int joint = entry.Whole("joint"), gear = entry.Whole("gear");
            if (joint > joints)
            {
                throw entry.Error("joint", $"joint {joint} does not exist; the robot has joints 1 to {joints}");
            }

            if (gear > gearsPerJoint)
            {
                throw entry.Error("gear", $"gear {gear} does not exist; this design has gears 1 to {gearsPerJoint}");
            }

            if (!overrides.TryAdd((joint - 1) * gearsPerJoint + gear - 1, entry))
            {
                throw entry.Error("gear", $"joint {joint} gear {gear} has an override already; merge the two");
            }
        }
        return [.. outlets.Select((outlet, gear) =>
        {
            Calibration calibration = new(defaults, overrides.TryGetValue(gear, out Entry own) ? own : null);
            return calibration.Servo(outlet, (Pca9685)outlet.ChipOf(boards), $"joint {gear / gearsPerJoint + 1} gear " +
                $"{gear % gearsPerJoint + 1}");
        })];
    }
}
