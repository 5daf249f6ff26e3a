using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Physics;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Yaml;

namespace Ganglion.Cli;

/// <summary>Exit codes of every verb, and how a failure is told: one line on stderr.</summary>
internal static class Errors
{
    public const int Ok = 0;

    /// <summary>The command could not do what it was asked.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int BadUsage = 2;

    /// <summary>It ran, and what it measured misses its own bar (a target not reached, a log cut short).</summary>
    public const int Missed = 3;

    /// <summary>Ended by Ctrl-C before it was done.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a verb; whatever goes wrong in it becomes one line on stderr.</summary>
    public static int Guard(Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception e)
        {
            return Told(e);
        }
    }

    /// <summary>Lets no failure of another thread reach the terminal as a trace: the line of <see cref="Guard"/>, and the end.</summary>
    public static void GuardThreads() => AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        Environment.Exit(Told((Exception)failure.ExceptionObject));

    /// <summary>Tells the first fault of a command line that could not be parsed.</summary>
    public static int Usage(ParseResult parsed)
    {
        Tell(UsageWords.Of(parsed));
        return BadUsage;
    }

    /// <summary>One line on stderr.</summary>
    public static void Tell(string message) => Console.Error.WriteLine($"ganglion: {Printable.Of(message.ReplaceLineEndings(" "))}");

    /// <summary>Tells a failure, and gives its exit code.</summary>
    public static int Told(Exception failure)
    {
        // What several threads failed of, or a type that could not be prepared, hides what matters.
        while (failure is AggregateException or TypeInitializationException or TargetInvocationException
            && failure.InnerException is { } inner)
        {
            failure = inner;
        }

        switch (failure)
        {
            case OperationCanceledException:
                return Interrupted;
            case UsageException:
                // All ranks have the same command line, and one of them tells.
                if (Launch.Here.Rank == 0)
                {
                    Tell(failure.Message);
                }

                return BadUsage;
            case OutOfMemoryException or InsufficientExecutionStackException:
                Tell("this needs more memory than there is: ask for less (fewer neurons, samples, threads or seeds).");
                return Failed;
            case DirectoryNotFoundException gone when gone.Message.Split('\'') is [_, string path, _]:
                Tell($"{path}: there is no such file, and no such folder. Make it, or name one that is there.");
                return Failed;
            case FileNotFoundException { FileName: { } path } when Path.IsPathRooted(path):
                Tell($"{path}: there is no such file. Name one that is there.");
                return Failed;
            case UnauthorizedAccessException refused when refused.Message.Split('\'') is [_, string path, _]:
                Tell(Directory.Exists(path) ? $"{path}: this is a folder. Name a file."
                    : $"{path}: this user may not use it so. Look at its rights, or name another file.");
                return Failed;
            case UserException or RobotFileException or PhysicsException or IOException or InvalidDataException
                or UnauthorizedAccessException:
                Tell(failure.Message);
                return Failed;
            default:
                Tell($"this is a fault of the program, not yours: {failure.GetType().Name} in {Place(failure)}: " +
                    $"{failure.Message.TrimEnd('.')}. Please report it with the command line.");
                return Failed;
        }
    }

    /// <summary>The innermost method of ours that the failure passed.</summary>
    private static string Place(Exception failure) => new StackTrace(failure).GetFrames().Select(frame => frame.GetMethod())
        .FirstOrDefault(method => method?.DeclaringType?.FullName?.StartsWith("Ganglion.", StringComparison.Ordinal) == true) is { } ours
        ? $"{ours.DeclaringType!.FullName}.{ours.Name}" : failure.Source ?? "an unknown place";
}

/// <summary>Something the user can mend; the message says what, where and what to do.</summary>
internal sealed class UserException(string message) : Exception(message);

/// <summary>Options that do not go together or lie out of range; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
