using System.CommandLine;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Lab.Sweeps;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Sweeps;

namespace Ganglion.Cli.Verbs.Sweep;

/// <summary>`ganglion sweep FILE`: a command with every combination of some words, into one table.</summary>
internal static class SweepVerb
{
    /// <summary>What the points that are done are called beside the table.</summary>
    private const string Journal = ".points";

    public static Command Create()
    {
        var file = new Argument<string>("sweep")
        {
            Description = "Sweep: a file (YAML), or the name of one in hardware/sweeps.",
            HelpName = "FILE|NAME",
        };
        Option<int?> jobs = Numeric.Option<int?>("--jobs", "Points at a time (default: one a core; under mpirun one a rank).",
            new Bounds(1, 1024));
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Table as comma-separated values (default NAME.csv); the same as Parquet and the journal of a run lie beside it.",
            HelpName = "FILE",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on from what an interrupted run of the same sweep has done." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("sweep",
            "Runs a command with every combination of some words, each in a process of its own, and writes what they come to into one " +
            "table (CSV and Parquet), in the grid's order whoever did them when. Exit code 3 if a point did not end with 0. Ctrl-C keeps " +
            "what is done; --resume goes on. Under mpirun -n N (MPICH) the points are spread over N ranks, on one machine or on many.\n\n" +
            "Example: ganglion sweep tegotae --jobs 2")
        {
            file, jobs, output, resume, json,
        };
        command.SetAction(result => Run(SweepFile.Load(ShippedFiles.Find(FileKind.Sweep, result.GetValue(file)!)),
            result.GetValue(jobs), result.GetValue(output)?.FullName, result.GetValue(resume), result.GetValue(json)));
        return command;
    }

    private static int Run(SweepDescription sweep, int? jobs, string? output, bool resume, bool json)
    {
        int count = (int)sweep.Count;
        Check(sweep);
        if (Launch.Here.IsSeveral && jobs > 1)
        {
            throw new UsageException($"--jobs {jobs}: under {Launch.Here.By} each rank runs one point at a time; start more ranks " +
                $"instead.");
        }

        using IRanks ranks = MpiRanks.Join();
        using var interrupt = new WorkInterrupt("the points that are done are kept: the same command with --resume goes on.");
        string table = output ?? $"{sweep.Name}.csv", parquet = Path.ChangeExtension(table, ".parquet"), path = table + Journal;
        using var farm = new Farm(ranks, jobs ?? (ranks.Count > 1 ? 1 : Environment.ProcessorCount),
            told => Work(sweep, BitConverter.ToInt32(told), interrupt.Token));
        if (ranks.Rank > 0)
        {
            farm.Serve();
            return Errors.Ok;
        }

        using var claim = FileClaim.Take(table, "wait for it, or choose another --out");
        if (File.Exists(path) && !resume)
        {
            throw new UserException($"{path} is left from an interrupted run: go on with --resume, or delete it to start afresh.");
        }

        AtomicFile.Probe(table);
        AtomicFile.Probe(parquet);
        var results = new SweepResult?[count];
        using (var journal = SweepJournal.Open(path))
        {
            Dictionary<string, SweepResult> done = [];
            journal.Done.ToList().ForEach(one => done[string.Join('\n', one.Words)] = one);
            for (int point = 0; point < count; point++)
            {
                results[point] = done.GetValueOrDefault(string.Join('\n', sweep.WordsOf(point)));
            }

            int[] order = SweepOrder.LongestFirst(sweep, Enumerable.Range(0, count).Where(point => results[point] == null),
                [.. Enumerable.Range(0, count).Where(point => results[point] != null)
                    .Select(point => (sweep.ValuesOf(point), results[point]!.Seconds))]);
            var remaining = new Remaining();
            int now = 0;
            Output.Progress(json, sweep.Name, $": {order.Length} of {count} points to do. Ctrl-C keeps what is done.", show =>
            {
                farm.Run(order, BitConverter.GetBytes, (point, bytes) =>
                {
                    if (bytes.Length == 0)
                    {
                        return;
                    }

                    results[point] = JsonSerializer.Deserialize<SweepResult>(bytes)!;
                    journal.Add(results[point]!);
                    show($"{++now} of {order.Length} points, {results.Count(one => one?.ExitCode > 0)} not ended with 0" +
                        remaining.After(now, order.Length));
                }, interrupt.Token);
                return 0;
            });
        }

        int open = results.Count(one => one == null);
        if (open > 0)
        {
            Console.Error.WriteLine($"stopped with {open} of {count} points to do; the same command with --resume goes on.");
            return Errors.Interrupted;
        }

        interrupt.Ended();
        var rows = new SweepTable(sweep, results!);
        rows.WriteCsv(table);
        rows.WriteParquet(parquet);
        File.Delete(path);
        return Report(results!, table, parquet, json);
    }

    /// <summary>Every point's command has to make sense before the first begins.</summary>
    private static void Check(SweepDescription sweep)
    {
        RootCommand root = Commands.All();
        for (int point = 0; point < sweep.Count; point++)
        {
            string[] words = sweep.WordsOf(point);
            ParseResult parsed = root.Parse(words);
            Command verb = parsed.CommandResult.Command;
            string fault = !UsageWords.AreGood(parsed) ? UsageWords.Of(parsed)
                : verb.Name == "sweep" ? "a sweep cannot sweep sweeps."
                : verb.Options.All(option => option.Name != "--json") ? $"'{verb.Name}' has no --json, so nothing of it fits a table."
                : "";
            if (fault.Length > 0)
            {
                throw new UserException($"{sweep.Name}, point {point}, `{string.Join(' ', words)}`: {fault}");
            }
        }
    }

    /// <returns>The point's result as JSON; nothing if it was stopped.</returns>
    private static byte[] Work(SweepDescription sweep, int point, CancellationToken stop)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(SweepPoint.Run(isHost ? [program, typeof(SweepVerb).Assembly.Location] : [program],
                sweep.WordsOf(point), stop));
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private static int Report(SweepResult[] results, string table, string parquet, bool json)
    {
        int failed = results.Count(one => one.ExitCode != 0);
        if (json)
        {
            Output.Json(new
            {
                Points = results.Length,
                NotEndedWith0 = failed,
                PointSeconds = Output.Round(results.Sum(one => one.Seconds), 1),
                Table = table,
                Parquet = parquet,
            });
        }
        else
        {
            Output.Line($"{results.Length} points, {failed} not ended with 0, in {table} and {parquet}.");
        }

        return failed == 0 ? Errors.Ok : Errors.Missed;
    }
}
