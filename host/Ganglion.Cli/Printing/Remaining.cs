using System.Diagnostics;

namespace Ganglion.Cli.Printing;

/// <summary>How long work of many parts will take, from those that are done.</summary>
internal sealed class Remaining
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Since this was made.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>As the end of a line, such as ", about 2:05 left"; empty before the first part and after the last.</summary>
    /// <param name="done">Parts done since this was made.</param>
    /// <param name="all">Parts to be done in all since then.</param>
    public string After(double done, double all) => done <= 0 || done >= all ? ""
        : $", about {Span(Elapsed * (all / done - 1))} left";

    /// <summary>A time as people read it: 2:05, or 1:02:05.</summary>
    public static string Span(TimeSpan span) => span.TotalHours >= 1 ? $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}"
        : $"{(int)span.TotalMinutes}:{span.Seconds:00}";
}
