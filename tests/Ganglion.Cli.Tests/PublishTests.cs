using System.Diagnostics;

namespace Ganglion.Cli.Tests;

/// <summary>The published program, in an empty folder away from the repository.</summary>
public class PublishTests
{
    [Fact]
    public void It_carries_all_that_is_shipped_and_works_anywhere()
    {
        using var scratch = new Scratch();
        string program = scratch.At("program"), empty = Directory.CreateDirectory(scratch.At("empty")).FullName;
        string hardware = Path.GetFullPath(Path.Combine(Repository.Robots, "..")), root = Path.GetDirectoryName(hardware)!;
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        using (Process publish = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["publish", Path.Combine(root, "host", "Ganglion.Cli"), "-c", configuration, "--no-build", "-o", program, "-v", "q", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!)
        {
            string told = publish.StandardOutput.ReadToEnd();
            publish.WaitForExit();
            Assert.True(publish.ExitCode == 0, told);
        }

        Assert.Equal(Names(hardware), Names(Path.Combine(program, "hardware")));
        Outcome walk = Run("walk", "flat", "--seconds", "2", "--seeds", "1", "--json");
        Assert.Equal("walker12", walk.Json.GetProperty("robot").GetString());
        Assert.Contains(Path.Combine(program, "hardware", "robots"), Run("run", "--robot", "nobody").Refused(1));
        Assert.Contains("see it in a browser: http://127.0.0.1:", Run("run", "--virtual-time", "--seconds", "1", "--listen", "0").Errors);
        Assert.Empty(Directory.GetFileSystemEntries(empty));

        // A copy of the program alone says so, whichever verb looks for what is shipped.
        Directory.Delete(Path.Combine(program, "hardware"), recursive: true);
        Directory.Delete(Path.Combine(program, "tools"), recursive: true);
        foreach (string[] verb in (string[][])[["run"], ["walk", "flat"], ["bench", "board"], ["bench", "ik"], ["bench", "gait"],
            ["bench", "lsnn"], ["bench", "reliability", "--part", "processes", "--json"],
            ["bench", "reliability", "--part", "readers", "--json"]])
        {
            Assert.Contains("nothing is shipped with this copy of the program", Run(verb).Refused(1));
        }

        Outcome Run(params string[] arguments) => GanglionProcess.RunIn(empty, null, arguments, Path.Combine(program, "ganglion.dll"));
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order()];
}
