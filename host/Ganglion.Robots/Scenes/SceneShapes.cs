using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Scenes;

/// <summary>The shape of a scene file.</summary>
internal static class SceneShapes
{
    /// <summary>Clearance that is kept where nobody says otherwise, mm.</summary>
    public const double UsualClearance = 5;

    private const double Far = 10_000, Least = 0.1;

    private static readonly Field Name = new("name", new TextShape("What it is called in messages", Pattern: "^[a-z0-9][a-z0-9 -]{0,63}$",
        Hint: "use lower-case letters, digits, spaces and dashes"));

    private static readonly Field Hidden = new("hidden", new FlagShape("true: it is there, but who plans the way is not told; only the " +
        "distance sensors of a simulated arm see it", Default: false));

    private static readonly Field Radius = new("radius_mm", new NumberShape("Its radius, mm", Least, Far));

    private static readonly VariantShape Obstacle = new("Something that the arm keeps away from", "shape",
        ("sphere", new MapShape("A ball", Kind("sphere"), Name, Point("centre_mm", "Its centre"), Radius, Hidden)),
        ("box", new MapShape("A box", Kind("box"), Name, Point("centre_mm", "Its centre"),
            new("size_mm", new MapShape("Lengths of its edges, mm", Length("x"), Length("y"), Length("z"))),
            new("turn_deg", new NumberShape("Its turn about the vertical, degrees", -360, 360, Default: 0)), Hidden)),
        ("capsule", new MapShape("A rod with round ends", Kind("capsule"), Name, Point("from_mm", "One end of its axis"),
            Point("to_mm", "The other end of its axis"), Radius, Hidden)));

    /// <summary>A whole scene file.</summary>
    public static readonly VariantShape Scene = new("What stands around an arm", "kind",
        ("scene", new MapShape("Obstacles in the arm's base frame: x forward, y left, z up from its base",
            new("kind", new TextShape("Kind of file", Allowed: ["scene"])),
            new("name", new TextShape("Name of the scene", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits " +
                "and dashes")),
            new("clearance_mm", new NumberShape("Least distance of the arm's body from table, obstacles and itself, mm", 1, 100,
                Default: UsualClearance)),
            new("table", new FlagShape("Whether the arm stands on a level table", Default: true)),
            new("table_mm", new NumberShape("Height of the table, mm; below 0 where the arm stands on a post", -Far, 0, Default: 0)),
            new("obstacles", new ListShape("What else stands there", Obstacle, 1, 64), Optional: true))));

    private static Field Kind(string name) => new("shape", new TextShape("Its shape", Allowed: [name]));

    private static Field Length(string axis) => new(axis, new NumberShape($"Along its {axis}, mm", Least, Far));

    private static Field Point(string key, string meaning) => new(key, new MapShape($"{meaning}, mm",
        new("x", new NumberShape("Forward, mm", -Far, Far)),
        new("y", new NumberShape("To the left, mm", -Far, Far)),
        new("z", new NumberShape("Up, mm", -Far, Far))));
}
