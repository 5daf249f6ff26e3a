using System.CommandLine;
using System.CommandLine.Parsing;
using Ganglion.Basics.Text;

namespace Ganglion.Cli.Parsing;

/// <summary>
/// Options and arguments that are numbers: all are read by <see cref="NumberText"/> and held within bounds before a verb begins, so that
/// nothing absurd reaches what works with it.
/// </summary>
internal static class Numeric
{
    /// <summary>An option that is a number.</summary>
    /// <typeparam name="T">int, long, double, or one of them with ?, where leaving it out means something of its own.</typeparam>
    public static Option<T> Option<T>(string name, string about, Bounds bounds) => new(name)
    {
        Description = about,
        CustomParser = result => (T)Read(result, name, bounds, typeof(T))!,
    };

    /// <summary>The same with what holds where it is left out.</summary>
    public static Option<T> Option<T>(string name, string about, Bounds bounds, T fallback)
    {
        Option<T> option = Option<T>(name, about, bounds);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    /// <summary>--threads.</summary>
    /// <param name="about">What they do.</param>
    /// <param name="most">By default as many as the machine has cores, but not more than this.</param>
    public static Option<int> Threads(string about, int most = 2) =>
        Option("--threads", about, Bounds.Threads, Math.Clamp(Environment.ProcessorCount, 1, most));

    /// <summary>Several numbers after one option, such as seeds.</summary>
    public static Option<ulong[]> Seeds(string name, string about) => new(name)
    {
        Description = about,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(token =>
            Whole(result, name, token.Value, new Bounds(0, ulong.MaxValue)) is { } seed ? (ulong)seed : 0)],
    };

    /// <summary>Several numbers in a row.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">Of the argument, for messages.</param>
    /// <param name="bounds">By place.</param>
    /// <returns>As many as are numbers within the bounds; the rest is told.</returns>
    public static double[] Row(ArgumentResult result, string name, Func<int, Bounds> bounds)
    {
        double[] row = new double[result.Tokens.Count];
        for (int i = 0; i < row.Length; i++)
        {
            if (Real(result, name, result.Tokens[i].Value, bounds(i)) is not { } value)
            {
                return [];
            }

            row[i] = value;
        }

        return row;
    }

    private static object? Read(ArgumentResult result, string name, Bounds bounds, Type type)
    {
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (wanted == typeof(double))
        {
            return Real(result, name, text, bounds) ?? 0;
        }

        long whole = (long)(Whole(result, name, text, bounds) ?? 0);
        return wanted == typeof(int) ? (object)(int)whole : whole;
    }

    private static double? Real(ArgumentResult result, string name, string text, Bounds bounds)
    {
        if (!NumberText.TryRead(text, out double value))
        {
            result.AddError($"{name} takes a number, not '{text}'{NumberText.Hint(text, whole: false)}");
            return null;
        }

        return Within(result, name, text, value, bounds) ? value : null;
    }

    private static Int128? Whole(ArgumentResult result, string name, string text, Bounds bounds)
    {
        if (!NumberText.TryReadWhole(text, out Int128 value))
        {
            result.AddError($"{name} takes a whole number, not '{text}'{NumberText.Hint(text, whole: true)}");
            return null;
        }

        return Within(result, name, text, (double)value, bounds) ? value : null;
    }

    private static bool Within(ArgumentResult result, string name, string text, double value, Bounds bounds)
    {
        if (!bounds.Holds(value))
        {
            result.AddError($"{name} is {bounds}, not {text}");
            return false;
        }

        return true;
    }
}
