using System.CommandLine;
using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Learning;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Adaptation;
using Ganglion.Lab.Bench;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Cli.Verbs.Adapt;

/// <summary>`ganglion bench adapt`: arms that are not built as drawn, learned from where their tips were.</summary>
internal static class BenchAdapt
{
    private const int Judged = 300, Arms = 20;

    /// <summary>The bar of the open loop, and that of the closed one: mm, and times what exact inverse kinematics takes.</summary>
    private const double Share = 1.0 / 3, ClosedMm = 0.05, ClosedTime = 1.3;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<ulong[]> seeds = Numeric.Seeds("--seeds", $"Seeds, one arm each (default 1 to {Arms}).");
        Option<int> poses = Numeric.Option("--poses", "Tip-only poses that each arm is learned from.", new Bounds(20, 100_000), 300);
        Option<long> updates = Numeric.Option("--updates", "Updates of the spiking network; 0 trains none.", new Bounds(0, 1e12), 150_000L);
        Option<int> targets = Numeric.Option("--targets", "Targets of the closed loop for each arm; 0: open loop alone.",
            new Bounds(0, 10_000), 0);
        var sags = new Option<bool>("--sag") { Description = "The arms' joints yield to weight too." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("adapt",
            "Made-up arms: every joint's tilt +-2 degrees, neutral length +-3 mm, travel +-2 mm, the tool +-15 mm, every gear's offset " +
            "+-4 %, one gear with 5 % of play; what was learned of them, on 300 poses that nothing learned from.\n\nExample: ganglion " +
            "bench adapt --seeds 1 2 3 --sag --json")
        {
            robot, seeds, poses, updates, targets, sags, json,
        };
        command.SetAction(result => Run(Descriptions.Arm(result.GetValue(robot)!),
            [.. (result.GetValue(seeds) is { Length: > 0 } given ? given : Enumerable.Range(1, Arms).Select(seed => (ulong)seed))
                .Select(seed => (int)seed)],
            result.GetValue(poses), result.GetValue(updates), result.GetValue(targets), result.GetValue(sags), result.GetValue(json)));
        return command;
    }

