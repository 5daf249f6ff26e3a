using System.CommandLine;
using System.CommandLine.Parsing;
using Ganglion.Physics;
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
        catch (UsageException e)
        {
            Tell(e.Message);
            return BadUsage;
        }
        catch (Exception e) when (IsUsersMatter(e))
        {
            Tell(e.Message);
            return Failed;
        }
    }

    /// <summary>Tells the first fault of a command line that could not be parsed.</summary>
    public static int Usage(ParseResult parsed)
    {
        Tell($"{Words(parsed).TrimEnd('.')}. See `{string.Join(' ', Verbs(parsed).Prepend("ganglion"))} --help`.");
        return BadUsage;
    }

    /// <summary>The verbs of the command line, as in "bench lsnn".</summary>
    private static IEnumerable<string> Verbs(ParseResult parsed)
    {
        var verbs = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Parent: not null } command; result = result.Parent)
        {
            verbs.Push(command.Command.Name);
        }

        return verbs;
    }

    /// <summary>What looks like an option and was taken for an argument, as of a verb that takes files; null if nothing does.</summary>
    public static string? UnknownOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsAsciiLetter(word[1])));

    private static string Words(ParseResult parsed)
    {
        if (UnknownOption(parsed) is { } option)
        {
            return $"there is no option '{option}'";
        }

        string within = string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name));
        if (parsed.UnmatchedTokens is [{ } unknown, ..])
        {
            return unknown.StartsWith('-') ? $"there is no option '{unknown}'"
                : within.Length > 0 ? $"there is no command '{string.Join(' ', Verbs(parsed).Append(unknown))}', only: {within}"
                : $"'{unknown}' is one word too many";
        }

        ParseError error = parsed.Errors[0];
        if (within.Length > 0)
        {
            return $"say which of: {within}";
        }

        if (error.Message.StartsWith("Required argument missing", StringComparison.Ordinal))
        {
            return error.SymbolResult switch
            {
                OptionResult valueless => $"{valueless.Option.Name} needs a value",
                ArgumentResult few => $"{few.Argument.HelpName ?? few.Argument.Name} is " +
                    $"{(few.Tokens.Count == 0 ? "missing" : "not complete")}",
                _ => error.Message,
            };
        }

        // The parser would name the .NET type.
        (Type? type, string name) = error.SymbolResult switch
        {
            OptionResult given => (given.Option.ValueType, given.Option.Name),
            ArgumentResult argument => (argument.Argument.ValueType, argument.Argument.Name),
            _ => ((Type?)null, ""),
        };
        return type != null && IsNumber(type) && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)
            ? $"{name} takes a number, not '{string.Join(' ', error.SymbolResult!.Tokens.Select(token => token.Value))}'"
            : error.Message;
    }

    private static bool IsNumber(Type type)
    {
        Type element = type.GetElementType() ?? type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return element == typeof(int) || element == typeof(long) || element == typeof(ulong) || element == typeof(double);
    }

    /// <summary>Tells a failure as one line on stderr.</summary>
    public static void Tell(string message) => Console.Error.WriteLine($"ganglion: {message.ReplaceLineEndings(" ")}");

    /// <summary>Whether a failure is one that the user can mend, told without a trace.</summary>
    public static bool IsUsersMatter(Exception e) =>
        e is UserException or RobotFileException or PhysicsException or IOException or InvalidDataException or UnauthorizedAccessException;
}

/// <summary>Something the user can mend; the message says what, where and what to do.</summary>
internal sealed class UserException(string message) : Exception(message);

/// <summary>Options that do not go together or lie out of range; the message says what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
