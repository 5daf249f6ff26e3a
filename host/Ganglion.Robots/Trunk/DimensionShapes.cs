using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trunk;

/// <summary>The shapes of an arm's dimensions, and of what a simulated arm is really like.</summary>
internal static class DimensionShapes
{
    private const double MostMass = 100_000, MostSag = 90;

    private static readonly Field[] OfJoint = [.. TrunkDimension.FourGeared.Select(dimension => (dimension, 4))
        .Concat(TrunkDimension.ThreeGeared.Where(three => TrunkDimension.FourGeared.All(four => four.Key != three.Key))
            .Select(dimension => (dimension, 3)))
        .Select(one => Key(one.dimension, Of(one.dimension.Key, one.Item2)))];

    private static readonly Field Joint = new("joint", new NumberShape("Joint, from 1 at the base", 1, RobotShapes.MaxJoints, Whole: true)),
        Gear = new("gear", new NumberShape("Gear of that joint, from 1", 1, 4, Whole: true)),
        Offset = new("offset", new NumberShape("Where the gear stands when it is told 0, parts of its travel; 0 if nothing says otherwise",
            -TrunkDimension.MostOffset, TrunkDimension.MostOffset), Optional: true);

    private static readonly Field[] Lengths =
    [
        .. OfJoint,
        Key(TrunkDimension.FourGearedTool, $"{InFile(TrunkDimension.FourGearedTool)} (4-geared) or " +
            $"{InFile(TrunkDimension.ThreeGearedTool)} (3-geared) if nothing says otherwise"),
        new("joints", new ListShape("Dimensions of single joints", new MapShape("A joint's own dimensions", [Joint, .. OfJoint]), 1,
            RobotShapes.MaxJoints), Optional: true),
    ];

    /// <summary>What an arm measures.</summary>
    public static readonly Field Dimensions = new("dimensions", new MapShape("Dimensions of the arm where they are not the drawings'",
    [
        .. Lengths,
        new("gears", new ListShape("Single gears", new MapShape("A gear", Joint, Gear, Offset with { Optional = false }), 1,
            4 * RobotShapes.MaxJoints), Optional: true),
    ]), Optional: true);

    /// <summary>What a simulated arm measures.</summary>
    public static readonly Field Body = new("body", new MapShape("What a simulated arm is really like where that is not what is " +
        "described: no controller knows of it, and a real arm is what it is",
    [
        .. Lengths,
        new("gears", new ListShape("Single gears", new MapShape("A gear", Joint, Gear, Offset,
            new("backlash", new NumberShape("Play between the gear's servo and what it moves, parts of its travel", 0, 0.5, Default: 0)),
            new("dead_at", new NumberShape("The gear stands still there whatever it is told, part of its travel", 0, 1), Optional: true)),
            1, 4 * RobotShapes.MaxJoints), Optional: true),
        new("sag_deg_per_nm", new NumberShape("So far each joint yields to the weight of what it carries, degrees per N m", 0, MostSag,
            Default: 0)),
        new("module_g", new NumberShape("Mass of a module, g", 0, MostMass, Default: 100)),
        new("load_g", new NumberShape("Mass at the tool tip, g", 0, MostMass, Default: 0)),
    ]), Optional: true);

    private static Field Key(TrunkDimension dimension, string otherwise) =>
        new(dimension.Key, new NumberShape($"{dimension.Meaning}; {otherwise}", dimension.Min, dimension.Max), Optional: true);

    private static string Of(string key, int gears)
    {
        TrunkDimension? four = TrunkDimension.FourGeared.FirstOrDefault(one => one.Key == key),
            three = TrunkDimension.ThreeGeared.FirstOrDefault(one => one.Key == key);
        return four is not null && three is not null
            ? $"{InFile(four)} (4-geared) or {InFile(three)} (3-geared) if nothing says otherwise"
            : $"{gears}-geared joints only, {InFile(four ?? three!)} if nothing says otherwise";
    }

    /// <summary>The drawings' value in the file's unit.</summary>
    private static string InFile(TrunkDimension dimension) =>
        (dimension.Standard / dimension.Unit).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
