using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench live`: how a controller closes the loop over virtual boards, in virtual time, under difficulties.</summary>
internal static class BenchLive
{
    private const double Distance = 0.1, Allowed = 0.5, MostComputing = 10;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        Option<int> targets = Numeric.Option("--targets", "Targets in each row.", new Bounds(1, 10_000), 40);
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("live",
            "One target after another through virtual boards, servos and the pose loop: targets moved by 100 mm, random ones, noisy " +
                "poses, a stuck gear, an arm 2 % longer than its model.\n\n" +
            "Example: ganglion bench live --robot trunk25-4g --targets 20 --json")
        {
            robot, controller, model, targets, seed, json,
        };
        command.SetAction(result => Run(
            Descriptions.Arm(result.GetValue(robot)!), result.GetValue(controller), result.GetValue(model), result.GetValue(targets),
            result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(RobotDescription robot, string? name, string? model, int targets, int seed, bool json)
    {
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        string board = robot.Boards[0].Id;
        (string Task, bool Orientation, LiveTrialOptions Options)[] tasks =
        [
            ("moved by 100 mm", false, new(targets, seed) { Distance = Distance }),
            ("random", false, new(targets, seed)),
            ("random, with orientation", true, new(targets, seed)),
            ("random, 0.1 mm noise", false, new(targets, seed) { Noise = 0.1e-3 }),
            ("random, 0.5 mm noise", false, new(targets, seed) { Noise = 0.5e-3 }),
            ("random, 1 mm noise", false, new(targets, seed) { Noise = 1e-3 }),
            ("random, a gear stuck", false, new(targets, seed) { Fault = $"servo {board} 5 stalled" }),
            ("random, arm 2 % longer", false, new(targets, seed) { TrueLength = 1.02 }),
        ];
        string used = "";
        var rows = new List<(string Task, LiveTrial Trial)>();
        foreach ((string task, bool orientation, LiveTrialOptions options) in tasks)
        {
            var trial = LiveTrial.Run(robot, arm =>
            {
                IArmController steers = ControllerChoice.Create(name, model, robot, arm, seed, orientation, measured: true,
                    out string? learned);
                used = ControllerChoice.Called(steers, learned);
                return steers;
            }, options, interrupt.Token);
            rows.Add((task, trial));
        }

        LiveTrial moved = rows[0].Trial;
        double[] after = moved.AfterTravel;
        Bar[] bars =
        [
            Bar.AtLeast("targets moved by 100 mm that are below 1 mm within the servos' travel and 0.5 s, share", after.Count(seconds =>
                seconds <= Allowed) / (double)targets, 0.9),
            Bar.AtMost("computing of a period, 99 %, millions of multiplications", rows.Max(row => row.Trial.Times.P99)
                / Yardstick.Seconds, MostComputing),
            Bar.AtMost("missed frames", rows.Sum(row => row.Trial.MissedFrames), 0),
            Bar.AtMost("median error with 0.1 mm noise, mm", 1000 * rows[3].Trial.MedianError, 0.25),
            Bar.AtMost("median error with 0.5 mm noise, mm", 1000 * rows[4].Trial.MedianError, 0.8),
            Bar.AtMost("median error with 1 mm noise, mm", 1000 * rows[5].Trial.MedianError, 1.3),
        ];
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Controller = used,
                Seed = seed,
                Rows = rows.Select(row => new
                {
                    row.Task,
                    Targets = targets,
                    row.Trial.Reached,
                    row.Trial.Refused,
                    MedianMm = Output.Round(1000 * row.Trial.MedianError, 4),
                    MaxMm = Output.Round(1000 * row.Trial.MaxError, 3),
                    MedianDeg = Output.Round(Degrees(row.Trial)),
                    AfterTravelSeconds = new
                    {
                        Median = Output.Round(At(row.Trial.AfterTravel, 0.5), 2),
                        P90 = Output.Round(At(row.Trial.AfterTravel, 0.9), 2)
                    },
                    SecondsToRest = Output.Round(At([.. row.Trial.Outcomes.Select(outcome => outcome.MotionSeconds).Order()], 0.5), 2),
                    ControlMs = new
                    {
                        P50 = Output.Round(1000 * row.Trial.Times.P50, 3),
                        P99 = Output.Round(1000 * row.Trial.Times.P99, 3),
                        Max = Output.Round(1000 * row.Trial.Times.Max, 2)
                    },
                    row.Trial.MissedFrames,
                    DelayMs = Output.Round(1000 * row.Trial.Delay, 1),
                }),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"{robot.Name}, controller {used}, {targets} targets in each row, virtual boards in virtual time; errors of " +
            $"the true tip",
            ["task", " reached", " refused", " median mm", " max mm", " median deg", " s after travel", " 90 %", " s to rest",
                " ms a period, 99 %", " max"], rows,
            row => BenchVerb.Cells($"{row.Task}", $"{row.Trial.Reached}", $"{row.Trial.Refused}", $"{1000 * row.Trial.MedianError:0.000}",
                $"{1000 * row.Trial.MaxError:0.00}", $"{Degrees(row.Trial):0.00}",
                $"{At(row.Trial.AfterTravel, 0.5):0.00}", $"{At(row.Trial.AfterTravel, 0.9):0.00}",
                $"{At([.. row.Trial.Outcomes.Select(outcome => outcome.MotionSeconds).Order()], 0.5):0.00}",
                $"{1000 * row.Trial.Times.P99:0.0}", $"{1000 * row.Trial.Times.Max:0.0}"));
        return BenchVerb.Judge(bars);
    }

    private static double Degrees(LiveTrial trial) => At([.. trial.Outcomes.Select(outcome => outcome.AngleError * 180 / Math.PI)
        .Order()], 0.5);

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
}
