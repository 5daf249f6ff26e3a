using System.CommandLine;
using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Body;
using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Live;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench avoidance`: random targets among obstacles, with the distances of the simulated bodies.</summary>
internal static class BenchAvoidance
{
    private const double MostSlower = 1.3, MostRefused = 0.001;

    private static readonly string[] Shipped = ["posts", "shelf", "balls"];

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        Option<string?> body = CommonOptions.Body();
        var scenes = new Option<string[]>("--scenes")
        {
            Description = "Scenes besides the bare table: files, or names of shipped ones.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Shipped,
            HelpName = "FILE|NAME",
        };
        Option<int> targets = Numeric.Option("--targets", "Targets in each scene and with each seed.", new Bounds(1, 10_000), 250);
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds of targets and arms: one, or the first and the last such as 1-4.",
            DefaultValueFactory = _ => "1",
            HelpName = "N|FIRST-LAST",
        };
        var orientation = new Option<bool>("--orientation") { Description = "Targets are whole poses." };
        var madeUp = new Option<bool>("--made-up")
        {
            Description = "Each seed's arm is not built as described, but as in `bench adapt`: it learns where its body is on the way. " +
                "The same targets are tried again by the described body.",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("avoidance",
            "Random targets on a bare table and in scenes of obstacles, in virtual time: how near the simulated bodies came to anything " +
                "at any moment, which targets were refused, and the time to rest beside that of an arm that minds nothing.\n\n" +
            "Example: ganglion bench avoidance --targets 1000 --seeds 5 --json")
        {
            robot, controller, model, body, scenes, targets, seeds, orientation, madeUp, json,
        };
        command.SetAction(result => Run(Descriptions.Arm(result.GetValue(robot)!), result.GetValue(controller), result.GetValue(model),
            result.GetValue(body), [SceneDescription.Bare, .. (result.GetValue(scenes) ?? []).Select(Descriptions.Scene)],
            result.GetValue(targets), SeedRange.Parse("--seeds", result.GetValue(seeds)!), result.GetValue(orientation),
            result.GetValue(madeUp), result.GetValue(json)));
        return command;
    }

    /// <summary>A scene with one seed: with what stands there minded, and with nothing minded.</summary>
    /// <param name="AsDescribed">Of a made-up arm: with its body held to be as described; null: it is.</param>
    private sealed record Row(SceneDescription Scene, int Seed, LiveTrial With, LiveTrial Without, LiveTrial? AsDescribed,
        int RefusedThoughClear)
    {
        public double Ratio => Rest(With) / Rest(Without);

        public double LeastMm => 1000 * (With.LeastSlack + Scene.Clearance);

        public double? LeastAsDescribedMm => AsDescribed == null ? null : 1000 * (AsDescribed.LeastSlack + Scene.Clearance);

        public int Fallbacks => With.Outcomes.Count(outcome => outcome.Fallback != null);

        public static double Rest(LiveTrial trial)
        {
            double[] seconds = [.. trial.Outcomes.Select(outcome => outcome.MotionSeconds).Order()];
            return seconds.Length == 0 ? double.NaN : seconds[seconds.Length / 2];
        }
    }

    /// <summary>Targets whose own random posture is clear: they can be reached.</summary>
    private static IEnumerable<int> Clear(KeptClearance kept, int seed, int targets)
    {
        var sampler = new PoseSampler(kept.Arm, seed);
        BodyClearance body = kept.NewBody();
        double[] inputs = new double[kept.Arm.InputCount];
        for (int i = 0; i < targets; i++)
        {
            sampler.Sample(inputs);
            body.PlaceInputs(inputs);
            if (body.Slack(ClearPassage.Horizon) >= kept.Goal)
            {
                yield return i;
            }
        }
    }

    private static int Run(RobotDescription robot, string? name, string? model, string? network,
        SceneDescription[] scenes, int targets, (int First, int Last) seeds, bool orientation, bool madeUp, bool json)
    {
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        string used = "";
        var rows = new List<Row>();
        BodyNetwork? places = Descriptions.Body(network, TrunkArm.FromDescription(robot));
        foreach (SceneDescription scene in scenes)
        {
            KeptClearance kept = ArmSession.ClearanceOf(robot, scene);
            for (int seed = seeds.First; seed <= seeds.Last; seed++)
            {
                TrunkBodyDescription? body = madeUp ? MadeUpArm.Draw(kept.Arm.Design, kept.Arm.Joints, seed, sags: false) : null;
                RobotDescription built = madeUp ? robot with { TrunkArm = robot.TrunkArm! with { Body = body } } : robot;
                LiveTrialOptions options = new(targets, seed) { TargetsOf = body?.Dimensions };
                KeptClearance own = ArmSession.ClearanceOf(robot, scene) with { Network = places };
                KeptClearance drawn = kept with { Body = null };
                LiveTrial with = Try(built, options with { Kept = own }, own);
                LiveTrial without = Try(built, options with { Without = [.. with.Refusals.Keys] }, null);
                LiveTrial? asDescribed = madeUp ? Try(built, options with { Kept = drawn }, drawn) : null;
                KeptClearance there = madeUp ? drawn with { Arm = new TrunkArm(body!.Dimensions) } : drawn;
                rows.Add(new Row(scene, seed, with, without, asDescribed, Clear(there, seed, targets).Count(with.Refusals.ContainsKey)));
            }
        }

        Bar[] bars =
        [
            Bar.AtLeast("least distance of a body beyond the clearance, mm", 1000 * rows.Min(row => row.With.LeastSlack), 0),
            Bar.AtMost("time to rest beside that without obstacles, median, greatest of all rows", rows.Max(row => row.Ratio), MostSlower),
            Bar.AtMost("targets refused though their own posture is clear, share", rows.Sum(row => row.RefusedThoughClear)
                / (double)rows.Sum(row => row.With.Refused + row.With.Outcomes.Count), MostRefused),
            Bar.AtMost("missed frames", rows.Sum(row => row.With.MissedFrames), 0),
        ];
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Controller = used,
                Orientation = orientation,
                Rows = rows.Select(row => new
                {
                    Scene = row.Scene.Name,
                    row.Seed,
                    Targets = targets,
                    Refused = row.With.Refused,
                    row.RefusedThoughClear,
                    RefusedForTouching = row.With.Refusals.Values.Count(words => words.Contains("touching", StringComparison.Ordinal)),
                    row.With.Reached,
                    ReachedWithoutObstacles = row.Without.Reached,
                    ClearanceMm = Output.Round(1000 * row.Scene.Clearance, 2),
                    LeastDistanceMm = Output.Round(row.LeastMm, 3),
                    NearestParts = row.With.Nearest,
                    LeastDistanceAsDescribedMm = row.LeastAsDescribedMm is { } drawn ? Output.Round(drawn, 3) : (double?)null,
                    MedianMm = Output.Round(1000 * row.With.MedianError, 3),
                    SecondsToRest = Output.Round(Row.Rest(row.With), 3),
                    SecondsToRestWithoutObstacles = Output.Round(Row.Rest(row.Without), 3),
                    Ratio = Output.Round(row.Ratio, 3),
                    row.Fallbacks,
                    ControlMs = new { P50 = Output.Round(1000 * row.With.Times.P50, 3), P99 = Output.Round(1000 * row.With.Times.P99, 3) },
                    row.With.MissedFrames,
                    Refusals = row.With.Refusals.Select(one => new { Target = one.Key, Words = one.Value }),
                }),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"{robot.Name}, controller {used}, {targets} targets in each row; distances of the simulated body at any moment",
            ["scene", " seed", " refused", " though clear", " reached", " clearance mm", " least distance mm", " as described",
                " s to rest", " without", " ratio"], rows,
            row => BenchVerb.Cells($"{row.Scene.Name}", $"{row.Seed}", $"{row.With.Refused}", $"{row.RefusedThoughClear}",
                $"{row.With.Reached}",
                $"{1000 * row.Scene.Clearance:0.0}", $"{row.LeastMm:0.00}", row.LeastAsDescribedMm is { } drawn ? $"{drawn:0.00}" : "-",
                $"{Row.Rest(row.With):0.00}", $"{Row.Rest(row.Without):0.00}",
                $"{row.Ratio:0.00}"));
        return BenchVerb.Judge(bars);

        LiveTrial Try(RobotDescription built, LiveTrialOptions options, KeptClearance? kept) => LiveTrial.Run(built, arm =>
        {
            IArmController steers = ControllerChoice.Create(name, model, built, arm, options.Seed, orientation, measured: true,
                out string? learned, kept);
            used = ControllerChoice.Called(steers, learned);
            return steers;
        }, options, interrupt.Token);
    }
}
