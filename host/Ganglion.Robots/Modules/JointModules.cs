using System.Collections.Immutable;
using System.Globalization;
using Ganglion.Basics.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Modules;

/// <summary>The modules of a robot.</summary>
public static class JointModules
{
    // Strokes are linear in tilts and stretch (README.md of the trunk's joints); the tilts of a 3-geared joint are those about one gear's
    // own direction and across it. A gear of four that moves takes the others along by a third each (g0 + g2 = g1 + g3).
    private static readonly ImmutableArray<JointAxis> FourGeared =
        [new("tilt x", [-1, 0, 1, 0]), new("tilt y", [0, 1, 0, -1]), new("stretch", [1, 1, 1, 1])];

    private static readonly ImmutableArray<JointAxis> ThreeGeared =
        [new("tilt x", [1, -0.5, -0.5]), new("tilt y", [0, 1, -1]), new("stretch", [1, 1, 1])];

    /// <summary>All that move by servos, from the base to the tip or in the order of the channels; none where the robot has valves
    /// only.</summary>
    public static ImmutableArray<JointModule> Of(RobotDescription robot) => robot.TrunkArm is { } trunk
        ? [.. Enumerable.Range(0, trunk.Joints).Select(joint => OfTrunk(trunk, joint))]
        : [.. Enumerable.Range(0, robot.Channels.Length).Where(channel => robot.Channels[channel] is ServoChannel)
            .Select(channel => OfChannel(robot, channel))];

    /// <summary>The module that a user names.</summary>
    /// <param name="modules">As <see cref="Of"/> gives them.</param>
    /// <param name="name">Its name, or the number of its channel.</param>
    /// <param name="why">Where there is none: why, with the names that there are; else empty.</param>
    public static JointModule? Find(ImmutableArray<JointModule> modules, string name, out string why)
    {
        JointModule? found = modules.FirstOrDefault(module => module.Name == name)
            ?? (modules.All(module => module.Channels.Length == 1)
                ? modules.FirstOrDefault(module => module.Channels[0].ToString(CultureInfo.InvariantCulture) == name)
                : null);
        string[] names = [.. modules.Select(module => module.Name)];
        string list = names.Length > 1 && names.All(one => int.TryParse(one, out _)) ? $"{names[0]} to {names[^1]}"
            : string.Join(", ", names);
        why = found != null ? "" : $"there is no module '{name}'; {Spelling.DidYouMean(name, names)}they are {list}";
        return found;
    }

    private static JointModule OfTrunk(TrunkArmLayout trunk, int joint)
    {
        int count = trunk.GearsPerJoint;
        GearChannel[] gears = [.. Enumerable.Range(0, count).Select(gear => trunk[joint, gear])];
        return new JointModule($"{joint + 1}", gears[0].Board, [.. gears.Select(gear => gear.Channel)],
            trunk.Design == JointDesign.FourGeared ? FourGeared : ThreeGeared,
            [.. Enumerable.Range(0, count).Select(gear => new JointAxis($"gear {gear + 1}", [.. Enumerable.Range(0, count).Select(other =>
                other == gear ? 1 : trunk.Design == JointDesign.ThreeGeared ? 0 : (other - gear) % 2 == 0 ? -1.0 / 3 : 1.0 / 3)]))]);
    }

    private static JointModule OfChannel(RobotDescription robot, int channel)
    {
        string? joint = robot.Walker?.Joints.FirstOrDefault(one => one.Channel == channel)?.Name;
        string name = joint ?? robot.Channels[channel].Name;
        ImmutableArray<JointAxis> turn = [new("turn", [1])];
        return new JointModule(name.Length > 0 ? name : $"{channel}", robot.Channels[channel].Board, [channel], turn, turn);
    }
}
