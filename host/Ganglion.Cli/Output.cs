using System.Diagnostics;
using System.Text.Json;
using Ganglion.Basics.Text;
using Ganglion.Cli.Printing;
using Ganglion.Live.Tracking;
using Spectre.Console;

namespace Ganglion.Cli;

/// <summary>How verbs print: figures for programs, tables for people, and how it goes for both.</summary>
internal static class Output
{
    /// <summary>How often a line tells how it goes where no line can be written over, as in a pipe or a log file.</summary>
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private const int NarrowestScreen = 40;

    private static volatile bool _drawing;

    /// <summary>Of Ganglion, as in 0.1.0: what each file that a verb writes carries.</summary>
    public static string Version => typeof(Output).Assembly.GetName().Version!.ToString(3);

    /// <summary>Whether stdout is a terminal that can write over a line.</summary>
    private static bool Redraws { get; } = !Console.IsOutputRedirected
        && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb");

    /// <summary>To be called before anything is printed.</summary>
    public static void Prepare()
    {
        // Only what draws may steer the terminal, and it is given nothing but cleaned text.
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Redraws ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Redraws ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = Redraws ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        Console.SetOut(new SafeWriter(Console.Out));
        Console.SetError(new SafeWriter(Console.Error));
    }

    /// <summary>Prints one JSON object on stdout.</summary>
    public static void Json(object figures) => Console.Out.WriteLine(Figures.ToJson(figures));

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
    /// <param name="rows">Cells as they are.</param>
    public static void Table(string[] headers, IEnumerable<string[]> rows)
    {
        foreach (string line in TextTable.Render(headers, rows, Width))
        {
            Line(line);
        }
    }

    /// <summary>Does something that takes long, and shows how it goes: in one line that is written over on a terminal, now and then in a
    /// line of its own in a pipe.</summary>
    /// <param name="quiet">Show nothing.</param>
    /// <param name="title">What it is about, in bold.</param>
    /// <param name="rest">The rest of the first line.</param>
    /// <param name="work">Is given what shows a line.</param>
    public static T Progress<T>(bool quiet, string title, string rest, Func<Action<string>, T> work)
    {
        if (quiet)
        {
            return work(_ => { });
        }

        if (Redraws)
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{Printable.Of(title)}[/]{Printable.Of(rest)}");
            _drawing = true;
            try
            {
                return AnsiConsole.Status().Start("starting", status => work(line => status.Status(Markup.Escape(Printable.Of(line)))));
            }
            finally
            {
                _drawing = false;
            }
        }

        Line(title + rest);
        long told = Stopwatch.GetTimestamp();
        return work(line =>
        {
            if (Stopwatch.GetElapsedTime(told) >= LineEvery)
            {
                told = Stopwatch.GetTimestamp();
                Line(line);
            }
        });
    }

    /// <summary>A line of text as it is, without wrapping and markup; also while a <see cref="Progress"/> runs.</summary>
    public static void Line(string text)
    {
        if (_drawing)
        {
            AnsiConsole.WriteLine(Printable.Of(text)); // above the line that is written over
        }
        else
        {
            Console.Out.WriteLine(text);
        }
    }

    private static int Width => Console.IsOutputRedirected || Console.WindowWidth < NarrowestScreen ? int.MaxValue : Console.WindowWidth;
}
