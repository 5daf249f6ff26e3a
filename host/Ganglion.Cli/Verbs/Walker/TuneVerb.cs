using System.CommandLine;
using System.Diagnostics;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Search;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion tune gait`: finds a walk by a genetic search or CMA-ES and writes it as a gait file.</summary>
internal static class TuneVerb
{
    private const double WantedFitness = 16, WantedMargin = 0.02, ShortestStep = 0.25, LongestStep = 0.34;
    private const int CheckpointEvery = 20;

    public static Command Create() => new("tune", "Searches for parameters.")
    {
        Gait(), TuneWalk.Create(), TuneSpeed.Create(), TuneAtlas.Create(),
    };

    private static Command Gait()
    {
        var search = new Option<string>("--search")
        {
            Description = "ga: the paper's genetic algorithm; cma: CMA-ES.",
            DefaultValueFactory = _ => "cma"
        };
        search.AcceptOnlyFromAmong("ga", "cma");
        var seeds = new Option<string>("--seed")
        {
            Description = "Seed, or a range of them such as 1-10.",
            DefaultValueFactory = _ =>
            "1",
            HelpName = "N|N-M"
        };
        Option<int> evaluations = Numeric.Option("--evaluations", "Gaits to judge for each seed.", new Bounds(100, 100_000_000), 10_000);
        Option<int> threads = Numeric.Threads("Threads; the result does not depend on it.");
        Option<string> robot = CommonOptions.Robot("walker12");
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write the best gait of all seeds to this YAML file.",
            HelpName = "FILE"
        };
        Option<FileInfo?> checkpoint = CommonOptions.Checkpoint("(the seed is appended)");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("gait",
            "Tunes the 22 parameters of the Kimura planner for a stable walk: ZMP well inside the soles, steps of a third of a metre. " +
                "Ctrl-C ends it with the best so far. Under mpirun -n N (MPICH) N processes share each generation.\n\n" +
            "Example: ganglion tune gait --seed 1-10 --out walk.yaml")
        {
            search, seeds, evaluations, threads, robot, output, checkpoint, json,
        };
        command.SetAction(result => Run(
            result.GetValue(search)!, Range(result.GetValue(seeds)!), result.GetValue(evaluations), RankedVerbs.Threads(result, threads),
            Descriptions.Robot(result.GetValue(robot)!), result.GetValue(output)?.FullName, result.GetValue(checkpoint)?.FullName,
            result.GetValue(json)));
        return command;
    }

    private static int Run(string search, int[] seeds, int evaluations, int threads, RobotDescription robot, string? output,
        string? checkpoint, bool json)
    {
        if (robot.Walker == null)
        {
            throw new UserException($"'{robot.Name}' is no walker. Give a robot of kind walker with --robot, such as walker12.");
        }

        var problem = GaitProblem.Of(robot);
        if (output != null)
        {
            GaitFile.NameFor(output);
            Files.Check(output);
        }

        int population = Search(search, seeds[0]).Population, most = PopulationEvaluator.MostRanks(population);
        if (Launch.Here.Count > most)
        {
            throw new UsageException($"{Launch.Here.Count} ranks cannot share a generation of {population} gaits, which are judged " +
                $"{PopulationEvaluator.Lanes} at once: start at most {most}. Many seeds are spread over any number of ranks by ganglion " +
                $"sweep.");
        }

        using IRanks ranks = MpiRanks.Join();
        using PopulationEvaluator evaluator = new(problem, population, threads, ranks);
        bool speaks = ranks.Rank == 0, isInterrupted = false;
        var results = new List<Result>();
        using var interrupt = new WorkInterrupt("nothing was written; --checkpoint keeps a run.");
        for (int i = 0; i < seeds.Length && !isInterrupted; i++)
        {
            string? file = checkpoint == null || !speaks ? null : $"{checkpoint}.{seeds[i]}";
            using FileClaim? claim = file == null ? null : FileClaim.Take(file, "wait for it, or choose another --checkpoint");
            results.Add(Tune(Search(search, seeds[i]), seeds[i], problem, evaluations, evaluator, file, json || !speaks, ranks,
                interrupt.Token));
            isInterrupted = IsAsked(ranks, interrupt.Token);
        }

        interrupt.Ended();
        if (!speaks)
        {
            return Errors.Ok;
        }

        Result best = results.MaxBy(result => result.Score.Fitness)!;
        if (output != null && best.Score.Fitness > GaitProblem.Unfit)
        {
            Write(output, best, search, problem, robot);
        }

        if (json)
        {
            Output.Json(new
            {
                Search = search,
                Output.Version,
                Problem = GaitCheckpoint.HashOf(problem),
                RobotHash = robot.FileHash,
                Best = best.Seed,
                Walks = results.Count(Walks),
                Runs = results.Select(Figures),
                File = output
            });
        }
        else
        {
            Output.Line($"{results.Count(Walks)} of {results.Count} seed(s) end with fitness {WantedFitness} or more, a margin of " +
                $"{1000 * WantedMargin:0} mm or more and steps of {1000 * ShortestStep:0} to {1000 * LongestStep:0} " +
                    $"mm.{(output == null ? "" : $" The best, of seed {best.Seed}, is in {output}.")}");
        }

        return isInterrupted ? Errors.Interrupted : results.Any(Walks) ? Errors.Ok : Errors.Missed;
    }

    /// <summary>Whether any rank is asked to end.</summary>
    private static bool IsAsked(IRanks ranks, CancellationToken end) => ranks.Agree(end.IsCancellationRequested ? 1 : 0) != 0;

    private static ISearch Search(string name, int seed) =>
        name == "ga" ? new GeneticSearch(GaitGenes.Count, seed) : new CmaSearch(GaitGenes.Count, seed);

    private static Result Tune(ISearch search, int seed, GaitProblem problem, int evaluations, PopulationEvaluator evaluator,
        string? checkpoint, bool json, IRanks ranks, CancellationToken cancellation)
    {
        GaitTuning tuning = new(search, evaluator);
        string hash = GaitCheckpoint.HashOf(problem);
        if (checkpoint != null && File.Exists(checkpoint))
        {
            TuningState state = GaitCheckpoint.Load(checkpoint, problem, seed, search);
            Checkpoint<GaitCheckpoint>.Restore(checkpoint, () => tuning.Load(state));
        }

        tuning.GoOnFromFirst(ranks);
        var remaining = new Remaining();
        long before = tuning.Evaluations;

        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long wall = Stopwatch.GetTimestamp(), reached = -1, told = wall;
        bool walkedBefore = Walks(tuning.Best);
        while (tuning.Evaluations + search.Population <= evaluations && !IsAsked(ranks, cancellation))
        {
            tuning.Step();
            if (reached < 0 && !walkedBefore && Walks(tuning.Best))
            {
                reached = tuning.Evaluations;
            }

            if (checkpoint != null && tuning.Generation % CheckpointEvery == 0)
            {
                new GaitCheckpoint(hash, seed, search.Population, tuning.Save()).Save(checkpoint);
            }

            if (json || Stopwatch.GetElapsedTime(told).TotalSeconds < 1)
            {
                continue;
            }

            told = Stopwatch.GetTimestamp();
            Output.Line($"seed {seed}: {tuning.Evaluations} of {evaluations} gaits judged, best fitness " +
                $"{tuning.Best.Fitness:0.00}{remaining.After(tuning.Evaluations - before, evaluations - before)}");
        }
        if (checkpoint != null)
        {
            new GaitCheckpoint(hash, seed, search.Population, tuning.Save()).Save(checkpoint);
        }

        process.Refresh();
        Result result = new(seed, tuning.Evaluations, reached, tuning.Best, [.. tuning.BestGenes],
            Stopwatch.GetElapsedTime(wall).TotalSeconds, (process.TotalProcessorTime - processor).TotalSeconds);
        GaitScore s = result.Score;
        if (!json)
        {
            Output.Line($"seed {seed}: fitness {s.Fitness:0.000}, ZMP {1000 * s.MeanDistance:0.0} mm from the centre (largest " +
                $"{1000 * s.MaxDistance:0} mm), margin {1000 * s.MinMargin:0.0} mm, inside {100 * s.Inside:0.0} %, step " +
                    $"{1000 * s.StepLength:0} mm, lift {1000 * s.Lift:0} mm, duty {s.Duty:0.000}, cycle {s.Period:0.000} s; " +
                        $"{result.Evaluations} gaits in {result.WallSeconds:0.00} s ({result.ProcessorSeconds:0.00} s of processor " +
                            $"time){(reached < 0 ? "" : $", the bar after {reached}")}");
        }

        return result;
    }

    private static void Write(string path, Result best, string search, GaitProblem problem, RobotDescription robot)
    {
        string name = GaitFile.NameFor(path);
        string text = GaitWriter.Write(name, best.Genes, problem, new GaitOrigin(Output.Version, search, best.Seed, best.Evaluations,
            best.Score), robot);
        GaitFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), path, robot);
        Files.WriteWhole(path, text);
    }

    private static bool Walks(Result result) => Walks(result.Score);

    private static bool Walks(GaitScore score) =>
        score.Fitness >= WantedFitness && score.MinMargin >= WantedMargin && score.Inside >= 1 && score.StepLength is >= ShortestStep
        and <= LongestStep;

    private static object Figures(Result result) => new
    {
        result.Seed,
        result.Evaluations,
        EvaluationsToTheBar = result.Reached,
        Fitness = Output.Round(result.Score.Fitness),
        Penalty = Output.Round(result.Score.Penalty),
        MeanDistanceMm = Output.Round(1000 * result.Score.MeanDistance, 2),
        MarginMm = Output.Round(1000 * result.Score.MinMargin, 2),
        Inside = Output.Round(result.Score.Inside),
        StepMm = Output.Round(1000 * result.Score.StepLength, 2),
        LiftMm = Output.Round(1000 * result.Score.Lift, 2),
        Duty = Output.Round(result.Score.Duty),
        CycleSeconds = Output.Round(result.Score.Period),
        WallSeconds = Output.Round(result.WallSeconds, 3),
        ProcessorSeconds = Output.Round(result.ProcessorSeconds, 3),
        Genes = GaitGenes.Names.Zip(result.Genes).ToDictionary(pair => pair.First, pair => pair.Second),
    };

    private static int[] Range(string text)
    {
        (int first, int last) = SeedRange.Parse("--seed", text);
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    private sealed record Result(
        int Seed, long Evaluations, long Reached, GaitScore Score, double[] Genes, double WallSeconds, double ProcessorSeconds);
}
