using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ganglion.Lab.Reliability.Processes;

/// <summary>How the tests fared in one run.</summary>
/// <param name="Tests">How many ran.</param>
/// <param name="Failed">Names of those that failed; of a project whose tests did not run, what it printed.</param>
/// <param name="Seconds">It took.</param>
public sealed record FlakeResult(int Tests, IReadOnlyList<string> Failed, double Seconds);

/// <summary>
/// Runs the tests with real ports again and again beside busy loops, to find those that fail now and then. They are those of the trait
/// Ports = Real; a checkout has them, built, and a published program has not.
/// </summary>
/// <param name="folder">Where the built test projects lie, each in its own folder (artifacts/bin).</param>
/// <param name="configuration">Which build of them, such as "release".</param>
public sealed partial class FlakeRuns(string folder, string configuration)
{
    /// <summary>Busy loops beside them: as many as the machine that the bar was set on had cores.</summary>
    private const int Loops = 2;

    /// <summary>In each project so many classes at once, as `./test` has it, since they wait more than they work; here all projects run
    /// beside each other too.</summary>
    private static readonly string[] Beside = ["--", "xUnit.MaxParallelThreads=4"];

    private static readonly string[] Projects = ["Ganglion.Bridge.Tests", "Ganglion.VirtualBoard.Tests", "Ganglion.HostBoard.Tests",
        "Ganglion.Flash.Tests", "Ganglion.Lab.Tests", "Ganglion.Cli.Tests"];

    /// <summary>The test projects that are not built; empty: all are.</summary>
    public IReadOnlyList<string> Missing => [.. Projects.Where(project => !File.Exists(Assembly(project)))];

    /// <summary>The test projects' assemblies.</summary>
    public IEnumerable<string> Assemblies => Projects.Select(Assembly);

    /// <summary>Runs them once.</summary>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public FlakeResult Once(CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        using var idle = new CancellationTokenSource();
        Thread[] loops = [.. Enumerable.Range(0, Loops).Select(_ => new Thread(() =>
        {
            while (!idle.IsCancellationRequested)
            {
                Thread.SpinWait(1000);
            }
        }) { IsBackground = true })];
        Array.ForEach(loops, loop => loop.Start());
        try
        {
            Task<(int Tests, string[] Failed)>[] runs = [.. Projects.Select(project => Task.Factory.StartNew(() =>
                Run(project, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            (int Tests, string[] Failed)[] results = Task.WhenAll(runs).GetAwaiter().GetResult();
            return new FlakeResult(results.Sum(result => result.Tests), [.. results.SelectMany(result => result.Failed)],
                Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        finally
        {
            idle.Cancel();
            Array.ForEach(loops, loop => loop.Join());
        }
    }

    private string Assembly(string project) => Path.Combine(folder, project, configuration, project + ".dll");

    private (int Tests, string[] Failed) Run(string project, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["test", Assembly(project), "--filter", "Ports=Real", "--logger",
            "console;verbosity=minimal", .. Beside])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        Match summary = Summary().Match(told);
        int tests = summary.Success ? int.Parse(summary.Groups["total"].Value, CultureInfo.InvariantCulture) : 0;
        string[] failed = [.. Failures().Matches(told).Select(match => match.Groups["name"].Value)];

        // A host of tests that crashed, or found none, leaves no list.
        return (tests, failed.Length == 0 && (process.ExitCode != 0 || tests == 0)
            ? [$"{project}: exit code {process.ExitCode} after {tests} tests: {(told + errors.Result).Trim()}"] : failed);
    }

    [GeneratedRegex(@"Failed: +\d+, Passed: +\d+, Skipped: +\d+, Total: +(?<total>\d+)")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^ *(Failed|\[FAIL\]) (?<name>\S.*?) \[[^]]*\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Failures();
}
