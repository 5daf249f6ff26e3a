using System.CommandLine;
using System.Diagnostics;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Reliability;
using Ganglion.Lab.Reliability.Boards;
using Ganglion.Lab.Reliability.Core;
using Ganglion.Lab.Reliability.Pins;
using Ganglion.Lab.Reliability.Readers;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench reliability`: everything that can go wrong, by a seed, and how often it ended otherwise than it has
/// to.</summary>
internal static class BenchReliability
{
    // The long form, which the bars are held to.
    private const long CoreFrames = 100_000_000, PinEvents = 10_000_000;
    private const int Datagrams = 1_000_000, ReaderCases = 200_000;

    private static readonly string[] Parts = ["core", "pins", "boards", "readers", "processes"];

    public static Command Create()
    {
        var parts = new Option<string[]>("--part")
        {
            Description = $"Only this part: {string.Join(", ", Parts)}; may be given several times.",
            HelpName = "PART",
            AllowMultipleArgumentsPerToken = true,
        };
        parts.AcceptOnlyFromAmong(Parts);
        Option<double> share = Numeric.Option("--share", "Share of the long form's cases, for what has cases without end (core, pins, " +
            "readers).", new Bounds(1e-6, 1), 1.0);
        Option<int> seed = Numeric.Option("--seed", "Seed of everything random.", Bounds.Seed, 1);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("reliability", $"Frames of any content against a second model of the board ({CoreFrames:0}); failures " +
            $"of chips and buses watched at the pins ({PinEvents:0} changes); boards that lie to each verb; damaged datagrams " +
            $"({Datagrams}) and files ({ReaderCases} each); signals, pauses and full disks for each verb as a process. Exit code 3 if " +
            $"there was a fault.\n\nExample: ganglion bench reliability --part core --share 0.01")
        {
            parts, share, seed, json,
        };
        command.SetAction(result => Run(result.GetValue(parts) is { Length: > 0 } some ? some : Parts, result.GetValue(share),
            result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    /// <summary>What a part came to.</summary>
    /// <param name="Name">Key of the figure in JSON.</param>
    /// <param name="What">In words.</param>
    /// <param name="Cases">How much was tried.</param>
    /// <param name="Count">How often it ended otherwise than it has to.</param>
    /// <param name="Faults">The first of these in words.</param>
    /// <param name="Seconds">It took.</param>
    private sealed record Figure(string Name, string What, long Cases, long Count, IReadOnlyList<string> Faults, double Seconds);

    private static int Run(string[] parts, double share, int seed, bool json)
    {
        using var interrupt = new WorkInterrupt("the reliability bench was not finished");
        var figures = new List<Figure>();
        foreach (string part in Parts.Intersect(parts))
        {
            figures.AddRange(Output.Progress(json, part, "", show => Part(part, share, seed, show, interrupt.Token).ToArray()));
            interrupt.Token.ThrowIfCancellationRequested();
        }

        Bar[] bars = [.. figures.Select(figure => Bar.AtMost($"{figure.What}: faults in {figure.Cases}", figure.Count, 0))];
        if (json)
        {
            var values = new Dictionary<string, object>();
            foreach (Figure figure in figures)
            {
                values[$"{figure.Name}Cases"] = figure.Cases;
                values[$"{figure.Name}Faults"] = figure.Count;
                values[$"{figure.Name}Seconds"] = Output.Round(figure.Seconds, 1);
            }

            values["seed"] = seed;
            values["faults"] = figures.SelectMany(figure => figure.Faults);
            values["missedBars"] = BenchVerb.Missed(bars);
            Output.Json(values);
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"Reliability, seed {seed}", ["what", " tried", " faults", " s"], figures, figure =>
            BenchVerb.Cells(figure.What, $"{figure.Cases}", $"{figure.Count}", $"{figure.Seconds:0.0}"));
        foreach (string fault in figures.SelectMany(figure => figure.Faults))
        {
            Output.Line($"{fault}");
        }

        return BenchVerb.Judge(bars);
    }

    private static IEnumerable<Figure> Part(string part, double share, int seed, Action<string> show, CancellationToken cancellation) =>
        part switch
        {
            "core" => [Core((long)Math.Ceiling(share * CoreFrames), seed, show, cancellation)],
            "pins" => [Pins((long)Math.Ceiling(share * PinEvents), seed, show, cancellation)],
            "boards" => [LyingBoards(show, cancellation)],
            "readers" => ReaderFuzz.Readers.Select(reader => Reader(reader, share, seed, show, cancellation)),
            _ => [Processes(show, cancellation)],
        };

    private static Figure Core(long frames, int seed, Action<string> show, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        CoreFuzzResult result = CoreFuzz.Run(frames, seed, done => show(Left(start, "frames", done, frames)), cancellation);
        return new Figure("core", "frames of any content to a board's core", result.Frames, result.Faults, result.First, Since(start));
    }

    private static Figure Pins(long events, int seed, Action<string> show, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        RobotDescription rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        PinFuzzResult result = new PinFuzz([
            PinRobot.Streams(Descriptions.Robot("trunk10-4g")), PinRobot.Plays(rig, Rhythm(rig)),
            PinRobot.Walks(walker, Descriptions.Gait("walk", walker)), PinRobot.Streams(Descriptions.Robot("muscle-rig"))])
            .Run(events, seed, so => show(Left(start, "changes at the pins", so.Events, events)), cancellation);
        return new Figure("pins", "changes at the pins of output chips", result.Events, result.FaultCount, result.Faults, Since(start));
    }

    private static Figure LyingBoards(Action<string> show, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        RobotDescription rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        var bench = new LyingBoardBench(Descriptions.Robot("trunk10-4g"), rig, Rhythm(rig), walker,
            Descriptions.Gait("walk", walker), Descriptions.Robot("muscle-rig"));
        int all = LyingBoardBench.Verbs.Count * (LyingBoardBench.Lies + 1);
        var results = new List<LyingBoardResult>();
        foreach (LyingBoardResult result in bench.Honest().Concat(bench.Run()).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            results.Add(result);
            show(Left(start, "verbs with a lying board", results.Count, all));
        }

        return Judged("boards", "verbs with a board that lies", start, results.Count, results.Where(result => result.Fault != null)
            .Select(result => $"a board that {result.Lie}, {result.Verb}: {result.Fault}. Told: {result.Words}"));
    }

    private static Figure Reader(string reader, double share, int seed, Action<string> show, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        int cases = (int)Math.Ceiling(share * (reader == "tracker" ? Datagrams : ReaderCases));
        show($"{reader}: {cases} damaged inputs");
        string scratch = Directory.CreateTempSubdirectory("ganglion-fuzz-").FullName;
        try
        {
            string hardware = Path.GetDirectoryName(ShippedFiles.Folder("robots")!)!;
            FuzzResult result = new ReaderFuzz(hardware, scratch, unchecked((ulong)seed)).Run(reader, cases);
            return new Figure(reader, $"damaged inputs to the {reader} reader", result.Cases, result.Faults.Count, result.Faults,
                Since(start));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Figure Processes(Action<string> show, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        var matrix = new ProcessMatrix(Environment.ProcessPath!);
        RobotDescription arm = Descriptions.Robot("trunk10-4g");
        string path = Path.Combine(Path.GetDirectoryName(ShippedFiles.Folder("robots")!)!, "paths", "lemniscate.csv");
        ProcessVerb[] verbs =
        [
            new("run", arm, ["run", "--controller", "ik", "--port", "{port}"]),
            new("reach", arm, ["reach", "120", "-60", "480", "--controller", "ik", "--hold", "60", "--port", "{port}"]),
            new("track", arm, ["track", path, "--controller", "ik", "--port", "{port}"]),
            new("rhythm", Descriptions.Robot("rig12"), ["rhythm", "play", "walk7", "--port", "{port}"], OwnMotion: true),
            new("gait", Descriptions.Robot("walker12"), ["gait", "play", "walk", "--port", "{port}"], OwnMotion: true),
            new("pressure", Descriptions.Robot("muscle-rig"), ["pressure", "--port", "{port}"], HasLog: false),
            new("train", null, ["train", "trunk6-3g", "--hidden", "32", "--updates", "1000000", "-o", "{out}"], HasLog: false),
            new("tune", null, ["tune", "gait", "--evaluations", "10000000", "-o", "{out}"], HasLog: false),
        ];
        (ProcessVerb Verb, string Interruption)[] pairs = [.. from verb in verbs from interruption in ProcessMatrix.Interruptions
            where verb.HasLog || interruption != ProcessMatrix.Full select (verb, interruption)];
        var results = new List<ProcessResult>();
        foreach ((ProcessVerb verb, string interruption) in pairs.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            show($"{Left(start, "processes", results.Count, pairs.Length)}; now {verb.Name}, {interruption}");
            results.Add(matrix.Run(verb, interruption));
        }

        return Judged("processes", "verbs as processes, interrupted", start, results.Count, results.Where(result => result.Fault != null)
            .Select(result => $"{result.Verb}, {result.Interruption}: {result.Fault}"));
    }

    private static RhythmDescription Rhythm(RobotDescription rig) =>
        RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, "walk7"), rig);

    private static Figure Judged(string name, string what, long start, int cases, IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        return new Figure(name, what, cases, all.Length, all, Since(start));
    }

    private static string Left(long start, string what, long done, long all)
    {
        double left = done == 0 ? double.NaN : Since(start) * (all - done) / done;
        return $"{done} of {all} {what}" + (double.IsFinite(left) ? $", {Math.Max(0, left):0} s left" : "");
    }

    private static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
