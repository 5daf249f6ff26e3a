using System.CommandLine;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>Where the signals of a rhythm are written to; null: nowhere.</summary>
/// <param name="Csv">A table.</param>
/// <param name="Svg">A picture.</param>
/// <param name="Log">A new MCAP log.</param>
internal sealed record SignalFiles(string? Csv, string? Svg, string? Log)
{
    /// <summary>Refuses, before the work, places that could not be written after it.</summary>
    public void Check()
    {
        Cli.Files.Check(Csv);
        Cli.Files.Check(Svg);
        if (Log != null && File.Exists(Log))
        {
            throw new UserException($"{Log}: there is a log of that name already, and logs are not overwritten. Give another name.");
        }
    }

    /// <summary>Writes what was asked for.</summary>
    /// <param name="signals">For table and log.</param>
    /// <param name="picture">Draws the SVG.</param>
    /// <param name="made">What the log was made from.</param>
    public void Write(Signals signals, Func<string> picture, IEnumerable<KeyValuePair<string, string>> made)
    {
        if (Csv != null)
        {
            signals.WriteCsv(Csv);
        }

        if (Log != null)
        {
            signals.WriteLog(Log, made);
        }

        Draw(picture);
    }

    /// <summary>Writes the picture, if one was asked for.</summary>
    public void Draw(Func<string> picture)
    {
        if (Svg != null)
        {
            Cli.Files.WriteWhole(Svg, picture());
        }
    }
}

/// <summary>The options of <see cref="SignalFiles"/>.</summary>
internal sealed class SignalFileOptions
{
    private readonly Option<FileInfo?> _csv = new("--csv") { Description = "Write all signals to this table.", HelpName = "FILE" };

    private readonly Option<FileInfo?> _svg = new("--svg")
    {
        Description = "Draw traces and phase portraits to this SVG.",
        HelpName = "FILE"
    };

    private readonly Option<FileInfo?> _log = new("--log")
    {
        Description = "Record all signals to this MCAP file (see `ganglion log`).",
        HelpName = "FILE"
    };

    public void AddTo(Command command)
    {
        command.Add(_csv);
        command.Add(_svg);
        command.Add(_log);
    }

    public SignalFiles Of(ParseResult result) => new(result.GetValue(_csv)?.FullName, result.GetValue(_svg)?.FullName,
        result.GetValue(_log)?.FullName);
}
