using System.Collections.Immutable;

namespace Ganglion.Robots.Yaml;

/// <summary>The arm's layout and calibration: each gear gets one output, and no output two gears.</summary>
internal static class TrunkArmReader
{
    /// <summary>A gear's place before channels are sorted.</summary>
    private readonly record struct Outlet(int Board, int Chip, int Output);

    public static (ImmutableArray<ChannelDescription>, TrunkArmLayout) Read(Entry robot, ImmutableArray<BoardDescription> boards)
    {
        JointDesign design = robot.Text("design") == "3-geared" ? JointDesign.ThreeGeared : JointDesign.FourGeared;
        int joints = robot.Whole("joints");
        Entry channels = robot.Map("channels");
        Outlet[] outlets = ReadLayout(channels, boards, design, joints);
        ChannelDescription[] byGear = Calibrate(channels, boards, design, joints, outlets);

        int[] order = [.. Enumerable.Range(0, byGear.Length).OrderBy(gear => (outlets[gear].Board, outlets[gear].Chip, outlets[gear].Output))];
        GearChannel[] gears = new GearChannel[byGear.Length];
        int[] used = new int[boards.Length];
        for (int channel = 0; channel < order.Length; channel++)
        {
            int board = outlets[order[channel]].Board;
            gears[order[channel]] = new GearChannel(board, used[board]++, channel);
        }
        return ([.. order.Select(gear => byGear[gear])], new TrunkArmLayout(design, joints, [.. gears]));
    }

    private static Outlet[] ReadLayout(Entry channels, ImmutableArray<BoardDescription> boards, JointDesign design, int joints)
    {
        int gearsPerJoint = (int)design;
        Outlet?[] outlets = new Outlet?[joints * gearsPerJoint];
        Dictionary<Outlet, int> owners = [];
        foreach (Entry run in channels.List("layout"))
        {
            (int first, int last) = run.Range("joints");
            if (last > joints)
                throw run.Error("joints", $"joint {last} does not exist; the robot has joints 1 to {joints}");
            (int board, int chip) = FindChip(run, boards);
            (int firstOutput, int lastOutput) = run.Range("outputs");
            int gears = (last - first + 1) * gearsPerJoint, outputs = lastOutput - firstOutput + 1;
            if (gears != outputs)
                throw run.Error("outputs", $"joints {first}-{last} have {gears} gears but {outputs} outputs are given; the numbers must be equal ({gearsPerJoint} gears a joint)");
            for (int i = 0; i < gears; i++)
            {
                Outlet outlet = new(board, chip, firstOutput + i);
                int gear = (first - 1) * gearsPerJoint + i;
                if (outlets[gear] is not null)
                    throw run.Error("joints", $"joint {gear / gearsPerJoint + 1} already has its outputs; list each joint once");
                if (!owners.TryAdd(outlet, gear))
                    throw run.Error("outputs", $"output {outlet.Output} of chip '{run.Text("chip")}' already drives joint {owners[outlet] / gearsPerJoint + 1}; use a free output");
                outlets[gear] = outlet;
            }
        }
        int missing = Array.IndexOf(outlets, null);
        if (missing >= 0)
            throw channels.Error("layout", $"joint {missing / gearsPerJoint + 1} has no outputs; add a layout entry for it");
        return [.. outlets.Select(outlet => outlet!.Value)];
    }

    private static (int Board, int Chip) FindChip(Entry run, ImmutableArray<BoardDescription> boards)
    {
        string boardId = run.Text("board"), chipId = run.Text("chip");
        int board = IndexOf(boards.Select(candidate => candidate.Id), boardId);
        if (board < 0)
            throw run.Error("board", $"there is no board '{boardId}'; the boards are {string.Join(", ", boards.Select(candidate => candidate.Id))}");
        ImmutableArray<ChipDescription> chips = boards[board].Chips;
        int chip = IndexOf(chips.Select(candidate => candidate.Id), chipId);
        if (chip < 0)
            throw run.Error("chip", $"board '{boardId}' has no chip '{chipId}'; its chips are {string.Join(", ", chips.Select(candidate => candidate.Id))}");
        if (chips[chip] is not Pca9685)
            throw run.Error("chip", $"chip '{chipId}' cannot drive a servo; name a pca9685");
        return (board, chip);
    }

    private static ChannelDescription[] Calibrate(Entry channels, ImmutableArray<BoardDescription> boards, JointDesign design, int joints, Outlet[] outlets)
    {
        int gearsPerJoint = (int)design;
        Entry defaults = channels.Map("defaults");
        Dictionary<int, Entry> overrides = [];
        foreach (Entry entry in channels.List("overrides"))
        {
            int joint = entry.Whole("joint"), gear = entry.Whole("gear");
            if (joint > joints)
                throw entry.Error("joint", $"joint {joint} does not exist; the robot has joints 1 to {joints}");
            if (gear > gearsPerJoint)
                throw entry.Error("gear", $"gear {gear} does not exist; this design has gears 1 to {gearsPerJoint}");
            if (!overrides.TryAdd((joint - 1) * gearsPerJoint + gear - 1, entry))
                throw entry.Error("gear", $"joint {joint} gear {gear} has an override already; merge the two");
        }
        return [.. outlets.Select((outlet, gear) =>
        {
            Calibration calibration = new(defaults, overrides.TryGetValue(gear, out Entry own) ? own : null);
            Pca9685 chip = (Pca9685)boards[outlet.Board].Chips[outlet.Chip];
            return calibration.Channel(outlet.Board, outlet.Chip, outlet.Output, chip);
        })];
    }

    private static int IndexOf(IEnumerable<string> ids, string id) => ids.ToList().IndexOf(id);
}
