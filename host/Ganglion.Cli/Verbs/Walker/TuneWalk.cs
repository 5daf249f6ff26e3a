using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Gait.Search;
using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion tune walk`: finds steps and reflex gains by CMA-ES in physics and tests them with other noise.</summary>
internal static class TuneWalk
{
    /// <summary>Noise seeds of a search and of its test do not meet.</summary>
    private const int FirstNoiseSeed = 1, FirstTestSeed = 1_000_001, SeedsApart = 1000;

    /// <summary>Noise seeds of larger ones would not be numbers of 32 bits.</summary>
    private const int MostSeed = 2_000_000;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("walker12");
        var tasks = new Option<string>("--tasks")
        {
            Description = "What to walk, the easiest first, each with the speed in m/s below " +
                "which it is too slow: flat, upD (a ramp of D degrees), downD, hillD (up and down), dipD, beltD.",
            DefaultValueFactory = _ =>
            "flat@0.25+hill8.9@0.2",
            HelpName = "TASK@SPEED+..."
        };
        var from = new Option<string?>("--from")
        {
            Description = "Search around this gait, which was tuned in physics, or whose legs a chess clock times, which it then does: a " +
                "file, or the name of one in hardware/gaits.",
            HelpName = "FILE|NAME"
        };
        Option<double> span = Numeric.Option("--span", "Width of the search around --from as a share of the whole ranges.",
            new Bounds(0.01, 1), 0.4);
        var keep = new Option<string[]>("--keep")
        {
            Description = "Give a gene a fixed value or a range, such as adapt=1 or speed_m_s=0.5:0.7.",
            HelpName = "GENE=V|GENE=A:B",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => []
        };
        Option<int> seed = Numeric.Option("--seed", "Seed of everything random.", new Bounds(-MostSeed, MostSeed), 1);
        Option<int> noise = Numeric.Option("--noise-seeds", "Noise seeds of each task; other ones in each generation.", new Bounds(2, 100),
            2);
        Option<double> push = Numeric.Option("--push", "Momentum of a push every five seconds, N s.", new Bounds(0, 50, "N s"), 1.0);
        Option<double> seconds = Numeric.Option("--seconds", "Length of a trial on level ground, s.", new Bounds(8, 600, "s"), 12.0);
        Option<int> population = Numeric.Option("--population", "Walks of a generation.", new Bounds(4, 1000), 16);
        Option<int> evaluations = Numeric.Option("--evaluations", "Walks to judge, at least a population.", new Bounds(4, 10_000_000), 960);
        Option<int> tests = Numeric.Option("--test-seeds", "Test the walk with so many seeds that the search did not see.",
            new Bounds(1, 1000), 10);
        Option<int> threads = Numeric.Threads("Threads; the result does not depend on it.");
        var output = new Option<FileInfo?>("--out", "-o") { Description = "Write the walk to this YAML file.", HelpName = "FILE" };
        Option<FileInfo?> checkpoint = CommonOptions.Checkpoint("after each generation");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("walk",
            "Tunes steps, motion of the hips and gains of the reflexes in physics (MuJoCo), with sensor noise, knocks and pushes that " +
            "are others in each generation. The walk in the middle of the search comes of it, because with a few seeds the best is the " +
            "luckiest. Ctrl-C ends it there; exit code 3 if a test falls.\n\n" +
            "Example: ganglion tune walk --tasks flat@0.25+hill8.9@0.2 --from slopes12 --out mine.yaml")
        {
            robot, tasks, from, span, keep, seed, noise, push, seconds, population, evaluations, tests, threads, output, checkpoint, json,
        };
        command.SetAction(result =>
        {
            RobotDescription walker = Descriptions.Robot(result.GetValue(robot)!);
            if (walker.Walker == null)
            {
                throw new UserException($"'{walker.Name}' is no walker. Give a robot of kind walker with --robot, such as walker12.");
            }

            if (result.GetValue(evaluations) < result.GetValue(population))
            {
                throw new UsageException($"--evaluations {result.GetValue(evaluations)} are not one generation: give at least " +
                    $"--population, {result.GetValue(population)}.");
            }

            GaitDescription? around = result.GetValue(from) is { } start ? Descriptions.Gait(start, walker) : null;
            (double[] low, double[] high) = TuneRanges.Of(around, result.GetValue(span), result.GetValue(keep)!);
            int first = FirstNoiseSeed + SeedsApart * result.GetValue(seed);
            WalkProblem problem = new(WalkHash.Of(walker), result.GetValue(tasks)!, result.GetValue(seconds), result.GetValue(push),
                [.. Enumerable.Range(first, result.GetValue(noise))], low, high, around?.Clock);
            return Run(walker, problem, result.GetValue(seed), result.GetValue(population), result.GetValue(evaluations),
                result.GetValue(tests), RankedVerbs.Threads(result, threads), result.GetValue(output)?.FullName,
                result.GetValue(checkpoint)?.FullName, result.GetValue(json));
        });
        return command;
    }

    private static int Run(RobotDescription robot, WalkProblem problem, int seed, int population, int evaluations, int tests, int threads,
        string? output, string? checkpoint, bool json)
    {
        WalkTask[] tasks;
        try
        {
            tasks = WalkTask.ParseAll(problem.Tasks, problem.Seconds, problem.Push);
        }
        catch (FormatException error)
        {
            throw new UsageException(error.Message);
        }
        if (output != null)
        {
            GaitFile.NameFor(output);
            Files.Check(output);
        }

        using IRanks ranks = MpiRanks.Join();
        using WalkEvaluator evaluator = new(robot, tasks, problem.NoiseSeeds, threads, problem.Clock, ranks);
        if (ranks.Rank > 0)
        {
            using var heeded = new Interrupt(); // by rank 0
            evaluator.Serve();
            return Errors.Ok;
        }

        using FileClaim? claim = checkpoint == null ? null : FileClaim.Take(checkpoint, "wait for it, or choose another --checkpoint");
        WalkTuning tuning = new(problem, evaluator, seed, population);
        if (checkpoint != null && File.Exists(checkpoint))
        {
            var state = WalkCheckpoint.Load(checkpoint, problem, seed);
            Checkpoint<WalkCheckpoint>.Restore(checkpoint, () => tuning.Load(state));
        }

        using var interrupt = new WorkInterrupt("nothing was written; --checkpoint keeps a run.");
        long start = Stopwatch.GetTimestamp(), before = tuning.Evaluations;
        var remaining = new Remaining();
        while (tuning.Evaluations + population <= evaluations && Step(tuning, interrupt.Token))
        {
            if (checkpoint != null)
            {
                tuning.Save().Save(checkpoint);
            }

            if (!json)
            {
                Output.Line($"{tuning.Evaluations} of {evaluations} walks judged in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, " +
                    $"mean worth {tuning.History[^1]:0.000}{remaining.After(tuning.Evaluations - before, evaluations - before)}");
            }
        }
        if (tuning.History.Count == 0)
        {
            Console.Error.WriteLine("stopped before the first generation was judged; nothing was written.");
            return Errors.Interrupted;
        }

        string name = output == null ? "tuned" : GaitFile.NameFor(output);
        GaitDescription gait = WalkGenes.Build(tuning.Genes, robot, problem.Clock, name);
        int[] unseen = [.. Enumerable.Range(FirstTestSeed, tests)];
        WalkTest[] results = Test(tasks, robot, gait, unseen, threads, interrupt.Token);
        interrupt.Ended();
        if (output != null)
        {
            Write(output, gait, robot, tuning, problem, seed, results.FirstOrDefault());
        }

        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                RobotHash = robot.FileHash,
                Problem = problem.Hash,
                Seed = seed,
                tuning.Evaluations,
                Worth = Output.Round(tuning.History[^1]),
                Tests = results.Select(Figures),
                File = output
            });
        }
        else
        {
            if (results.Length < tasks.Length)
            {
                Console.Error.WriteLine("stopped before the walk was tested with noise that the search did not see.");
            }

            BenchVerb.Print("The walk with noise that the search did not see", ["task", "walked", "speed m/s", "step mm",
                "cost of transport", "largest tilt deg"], results,
                test => BenchVerb.Cells($"{test.Name}", $"{test.Walked} of {test.Trials.Count}", $"{test.Mean(m => m.Speed):0.000}",
                    $"{1e3 * test.Mean(m => m.Step):0}", $"{test.Mean(m => m.CostOfTransport):0.00}",
                    $"{180 / Math.PI * test.Mean(m => Math.Max(m.MaxPitch, m.MaxRoll)):0.0}"));
            if (output != null)
            {
                Output.Line($"The walk is in {output}.");
            }
        }
        if (interrupt.Token.IsCancellationRequested)
        {
            return Errors.Interrupted;
        }

        return results.All(test => test.Walked == test.Trials.Count) ? Errors.Ok : Errors.Missed;
    }

    /// <summary>One generation; false if it was interrupted.</summary>
    private static bool Step(WalkTuning tuning, CancellationToken stop)
    {
        try
        {
            tuning.Step(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Tests with noise that the search did not see, as many tasks as there is time for.</summary>
    private static WalkTest[] Test(WalkTask[] tasks, RobotDescription robot, GaitDescription gait, int[] seeds, int threads,
        CancellationToken stop)
    {
        var results = new List<WalkTest>();
        try
        {
            foreach (WalkTask task in tasks)
            {
                results.Add(WalkTest.Run(task.Name, robot, gait, task.Conditions, seeds, threads, stop));
            }
        }
        catch (OperationCanceledException)
        {
            // What is there is told.
        }

        return [.. results];
    }

    private static void Write(string path, GaitDescription gait, RobotDescription robot, WalkTuning tuning, WalkProblem problem, int seed,
        WalkTest? test)
    {
        double step = test?.Mean(m => m.Step) ?? double.NaN;
        string from = string.Create(CultureInfo.InvariantCulture,
            $"version: {Output.Version}, search: cma, seed: {seed}, evaluations: " +
                $"{tuning.Evaluations}, fitness: {tuning.History[^1]:0.####}, step_mm: " +
                    $"{(double.IsNaN(step) ? 0 : Math.Max(0, 1e3 * step)):0.#}, tasks: {problem.Tasks}, noise_seeds: " +
                        $"{problem.NoiseSeeds.Length}");
        string text = GaitText.Of(gait, from, "A walk tuned in physics; ganglion tune walk wrote it.");
        GaitFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), path, robot);
        Files.WriteWhole(path, text);
    }

    private static object Figures(WalkTest test) => new
    {
        Task = test.Name,
        test.Walked,
        Of = test.Trials.Count,
        Speed = Output.Round(test.Mean(m => m.Speed)),
        StepMm = Output.Round(1e3 * test.Mean(m => m.Step), 1),
        CostOfTransport = Output.Round(test.Mean(m => m.CostOfTransport)),
    };
}
