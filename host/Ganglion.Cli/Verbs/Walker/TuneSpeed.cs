using System.CommandLine;
using System.Globalization;
using System.Text;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Gait.Walks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Walking;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion tune speed`: measures what a walker walks with which steps on which slopes, and writes that into its gait, so that it
/// walks as fast as it is told.</summary>
internal static class TuneSpeed
{
    /// <summary>Noise seeds of a survey do not meet those of a search, nor those of trials.</summary>
    private const int FirstNoiseSeed = 3_000_001;

    private const double MostSlope = 24.9, Degree = Math.PI / 180;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("walker12");
        var gait = new Option<string>("--gait")
        {
            Description = "The gait: a file, or the name of one in hardware/gaits.",
            Required = true,
            HelpName = "FILE|NAME"
        };
        var slopes = new Option<double[]>("--slopes")
        {
            Description = "Slopes to walk on, uphill above 0, degrees.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [-15, -8.9, 0, 8.9, 15],
            HelpName = "DEG"
        };
        var steps = new Option<double[]>("--steps")
        {
            Description = "Speeds of the steps, mm/s; left out, nine from half the gait's largest backward to the largest forward.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "MM/S"
        };
        Option<int> seeds = Numeric.Option("--noise-seeds", "Noise seeds of each walk: where one falls, the table ends before.",
            new Bounds(1, 100), 4);
        Option<double> push = Numeric.Option("--push", "Momentum of a push every five seconds, N s.", new Bounds(0, 50, "N s"), 2.0);
        Option<int> threads = Numeric.Threads("Threads; the result does not depend on it.");
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write the gait with its table of speeds to this YAML file.",
            HelpName = "FILE"
        };
        Option<FileInfo?> checkpoint = CommonOptions.Checkpoint("after each speed");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("speed",
            "Measures in physics (MuJoCo) how fast a walker walks with steps of some speeds on some slopes, and writes the table into " +
                "its gait: its board then chooses the steps that walk the speed it is told, on the slope that it feels. On each slope it " +
                    "goes from the slowest steps outward until a walk falls; what lies beyond, the walker will not do. Exit code 3 if no " +
                        "slope was walked.\n\n" +
            "Example: ganglion tune speed --gait longstep12 --slopes 0 8.9 --out mine.yaml")
        {
            robot, gait, slopes, steps, seeds, push, threads, output, checkpoint, json,
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
            double most = 1e3 * walk.Walk.MaxSpeed;
            double[] speeds = Sorted("--steps", result.GetValue(steps) is { Length: > 0 } given ? given : Default(most), most,
                $"{walk.Name} takes");
            SpeedProblem problem = new(WalkHash.Of(walker), walk.FileHash,
                [.. Sorted("--slopes", result.GetValue(slopes)!, MostSlope, "a slope is").Select(slope => slope * Degree)],
                [.. speeds.Select(speed => 1e-3 * speed)], [.. Enumerable.Range(FirstNoiseSeed, result.GetValue(seeds))],
                result.GetValue(push));
            int points = problem.Slopes.Length * problem.Steps.Length;
            if (points > WalkDefinition.MaxSpeeds)
            {
                throw new UsageException($"{problem.Slopes.Length} slopes with {problem.Steps.Length} speeds are {points}, and a board " +
                    $"keeps {WalkDefinition.MaxSpeeds}: give fewer --slopes or --steps.");
            }

            return Run(walker, walk, file, problem, result.GetValue(threads), result.GetValue(output)?.FullName,
                result.GetValue(checkpoint)?.FullName, result.GetValue(json));
        });
        return command;
    }

    private static int Run(RobotDescription robot, GaitDescription gait, string source, SpeedProblem problem, int threads, string? output,
        string? checkpoint, bool json)
    {
        if (output != null)
        {
            GaitFile.NameFor(output);
            Files.Check(output);
        }

        using FileClaim? claim = checkpoint == null ? null : FileClaim.Take(checkpoint, "wait for it, or choose another --checkpoint");
        var survey = new SpeedSurvey(problem, robot, gait, threads);
        if (checkpoint != null && File.Exists(checkpoint))
        {
            survey.Load(SpeedCheckpoint.Load(checkpoint, problem));
        }

        using var interrupt = new WorkInterrupt("nothing was written; --checkpoint keeps a run.");
        var remaining = new Remaining();
        int before = survey.Progress.Done;
        try
        {
            while (survey.Step(interrupt.Token) is { } point)
            {
                if (checkpoint != null)
                {
                    survey.Save().Save(checkpoint);
                }

                (int done, int all) = survey.Progress;
                if (!json)
                {
                    string walked = double.IsNaN(point.Walked) ? "falls" : $"walk {1e3 * point.Walked:0} mm/s";
                    Output.Line($"{point.Slope / Degree:0.#} degrees: steps of {1e3 * point.Steps:0} mm/s {walked}; {done} of {all}" +
                        $"{remaining.After(done - before, all - before)}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            return Errors.Interrupted;
        }

        interrupt.Ended();
        GroundSpeed[] table = survey.Table();
        if (output != null && table.Length > 0)
        {
            string text = GaitEdit.WithSpeeds(File.ReadAllText(source), GaitFile.NameFor(output), table);
            GaitFile.Parse(Encoding.UTF8.GetBytes(text), output, robot);
            Files.WriteWhole(output, text);
        }

        Print(robot, gait, problem, table, table.Length > 0 ? output : null, json);
        return table.Length > 0 ? Errors.Ok : Errors.Missed;
    }

    private static void Print(RobotDescription robot, GaitDescription gait, SpeedProblem problem, GroundSpeed[] table, string? output,
        bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Gait = gait.Name,
                Problem = problem.Hash,
                Speeds = table.Select(one => new
                {
                    SlopeDeg = Output.Round(one.Slope / Degree, 1),
                    StepsMmPerS = Output.Round(1e3 * one.Steps, 1),
                    WalkedMmPerS = Output.Round(1e3 * one.Walked, 1),
                }),
                File = output,
            });
            return;
        }

        foreach (IGrouping<double, GroundSpeed> row in table.GroupBy(one => one.Slope))
        {
            Output.Line($"where it feels {row.Key / Degree:0.#} degrees: {1e3 * row.First().Walked:0} to {1e3 * row.Last().Walked:0} mm/s");
        }

        if (output != null)
        {
            Output.Line($"The gait with its speeds is in {output}.");
        }
    }

    private static double[] Default(double most) =>
        [.. Enumerable.Range(-3, 9).Select(i => Math.Truncate(i < 0 ? most * i / 6 : most * i / 5))];

    private static double[] Sorted(string option, double[] values, double most, string what)
    {
        if (values.FirstOrDefault(value => !(Math.Abs(value) <= most), 0) is var wrong and not 0)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{option} {wrong}: {what} {-most:0.#} to {most:0.#}."));
        }

        return [.. values.Distinct().Order()];
    }
}
