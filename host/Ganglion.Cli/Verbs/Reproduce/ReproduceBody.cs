using System.CommandLine;
using Ganglion.Arm.Learning;
using Ganglion.Basics;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Body;
using Ganglion.Lab.Reports.Cpg;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce body`: arms that learn what they are like.</summary>
internal static class ReproduceBody
{
    /// <summary>First made-up arm: lower seeds tuned.</summary>
    private const int FirstSeed = 8101;

    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put beside it, and until it is done a folder with " +
                "what is finished.",
            DefaultValueFactory = _ => new FileInfo("body.html"),
            HelpName = "FILE"
        };
        var quick = new Option<bool>("--quick") { Description = "One made-up arm, fewer targets, shorter training." };
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string?> model = ControllerChoice.Model();
        Option<int> seed = CommonOptions.Seed(FirstSeed);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("body",
            "Arms that are not built as they are described learn it: error against the number of measured poses for the nominal " +
            "geometry, " +
            "calibrated dimensions, the spiking network and a residual; learning while they work, by eligibility traces beside BPTT; a " +
            "gear that dies at work, and what is forgotten. Exit code 3 if a figure misses its bar. Some ten minutes, --quick one. " +
            "Ctrl-C " +
            "(or a crash) keeps what is finished, and the same command goes on.\n\nExample: ganglion reproduce body --out body.html")
        {
            output, quick, robot, model, seed, json,
        };
        command.SetAction(result => Run(new BodyPlan(result.GetValue(quick), result.GetValue(seed)),
            Descriptions.Arm(result.GetValue(robot)!), result.GetValue(model), result.GetValue(output)!.FullName, result.GetValue(json)));
        return command;
    }

    private static int Run(BodyPlan plan, RobotDescription robot, string? modelName, string path, bool json)
    {
        AtomicFile.Probe(path);
        string version = Output.Version;
        var arm = TrunkArm.FromDescription(robot);
        string file = modelName != null ? ShippedFiles.Find(FileKind.Model, modelName)
            : ShippedFiles.All(FileKind.Model).FirstOrDefault(one => ArmModel.IsOf(one, arm))
            ?? throw new UserException($"there is no model that was trained on an arm built like {robot.Name}: give one with --model.");
        TrainedModel model = ArmModel.Load(file, arm).Model;
        using var work = new KeptWork(path + ".parts", "--out");
        var remaining = new Remaining();
        int kept;
        BodyReproduction? run;
        using (PartStore store = work.Open(BodyReproduction.Subject(plan, robot, model, version)))
        {
            work.TellKept(kept = store.Count, json);
            run = work.Compute(() => new BodyReproduction(plan, robot, model, store, Tell, work.Token));
        }

        if (run == null)
        {
            return Errors.Interrupted;
        }

        Files.WriteWhole(path, BodyReport.Render(run, version));
        IReadOnlyList<HeldFigure> bars = BodyBars.Of(run);
        object figures = Figures(run, bars, Path.GetFileNameWithoutExtension(file), version);
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Printing.Figures.ToJson(figures));
        work.Delete();
        if (json)
        {
            Output.Json(figures);
        }
        else
        {
            BenchVerb.Print("Arms that learn their own body", ["figure", " bar", " ours"], bars, bar =>
                BenchVerb.Cells($"{bar.What}{(bar.Met ? "" : " (missed)")}", bar.Bar, $"{bar.Ours:0.###}"));
            Output.Line($"The report is in {path}.");
        }

        return bars.All(bar => bar.Met) ? Errors.Ok : Errors.Missed;

        void Tell(int done, int all, string part)
        {
            if (!json)
            {
                Output.Line($"{done} of {all}: {part}{remaining.After(done - kept, all - kept)}");
            }
        }
    }

    private static object Figures(BodyReproduction run, IReadOnlyList<HeldFigure> bars, string model, string version) => new
    {
        Version = version,
        run.Plan.Quick,
        run.Plan.Seed,
        Robot = run.Robot.Name,
        Model = model,
        Figures = bars.Select(bar => new { bar.What, bar.Bar, Ours = Output.Round(bar.Ours), bar.Met, bar.Note }),
        ByPoses = run.Recorded.Select(arm => new
        {
            arm.Seed,
            arm.Sags,
            SpikingBeforeMm = Output.Round(arm.SpikingBefore),
            Rows = arm.Rows.Select(row => new
            {
                row.Poses,
                NominalMm = Output.Round(row.Nominal),
                CalibratedMm = Output.Round(row.Calibrated),
                SpikingMm = Output.Round(row.Spiking),
                ResidualMm = Output.Round(row.Residual),
            }),
        }),
        Online = run.Working.Select(arm => new
        {
            arm.Seed,
            Rule = arm.Rule.ToString(),
            GearDiedAfter = arm.Died,
            arm.Gear,
            At = Output.Round(arm.At, 3),
            Found = arm.Found.Select(gear => new { gear.Gear, At = Output.Round(gear.At, 3) }),
            HeldOutAtFirstMm = Output.Round(arm.Looks[0].Network, 2),
            HeldOutBeforeMm = Output.Round(arm.AtDeath.Network, 2),
            HeldOutAfterMm = Output.Round(arm.Recovered.Network, 2),
            IntactAfterMm = Output.Round(arm.Recovered.Intact, 2),
            ReachedBefore = Output.Round(arm.ReachedBefore),
            ReachedWithin20 = Output.Round(arm.ReachedWithin20),
            ReachedLater = Output.Round(arm.ReachedLater),
            arm.Fallbacks,
            arm.Updates,
            Looks = arm.Looks.Select(look => new
            {
                look.Targets,
                NetworkMm = Output.Round(look.Network, 2),
                KnownMm = Output.Round(look.Known, 3),
                IntactMm = Output.Round(look.Intact, 2),
            }),
        }),
    };
}
