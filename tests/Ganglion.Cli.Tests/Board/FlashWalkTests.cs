using System.Text.Json;
using Ganglion.Flash.Tests.Image;
using Ganglion.Flash.Tests.Writing;

namespace Ganglion.Cli.Tests.Board;

/// <summary>The way from a sealed board to one that answers, as a user types it: with a nanoff that is none, and a virtual board.</summary>
[Trait("Ports", "Real")]
public sealed class FlashWalkTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly FakeNanoff _nanoff;

    public FlashWalkTests()
    {
        _nanoff = new FakeNanoff(_scratch.At("tools"));
        string build = Directory.CreateDirectory(_scratch.At("firmware/bin/Release")).FullName;
        string library = Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.pe");
        File.Copy(library, Path.Combine(build, "mscorlib.pe"));
        File.WriteAllBytes(Path.Combine(build, "Ganglion.Firmware.pe"), new PeFile("Ganglion.Firmware", new(1, 0, 0, 0))
        {
            References = [("mscorlib", new(1, 17, 11, 0))],
        }.ToBytes());
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>Every line of firmware/README.md's walk, in its order; the ports that it names are those of the virtual board.</summary>
    [Fact]
    public void Each_line_of_the_readme_does_what_it_says()
    {
        GanglionProcess? sim = null;
        try
        {
            var told = new Dictionary<string, string>();
            foreach (string line in Walk())
            {
                string[] words = line.Replace("/dev/serial/by-id/usb-BOARD", "ports/base")
                    .Replace("/dev/serial/by-id/usb-LINK", "ports/base").Split(' ');
                if (words[0] == "sim")
                {
                    sim = GanglionProcess.StartWith(_nanoff.Folder, _scratch.At("."), [.. words, "--json"]);
                    sim.ReadJson();
                    continue;
                }

                Outcome outcome = words[0] == "flash" ? GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), words) : Patiently(words);

                // Who may open ports is the machine's affair.
                Assert.True(outcome.ExitCode == 0 || words[0] == "doctor", $"{line}: {outcome.Errors}");
                told[words[0] + (words.Contains("--dry-run") ? " dry" : "")] = outcome.Output;
                Assert.True(!words.Contains("--dry-run") || _nanoff.Calls.Length == 0, "a dry run called nanoff");
            }

            Assert.Equal(["doctor", "flash", "flash dry", "info", "ports"], told.Keys.Order());
            Assert.Contains("1/7 look        a board with the Ganglion firmware answers: 'trunk10-4g/base'", told["flash dry"]);
            Assert.Contains("5/7 application nanoff --target ESP32_PSRAM_REV3 --serialport ports/base --deploy --image " +
                "Ganglion.Firmware.bin --address 0x1E0000", told["flash dry"]);
            Assert.Contains("The board is flashed. Next: ganglion info --port ports/base", told["flash"]);
            Assert.Contains("the one of the description: 40 channels", told["info"]);
            Assert.Equal(4, _nanoff.Calls.Length);
            Assert.Equal(File.ReadAllBytes(_scratch.At("Ganglion.Firmware.bin")), _nanoff.Written.Image);
        }
        finally
        {
            sim?.Dispose();
        }
    }

    [Fact]
    public void A_step_that_fails_and_ctrl_c_are_told_in_one_line()
    {
        using var boards = new LiveBoards("trunk10-4g");
        string port = boards.Port;
        string[] flash = ["flash", "--port", port, "--robot", "trunk10-4g", "--json"];
        _nanoff.Fail("application", "Error E4003: Failed to write new firmware to ESP32.");
        string failed = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), flash).Refused(1);
        Assert.Contains($"{port}: step 5 of 7, application: nanoff says: E4003: Failed to write new firmware to ESP32. See to the " +
            "board's supply", failed);
        Assert.Contains("the same command writes both anew", failed);

        _nanoff.Hang("runtime");
        using var process = GanglionProcess.StartWith(_nanoff.Folder, _scratch.At("."), [.. flash[..^1]]);
        process.ReadUntil("3/7 runtime");
        process.Interrupt();
        Outcome ended = process.End();
        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("interrupted in step 3 of 7, runtime. The board's runtime may be half written", ended.Errors);

        // What would happen, for a program.
        JsonElement plan = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), [.. flash, "--dry-run"]).Json.GetProperty("boards")[0];
        Assert.Equal(("ganglion", true), (plan.GetProperty("tenant").GetString(), plan.GetProperty("mayBeWritten").GetBoolean()));
        Assert.Equal(7, plan.GetProperty("steps").GetArrayLength());
    }

    /// <summary>Three boards in a row, of which the second fails: what became of each is told.</summary>
    [Fact]
    public void Several_boards_are_done_one_after_the_other()
    {
        using var live = new LiveBoards("trunk25-4g");
        string[] ports = [.. live.Ports], flash = ["flash", "--robot", "trunk25-4g", "--json", "--port", .. ports];
        JsonElement boards = Patiently(flash).Json.GetProperty("boards");
        Assert.Equal(ports, boards.EnumerateArray().Select(board => board.GetProperty("link").GetString()));
        Assert.All(boards.EnumerateArray(), board => Assert.True(board.GetProperty("described").GetBoolean()));

        _nanoff.Fail("runtime", "E4003");
        _nanoff.FailOnlyOn(ports[1]);
        string failed = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), flash).Refused(1);
        Assert.Contains($"{ports[1]}: step 3 of 7, runtime: nanoff says: E4003: Failed to write new firmware to ESP32", failed);
        Assert.Matches($@"Done before it: trunk25-4g/\S+ on {ports[0]}\. Not touched: trunk25-4g/\S+ on {ports[2]}\.$", failed);
    }

    /// <summary>Once more where a busy machine kept a board from answering.</summary>
    private Outcome Patiently(string[] words)
    {
        Outcome outcome = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), words);
        for (int tries = 1; tries < 5 && outcome.Starved; tries++)
        {
            outcome = GanglionProcess.RunWith(_nanoff.Folder, _scratch.At("."), words);
        }

        return outcome;
    }

    /// <summary>The lines of the walk without "./run".</summary>
    private static string[] Walk()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Robots, "../../firmware/README.md"));
        string walk = readme[readme.IndexOf("## From a sealed board", StringComparison.Ordinal)..];
        string[] lines = [.. walk.Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.All(lines, line => Assert.StartsWith("./run ", line));
        Assert.InRange(lines.Length, 6, 10);
        return [.. lines.Select(line => line["./run ".Length..])];
    }
}
