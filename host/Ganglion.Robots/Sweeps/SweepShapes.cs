using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Sweeps;

/// <summary>The shape of a sweep file.</summary>
internal static class SweepShapes
{
    /// <summary>A whole sweep file.</summary>
    public static readonly VariantShape Sweep = new("A command with many options", "kind",
        ("sweep", new MapShape("A command that is run with every combination of some words",
            new("kind", new TextShape("Kind of file", Allowed: ["sweep"])),
            new("name", new TextShape("Name of the sweep", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits " +
                "and dashes")),
            new("command", new TextShape("The command without `ganglion`, such as `walk {trial} --seeds {seeds}`; each name in braces " +
                "stands for a word of the grid, and it has to be a command that has --json", Pattern: "^[^\\r\\n]{1,2000}$")),
            new("grid", new ListShape("What is varied; the last changes fastest", new MapShape("Words that take turns",
                new("name", new TextShape("Its name in the command, and its column in the table", Pattern: "^[a-z][a-z0-9_]{0,31}$", Hint:
                    "use lower-case letters, digits and underscores")),
                new("values", new ListShape("The words", new WordShape("A word"), 1, 10_000))), 1, 12)))));
}
