namespace Ganglion.Robots.Yaml;

/// <summary>A description file, of a robot or a rhythm, is refused. The message reads "file:line:column: what is wrong; what to
/// do".</summary>
public sealed class RobotFileException(string file, int line, int column, string problem)
    : Exception($"{file}:{line}:{column}: {problem}")
{
    public string File { get; } = file;

    /// <summary>Line of the fault, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column of the fault, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What is wrong and what to do, without the place.</summary>
    public string Problem { get; } = problem;
}
