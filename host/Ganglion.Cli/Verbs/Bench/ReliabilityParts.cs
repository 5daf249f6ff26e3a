using System.Security.Cryptography;
using Ganglion.Cli.Printing;
using Ganglion.Lab.Pages;
using Ganglion.Lab.Reliability.Boards;
using Ganglion.Lab.Reliability.Core;
using Ganglion.Lab.Reliability.Pins;
using Ganglion.Lab.Reliability.Processes;
using Ganglion.Lab.Reliability.Readers;
using Ganglion.Lab.Reliability.Soak;
using Ganglion.Lab.Reports;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>What a part of the reliability bench came to.</summary>
/// <param name="Name">Key of the figure in JSON.</param>
/// <param name="What">In words.</param>
/// <param name="Cases">How much was tried.</param>
/// <param name="Count">How often it ended otherwise than it has to.</param>
/// <param name="Faults">The first of these in words.</param>
/// <param name="Seconds">It took.</param>
/// <param name="Growth">Growth of the memory, bytes; null: it was not looked at.</param>
internal sealed record ReliabilityFigure(string Name, string What, long Cases, long Count, IReadOnlyList<string> Faults, double Seconds,
    long? Growth = null);

/// <summary>The parts of `ganglion bench reliability`.</summary>
/// <param name="share">Share of the long form, which the bars are held to.</param>
/// <param name="seed">Of everything random.</param>
/// <param name="show">Shows how it goes.</param>
/// <param name="store">Keeps what is finished; null: nothing is kept.</param>
/// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
internal sealed class ReliabilityParts(double share, int seed, Action<string> show, PartStore? store, CancellationToken cancellation)
{
    /// <summary>Of the long form.</summary>
    public const long CoreFrames = 100_000_000, PinEvents = 10_000_000;

    /// <inheritdoc cref="CoreFrames"/>
    public const int Datagrams = 1_000_000, ReaderCases = 200_000, PageCases = 115_000, Kills = 12, FlakeRounds = 200;

    /// <inheritdoc cref="CoreFrames"/>
    public const double SoakHours = SoakBench.Hours;

    private const string Flaky = "flakes";

    /// <summary>All parts.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["core", "pins", "boards", "readers", "page", "processes", "resume", "soak", Flaky];

    /// <summary>All parts that can be run here: the tests are in a built checkout only.</summary>
    public static string[] Here() => Tests().Missing.Count == 0 ? [.. Names] : [.. Names.Where(name => name != Flaky)];

    /// <summary>Runs a part.</summary>
    /// <param name="part">One of <see cref="Names"/>.</param>
    /// <exception cref="UserException">It needs what is not here.</exception>
    public IEnumerable<ReliabilityFigure> Run(string part) => part switch
    {
        "core" => [Kept("core", () => Core(Part(CoreFrames)))],
        "pins" => [Kept("pins", () => Pins(Part(PinEvents)))],
        "boards" => [Kept("boards", LyingBoards)],
        "readers" => ReaderFuzz.Readers.Select(reader => Kept(reader, () => Reader(reader))),
        "page" => [Kept("page", () => Page(Part(PageCases)))],
        "processes" => [Kept("processes", Processes)],
        "resume" => ResumeJobs().Select(job => Kept(job.Name, () => Resume(job))),
        "soak" => Soaks(),
        _ => [Flakes((int)Part(FlakeRounds))],
    };

    /// <summary>This program; where `dotnet` runs its assembly, that.</summary>
    private static string Program => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "ganglion" ? Environment.ProcessPath!
        : Path.Combine(AppContext.BaseDirectory, "ganglion.dll");

