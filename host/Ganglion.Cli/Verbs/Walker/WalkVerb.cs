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

/// <summary>`ganglion walk`: trials of a walker in physics with its board in the loop, or of a real one behind a port.</summary>
internal static class WalkVerb
{
    private sealed record Place(DirectoryInfo? Folder, int Threads, bool Json);

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
                "Keys: gait (files or names), adapt, tegotae, plantar, speed (mm/s), turn (degrees/s).",
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
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of a real walker's board: each condition is walked once, " +
                "or with --seeds several times; the report says what its IMU and its feet tell.",
            HelpName = "PORT"
        };
        var unattended = new Option<bool>("--unattended") { Description = "With --port: do not ask before each run." };
        Option<int> threads = Numeric.Threads("Runs at a time.", (int)Bounds.Threads.Most);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("walk",
            "Lets a walker walk in physics: gait and reflexes run in the firmware on a virtual board, fed by its own sensors, with " +
                "noise, pushes and faults; every condition with every seed, all in one table. With --port a real walker goes through " +
                    "the same trial, asked for before each run; a fall switches it off. Exit code 3 if a run does not walk to its " +
                    "end.\n\n" +
            "Example: ganglion walk ramp-15 --seeds 1-5 --out walks/ramp-15\n" +
            "         ganglion walk flat --port /dev/ttyUSB0 --out walks/bench")
        {
            file, robot, gait, terrain, seconds, speed, cadence, seeds, condition, set, fault, port, unattended, output, threads, json,
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

            var place = new Place(result.GetValue(output), result.GetValue(threads), result.GetValue(json));
            return result.GetValue(port) is { } path
                ? RunOn(new WalkPort(path, result.GetValue(unattended), place.Folder, place.Json),
                    result.GetValue(seeds) == null ? trial with { LastSeed = trial.FirstSeed } : trial, place)
                : result.GetValue(unattended) ? throw new UsageException("--unattended is for a walker on a --port.")
                : Run(trial, place);
        });
        return command;
    }

    private static int RunOn(WalkPort port, TrialDescription trial, Place place)
    {
        TrialPlan plan = Descriptions.Plan(trial);
        port.Check(plan);
        CheckFolder(place.Folder, plan, trial.LastSeed);
        int code = Finish(port.Run(plan), place);
        return port.Failure is { } failure ? throw failure : code;
    }

    private static int Run(TrialDescription trial, Place place)
    {
        (DirectoryInfo? output, int threads, bool json) = place;
        foreach (TrialFault fault in trial.Faults)
        {
            TimedFault.Check(fault);
        }

        TrialPlan plan = Descriptions.Plan(trial);
        CheckFolder(output, plan, trial.FirstSeed);
        using var interrupt = new WorkInterrupt(output == null ? "nothing was written."
            : $"no results were written; logs of unfinished runs in {output} are cut.");
        var remaining = new Remaining();
        int done = 0, all = plan.Runs;
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
        return Finish(result, place);
    }

    /// <summary>Writes and prints what was walked.</summary>
    /// <returns>The exit code.</returns>
    private static int Finish(TrialResult result, Place place)
    {
        (DirectoryInfo? output, _, bool json) = place;
        if (result.Entries.Count == 0)
        {
            Console.Error.WriteLine("stopped before the first run was finished; " +
                (result.Port == null ? "nothing was written." : "there is no report."));
            return Errors.Interrupted;
        }

        if (!result.IsComplete)
        {
            Console.Error.WriteLine($"stopped after {result.Entries.Count} of {result.Plan.Runs} runs; what follows is of these.");
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
    private static void CheckFolder(DirectoryInfo? output, TrialPlan plan, int lastLogged)
    {
        if (output == null)
        {
            return;
        }

        AtomicFile.Probe(Path.Combine(output.FullName, "results.json"));
        AtomicFile.Probe(Path.Combine(output.FullName, "report.html"));
        foreach (TrialCondition condition in plan.Trial.Conditions)
        {
            for (int seed = plan.Trial.FirstSeed; seed <= lastLogged; seed++)
            {
                string log = LogOf(output, condition, seed);
                if (File.Exists(log))
                {
                    throw new UserException($"{log}: there is a log of that name already, and logs are not overwritten. Give another " +
                        $"--out, or move the old logs away.");
                }
            }
        }
    }

    private static string LogOf(DirectoryInfo folder, TrialCondition condition, int seed) =>
        Path.Combine(folder.FullName, WalkReport.LogName(condition, seed));

    // What a board refuses is the user's matter, what else goes wrong in a run is ours and keeps its trace.
    private static Exception Known(Exception inner) => inner is BoardException or Physics.PhysicsException or IOException
        or ArgumentException
        ? new UserException(inner.Message)
        : new InvalidOperationException("A run of the trial failed.", inner);

    private static BoardTrialLog Log(DirectoryInfo folder, TrialPlan plan, TrialCondition condition) => new(
        LogOf(folder, condition, plan.Trial.FirstSeed),
        plan.Robot,
        plan.Terrain,
        [
            new("version", Output.Version), new("seed", plan.Trial.FirstSeed.ToString(CultureInfo.InvariantCulture)),
            new("condition", condition.Name),
            new("robot", plan.Robot.Name), new("robot_sha256", plan.Robot.FileHash),
            new("gait", plan.GaitUnder(condition).Name), new("gait_sha256", plan.GaitUnder(condition).FileHash),
            new("trial", plan.Trial.Name), new("trial_sha256", plan.Trial.FileHash),
        ]);
}
