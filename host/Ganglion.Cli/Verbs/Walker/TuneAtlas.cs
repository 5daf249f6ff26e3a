using System.CommandLine;
using System.Globalization;
using System.Text;
using Ganglion.Basics;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Gait.Search;
using Ganglion.Gait.Walks;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Walking;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion tune atlas`: finds on slopes what a gait has to do otherwise there, and writes that into its file.</summary>
internal static class TuneAtlas
{
    /// <summary>Noise seeds of a search and of its test do not meet, nor those of surveys and trials.</summary>
    private const int FirstNoiseSeed = 4_000_001, FirstTestSeed = 5_000_001, SeedsApart = 1000, MostSeed = 500;

    private const double MostSlope = 24.9, MostSpeed = 10, Degree = Math.PI / 180;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("walker12");
        var gait = new Option<string>("--gait")
        {
            Description = "The gait that walks on level ground: a file, or the name of one in hardware/gaits.",
            Required = true,
            HelpName = "FILE|NAME"
        };
        var grounds = new Option<string[]>("--slopes")
        {
            Description = "Slopes in degrees, uphill above 0, each with the speed of the steps there in m/s.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["8.9@0.3", "15@0.2", "20@0.1", "-8.9@0.3", "-15@0.2", "-20@0.1"],
            HelpName = "DEG@SPEED"
        };
        var genes = new Option<string[]>("--genes")
        {
            Description = "What may be otherwise on slopes.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["adapt", "foot_x_m", "lift_m", "ankle_pitch_rate_s"],
            HelpName = "GENE"
        };
        genes.AcceptOnlyFromAmong(AtlasProblem.AllGenes);
        Option<double> span = Numeric.Option("--span", "Width of the search on a slope as a share of the genes' whole ranges.",
            new Bounds(0.01, 1), 0.3);
        Option<int> seed = Numeric.Option("--seed", "Seed of the search.", new Bounds(0, MostSeed), 1);
        Option<int> population = Numeric.Option("--population", "Walks of a generation.", new Bounds(4, 1000), 8);
        Option<int> generations = Numeric.Option("--generations", "Generations on each slope.", new Bounds(1, 10_000), 6);
        Option<int> noise = Numeric.Option("--noise-seeds", "Noise seeds of each walk; others in each generation.", new Bounds(1, 20), 2);
        Option<int> tests = Numeric.Option("--tests", "Seeds that the search did not see: a slope on which one falls ends its side.",
            new Bounds(1, 1000), 8);
        Option<double> seconds = Numeric.Option("--seconds", "Length of a walk, s.", new Bounds(12, 600, "s"), 20.0);
        Option<double> push = Numeric.Option("--push", "Momentum of a push every five seconds, N s.", new Bounds(0, 50, "N s"), 2.0);
        Option<int> threads = Numeric.Threads("Threads; the result does not depend on it.");
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write the gait with its atlas to this YAML file.",
            HelpName = "FILE"
        };
        Option<FileInfo?> checkpoint = CommonOptions.Checkpoint("after each generation");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("atlas",
            "Finds in physics (MuJoCo), on one slope after the other outward from level ground, what a walker's steps and reflexes have " +
                "to be there, and writes that as an atlas into its gait: its board then goes by the slope that it feels. Each slope " +
                    "begins from what was found on the one before it. Measure the speeds of the new gait with tune speed. Exit code 3 " +
                        "if a slope fell.\n\n" +
            "Example: ganglion tune atlas --gait longstep12 --slopes 8.9@0.4 15@0.3 --out mine.yaml")
        {
            robot, gait, grounds, genes, span, seed, population, generations, noise, tests, seconds, push, threads, output, checkpoint,
            json,
        };
        command.SetAction(result =>
        {
            RobotDescription walker = Descriptions.Robot(result.GetValue(robot)!);
            if (walker.Walker == null)
            {
                throw new UserException($"'{walker.Name}' is no walker. Give a robot of kind walker with --robot, such as walker12.");
            }

            string file = ShippedFiles.Find(FileKind.Gait, result.GetValue(gait)!);
            GaitDescription walk = GaitFile.Load(file, walker);
            int first = FirstNoiseSeed + SeedsApart * result.GetValue(seed);
            AtlasProblem problem = new(WalkHash.Of(walker), walk.FileHash, Sorted(result.GetValue(grounds)!, walk),
                [.. result.GetValue(genes)!.Distinct()], result.GetValue(span), result.GetValue(population), result.GetValue(generations),
                result.GetValue(seconds), result.GetValue(push), [.. Enumerable.Range(first, result.GetValue(noise))],
                [.. Enumerable.Range(FirstTestSeed, result.GetValue(tests))]);
            return Run(walker, walk, file, problem, result.GetValue(seed), RankedVerbs.Threads(result, threads),
                result.GetValue(output)?.FullName, result.GetValue(checkpoint)?.FullName, result.GetValue(json));
        });
        return command;
    }

    private static int Run(RobotDescription robot, GaitDescription gait, string source, AtlasProblem problem, int seed, int threads,
        string? output, string? checkpoint, bool json)
    {
        if (output != null)
        {
            GaitFile.NameFor(output);
            Files.Check(output);
        }

        using IRanks ranks = MpiRanks.Join();
        using var tuning = new AtlasTuning(problem, robot, gait, seed, threads, ranks);
        if (ranks.Rank > 0)
        {
            using var heeded = new Interrupt(); // by rank 0
            tuning.Serve();
            return Errors.Ok;
        }

        using FileClaim? claim = checkpoint == null ? null : FileClaim.Take(checkpoint, "wait for it, or choose another --checkpoint");
        if (checkpoint != null && File.Exists(checkpoint))
        {
            var state = AtlasCheckpoint.Load(checkpoint, problem, seed);
            Checkpoint<AtlasCheckpoint>.Restore(checkpoint, () => tuning.Load(state));
        }

        using var interrupt = new WorkInterrupt("nothing was written; --checkpoint keeps a run.");
        var remaining = new Remaining();
        int before = tuning.Progress.Done;
        try
        {
            while (tuning.Next is { } ground && tuning.Step(interrupt.Token))
            {
                if (checkpoint != null)
                {
                    tuning.Save().Save(checkpoint);
                }

                (int done, int all) = tuning.Progress;
                if (!json)
                {
                    Output.Line($"{ground.Slope / Degree:0.#} degrees: generation {done} of {all}" +
                        $"{remaining.After(done - before, all - before)}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            return Errors.Interrupted;
        }

        interrupt.Ended();
        GaitDescription found = tuning.Gait;
        if (output != null && found.Atlas.Length > 0)
        {
            string text = GaitEdit.WithAtlas(File.ReadAllText(source), GaitFile.NameFor(output), found);
            GaitFile.Parse(Encoding.UTF8.GetBytes(text), output, robot);
            Files.WriteWhole(output, text);
        }

        Print(robot, gait, problem, tuning.Results, found.Atlas.Length > 0 ? output : null, json);
        return tuning.Results.All(one => one.Walked == problem.Tests.Length) ? Errors.Ok : Errors.Missed;
    }

    private static void Print(RobotDescription robot, GaitDescription gait, AtlasProblem problem, IReadOnlyList<AtlasResult> results,
        string? output, bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Gait = gait.Name,
                Problem = problem.Hash,
                Slopes = results.Select(one => new
                {
                    SlopeDeg = Output.Round(one.Ground.Slope / Degree, 1),
                    FeltDeg = Output.Round(one.Felt / Degree, 1),
                    one.Walked,
                    Of = problem.Tests.Length,
                    SpeedMPerS = Output.Round(one.Speed),
                    StepMm = Output.Round(1e3 * one.Step, 1),
                    Genes = problem.Genes.Zip(one.Values).ToDictionary(pair => pair.First, pair => Output.Round(pair.Second, 6)),
                }),
                File = output,
            });
            return;
        }

        foreach (AtlasResult one in results)
        {
            Output.Line($"{one.Ground.Slope / Degree:0.#} degrees: {one.Walked} of {problem.Tests.Length} walked, {one.Speed:0.000} m/s " +
                $"in steps of {1e3 * one.Step:0} mm; it feels {one.Felt / Degree:0.#}");
        }

        if (output != null)
        {
            Output.Line($"The gait with its atlas is in {output}.");
        }
    }

    // Outward from level ground, uphill first.
    private static AtlasGround[] Sorted(string[] texts, GaitDescription gait)
    {
        var grounds = new List<AtlasGround>();
        foreach (string text in texts)
        {
            string[] parts = text.Split('@');
            if (parts.Length != 2 || !NumberText.TryRead(parts[0], out double slope) || !NumberText.TryRead(parts[1], out double speed)
                || !(Math.Abs(slope) <= MostSlope) || slope == 0 || !(Math.Abs(speed) <= Math.Min(MostSpeed, gait.Walk.MaxSpeed)))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--slopes {text}: give degrees within " +
                    $"{-MostSlope} to {MostSlope} but not 0, where the gait holds, @ and m/s within {gait.Walk.MaxSpeed}, as 8.9@0.4."));
            }

            grounds.Add(new AtlasGround(slope * Degree, speed));
        }

        if (grounds.Count > WalkDefinition.MaxGrounds - 1 || grounds.Select(one => one.Slope).Distinct().Count() < grounds.Count)
        {
            throw new UsageException($"--slopes: give each slope once, and {WalkDefinition.MaxGrounds - 1} at most, since a board keeps " +
                $"{WalkDefinition.MaxGrounds} with level ground.");
        }

        return [.. grounds.OrderBy(one => one.Slope < 0).ThenBy(one => Math.Abs(one.Slope))];
    }
}
