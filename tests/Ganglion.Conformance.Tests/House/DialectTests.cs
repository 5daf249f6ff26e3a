using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ganglion.Conformance.Tests.House;

/// <summary>What .editorconfig asks for and the formatter cannot hold, over every file that git knows.</summary>
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

    [GeneratedRegex(@"(\$@?|@\$?)?""(\\.|[^""\\])*""")]
    private static partial Regex Strings();

    [GeneratedRegex(@"(?<![\w.)\]])\.\d")]
    private static partial Regex BarePoint();
}
