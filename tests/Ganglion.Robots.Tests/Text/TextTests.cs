using Ganglion.Basics.Text;

namespace Ganglion.Robots.Tests.Text;

/// <summary>Numbers as people type them, words that they misspell, tables, and what a terminal must not obey.</summary>
public class TextTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("-0.5", -0.5)]
    [InlineData("+.25", 0.25)]
    [InlineData("1e-3", 1e-3)]
    [InlineData(" 7. ", 7)]
    public void Numbers_are_read(string text, double value)
    {
        Assert.True(NumberText.TryRead(text, out double read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("0,5", "(0.5)")]
    [InlineData("1,205", "thousands stand without a comma")]
    [InlineData("1,205,000", "without commas")]
    [InlineData("NaN", "finite")]
    [InlineData("-Infinity", "finite")]
    [InlineData("1e999", "finite")]
    [InlineData("5s", "without a unit (5)")]
    [InlineData("1 000", "")]
    [InlineData("0x10", "")]
    [InlineData("(5)", "")]
    [InlineData("\u0661", "")]
    [InlineData("1_0", "")]
    [InlineData("", "")]
    public void What_is_no_number_is_refused_with_a_hint(string text, string hint)
    {
        Assert.False(NumberText.TryRead(text, out _));
        Assert.Contains(hint, NumberText.Hint(text, whole: false));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("999999999999999999999999999999999999999999")]
    public void Whole_numbers_have_neither_point_nor_exponent(string text) => Assert.False(NumberText.TryReadWhole(text, out _));

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("--secnds", "--seconds")]
    [InlineData("trunk10", "trunk10-4g")]
    [InlineData("moon", null)]
    public void The_nearest_word_is_found(string given, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(given, ["reach", "run", "--seconds", "--seed", "trunk10-4g", "trunk6-3g"]));

    [Fact]
    public void A_terminal_obeys_nothing_that_is_printed()
    {
        Assert.Equal("\\u001b[2Jred\\u0007\\u009b\\u202e \u00b0\u00fc\n\t",
            Printable.Of("\u001b[2Jred\u0007\u009b\u202e \u00b0\u00fc\n\t"));
        Assert.Equal("a\\u000db\r\n", Printable.Of("a\rb\r\n"));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void Numbers_stay_whole_on_a_narrow_screen_and_each_part_has_the_first_column(int width)
    {
        string[] headers = ["condition", .. Enumerable.Range(0, 12).Select(i => $" figure {i}")];
        string[][] rows = [.. Enumerable.Range(0, 3).Select(r => (string[])[$"row{r}", .. Enumerable.Range(0, 12).Select(i =>
            $"{1000 * r + i}.125")])];
        IReadOnlyList<string> lines = TextTable.Render(headers, rows.Select(row => row.ToArray()), width);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        string[] words = [.. lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(rows.SelectMany(row => row[1..]), number => Assert.Single(words, word => word == number));
        Assert.Equal(lines.Count(line => line.Contains("condition")), lines.Count(line => line.StartsWith("  row2")));
    }

    [Fact]
    public void Text_goes_on_in_the_next_line_and_a_missing_number_is_a_dash()
    {
        IReadOnlyList<string> lines = TextTable.Render(["name", " mm"], [["a name of many words that is long", "NaN"]], 30);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 30));
        Assert.Contains(lines, line => line.EndsWith(" -"));
        Assert.DoesNotContain(lines, line => line.Contains("NaN"));
    }
}
