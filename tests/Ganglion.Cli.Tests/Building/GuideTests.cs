using System.Text.RegularExpressions;
using Ganglion.Flash.Tests.Image;
using Ganglion.Flash.Tests.Writing;

namespace Ganglion.Cli.Tests.Building;

/// <summary>The assembly guide: every command of its blocks runs, in its order, on virtual boards; and it names the parts that the bills
/// have.</summary>
public sealed partial class GuideTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly FakeNanoff _nanoff;

    public GuideTests()
    {
        _nanoff = new FakeNanoff(_scratch.At("tools"));
        string build = Directory.CreateDirectory(_scratch.At("firmware/bin/Release")).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.pe"), Path.Combine(build, "mscorlib.pe"));
        File.WriteAllBytes(Path.Combine(build, "Ganglion.Firmware.pe"), new PeFile("Ganglion.Firmware", new(1, 0, 0, 0))
        {
            References = [("mscorlib", new(1, 17, 11, 0))],
        }.ToBytes());
    }

    private static string Guide => File.ReadAllText(Path.Combine(Repository.Robots, "../guide/README.md"));

    public void Dispose() => _scratch.Dispose();

    [Trait("Ports", "Real")]
    [Fact]
    public void Each_command_of_the_guide_that_asks_or_moves_boards_on_ports_does_what_it_says()
    {
        GanglionProcess? sim = null;
        var ran = new List<string>();
        try
        {
            foreach (string[] words in Commands().Where(words => IsOnPorts(words[0])))
            {
                ran.Add(words[0]);
                if (words[0] == "sim")
                {
                    sim = GanglionProcess.StartWith(_nanoff.Folder, _scratch.At("."), [.. words, "--json"]);
                    sim.ReadJson();
                    continue;
                }

                Outcome outcome = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), words);

                // Who may open ports is the machine's affair, and a machine that is too busy for real time is not the guide's.
                Assert.True(outcome.ExitCode == 0 || words[0] == "doctor" || outcome.Starved,
                    $"{string.Join(' ', words)}: {outcome.Errors}");
            }
        }
        finally
        {
            sim?.Dispose();
        }

        Assert.Equal(["doctor", "flash", "info", "ports", "reach", "sim"], ran.Distinct().Order());
        Assert.NotEmpty(_nanoff.Calls);
    }

    /// <summary>What was calibrated is taken back at the end.</summary>
    [Fact]
    public void Each_other_command_of_the_guide_does_what_it_says()
    {
        var ran = new List<string>();
        foreach (string[] words in Commands().Where(words => !IsOnPorts(words[0])))
        {
            ran.Add(words[0]);
            Outcome outcome = InProcess.Run([.. words.Select(word => Path.GetExtension(word) is ".yaml" or ".svg" ? _scratch.At(word)
                : word)]);
            Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', words)}: {outcome.Errors}");
        }

        Assert.Equal(["bom", "calibrate", "joint", "pressure", "wiring"], ran.Distinct().Order());
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Robots, "trunk6-3g.yaml")), File.ReadAllText(_scratch.At("mine.yaml")));
    }

    /// <summary>In the table of parts, every part is one of the price list; and every part of the arms' bills is in the table.</summary>
    [Fact]
    public void The_guide_names_the_parts_of_the_bills_and_no_others()
    {
        string table = Guide[Guide.IndexOf("## What you need", StringComparison.Ordinal)..Guide.IndexOf("## 1. " +
            "Print", StringComparison.Ordinal)];
        string[] rows = [.. table.Split('\n').Where(row => row.StartsWith("| `", StringComparison.Ordinal))];
        HashSet<string> named = [.. rows.SelectMany(row => Quoted().Matches(row)).Select(word => word.Groups[1].Value)];
        string prices = File.ReadAllText(Path.Combine(Repository.Robots, "../bom/prices.yaml"));
        Assert.All(named, part => Assert.Contains($"part: {part}", prices, StringComparison.Ordinal));

        foreach (string bill in new[] { "trunk6-3g", "trunk10-4g", "trunk6-3g-s3" })
        {
            IEnumerable<string> bought = InProcess.Run("bom", bill, "--json").Json.GetProperty("lines").EnumerateArray()
                .Select(line => line.GetProperty("part").GetString()!).Where(part => !part.StartsWith("wire-", StringComparison.Ordinal));
            Assert.Empty(bought.Except(named));
        }
    }

    private static bool IsOnPorts(string verb) => verb is "doctor" or "flash" or "info" or "ports" or "reach" or "sim";

    /// <summary>What the lines of all blocks give to the program, without what stands behind a hash, on the ports of virtual boards; files
    /// that they copy are there.</summary>
    private IEnumerable<string[]> Commands()
    {
        IEnumerable<string> lines = Block().Matches(Guide).SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Select(line => line.Split(" #")[0].Trim()).Where(line => line.Length > 0);
        foreach (string line in lines)
        {
            string[] words = line.Replace("/dev/serial/by-id/usb-BOARD", "ports/base").Replace("/dev/serial/by-id/usb-LINK", "ports/base")
                .Split(' ');
            if (words[0] == "cp")
            {
                File.Copy(Path.Combine(Repository.Robots, "../..", words[1]), _scratch.At(words[2]));
                continue;
            }

            Assert.Equal("./run", words[0]);
            yield return words[1..];
        }
    }

    [GeneratedRegex("^```\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
