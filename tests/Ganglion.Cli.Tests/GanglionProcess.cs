using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Ganglion.Cli.Tests;

/// <summary>How a call of the command ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    private static readonly string[] Losses = ["the host was lost", "nothing moves on", "the configuration did not get through",
        "no answer", "silent for", "no board answers"];

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Whether host or board was silent for too long: on a machine that is too busy for real time it has to come to
    /// this.</summary>
    public bool Starved => Losses.Any(loss => Errors.Contains(loss, StringComparison.Ordinal));

    /// <summary>Of a call with a board behind a port. On a machine so busy that host or board is silent for too long the session is lost
    /// and the board goes safe, as it has to; then it is disarmed and the call made once more.</summary>
    public static Outcome Live(string port, Func<Outcome> call)
    {
        Outcome outcome = call();
        for (int tries = 1; tries < 8 && outcome.Starved; tries++)
        {
            InProcess.Run("disarm", "--port", port);
            outcome = call();
        }

        return outcome;
    }

    /// <summary>Asserts that it failed with one clear line and did nothing else; returns the line.</summary>
    public string Refused(int exitCode)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Equal("", Output);
        string line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ganglion: ", line);
        return line;
    }
}

/// <summary>The command as its users start it: a process of its own.</summary>
internal sealed class GanglionProcess : IDisposable
{
    /// <summary>Only a guard against hanging: nothing is asserted about how long things take.</summary>
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(300);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _errorLine = new(0);

    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="program">The program's assembly; null: the one that was built with the tests.</param>
    /// <param name="folder">Its current folder; null: that of the tests.</param>
    /// <param name="home">$GANGLION_HOME; null: not set.</param>
    /// <param name="fileBlocks">What the system lets a file grow to, blocks of 512 bytes; 0: as it is.</param>
    /// <param name="tools">A folder that stands first on the PATH, and is the user's own folder; null: none.</param>
    private GanglionProcess(string[] arguments, string? program = null, string? folder = null, string? home = null, int fileBlocks = 0,
        string? tools = null)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        // A shell's background job ignores SIGINT, and so would all that it starts: Ctrl-C has to reach the program.
        bool reset = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(reset ? "env" : dotnet)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["GANGLION_HOME"] = home;
        if (tools != null)
        {
            start.Environment["PATH"] = $"{tools}{Path.PathSeparator}{start.Environment["PATH"]}";
            start.Environment["HOME"] = tools;
            start.Environment["XDG_DATA_HOME"] = Path.Combine(tools, "data");
        }

        if (reset)
        {
            start.ArgumentList.Add("--default-signal=INT");
            if (fileBlocks > 0)
            {
                // The runtime's own memory files are beyond a small limit unless it does without them.
                Array.ForEach(["DOTNET_EnableWriteXorExecute=0", "sh", "-c", $"ulimit -f {fileBlocks}; exec \"$@\"", "sh"],
                    start.ArgumentList.Add);
            }

            start.ArgumentList.Add(dotnet);
        }

        start.ArgumentList.Add(program ?? Path.Combine(AppContext.BaseDirectory, "ganglion.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data == null)
            {
                return;
            }

            lock (_errors)
            {
                _errors.Append(line.Data).Append('\n');
            }

            _errorLine.Release();
        };
        _process.BeginErrorReadLine();
    }

    public static GanglionProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end.</summary>
    public static Outcome Run(params string[] arguments) => ToEnd(Start(arguments));

    /// <summary>Runs it to its end with a board behind a port, see <see cref="Outcome.Live"/>.</summary>
    public static Outcome RunLive(string port, params string[] arguments) => Outcome.Live(port, () => Run(arguments));

    /// <summary>Runs it to its end in a folder.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="home">$GANGLION_HOME; null: not set.</param>
    /// <param name="arguments">What follows the command's name.</param>
    /// <param name="program">The program's assembly; null: the one that was built with the tests.</param>
    public static Outcome RunIn(string folder, string? home, string[] arguments, string? program = null) =>
        ToEnd(new GanglionProcess(arguments, program, folder, home));

    /// <summary>Starts it where a folder stands first on the PATH, and is the user's own.</summary>
    /// <param name="tools">The folder.</param>
    /// <param name="folder">The current folder.</param>
    /// <param name="arguments">What follows the command's name.</param>
    public static GanglionProcess StartWith(string tools, string folder, params string[] arguments) =>
        new(arguments, folder: folder, tools: tools);

    /// <summary>The same, to its end.</summary>
    public static Outcome RunWith(string tools, string folder, params string[] arguments) =>
        ToEnd(StartWith(tools, folder, arguments));

    /// <summary>Runs it to its end where no file may become larger than a few blocks of 512 bytes, as on a full disk.</summary>
    public static Outcome RunLimited(int fileBlocks, params string[] arguments) =>
        ToEnd(new GanglionProcess(arguments, fileBlocks: fileBlocks));

    private static Outcome ToEnd(GanglionProcess process)
    {
        using (process)
        {
            process._process.StandardInput.Close();
            return process.End();
        }
    }

    /// <summary>The JSON object that it prints first.</summary>
    public JsonElement ReadJson()
    {
        var text = new StringBuilder();
        string? line;
        do
        {
            line = _process.StandardOutput.ReadLineAsync().WaitAsync(Guard).GetAwaiter().GetResult();
            Assert.True(line != null, $"it ended without its JSON object: {Errors}");
            text.Append(line).Append('\n');
        }
        while (line != "}");
        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    /// <summary>Waits until it prints a line with a text; returns the line.</summary>
    public string ReadUntil(string text)
    {
        string? line;
        do
        {
            line = _process.StandardOutput.ReadLineAsync().WaitAsync(Guard).GetAwaiter().GetResult();
            Assert.True(line != null, $"it ended without '{text}': {Errors}");
        }
        while (!line.Contains(text, StringComparison.Ordinal));
        return line;
    }

    public bool HasEnded => _process.HasExited;

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Types a line, and waits until stderr holds the answer.</summary>
    public void Type(string line, string answer)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        while (!Errors.Contains(answer, StringComparison.Ordinal))
        {
            Assert.True(_errorLine.Wait(Guard), $"no '{answer}' in: {Errors}");
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signal(2);

    /// <summary>What no program can answer.</summary>
    public void Kill()
    {
        Signal(9);
        _process.WaitForExit(Guard);
    }

    /// <summary>Waits for its end.</summary>
    public Outcome End()
    {
        string output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Guard).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(Guard), "it does not end");
        _process.WaitForExit(); // until stderr is read to its end
        return new Outcome(_process.ExitCode, output, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _errorLine.Dispose();
    }

    private void Signal(int number) => Assert.Equal(0, kill(_process.Id, number));

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-cli-");

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public string Put(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