    /// <summary>What decides the figures beside options: this program and the tests, as they are built.</summary>
    public static string Build()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> own = Directory.GetFiles(AppContext.BaseDirectory, "*anglion*.dll").Order(StringComparer.Ordinal);
        foreach (string assembly in own.Concat(Tests().Assemblies.Where(File.Exists)))
        {
            hash.AppendData(File.ReadAllBytes(assembly));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A part that was ended early is not finished.
    private T Kept<T>(string name, Func<T> compute) => store == null ? compute() : store.Part(name, () =>
    {
        T value = compute();
        cancellation.ThrowIfCancellationRequested();
        return value;
    });

    private long Part(long all) => (long)Math.Ceiling(share * all);

    private ReliabilityFigure Core(long frames)
    {
        var time = new Remaining();
        CoreFuzzResult result = CoreFuzz.Run(frames, seed, done => show(Left(time, "frames", done, frames)), cancellation);
        return new ReliabilityFigure("core", "frames of any content to a board's core", result.Frames, result.Faults, result.First,
            time.Elapsed.TotalSeconds);
    }

    private ReliabilityFigure Pins(long events)
    {
        var time = new Remaining();
        RobotDescription rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        PinFuzzResult result = new PinFuzz([
            PinRobot.Streams(Descriptions.Robot("trunk10-4g")), PinRobot.Plays(rig, Rhythm(rig)),
            PinRobot.Walks(walker, Descriptions.Gait("walk", walker)), PinRobot.Streams(Descriptions.Robot("muscle-rig"))])
            .Run(events, seed, so => show(Left(time, "changes at the pins", so.Events, events)), cancellation);
        return new ReliabilityFigure("pins", "changes at the pins of output chips", result.Events, result.FaultCount, result.Faults,
            time.Elapsed.TotalSeconds);
    }

    private ReliabilityFigure LyingBoards()
    {
        var time = new Remaining();
        RobotDescription rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        var bench = new LyingBoardBench(Descriptions.Robot("trunk10-4g"), rig, Rhythm(rig), walker,
            Descriptions.Gait("walk", walker), Descriptions.Robot("muscle-rig"));
        int all = LyingBoardBench.Verbs.Count * (LyingBoardBench.Lies + 1);
        var results = new List<LyingBoardResult>();
        foreach (LyingBoardResult result in bench.Honest().Concat(bench.Run()).TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            results.Add(result);
            show(Left(time, "verbs with a lying board", results.Count, all));
        }

        return Judged("boards", "verbs with a board that lies", time, results.Count, results.Where(result => result.Fault != null)
            .Select(result => $"a board that {result.Lie}, {result.Verb}: {result.Fault}. Told: {result.Words}"));
    }

    private ReliabilityFigure Reader(string reader)
    {
        cancellation.ThrowIfCancellationRequested();
        var time = new Remaining();
        int cases = (int)Math.Ceiling(share * (reader == "tracker" ? Datagrams : ReaderCases));
        show($"{reader}: {cases} damaged inputs");
        string scratch = Directory.CreateTempSubdirectory("ganglion-fuzz-").FullName;
        try
        {
            string hardware = Path.GetDirectoryName(ShippedFiles.Folder("robots"))!;
            FuzzResult result = new ReaderFuzz(hardware, scratch, unchecked((ulong)seed)).Run(reader, cases);
            return new ReliabilityFigure(reader, $"damaged inputs to the {reader} reader", result.Cases, result.Faults.Count, result.Faults,
                time.Elapsed.TotalSeconds);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private ReliabilityFigure Page(long cases)
    {
        var time = new Remaining();
        PageFuzzResult result = new PageFuzz(Descriptions.Robot("trunk10-4g")).Run(cases, seed,
            done => show(Left(time, "messages and requests to the page", done, cases)), cancellation);
        List<string> faults = [.. result.Faults];
        if (result.Growth > PageFuzz.MostGrowth)
        {
            faults.Add($"the memory grew by {result.Growth * 1e-6:0.0} MB");
        }

        return Judged("page", $"messages and requests to the page ({result.Messages} and {result.Requests}; {result.Refused} refused in " +
            $"words, {result.LetGo} windows let go; the tip moved by {1000 * result.Moved:0.###} mm)", time,
            result.Messages + result.Requests, faults) with
        {
            Growth = result.Growth,
        };
    }

    private ReliabilityFigure Processes()
    {
        var time = new Remaining();
        var matrix = new ProcessMatrix(Program);
        RobotDescription arm = Descriptions.Robot("trunk10-4g");
        string path = Path.Combine(ShippedFiles.Folder("paths"), "lemniscate.csv");
        ProcessVerb[] verbs =
        [
            new("run", arm, ["run", "--controller", "ik", "--port", "{port}"]),
            new("reach", arm, ["reach", "120", "-60", "480", "--controller", "ik", "--hold", "60", "--port", "{port}"]),
            new("track", arm, ["track", path, "--controller", "ik", "--port", "{port}"]),
            new("rhythm", Descriptions.Robot("rig12"), ["rhythm", "play", "walk7", "--port", "{port}"], OwnMotion: true),
            new("gait", Descriptions.Robot("walker12"), ["gait", "play", "walk", "--port", "{port}"], OwnMotion: true),
            new("pressure", Descriptions.Robot("muscle-rig"), ["pressure", "--port", "{port}"]),
            new("joint", Descriptions.Robot("rig12"), ["joint", "5", "--robot", "rig12", "--sweep", "--speed", "90", "--port", "{port}"],
                HasLog: false),
            new("train", null, ["train", "trunk6-3g", "--hidden", "32", "--updates", "1000000", "-o", "{out}"], HasLog: false),
            new("tune", null, ["tune", "gait", "--evaluations", "10000000", "-o", "{out}"], HasLog: false),
        ];
        (ProcessVerb Verb, string Interruption)[] pairs = [.. from verb in verbs from interruption in ProcessMatrix.Interruptions
            where verb.HasLog || interruption != ProcessMatrix.Full select (verb, interruption)];
        var results = new List<ProcessResult>();
        foreach ((ProcessVerb verb, string interruption) in pairs.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            show($"{Left(time, "processes", results.Count, pairs.Length)}; now {verb.Name}, {interruption}");
            results.Add(matrix.Run(verb, interruption));
        }

        return Judged("processes", "verbs as processes, interrupted", time, results.Count, results.Where(result => result.Fault != null)
            .Select(result => $"{result.Verb}, {result.Interruption}: {result.Fault}"));
    }

    private static IEnumerable<ResumeJob> ResumeJobs() =>
    [
        new("train", ["train", "trunk6-3g", "--hidden", "32", "--updates", "6000", "--checkpoint-every", "0.1", "--resume", "-o",
            "m.safetensors"], "m.safetensors"),
        new("tune gait", ["tune", "gait", "--evaluations", "200000", "--checkpoint", "run", "-o", "gait.yaml"], "gait.yaml"),
        new("tune walk", ["tune", "walk", "--from", "slopes12", "--span", "0.05", "--tasks", "flat@0.1", "--seconds", "8", "--push", "0",
            "--population", "4", "--evaluations", "24", "--test-seeds", "1", "--checkpoint", "run", "-o", "walk.yaml"], "walk.yaml"),
    ];

    private ReliabilityFigure Resume(ResumeJob job)
    {
        cancellation.ThrowIfCancellationRequested();
        var time = new Remaining();
        int kills = (int)Part(Kills);
        show($"{job.Name}: a run without a break");
        ResumeResult result = new ResumeMatrix(Program).Run(job, kills, seed,
            done => show(Left(time, $"kills of {job.Name}", done, kills)), cancellation);
        return new ReliabilityFigure(Key("resume", job.Name), $"{job.Name} killed and resumed", result.Kills, result.Faults.Count,
            result.Faults, time.Elapsed.TotalSeconds);
    }

    private IEnumerable<ReliabilityFigure> Soaks()
    {
        RobotDescription arm = Descriptions.Robot("trunk10-4g"), rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        var bench = new SoakBench(arm, model => ControllerChoice.Create(null, null, arm, model, seed, orientation: false, measured: true,
            out _), rig, Rhythm(rig), walker, Descriptions.Gait("walk", walker));
        double seconds = Math.Max(SoakBench.Least, share * 3600 * SoakHours);
        foreach (string job in SoakBench.Jobs)
        {
            cancellation.ThrowIfCancellationRequested();
            var time = new Remaining();
            SoakResult result = Kept($"soak {job}", () => bench.Run(job, seconds, seed,
                now => show(Left(time, $"s of {job}", (long)now, (long)seconds)), cancellation));
            yield return Judged(Key("soak", job), $"s of {job} in virtual time, memory grew by {result.Growth * 1e-6:0.00} MB", time,
                (long)result.Seconds, result.Words is { } words ? [words] : []) with
            {
                Growth = result.Growth,
            };
        }
    }

    private ReliabilityFigure Flakes(int rounds)
    {
        var time = new Remaining();
        FlakeRuns tests = Tests();
        if (tests.Missing.Count > 0)
        {
            throw new UserException($"--part {Flaky} runs the repository's tests, and {tests.Missing[0]} is not built beside this " +
                $"program: run it from a checkout after `dotnet build -c Release`.");
        }

        var faults = new List<string>();
        double seconds = 0;
        for (int done = 0; done < rounds; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            show($"{Left(time, "runs of the tests with real ports", done, rounds)}, {faults.Count} failures");
            FlakeResult run = Kept($"{Flaky} {done + 1}", () => tests.Once(cancellation));
            faults.AddRange(run.Failed.Select(failed => $"run {done + 1}: {failed}"));
            seconds += run.Seconds;
        }

        return new ReliabilityFigure(Flaky, "runs of the tests with real ports beside two busy loops", rounds, faults.Count, faults,
            seconds);
    }

    // artifacts/bin/PROJECT/CONFIGURATION: the test projects lie beside this one.
    private static FlakeRuns Tests()
    {
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return new FlakeRuns(Path.GetFullPath(Path.Combine(own, "..", "..")), Path.GetFileName(own));
    }

    private static string Key(string part, string name) => part + string.Concat(name.Split(' ').Select(word =>
        char.ToUpperInvariant(word[0]) + word[1..]));

    private static RhythmDescription Rhythm(RobotDescription rig) =>
        RhythmFile.Load(ShippedFiles.Find(FileKind.Rhythm, "walk7"), rig);

    private static ReliabilityFigure Judged(string name, string what, Remaining time, long cases, IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        return new ReliabilityFigure(name, what, cases, all.Length, all, time.Elapsed.TotalSeconds);
    }

    private static string Left(Remaining time, string what, long done, long all) => $"{done} of {all} {what}{time.After(done, all)}";
}
