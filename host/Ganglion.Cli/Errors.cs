using System.CommandLine;
using Ganglion.Robots;

namespace Ganglion.Cli;

/// <summary>Exit codes of every verb, and how a failure is told.</summary>
internal static class Errors
{
    public const int Ok = 0;

    /// <summary>The command could not do what it was asked.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int BadUsage = 2;

    /// <summary>It ran, and what it measured misses its own bar (a target not reached, a log cut short).</summary>
    public const int Missed = 3;

    /// <summary>Ended by Ctrl-C before it was done.</summary>
    public const int Interrupted = 130;

    /// <summary>Tells what was wrong with the command line, in one line.</summary>
    public static int Usage(ParseResult parsed)
    {
        string verb = parsed.CommandResult.Command is RootCommand ? "ganglion" : $"ganglion {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"{verb}: {parsed.Errors[0].Message} See {verb} --help.");
        return BadUsage;
    }

    /// <summary>Runs a verb; what users can cause becomes one line on stderr, what only we can cause keeps its trace.</summary>
    public static int Guard(Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception e) when (IsUsersMatter(e))
        {
            Console.Error.WriteLine($"ganglion: {e.Message}");
            return Failed;
        }
    }

    private static bool IsUsersMatter(Exception e) =>
        e is UserException or RobotFileException or IOException or InvalidDataException or UnauthorizedAccessException;
}

/// <summary>Something the user can mend; the message says what, where and what to do.</summary>
internal sealed class UserException(string message) : Exception(message);
