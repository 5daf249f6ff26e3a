using System.Diagnostics;

namespace Ganglion.Lab.Sweeps;

/// <summary>Runs the command of a point in a process of its own, which is ended with this one's work.</summary>
public static class SweepPoint
{
    /// <summary>What a launcher of ranks tells its processes: a point's process is none of them.</summary>
    private static readonly string[] Launchers = ["PMI_", "PMIX_", "MPI_", "MPIR_", "HYDI_", "HYDRA_", "OMPI_", "SLURM_"];

    /// <summary>Runs it.</summary>
    /// <param name="program">The program, and what comes before the command's words.</param>
    /// <param name="words">Words of the command; --json is added.</param>
    /// <param name="stop">Ends the process; the point is not done then.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static SweepResult Run(IReadOnlyList<string> program, string[] words, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), .. words, "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => Launchers.Any(launcher => name.StartsWith(launcher,
            StringComparison.Ordinal))).ToArray())
        {
            start.Environment.Remove(name);
        }

        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration end = stop.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        string? last = error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return new SweepResult(words, process.ExitCode, Stopwatch.GetElapsedTime(began).TotalSeconds, last ?? "",
            output.AsSpan().TrimStart() is ['{', ..] ? output.Trim() : "");
    }
}
