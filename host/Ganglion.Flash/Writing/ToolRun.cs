using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ganglion.Flash.Writing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0: well. On Linux and macOS the lowest eight bits of what the program gave.</param>
/// <param name="Output">What it printed on both of its outputs, in the order of its coming.</param>
public sealed record ToolOutcome(int ExitCode, string Output);

/// <summary>Runs another program to its end, and shows what it prints while it runs.</summary>
internal static class ToolRun
{
    /// <summary>128 and SIGINT: Ctrl-C reaches every program of a terminal, whichever of them hears it first.</summary>
    private const int EndedByCtrlC = 130;

    /// <summary>How long a program's own children may keep its outputs open after its end.</summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of output that are kept; what comes after is shown only.</summary>
    private const int MostKept = 1 << 20;

    /// <param name="program">Path, or a name on the PATH.</param>
    /// <param name="arguments">One by one, without quoting.</param>
    /// <param name="line">Is told each line, also one that the program writes over; on another thread.</param>
    /// <param name="cancellation">Ends the program, and all that it has started.</param>
    /// <exception cref="IOException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was ended, here or by Ctrl-C.</exception>
    public static ToolOutcome Of(string program, IReadOnlyList<string> arguments, Action<string> line, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        LetToolsRun(start.Environment);
        using Process process = Started(start, program);
        process.StandardInput.Close();
        var output = new StringBuilder();
        var read = Task.WhenAll(Read(process.StandardOutput, output, line), Read(process.StandardError, output, line));
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
            read.Wait(Lingering, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            throw;
        }

        lock (output)
        {
            return process.ExitCode == EndedByCtrlC ? throw new OperationCanceledException() : new ToolOutcome(process.ExitCode,
                output.ToString());
        }
    }

    /// <summary>A .NET tool finds the runtime that runs us, and takes it where it was built for an older one that is not there.</summary>
    private static void LetToolsRun(IDictionary<string, string?> environment)
    {
        environment.TryAdd("DOTNET_ROLL_FORWARD", "Major");
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (Directory.Exists(Path.Combine(root, "host", "fxr"))) // not where a program brings its runtime along
        {
            environment.TryAdd("DOTNET_ROOT", root);
        }
    }

    private static Process Started(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new IOException($"{program} cannot be started: {refused.Message}.", refused);
        }
    }

    // A carriage return writes over a line on a terminal; here it ends one.
    private static async Task Read(StreamReader from, StringBuilder output, Action<string> line)
    {
        char[] part = new char[4096];
        var now = new StringBuilder();
        for (int count; (count = await from.ReadAsync(part).ConfigureAwait(false)) > 0;)
        {
            lock (output)
            {
                output.Append(part, 0, Math.Min(count, MostKept - output.Length));
            }

            foreach (char one in part.AsSpan(0, count).ToArray())
            {
                if (one is not ('\r' or '\n'))
                {
                    now.Append(one);
                }
                else if (now.Length > 0)
                {
                    line(now.ToString().TrimEnd());
                    now.Clear();
                }
            }
        }
    }
}
