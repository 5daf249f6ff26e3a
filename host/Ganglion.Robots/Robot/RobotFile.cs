using System.Text.RegularExpressions;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Robot;

/// <summary>Reads robot descriptions (YAML; the shipped ones are in hardware/robots, their schema in hardware/schemas).</summary>
public static class RobotFile
{
    /// <summary>Loads and checks a description.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static RobotDescription Load(string path) => Parse(YamlSource.ReadFile(path, "a robot description"), path);

    /// <summary>The name of a robot whose description will be written to a file: the file's.</summary>
    /// <exception cref="RobotFileException">No robot may be called so.</exception>
    public static string NameFor(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        return Regex.IsMatch(name, RobotShapes.NamePattern) ? name : throw new RobotFileException(path, 1, 1, "a robot is called as its " +
            $"file, and '{name}' is no name for one; use letters, digits and dashes");
    }

    /// <summary>Checks a description given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The description is refused.</exception>
    public static RobotDescription Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var source = YamlSource.Parse(utf8, file);
        return RobotReader.Read(Entry.Checked(source, RobotShapes.Robot, "robot"), source.Hash);
    }
}
