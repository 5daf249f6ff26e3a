using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ganglion.Conformance.Tests.House;

/// <summary>What .editorconfig asks for and neither compiler nor formatter holds, over every file that git knows.</summary>
public sealed partial class DialectTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 300;
    private const int LargestFolder = 16;

    private static readonly string[] Tracked = Git("ls-files --cached --others --exclude-standard");

    [Fact]
    public void No_line_is_longer_than_140_columns() => None(
        from file in Sources()
        from line in Lines(file).Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > LongestLine
        select $"{file}:{line.Number} has {line.Text.Length} columns");

    /// <summary>A point at the start of a number is easily overlooked.</summary>
    [Fact]
    public void A_number_begins_with_a_digit() => None(
        from file in Sources()
        from line in Lines(file).Select((text, index) => (Text: Strings().Replace(text, "\"\""), Number: index + 1))
        where BarePoint().IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    /// <summary>Those of .NET before all others, each by its name; plain ones, static ones and aliases apart.</summary>
    [Fact]
    public void Usings_are_in_order() => None(
        from file in Sources()
        let usings = Lines(file).Select(line => Using().Match(line)).Where(match => match.Success)
            .Select(match => (Kind: match.Groups["kind"].Value, Name: match.Groups["name"].Value)).ToArray()
        from pair in usings.Zip(usings.Skip(1))
        where pair.First.Kind == pair.Second.Kind && string.CompareOrdinal(Rank(pair.First.Name), Rank(pair.Second.Name)) > 0
        select $"{file}: {pair.Second.Name} stands behind {pair.First.Name}");

    [Fact]
    public void A_file_holds_one_idea_in_at_most_300_lines() => None(
        from file in Sources()
        where !file.StartsWith("tests/", StringComparison.Ordinal)
        where !Lines(file)[0].Contains("generated", StringComparison.OrdinalIgnoreCase)
        let length = Lines(file).Length
        where length > LongestFile
        select $"{file} has {length} lines");

    [Fact]
    public void A_folder_holds_at_most_16_files() => None(
        from file in Tracked
        group file by Path.GetDirectoryName(file) into folder
        where folder.Count() > LargestFolder
        select $"{folder.Key} has {folder.Count()} files");

    /// <summary>What ordinal order sorts as the house does: .NET's own first, and a namespace before those below it.</summary>
    private static string Rank(string name) =>
        (name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? "0" : "1") + name.Replace('.', '\0').ToUpperInvariant();

    private static void None(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static IEnumerable<string> Sources() => Tracked.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    private static string[] Lines(string file) => File.ReadAllLines(Images.InRepository(file));

    private static string[] Git(string arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Images.InRepository("") };
        using Process git = Process.Start(start)!;
        string text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Images.InRepository(file)))];
    }

    [GeneratedRegex(@"^using (?<kind>static )?(?<name>[\w.]+);$")]
    private static partial Regex Using();

    [GeneratedRegex(@"(\$@?|@\$?)?""(\\.|[^""\\])*""")]
    private static partial Regex Strings();

    [GeneratedRegex(@"(?<![\w.)\]])\.\d")]
    private static partial Regex BarePoint();
}
