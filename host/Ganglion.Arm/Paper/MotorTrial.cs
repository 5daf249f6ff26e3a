using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Paper;

/// <summary>Where a run of motor inference begins; the trunk paper does not say it, and it decides how far the runs come.</summary>
public enum MotorStart
{
    /// <summary>The straight arm with every input in the middle of its range: all directions are open, and no input has farther to go than
    /// half its range.</summary>
    Straight,

    /// <summary>The straight arm with its gears retracted, where the authors' published program begins unless it is told
    /// otherwise.</summary>
    Retracted,

    /// <summary>A random posture of the kind that the targets are reached with: bent, and often at limits.</summary>
    Random,
}

/// <summary>How the paper's motor inference does on random reachable poses; the tip is measured on the exact arm.</summary>
/// <param name="Iterations">Where the errors were taken: after so many iterations.</param>
/// <param name="Errors">Distance there, m: [place in <paramref name="Iterations"/>][pose].</param>
/// <param name="Angles">Angle there, rad, likewise.</param>
/// <param name="ProcessorTime">Processor time that the process took meanwhile, s.</param>
public sealed record MotorTrial(int[] Iterations, double[][] Errors, double[][] Angles, double ProcessorTime)
{
    /// <summary>What counts as stuck, m.</summary>
    public const double StuckError = 0.1;

    /// <summary>Poses tried.</summary>
    public int Poses => Errors[0].Length;

    /// <summary>Median distances, m.</summary>
    public double[] MedianErrors => Quantiles(Errors, 0.5);

    /// <summary>90th percentiles of the distances, m.</summary>
    public double[] P90Errors => Quantiles(Errors, 0.9);

    /// <summary>Median angles, rad.</summary>
    public double[] MedianAngles => Quantiles(Angles, 0.5);

    /// <summary>Poses that ended more than <see cref="StuckError"/> away.</summary>
    public int Stuck => Errors[^1].Count(error => error > StuckError);

    /// <summary>Processor time of an iteration, s; right only where nothing else ran in the process.</summary>
    public double TimePerIteration => ProcessorTime / ((double)Poses * Iterations[^1]);

    /// <param name="arm">The arm whose tip is measured.</param>
    /// <param name="inference">Optimiser, step size and model to try.</param>
    /// <param name="poses">Number of poses, at least 1.</param>
    /// <param name="iterations">Where to take the errors, rising, at least one entry.</param>
    /// <param name="seed">Seed of the poses; the targets are the same from every start.</param>
    /// <param name="start">Where each run begins.</param>
    /// <param name="blind">A model whose prediction stands in for the measured pose, so that no target is corrected (eqs. 15-16 left out);
    /// null measures.</param>
    /// <param name="cancellation">Ends the trial with an <see cref="OperationCanceledException"/>.</param>
    public static MotorTrial Run(
        TrunkArm arm, MotorInference inference, int poses, int[] iterations, int seed, MotorStart start, SpikingPoseModel? blind = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        PoseSampler sampler = new(arm, seed);
        double[] from = new double[arm.InputCount], goal = new double[arm.InputCount];
        double[][] errors = [.. iterations.Select(_ => new double[poses])], angles = [.. iterations.Select(_ => new double[poses])];
        TimeSpan began = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < poses; i++)
        {
            sampler.Sample(from);
            sampler.Sample(goal);
            if (start == MotorStart.Straight)
            {
                Array.Fill(from, (arm.InputMin + arm.InputMax) / 2);
            }
            else if (start == MotorStart.Retracted)
            {
                arm.Retract(from);
            }

            Pose target = arm.Forward(goal);
            inference.Begin(target, from);
            for (int mark = 0, done = 0; mark < iterations.Length; mark++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (; done < iterations[mark]; done++)
                {
                    inference.Step(blind?.Predict(inference.Inputs) ?? arm.Forward(inference.Inputs));
                }

                Pose tip = arm.Forward(inference.Inputs);
                errors[mark][i] = (tip.Position - target.Position).Length;
                angles[mark][i] = Quat.Angle(tip.Orientation, target.Orientation);
            }
        }

        return new MotorTrial(iterations, errors, angles, (Environment.CpuUsage.TotalTime - began).TotalSeconds);
    }

    /// <summary>Trials of the same iterations as one, over all their poses.</summary>
    public static MotorTrial Join(IReadOnlyList<MotorTrial> trials)
    {
        int[] iterations = trials[0].Iterations;
        if (trials.Any(trial => !trial.Iterations.SequenceEqual(iterations)))
        {
            throw new ArgumentException("the errors of these trials were taken after different iterations", nameof(trials));
        }

        return new MotorTrial(
            iterations, [.. iterations.Select((_, mark) => trials.SelectMany(trial => trial.Errors[mark]).ToArray())],
            [.. iterations.Select((_, mark) => trials.SelectMany(trial => trial.Angles[mark]).ToArray())],
                trials.Sum(trial => trial.ProcessorTime));
    }

    /// <summary>One quantile at each place of <see cref="Iterations"/>.</summary>
    /// <param name="values"><see cref="Errors"/> or <see cref="Angles"/>.</param>
    /// <param name="share">0..1, below 1.</param>
    public static double[] Quantiles(double[][] values, double share) =>
        [.. values.Select(row => row.Order().ElementAt((int)(row.Length * share)))];
}
