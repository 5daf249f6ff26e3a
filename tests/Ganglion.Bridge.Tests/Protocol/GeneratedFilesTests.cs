using Ganglion.Wire;

namespace Ganglion.Bridge.Tests.Protocol;

/// <summary>The committed files are what the generator makes of PROTOCOL.md, and a description that lacks something is refused.</summary>
public class GeneratedFilesTests
{
    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder != null && !File.Exists(Path.Combine(folder.FullName, "Ganglion.slnx")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run within the repository.");
        }
    }

    private static string Protocol => File.ReadAllText(Path.Combine(Root, WireFiles.Protocol));

    public static TheoryData<string> Paths => [.. WireFiles.Of(Protocol).Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Is_what_the_generator_makes(string path)
    {
        string text = WireFiles.Of(Protocol).Single(file => file.Path == path).Text;
        Assert.True(File.ReadAllText(Path.Combine(Root, path)) == text,
            $"{path} is not what PROTOCOL.md says: run `dotnet run tools/generate-wire.cs`, and edit PROTOCOL.md, not that file.");
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
    }

    [Fact]
    public void Every_marked_file_is_made_by_the_generator()
    {
        IEnumerable<string> marked = ((string[])["shared", "host", "firmware"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => File.ReadLines(path).Take(2).Any(line => line.Contains("tools/generate-wire.cs", StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'));
        Assert.Equal(WireFiles.Of(Protocol).Select(file => file.Path).Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("| buffered |", "| bufered |", "The table 'field of Telemetry' of PROTOCOL.md has no row 'buffered'.")]
    [InlineData("| walk Ramp |", "| walk Rmap |", "The table of the configuration in PROTOCOL.md has no row for 'walk Ramp'.")]
    [InlineData("| HoldTimeout | Timeouts | ms |", "| HoldTimeout | Timeouts | min |",
        "The table of the configuration in PROTOCOL.md has the unit 'min', which nobody can convert.")]
    [InlineData("| NoWalk |", "| NoWlak |", "The table of reasons of PROTOCOL.md has no row 'NoWalk'.")]
    [InlineData("u16 detail, u32 time_us, u8 mode", "u24 detail, u32 time_us, u8 mode",
        "The block has a field 'detail' of type 'u24', which nobody can write.")]
    [InlineData("```definition", "```definitions", "PROTOCOL.md has no block 'definition'.")]
    public void What_is_missing_is_said(string there, string instead, string error)
    {
        string protocol = Protocol;
        Assert.Contains(there, protocol);
        Assert.Equal(error, Assert.Throws<FormatException>(() => WireFiles.Of(protocol.Replace(there, instead))).Message);
    }

    /// <summary>The compiler asks for the value of a new field: it is an argument of the board's writer.</summary>
    [Fact]
    public void A_new_field_reaches_both_ends()
    {
        string protocol = Protocol
            .Replace("u16 refused_frames", "u16 refused_frames, i16 load_4096")
            .Replace("| refused_frames |", "| load | load of the feet, weights of the robot |\n| refused_frames |");
        var files = WireFiles.Of(protocol).ToDictionary(file => file.Path, file => file.Text);
        Assert.Contains("int refusedFrames, float load, int[] distance)", files["shared/Link/MessageWriter.cs"]);
        Assert.Contains("value = (int)(load * 4096f);", files["shared/Link/MessageWriter.cs"]);
        Assert.Contains("public const int TelemetryLength = 58;", files["shared/Link/MessageLayout.cs"]);
        Assert.Contains("/// <summary>Load of the feet, weights of the robot.</summary>\n    public double Load { get; private set; }",
            files["host/Ganglion.Bridge/Messages/ReceivedMessages.cs"]);
        Assert.Contains("Load = Payload.I16(payload, MessageLayout.TelemetryLoadAt) / 4096.0;",
            files["host/Ganglion.Bridge/Messages/ReceivedMessages.cs"]);
        Assert.DoesNotContain("0x161B4111", files["shared/Link/Definition.cs"]);
    }
}
