using System.Text.Json;
using System.Text.Json.Serialization;
using Ganglion.Live.Tracking;
using Spectre.Console;

namespace Ganglion.Cli;

/// <summary>How verbs print: figures for programs, tables for people.</summary>
internal static class Output
{
    /// <summary>Columns where there is no screen to measure: rows stay on one line for grep.</summary>
    private const int RedirectedWidth = 240;

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    /// <summary>Of Ganglion, as in 0.1.0: what each file that a verb writes carries.</summary>
    public static string Version => typeof(Output).Assembly.GetName().Version!.ToString(3);

    /// <summary>To be called before anything is printed.</summary>
    public static void Prepare()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>Prints one JSON object on stdout.</summary>
    public static void Json(object figures) => Console.Out.WriteLine(JsonSerializer.Serialize(figures, Options));

    /// <summary>Rounds to a number of significant places that people read.</summary>
    public static double Round(double value, int digits = 4) =>
        double.IsFinite(value) ? Math.Round(value, digits) : value;

    /// <summary>What a tracker sent, for a JSON object.</summary>
    public static object Tracker(TrackerStatistics statistics) => new
    {
        statistics.Accepted,
        Refused = statistics.Refused.ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key.ToString()), pair => pair.Value),
        statistics.LastRefusal,
    };

    /// <summary>Prints a table.</summary>
    /// <param name="headers">One a column; a column whose header starts with a blank is aligned to the right.</param>
    /// <param name="rows">Cells as they are, without markup.</param>
    public static void Table(string[] headers, IEnumerable<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in headers)
        {
            var column = new TableColumn(new Text(header.Trim()));
            table.AddColumn(header.StartsWith(' ') ? column.RightAligned() : column);
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>A line that begins with what it is about, in bold.</summary>
    public static void Titled(string title, string rest) => AnsiConsole.MarkupLineInterpolated($"[bold]{title}[/]{rest}");

    /// <summary>A line of text as it is, without wrapping and markup.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);
}
