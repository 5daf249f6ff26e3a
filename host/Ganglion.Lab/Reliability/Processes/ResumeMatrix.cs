using System.Diagnostics;

namespace Ganglion.Lab.Reliability.Processes;

/// <summary>Long work of the program that can be resumed.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Arguments">What follows the program's name; the same again goes on from what is there. Files are named without a folder,
/// each run has its own.</param>
/// <param name="Output">The file that it leaves, whose bytes depend on the arguments alone.</param>
public sealed record ResumeJob(string Name, string[] Arguments, string Output);

/// <summary>How one job came through being killed.</summary>
/// <param name="Job">Which.</param>
/// <param name="Kills">How often it was killed.</param>
/// <param name="Finished">How often it came to its end in between, and left its file.</param>
/// <param name="Faults">A file other than that of a run without a break, or no way on.</param>
public sealed record ResumeResult(string Job, int Kills, int Finished, IReadOnlyList<string> Faults);

/// <summary>
/// Kills the program at random moments, where no program can answer, and starts it again: what it leaves at last is to the byte what a run
/// without a break leaves. The moments are shares of the time of such a run, drawn by a seed; where they hit depends on the machine.
/// </summary>
/// <param name="program">The program's file, or the assembly of it.</param>
public sealed class ResumeMatrix(string program)
{
    /// <summary>Longest run, s; a job takes seconds.</summary>
    private const double Longest = 600;

    // Of `tune`: it ran to its end, and what it found misses its bar.
    private const int Missed = 3;

    /// <summary>Kills a job.</summary>
    /// <param name="job">Which.</param>
    /// <param name="kills">How often, at least 1.</param>
    /// <param name="seed">Of the moments.</param>
    /// <param name="progress">Is told the kills so far.</param>
    /// <param name="cancellation">Ends it after the present run.</param>
    public ResumeResult Run(ResumeJob job, int kills, int seed, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        DirectoryInfo whole = Directory.CreateTempSubdirectory("ganglion-whole");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ganglion-killed");
        var faults = new List<string>();
        int killed = 0, finished = 0;
        try
        {
            var time = Stopwatch.StartNew();
            if (Once(job, whole, Longest, out string told) is not { } first || first is not (0 or Missed))
            {
                return new ResumeResult(job.Name, 0, 0, [$"{job.Name} without a break: {told}"]);
            }

            double seconds = time.Elapsed.TotalSeconds;
            byte[] expected = File.ReadAllBytes(Path.Combine(whole.FullName, job.Output));
            var random = new Random(seed);
            while (faults.Count == 0 && !cancellation.IsCancellationRequested)
            {
                double moment = killed < kills ? seconds * random.NextDouble() : Longest;
                if (Once(job, folder, moment, out told) is not { } code)
                {
                    killed++;
                    progress?.Invoke(killed);
                    continue;
                }

                finished++;
                string file = Path.Combine(folder.FullName, job.Output);
                if (code is not (0 or Missed))
                {
                    faults.Add($"{job.Name} after {killed} kills: exit code {code}: {told}");
                }
                else if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(expected))
                {
                    faults.Add($"{job.Name} after {killed} kills: {job.Output} is {(File.Exists(file) ? "another file" : "not there")}");
                }

                if (killed >= kills)
                {
                    break;
                }

                folder.Delete(recursive: true);
                folder.Create();
            }
        }
        finally
        {
            whole.Delete(recursive: true);
            folder.Delete(recursive: true);
        }

        return new ResumeResult(job.Name, killed, finished, faults);
    }

    /// <summary>Runs it, and kills it if it has not ended after a time.</summary>
    /// <returns>Its exit code; null: it was killed.</returns>
    private int? Once(ResumeJob job, DirectoryInfo folder, double seconds, out string told)
    {
        using Process process = ProgramProcess.Start(program, job.Arguments, folder.FullName);
        Task<string> errors = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(seconds));
        ProgramProcess.Signal(process, ProgramProcess.Kill);
        process.WaitForExit();
        output.Wait();
        told = errors.Result.Trim();
        return ended ? process.ExitCode : null;
    }
}