    private static int Run(RobotDescription robot, int[] seeds, int poses, long updates, int targets, bool sags, bool json)
    {
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        TrainedModel? start = null;
        if (updates > 0 && ShippedFiles.All(FileKind.Model).FirstOrDefault(path =>
            ArmModel.IsOf(path, TrunkArm.FromDescription(robot))) is { } file)
        {
            start = ArmModel.Open(file).Model;
        }

        AdaptationPlan plan = new(start, updates, 0, Math.Min(Environment.ProcessorCount, 4), Curve: false);
        MadeUpOutcome[] arms = Output.Progress(json, robot.Name, $": {seeds.Length} made-up arms", show => seeds.Select((seed, done) =>
            AdaptBench.Run(robot, new MadeUpTrial(seed, sags, poses, Judged, targets), plan,
                (what, share) => show($"arm {done + 1} of {seeds.Length}: {what} {100 * share:0} %"), interrupt.Token)).ToArray());
        List<Bar> bars =
        [
            Bar.AtMost("learned residual's error by the described dimensions', the worst arm",
                arms.Max(arm => arm.Result.Learned.Mean / arm.Result.Described.Mean), Share),
            Bar.AtMost("learned residual's error by the calibrated dimensions', the worst arm",
                arms.Max(arm => arm.Result.Learned.Mean / arm.Result.Calibrated.Mean), 1),
        ];
        if (updates > 0)
        {
            bars.Add(Bar.AtMost("spiking network's error by the described dimensions', the worst arm",
                arms.Max(arm => arm.Result.Network!.Errors.Mean / arm.Result.Described.Mean), Share));
        }

        if (targets > 0)
        {
            bars.Add(Bar.AtMost("closed loop with the learned dimensions and residual, median of the worst arm, mm",
                arms.Max(arm => 1e3 * arm.Loops!.Residual.MedianError), ClosedMm));
            bars.Add(Bar.AtMost("its time to rest by that of inverse kinematics on the true dimensions, the worst arm",
                arms.Max(arm => Rest(arm.Loops!.Residual) / Rest(arm.Loops.Exact)), ClosedTime));
            if (updates > 0)
            {
                bars.Add(Bar.AtMost("closed loop of the spiking controller, median of the worst arm, mm",
                    arms.Max(arm => 1e3 * arm.Loops!.Spiking!.MedianError), ClosedMm));
                bars.Add(Bar.AtMost("its time to rest by that of exact inverse kinematics, the worst arm",
                    arms.Max(arm => Rest(arm.Loops!.Spiking!) / Rest(arm.Loops.Exact)), ClosedTime));
            }
        }

        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Poses = poses,
                Sag = sags,
                Arms = arms.Select(arm => new
                {
                    arm.Trial.Seed,
                    ProcessorSeconds = Output.Round(arm.ProcessorSeconds, 1),
                    OpenLoop = AdaptOutput.Figures(arm.Result),
                    ClosedLoop = arm.Loops is { } loops ? new
                    {
                        IkTrueDimensions = Loop(loops.Exact),
                        IkLearnedDimensions = Loop(loops.Learned),
                        LearnedResidual = Loop(loops.Residual),
                        Spiking = loops.Spiking is { } spiking ? Loop(spiking) : null,
                    } : null,
                }),
                MissedBars = BenchVerb.Missed([.. bars]),
            });
            return BenchVerb.Code([.. bars]);
        }

        BenchVerb.Print($"{robot.Name}: mean tip error on {Judged} poses, mm, after {poses} poses{(sags ? ", arms that sag" : "")}",
            ["seed", " described", " calibrated", " residual", " spiking before", " by recording", " by what was learned", " s"], arms,
            arm => BenchVerb.Cells($"{arm.Trial.Seed}", Millimetres(arm.Result.Described), Millimetres(arm.Result.Calibrated),
                Millimetres(arm.Result.Learned), Millimetres(arm.Result.Before), Millimetres(arm.Result.Recorded),
                Millimetres(arm.Result.Network?.Errors), $"{arm.ProcessorSeconds:0}"));
        if (targets > 0)
        {
            BenchVerb.Print($"closed loop, {targets} targets: median mm of the true tip, median s to rest, reached",
                ["seed", " ik, true dimensions", " s", " ik, learned", " s", " with residual", " s", " spiking", " s", " reached"], arms,
                arm => BenchVerb.Cells($"{arm.Trial.Seed}", $"{1e3 * arm.Loops!.Exact.MedianError:0.000}", $"{Rest(arm.Loops.Exact):0.00}",
                    $"{1e3 * arm.Loops.Learned.MedianError:0.000}", $"{Rest(arm.Loops.Learned):0.00}",
                    $"{1e3 * arm.Loops.Residual.MedianError:0.000}", $"{Rest(arm.Loops.Residual):0.00}",
                    arm.Loops.Spiking is { } own ? $"{1e3 * own.MedianError:0.000}" : "-",
                    arm.Loops.Spiking is { } other ? $"{Rest(other):0.00}" : "-",
                    $"{arm.Loops.Exact.Reached}/{arm.Loops.Learned.Reached}/{arm.Loops.Residual.Reached}/{arm.Loops.Spiking?.Reached}"));
        }

        return BenchVerb.Judge([.. bars]);
    }

    private static string Millimetres(TipErrors? errors) => errors is { } some ? $"{1e3 * some.Mean:0.00}" : "-";

    private static object Loop(LiveTrial trial) => new
    {
        MedianMm = Output.Round(1e3 * trial.MedianError),
        MaxMm = Output.Round(1e3 * trial.MaxError),
        SecondsToRest = Output.Round(Rest(trial), 3),
        trial.Reached,
        trial.Refused,
    };

    /// <summary>Median time to rest, s.</summary>
    private static double Rest(LiveTrial trial)
    {
        double[] seconds = [.. trial.Outcomes.Select(outcome => outcome.MotionSeconds).Order()];
        return seconds.Length == 0 ? double.NaN : seconds[seconds.Length / 2];
    }
}
