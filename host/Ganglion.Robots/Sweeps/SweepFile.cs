using System.Text.RegularExpressions;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Sweeps;

/// <summary>Reads sweeps (YAML; the shipped ones are in hardware/sweeps, their schema in hardware/schemas).</summary>
public static partial class SweepFile
{
    /// <summary>Loads a sweep.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static SweepDescription Load(string path) => Parse(YamlSource.ReadFile(path, "a sweep file"), path);

    /// <summary>Checks a sweep given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The sweep is refused.</exception>
    public static SweepDescription Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var root = Entry.Checked(YamlSource.Parse(utf8, file), SweepShapes.Sweep, "sweep");
        string command = root.Text("command");
        var names = new List<string>();
        foreach (Entry axis in root.List("grid"))
        {
            string name = axis.Text("name");
            if (names.Contains(name))
            {
                throw axis.Error("name", $"'{name}' is there twice; give each axis a name of its own");
            }

            if (!command.Contains($"{{{name}}}", StringComparison.Ordinal))
            {
                throw axis.Error("name", $"the command has no {{{name}}}, so that nothing would change; put it where its values belong");
            }

            if (axis.Words("values") is var values && values.Distinct().Count() < values.Length)
            {
                throw axis.Error("values", "a value is there twice; name each once");
            }

            names.Add(name);
        }

        if (Names().Matches(command).Select(match => match.Groups[1].Value).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw root.Error("command", $"{{{unknown}}} is not in the grid; there are: {string.Join(", ", names)}");
        }

        var sweep = new SweepDescription(root.Text("name"), [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            [.. root.List("grid").Select(axis => new SweepAxis(axis.Text("name"), [.. axis.Words("values")]))]);
        return sweep.Count <= SweepDescription.MostPoints ? sweep
            : throw root.Error("grid", $"it has {sweep.Count} points, and {SweepDescription.MostPoints} are the most; split it");
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Names();
}
