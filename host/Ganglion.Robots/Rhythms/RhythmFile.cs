using System.Text.RegularExpressions;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Rhythms;

/// <summary>
/// Reads rhythm files (YAML; the shipped ones are in hardware/rhythms, their schema in hardware/schemas). A rhythm is judged
/// for the board that is to play it: what the board would refuse is refused here, with its line.
/// </summary>
public static class RhythmFile
{
    /// <summary>Loads a rhythm for a board of a robot.</summary>
    /// <param name="path">The rhythm file.</param>
    /// <param name="robot">The robot that is to play it.</param>
    /// <param name="board">Index of its board: the rhythm's channels are numbered on that board.</param>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static RhythmDescription Load(string path, RobotDescription robot, int board = 0) =>
        Parse(YamlSource.ReadFile(path, "a rhythm file"), path, robot, board);

    /// <summary>The name of a rhythm that will be written to a file: the file's.</summary>
    /// <exception cref="RobotFileException">No rhythm may be called so.</exception>
    public static string NameFor(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        return Regex.IsMatch(name, RhythmShapes.NamePattern) ? name : throw new RobotFileException(path, 1, 1, $"a rhythm is called as " +
            $"its file, and '{name}' is no name for one; use letters, digits and dashes");
    }

    /// <summary>Checks a rhythm given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The rhythm is refused.</exception>
    public static RhythmDescription Parse(ReadOnlySpan<byte> utf8, string file, RobotDescription robot, int board = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(board);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(board, robot.Boards.Length);
        var source = YamlSource.Parse(utf8, file);
        return RhythmReader.Read(Entry.Checked(source, RhythmShapes.Rhythm, "rhythm"), source.Hash, robot, board);
    }
}
