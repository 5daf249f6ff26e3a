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

    private static readonly string[] Projects = ["Ganglion.Bridge.Tests", "Ganglion.VirtualBoard.Tests", "Ganglion.HostBoard.Tests",
        "Ganglion.Flash.Tests", "Ganglion.Lab.Tests", "Ganglion.Cli.Tests"];

    /// <summary>In each project so many classes at once, as `./test` has it, since they wait more than they work; here all projects run
    /// beside each other too, from one start of the test platform.</summary>
    private static readonly string[] Beside = ["--", "xUnit.MaxParallelThreads=4", $"RunConfiguration.MaxCpuCount={Projects.Length}"];

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
            (int tests, string[] failed) = Run(cancellation);
            return new FlakeResult(tests, failed, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        finally
        {
            idle.Cancel();
            Array.ForEach(loops, loop => loop.Join());
        }
    }

    private string Assembly(string project) => Path.Combine(folder, project, configuration, project + ".dll");

    private (int Tests, string[] Failed) Run(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["test", .. Assemblies, "--filter", "Ports=Real", "--logger",
            "console;verbosity=minimal", .. Beside])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // As `./test` has them, for the reasons that stand there.
        start.Environment["DOTNET_TieredPGO"] = start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string told = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        var tests = Summary().Matches(told).ToDictionary(summary => summary.Groups["project"].Value,
            summary => int.Parse(summary.Groups["total"].Value, CultureInfo.InvariantCulture));
        List<string> failed = [.. Failures().Matches(told).Select(match => match.Groups["name"].Value)];

        // A host of tests that crashed, or found none, leaves no list.
        string[] silent = [.. Projects.Where(project => tests.GetValueOrDefault(project) == 0)];
        if (silent.Length > 0 || (failed.Count == 0 && process.ExitCode != 0))
        {
            string what = silent.Length > 0 ? $"no tests of {string.Join(", ", silent)}" : "the tests";
            failed.Add($"{what}: exit code {process.ExitCode}: {(told + errors.Result).Trim()}");
        }

        return (tests.Values.Sum(), [.. failed]);
    }

    [GeneratedRegex(@"Failed: +\d+, Passed: +\d+, Skipped: +\d+, Total: +(?<total>\d+).* - (?<project>\S+)\.dll")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^ *(Failed|\[FAIL\]) (?<name>\S.*?) \[[^]]*\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Failures();
}
