using System.CommandLine;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench inference`: how well spiking models bring an arm's tip to random reachable poses.</summary>
internal static class BenchInference
{
    private static readonly int[] Marks = [200, 500, 1000, 5000];

    /// <summary>What the medians of the paper's scheme there are held to, mm: of the 10-joint 4-geared arm; of the 25-joint one at the last
    /// (the paper's Fig. 8).</summary>
    private static readonly double[] MarkBars = [8, 2.5, 1.5, 0.8];

    private const double LongArmBar = 1;

    /// <summary>From so many joints on a network is large and fewer targets are tried; noisy rows use their whole budget each and get a
    /// share of them.</summary>
    private const int LargeArm = 11, NoiseShare = 10;

    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "A trained model of a trunk arm: a file, or the name of one in hardware/models.",
            DefaultValueFactory = _ => "trunk10-4g-128",
            HelpName = "FILE|NAME",
        };
        Option<int?> poses = Numeric.Option<int?>("--poses", "Targets for the solver; with noise, where each takes its whole budget of " +
            "measured poses, a tenth of that (default: 1000; 200 for arms of more than 10 joints).", new Bounds(1, 100_000));
        Option<int?> paper = Numeric.Option<int?>("--paper-poses", "Targets for the paper's scheme, 5 000 iterations each; 0 leaves it " +
            "out (default: 100; 30 for arms of more than 10 joints).", new Bounds(0, 100_000));
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("inference",
            "The paper's motor inference, and the solver with position, pose and noisy measurements, beside inverse kinematics on the " +
                "exact arm. " +
            "The paper does not say where its runs start: its scheme is held to its bars from the straight arm with every input in the " +
                "middle of its range, and shown from the straight arm retracted (where the authors' program starts) and from random " +
                    "postures too. The solver starts from random ones.\n\nExample: ganglion bench inference --paper-poses 0 --json")
        {
            model, poses, paper, seed, json,
        };
        command.SetAction(result => Run(
            ShippedFiles.Find(FileKind.Model, result.GetValue(model)!),
            result.GetValue(poses), result.GetValue(paper), result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(string path, int? askedPoses, int? askedPaper, int seed, bool json)
    {
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        (TrainedModel trained, TargetForm form, TrunkArm arm) = ArmModel.Open(path);
        SpikingPoseModel model = new(arm, trained.Weights, form);
        bool large = arm.Joints >= LargeArm;
        int poses = askedPoses ?? (large ? 200 : 1000), paperPoses = askedPaper ?? (large ? 30 : 100);
        int budget = large ? 400 : 150, poseBudget = large ? 600 : 300;
        var ik = IkTrial.Run(arm, poses, seed, new IkOptions(), interrupt.Token);
        (string Decay, MotorStart Start, MotorTrial Trial)[] papers = paperPoses == 0 ? [] :
        [
            Paper("eq. 19", StepDecay.Position, MotorStart.Straight),
            Paper("eq. 19", StepDecay.Position, MotorStart.Retracted),
            Paper("eq. 19", StepDecay.Position, MotorStart.Random),
            Paper("eq. 19 with the whole pose's error", StepDecay.Pose, MotorStart.Straight),
        ];
        (string Name, int Budget, InferenceTrial Trial)[] trials =
        [
            Trial("position", false, budget, 0),
            Trial("position and orientation", true, poseBudget, 0),
            Trial("position, 0.1 mm noise", false, budget, 0.1e-3),
            Trial("position, 0.5 mm noise", false, budget, 0.5e-3),
            Trial("position, 1 mm noise", false, budget, 1e-3),
        ];
        Bar[] bars = [.. papers.Length == 0 ? [] : PaperBars(arm, papers[0].Trial), .. Bars(arm, trials)];
        if (json)
        {
            Output.Json(new
            {
                Model = Path.GetFileName(path),
                Seed = seed,
                Paper = papers.Select(row => new
                {
                    StepDecay = row.Decay,
                    Start = row.Start.ToString(),
                    row.Trial.Poses,
                    row.Trial.Iterations,
                    MedianMm = row.Trial.MedianErrors.Select(error => Output.Round(1000 * error)),
                    P90Mm = row.Trial.P90Errors.Select(error => Output.Round(1000 * error)),
                    MedianDeg = row.Trial.MedianAngles.Select(angle => Output.Round(angle * 180 / Math.PI, 2)),
                    row.Trial.Stuck,
                    MicrosecondsPerIteration = Output.Round(1e6 * row.Trial.TimePerIteration, 1),
                }),
                Solver = trials.Select(row => new
                {
                    Task = row.Name,
                    MeasurementBudget = row.Budget,
                    row.Trial.Poses,
                    row.Trial.Reached,
                    MedianMm = Output.Round(1000 * row.Trial.MedianError, 6),
                    MaxMm = Output.Round(1000 * row.Trial.MaxError, 3),
                    MedianDeg = Output.Round(row.Trial.MedianAngle * 180 / Math.PI),
                    row.Trial.MedianMeasurements,
                    row.Trial.P90Measurements,
                    MeanMs = Output.Round(1000 * row.Trial.MeanTime, 2),
                    P90Ms = Output.Round(1000 * row.Trial.P90Time, 2),
                }),
                ExactIk = new { ik.Poses, ik.Reached, MedianMs = Output.Round(1000 * ik.MedianTime, 3) },
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        foreach ((string decay, MotorStart start, MotorTrial paper) in papers)
        {
            BenchVerb.Print($"The paper's scheme (SD-AMSGrad, step 0.01 decaying by {decay}, target correction) from {Told(start)} on " +
                $"{paper.Poses} targets, {1e6 * paper.TimePerIteration:0} us an iteration, {paper.Stuck} stuck beyond 100 mm",
                [" iterations", " median mm", " 90 % mm", " median deg"], Enumerable.Range(0, Marks.Length),
                i => BenchVerb.Cells($"{Marks[i]}", $"{1000 * paper.MedianErrors[i]:0.00}", $"{1000 * paper.P90Errors[i]:0.00}",
                    $"{paper.MedianAngles[i] * 180 / Math.PI:0.0}"));
        }

        BenchVerb.Print($"The solver: reached to 1 mm (and 2 degrees) within so many measured poses",
            ["task", " targets", " budget", " reached", " median mm", " max mm", " median deg", " poses to reach", " 90 %", " mean ms",
                " 90 % ms"], trials,
            row => BenchVerb.Cells($"{row.Name}", $"{row.Trial.Poses}", $"{row.Budget}",
                $"{row.Trial.Reached / (double)row.Trial.Poses:0.0%}", $"{1000 * row.Trial.MedianError:0.00000}",
                $"{1000 * row.Trial.MaxError:0.00}",
                $"{row.Trial.MedianAngle * 180 / Math.PI:0.000}", $"{row.Trial.MedianMeasurements}", $"{row.Trial.P90Measurements}",
                $"{1000 * row.Trial.MeanTime:0.00}", $"{1000 * row.Trial.P90Time:0.00}"));
        Output.Line($"Where the geometry is known, damped least squares needs no network: {ik.Reached} of {ik.Poses} poses to 1 um, " +
            $"{1000 * ik.MedianTime:0.000} ms in the median.");
        return BenchVerb.Judge(bars);

        (string, MotorStart, MotorTrial) Paper(string name, StepDecay decay, MotorStart start) =>
            (name, start, MotorTrial.Run(arm, new MotorInference(model, new AmsGradOptimizer(arm.InputCount, signDamped: true),
                decay: decay), paperPoses, Marks, seed, start, cancellation: interrupt.Token));

        (string, int, InferenceTrial) Trial(string name, bool orientation, int measurements, double noise) =>
            (name, measurements, InferenceTrial.Run(model, orientation, noise == 0 ? poses : Math.Max(1, poses / NoiseShare), measurements,
                seed, noise, interrupt.Token));
    }

    private static string Told(MotorStart start) => start switch
    {
        MotorStart.Straight => "the straight arm",
        MotorStart.Retracted => "the straight arm, retracted",
        _ => "random postures",
    };

    /// <summary>What is asked of the paper's scheme with the decay that the paper has.</summary>
    private static Bar[] PaperBars(TrunkArm arm, MotorTrial trial) => (arm.Design, arm.Joints) switch
    {
        (JointDesign.FourGeared, 10) => [.. Enumerable.Range(0, Marks.Length).Select(i => Median(trial, i, MarkBars[i]))],
        (JointDesign.FourGeared, 25) => [Median(trial, Marks.Length - 1, LongArmBar)],
        _ => [],
    };

    private static Bar Median(MotorTrial trial, int mark, double bar) =>
        Bar.AtMost($"the paper's scheme from the straight arm: median error after {Marks[mark]} iterations, mm",
            1000 * trial.MedianErrors[mark], bar);

    /// <summary>What is asked of the arms that have a bar.</summary>
    private static Bar[] Bars(TrunkArm arm, (string Name, int Budget, InferenceTrial Trial)[] trials)
    {
        InferenceTrial position = trials[0].Trial, pose = trials[1].Trial;
        double reached = position.Reached / (double)position.Poses;
        Bar Reached(double share) => Bar.AtLeast($"position: share of poses below 1 mm within {trials[0].Budget} measurements",
            reached, share);
        return (arm.Design, arm.Joints) switch
        {
            (JointDesign.FourGeared, 10) =>
            [
                Reached(0.995),
                Bar.AtMost("position: median error, mm", 1000 * position.MedianError, 0.01),
                Bar.AtMost("position: computing, 90 %, millions of multiplications", position.P90Time / Yardstick.Seconds, 10),
                Bar.AtLeast($"position and orientation: share below 1 mm and 2 degrees within {trials[1].Budget} measurements",
                    pose.Reached / (double)pose.Poses, 0.99),
            ],
            (JointDesign.FourGeared, 25) => [Reached(0.98),
                Bar.AtMost("position: computing, 90 %, millions of multiplications", position.P90Time / Yardstick.Seconds, 250)],
            (JointDesign.ThreeGeared, 6) => [Reached(0.99)],
            _ => [],
        };
    }
}
