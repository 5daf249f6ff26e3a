using System.CommandLine;
using Ganglion.Basics;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports;
using Ganglion.Ranks;
using Ganglion.Ranks.Mpi;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce slope`: the paper's walking sections in physics with the board in the loop.</summary>
internal static class ReproduceSlope
{
    /// <summary>On 15 degrees [m/s], as in trial reflexes-15: at slopes12's own 0.121 half ankles with Tegotae fall with one seed in
    /// ten.</summary>
    private const double SteepSpeed = 0.09;

    /// <summary>Of a trial [s].</summary>
    private const double Longest = 180;

    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put " +
                "beside it.",
            DefaultValueFactory = _ => new FileInfo("slope.html"),
            HelpName = "FILE"
        };
        Option<string> robot = CommonOptions.Robot("walker12");
        var gait = new Option<string>("--gait")
        {
            Description = "Gait with its reflexes for ramps and belt: a file, or the name of one " +
                "in hardware/gaits.",
            DefaultValueFactory = _ => "slopes12",
            HelpName = "FILE|NAME"
        };
        var longSteps = new Option<string>("--long-steps")
        {
            Description = "Gait for long and short steps on level ground.",
            DefaultValueFactory = _ => "longstep12",
            HelpName = "FILE|NAME"
        };
        var fast = new Option<string>("--fast")
        {
            Description = "Gait for 15 degrees at its best speed, and for the belt on pneumatic muscles.",
            DefaultValueFactory = _ => "atlas12",
            HelpName = "FILE|NAME"
        };
        Option<int> first = Numeric.Option("--first-seed", "First noise seed.", new Bounds(0, 1_000_000_000), 501);
        Option<int> seeds = Numeric.Option("--seeds", "Noise seeds of each trial.", new Bounds(1, SeedRange.Most), 10);
        Option<int> threads = Numeric.Threads("Trials at a time; the result does not depend on it.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("slope",
            "Level walking (Figures 14 to 16, Table 3), ramps of 5, 8.9 and 15 degrees (Figures 18 to 21; 15 at 90 mm/s, the others at " +
                "the gait's speed) and the belt (Figures 23 and 24; also on pneumatic muscles) without reflexes, with plantar pressure, " +
                "Tegotae, and ankles that take over " +
                    "half or all of the slope. Ctrl-C (or a crash) keeps the runs that are done, and the same command goes on. Under " +
                    "mpirun -n N (MPICH) the runs are spread over N ranks.\n\n" +
            "Example: ganglion reproduce slope --seeds 10 --out slope.html")
        {
            output, robot, gait, longSteps, fast, first, seeds, threads, json,
        };
        command.SetAction(result =>
        {
            RobotDescription walker = Descriptions.Robot(result.GetValue(robot)!);
            SlopeOptions options = new(
                walker, Descriptions.Gait(result.GetValue(gait)!, walker), Descriptions.Gait(result.GetValue(longSteps)!, walker),
                Descriptions.Gait(result.GetValue(fast)!, walker), result.GetValue(first), result.GetValue(seeds),
                [Ramp(5, null), Ramp(8.9, null), Ramp(15, SteepSpeed)], Longest, RankedVerbs.Threads(result, threads));
            return Run(options, result.GetValue(output)!.FullName, result.GetValue(json));
        });
        return command;
    }

    private static SlopeRamp Ramp(double degrees, double? speed) => new(degrees * Math.PI / 180, speed);

    private static int Run(SlopeOptions options, string path, bool json)
    {
        using IRanks ranks = MpiRanks.Join();
        if (ranks.Rank > 0)
        {
            using var heeded = new Interrupt();
            SlopeReproduction.Serve(options, ranks, heeded.Token);
            return Errors.Ok;
        }

        AtomicFile.Probe(path);
        string version = Output.Version;
        using var work = new KeptWork(path + ".parts", "--out");
        int done = 0, kept, all = SlopeReproduction.Runs(options);
        var remaining = new Remaining();
        SlopeReproduction? run;
        using (PartStore store = work.Open(SlopeReproduction.Subject(options, version)))
        {
            work.TellKept(kept = store.Count, json, "runs");
            run = work.Compute(() => SlopeReproduction.Run(options, Progress, work.Token, store, ranks));
        }

        if (run == null)
        {
            return Errors.Interrupted;
        }

        Files.WriteWhole(path, SlopeReport.Render(run, version));
        IReadOnlyList<TrialResult> trials = run.Trials;
        object figures = new
        {
            Version = version,
            RobotHash = options.Robot.FileHash,
            Gait = options.Gait.Name,
            GaitHash = options.Gait.FileHash,
            LongSteps = options.LongSteps.Name,
            LongStepsHash = options.LongSteps.FileHash,
            options.FirstSeed,
            options.Seeds,
            Figures = run.Figures().Select(figure => new
            {
                figure.What,
                Paper = Output.Round(figure.Paper),
                Ours = Output.Round(figure.Ours),
                figure.Note
            }),
            Trials = trials.Select(trial => new
            {
                trial.Plan.Trial.Name,
                Conditions = ConditionSummary.Of(trial).Select(summary => new
                {
                    summary.Condition.Name,
                    summary.Walked,
                    summary.Runs,
                    InsideOnSlope = Output.Round(SlopeReproduction.MeanOnSlope(trial, summary.Condition.Name)),
                    Speed = Output.Round(summary.Speed.Mean),
                    Step = Output.Round(summary.Step.Mean),
                    CostOfTransport = Output.Round(summary.CostOfTransport.Mean),
                }),
            }),
        };
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Figures.ToJson(figures));
        work.Delete();
        if (json)
        {
            Output.Json(figures);
            return Errors.Ok;
        }
        BenchVerb.Print("Figures of the paper and ours", ["figure", " paper", " ours"], run.Figures(), figure =>
            BenchVerb.Cells($"{figure.What}", Known(figure.Paper), Known(figure.Ours)));
        foreach (TrialResult trial in trials)
        {
            BenchVerb.Print(trial.Plan.Trial.Name, ["condition", " walked", " inside on the slope", " speed m/s", " step m"],
                ConditionSummary.Of(trial),
                summary => BenchVerb.Cells($"{summary.Condition.Name}", $"{summary.Walked} of {summary.Runs}",
                    $"{Share(SlopeReproduction.MeanOnSlope(trial, summary.Condition.Name))}", Known(summary.Speed.Mean),
                    Known(summary.Step.Mean)));
        }

        Output.Line($"The report is in {path}.");
        return Errors.Ok;

        // None of the runs was on a slope for long enough: the level, or all fell at its foot.
        static string Share(double share) => double.IsNaN(share) ? "-" : string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{100 * share:0.0} %");

        static string Known(double figure) => double.IsNaN(figure) ? "-"
            : figure.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

        void Progress(string name, TrialEntry entry)
        {
            done++;
            if (!json)
            {
                Output.Line($"{done} of {all}  {name}, {entry.Condition.Name}, seed {entry.Seed}: {entry.Run.Outcome}" +
                    remaining.After(done - kept, all - kept));
            }
        }
    }
}
