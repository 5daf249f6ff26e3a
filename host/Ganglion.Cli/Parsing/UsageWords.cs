using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Ganglion.Basics.Text;

namespace Ganglion.Cli.Parsing;

/// <summary>What is wrong with a command line, in the words of its user.</summary>
internal static partial class UsageWords
{
    /// <summary>Whether a verb can begin: the parser found no fault, no argument looks like an option, and nothing is empty.</summary>
    public static bool AreGood(ParseResult parsed) => parsed.Errors.Count == 0 && UnknownOption(parsed) == null && Empty(parsed) == null;

    /// <summary>The first fault in a sentence, and where to read on.</summary>
    public static string Of(ParseResult parsed)
    {
        string fault = Fault(parsed).TrimEnd('.', ' ');
        return $"{fault}{(fault.EndsWith('?') ? "" : ".")} See `{string.Join(' ', Verbs(parsed).Prepend("ganglion"))} --help`.";
    }

    /// <summary>The verbs of the command line, as in "bench lsnn".</summary>
    public static IEnumerable<string> Verbs(ParseResult parsed)
    {
        var verbs = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Parent: not null } command; result = result.Parent)
        {
            verbs.Push(command.Command.Name);
        }

        return verbs;
    }

    /// <summary>What looks like an option and was taken for an argument, as of a verb that takes files; null if nothing does.</summary>
    private static string? UnknownOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsAsciiLetter(word[1])));

    /// <summary>The option or argument that was given as nothing, as by "$PORT" without such a variable; null if none was.</summary>
    private static string? Empty(ParseResult parsed) => parsed.CommandResult.Children
        .Where(child => child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(child => child switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => argument.Argument.HelpName ?? argument.Argument.Name,
            _ => "a word",
        }).FirstOrDefault();

    private static string Fault(ParseResult parsed)
    {
        if (Empty(parsed) is { } empty)
        {
            return $"{empty} is empty: give it a value, or leave it out";
        }

        if (UnknownOption(parsed) is { } option)
        {
            return NoOption(parsed, option);
        }

        string[] within = [.. parsed.CommandResult.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];
        if (parsed.UnmatchedTokens is [{ } unknown, ..])
        {
            return unknown.StartsWith('-') ? NoOption(parsed, unknown)
                : within.Length > 0 ? $"there is no command '{string.Join(' ', Verbs(parsed).Append(unknown))}', only: " +
                    $"{string.Join(", ", within)}{Suffix(unknown, within)}"
                : parsed.Errors.FirstOrDefault(fault => fault.SymbolResult is ArgumentResult or OptionResult) is { } first
                    ? Fault(first)
                : $"'{unknown}' is one word too many";
        }

        return within.Length > 0 ? $"say which of: {string.Join(", ", within)}" : Fault(parsed.Errors[0]);
    }

    private static string NoOption(ParseResult parsed, string given) =>
        $"there is no option '{given}'" + Suffix(given, parsed.CommandResult.Command.Options.SelectMany(option =>
            option.Aliases.Append(option.Name)));

    private static string Suffix(string given, IEnumerable<string> known) =>
        Spelling.DidYouMean(given, known) is { Length: > 0 } question ? $"; {question}" : "";

    private static string Fault(ParseError error)
    {
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

        // Of an option that takes one of some words, the parser lists the words in lines of their own.
        if (error.Message.Contains("Must be one of", StringComparison.Ordinal) && error.SymbolResult is { } result)
        {
            string[] quoted = [.. Quoted().Matches(error.Message).Select(match => match.Groups[1].Value)];
            string name = result is OptionResult of ? of.Option.Name : result.Parent is OptionResult up ? up.Option.Name : "";
            return $"{name} is one of {string.Join(", ", quoted.Skip(1))}, not '{quoted[0]}'{Suffix(quoted[0], quoted.Skip(1))}";
        }

        return error.SymbolResult is OptionResult many && error.Message.Contains("single argument", StringComparison.Ordinal)
            ? $"{many.Option.Name} is given more than once" : error.Message;
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
