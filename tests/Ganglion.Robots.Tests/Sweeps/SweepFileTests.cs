using System.Text;
using Ganglion.Robots.Sweeps;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Sweeps;

public class SweepFileTests
{
    private const string Sweep = """
        kind: sweep
        name: mine
        command: walk {trial} {flag} --seeds {seeds}
        grid:
          - { name: trial, values: [flat, ramp-15] }
          - { name: flag, values: ["", --json] }
          - { name: seeds, values: [1, 2-3, true] }
        """;

    [Fact]
    public void Every_combination_is_a_point_and_the_last_changes_fastest()
    {
        SweepDescription sweep = SweepFile.Parse(Encoding.UTF8.GetBytes(Sweep), "mine.yaml");
        Assert.Equal(12, sweep.Count);
        Assert.Equal(["flat", "", "2-3"], sweep.ValuesOf(1));
        Assert.Equal(["walk", "flat", "--seeds", "1"], sweep.WordsOf(0));
        Assert.Equal(["walk", "ramp-15", "--json", "--seeds", "true"], sweep.WordsOf(11));
        Assert.Equal(12, Enumerable.Range(0, 12).Select(point => string.Join(' ', sweep.WordsOf(point))).Distinct().Count());
    }

    [Theory]
    [InlineData("name: seeds", "name: trial", "'trial' is there twice")]
    [InlineData("name: seeds", "name: seed", "the command has no {seed}")]
    [InlineData("{flag}", "{flag} {other}", "{other} is not in the grid; there are: trial, flag, seeds")]
    [InlineData("[flat, ramp-15]", "[flat, flat]", "a value is there twice")]
    [InlineData("[flat, ramp-15]", "[flat, [a]]", "write a word")]
    [InlineData("name: mine", "name: Mine", "lower-case")]
    public void Faults_are_told_with_their_line(string good, string bad, string words)
    {
        RobotFileException fault = Assert.Throws<RobotFileException>(() =>
            SweepFile.Parse(Encoding.UTF8.GetBytes(Sweep.Replace(good, bad)), "mine.yaml"));
        Assert.Contains(words, fault.Message);
        Assert.Contains("mine.yaml:", fault.Message);
    }

    [Fact]
    public void Too_many_points_are_refused()
    {
        string many = string.Join(", ", Enumerable.Range(0, 101));
        string text = "kind: sweep\nname: many\ncommand: info {a} {b} {c}\ngrid:\n" + string.Concat(new[] { "a", "b", "c" }
            .Select(name => $"  - {{ name: {name}, values: [{many}] }}\n"));
        Assert.Contains("1030301 points", Assert.Throws<RobotFileException>(() =>
            SweepFile.Parse(Encoding.UTF8.GetBytes(text), "many.yaml")).Message);
    }

    [Fact]
    public void Shipped_sweeps_are_named_as_their_files()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "sweeps"));
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Path.GetFileNameWithoutExtension(file), SweepFile.Load(file).Name));
    }
}
