using System.CommandLine;
using System.Globalization;
using Ganglion.Basics;
using Ganglion.Bridge.Session;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Lab.Reports;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion walk`: trials of a walker in physics with its board in the loop.</summary>
internal static class WalkVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("trial")
        {
            Description = "Trial description: a file, or the name of one in hardware/trials.",
            HelpName = "FILE|NAME",
            DefaultValueFactory = _ => "flat"
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Another robot than the trial's: a file or a name.",
            HelpName = "FILE|NAME"
        };
        var gait = new Option<string?>("--gait")
        {
            Description = "Another gait than the trial's: a file, or the name of one in " +
                "hardware/gaits.",
            HelpName = "FILE|NAME"
        };
        var terrain = new Option<string?>("--terrain")
        {
            Description = "Another ground: flat, ramp:DEGREES, belt:DEGREES (0 to there and " +
                "back within the time), steps:MM, stairs:MM, rough:MM.",
            HelpName = "GROUND"
        };
        Option<double?> seconds = Numeric.Option<double?>("--seconds", "Another length of a run, 1 to 600.", new Bounds(1, 600, "s"));
        Option<double?> speed = Numeric.Option<double?>("--speed", "Another commanded speed, mm/s.", new Bounds(-5000, 5000, "mm/s"));
        Option<double?> cadence = Numeric.Option<double?>("--cadence", "Another factor on the frequency of the gait's steps, 0.5 to 2.",
            new Bounds(0.5, 2));
        var seeds = new Option<string?>("--seeds") { Description = "Other seeds: a number or a range such as 1-20.", HelpName = "RANGE" };
        var condition = new Option<string[]>("--condition")
        {
            Description = "Only these of the trial's conditions.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Conditions from here: KEY=VALUE,VALUE, such as tegotae=0,1; every condition of the trial with every value. " +
                "Keys: adapt, tegotae, plantar, speed (mm/s), turn (degrees/s).",
            HelpName = "KEY=VALUES",
            AllowMultipleArgumentsPerToken = true
        };
        var fault = new Option<string[]>("--fault")
        {
            Description = "A fault beside the trial's: SECONDS:COMMAND, such as \"8:imu " +
                "freeze\" (ganglion sim --help lists the commands).",
            HelpName = "FAULT"
        };
        var output = new Option<DirectoryInfo?>("--out", "-o")
        {
            Description = "Folder for results.json, report.html with pictures and " +
                "plots, and a log of the first seed of each condition, for `ganglion view`.",
            HelpName = "FOLDER"
        };
        Option<int> threads = Numeric.Threads("Runs at a time.", (int)Bounds.Threads.Most);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("walk",
            "Lets a walker walk in physics: gait and reflexes run in the firmware on a virtual board, fed by its own sensors, with " +
                "noise, pushes and faults; every condition with every seed, all in one table. Exit code 3 if a run does not walk to " +
                    "its end.\n\n" +
            "Example: ganglion walk ramp-15 --seeds 1-5 --out walks/ramp-15")
        {
            file, robot, gait, terrain, seconds, speed, cadence, seeds, condition, set, fault, output, threads, json,
        };
        command.SetAction(result =>
        {
            TrialDescription trial = Descriptions.Trial(result.GetValue(file)!, result.GetValue(robot), result.GetValue(gait));
            trial = trial with
            {
                Seconds = result.GetValue(seconds) ?? trial.Seconds,
                Speed = result.GetValue(speed) * 1e-3 ?? trial.Speed,
                Cadence = result.GetValue(cadence) ?? trial.Cadence,
                Faults = [.. trial.Faults, .. (result.GetValue(fault) ?? []).Select(TimedFault.Of)],
            };
            if (result.GetValue(terrain) is { } ground)
            {
                trial = trial with { Terrain = TrialWords.Terrain(ground, trial.Seconds) };
            }

            if (result.GetValue(seeds) is { } range)
            {
                trial = TrialWords.Seeds(trial, range);
            }

            if (result.GetValue(condition) is { Length: > 0 } names)
            {
                trial = TrialWords.Only(trial, names);
            }

            trial = TrialWords.Set(trial, result.GetValue(set) ?? []);

            return Run(trial, result.GetValue(output), result.GetValue(threads), result.GetValue(json));
        });
        return command;
    }

    private static int Run(TrialDescription trial, DirectoryInfo? output, int threads, bool json)
    {
        foreach (TrialFault fault in trial.Faults)
        {
            TimedFault.Check(fault);
        }

        TrialPlan plan = Descriptions.Plan(trial);
        if (output != null)
        {
            CheckFolder(output, plan);
        }

        using var interrupt = new WorkInterrupt(output == null ? "nothing was written."
            : $"no results were written; logs of unfinished runs in {output} are cut.");
        var remaining = new Remaining();
        int done = 0, all = trial.Conditions.Length * (trial.LastSeed - trial.FirstSeed + 1);
        TrialResult result;
        try
        {
            result = TrialResult.Of(plan, threads, output == null ? null : condition => Log(output, plan, condition), entry =>
            {
                done++;
                if (!json)
                {
                    Output.Line($"{done,4} of {all}  {entry.Condition.Name}, seed {entry.Seed}: {entry.Run.Outcome}" +
                        remaining.After(done, all));
                }
            }, interrupt.Token);
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) is { } first
                ? Known(first) : new OperationCanceledException();
        }

        interrupt.Ended();
        if (result.Entries.Count == 0)
        {
            Console.Error.WriteLine("stopped before the first run was finished; nothing was written.");
            return Errors.Interrupted;
        }

        if (!result.IsComplete)
        {
            Console.Error.WriteLine($"stopped after {result.Entries.Count} of {all} runs; what follows is of these.");
        }

        if (output != null)
        {
            Files.WriteWhole(Path.Combine(output.FullName, "results.json"),
                Figures.ToJson(WalkFigures.Of(result)) + "\n");
            Files.WriteWhole(Path.Combine(output.FullName, "report.html"), WalkReport.Render(result, Output.Version));
        }

        if (json)
        {
            Output.Json(WalkFigures.Of(result));
        }
        else
        {
            WalkFigures.Print(result, output);
        }

        return !result.IsComplete ? Errors.Interrupted : result.Entries.All(entry => entry.Run.Walked) ? Errors.Ok : Errors.Missed;
    }

    /// <summary>What would fail at the end is told before the beginning.</summary>
    private static void CheckFolder(DirectoryInfo output, TrialPlan plan)
    {
        AtomicFile.Probe(Path.Combine(output.FullName, "results.json"));
        AtomicFile.Probe(Path.Combine(output.FullName, "report.html"));
        foreach (TrialCondition condition in plan.Trial.Conditions)
        {
            if (File.Exists(LogOf(output, plan, condition)))
            {
                throw new UserException($"{LogOf(output, plan, condition)}: there is a log of that name already, and logs are not " +
                    $"overwritten. Give another --out, or move the old logs away.");
            }
        }
    }

    private static string LogOf(DirectoryInfo folder, TrialPlan plan, TrialCondition condition) =>
        Path.Combine(folder.FullName, WalkReport.LogName(plan, condition));

    // What a board refuses is the user's matter, what else goes wrong in a run is ours and keeps its trace.
    private static Exception Known(Exception inner) => inner is BoardException or Physics.PhysicsException or IOException
        or ArgumentException
        ? new UserException(inner.Message)
        : new InvalidOperationException("A run of the trial failed.", inner);

    private static BoardTrialLog Log(DirectoryInfo folder, TrialPlan plan, TrialCondition condition) => new(
        LogOf(folder, plan, condition),
        plan.Robot,
        plan.Terrain,
        [
            new("version", Output.Version), new("seed", plan.Trial.FirstSeed.ToString(CultureInfo.InvariantCulture)),
            new("condition", condition.Name),
            new("robot", plan.Robot.Name), new("robot_sha256", plan.Robot.FileHash), new("gait", plan.Gait.Name),
            new("gait_sha256", plan.Gait.FileHash),
            new("trial", plan.Trial.Name), new("trial_sha256", plan.Trial.FileHash),
        ]);
}
