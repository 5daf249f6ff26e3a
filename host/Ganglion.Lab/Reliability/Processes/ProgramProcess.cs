using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ganglion.Lab.Reliability.Processes;

/// <summary>The program as its users start it, and the signals that they and their systems send.</summary>
internal static partial class ProgramProcess
{
    /// <summary>The signal that no program can answer.</summary>
    public const int Kill = 9;

    /// <summary>Starts it.</summary>
    /// <param name="program">Its file, or the assembly of it.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="folder">The current folder.</param>
    /// <param name="before">What `env` is given first: variables, a shell with limits.</param>
    public static Process Start(string program, IReadOnlyList<string> arguments, string folder, params string[] before)
    {
        string[] host = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet"] : [];

        // A shell's background job ignores SIGINT, and so would all that it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. before, .. host, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, unless it has ended.</summary>
    public static void Signal(Process process, int signal)
    {
        if (!process.HasExited)
        {
            kill(process.Id, signal);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
