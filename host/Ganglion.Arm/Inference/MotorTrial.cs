using Ganglion.Robots.Space;

namespace Ganglion.Arm.Inference;

/// <summary>How the paper's motor inference does on random reachable poses, from random postures; the tip is measured on the exact arm.</summary>
/// <param name="Poses">Poses tried.</param>
/// <param name="Iterations">Where the errors were taken: after so many iterations.</param>
/// <param name="MedianErrors">Median distance there, m.</param>
/// <param name="P90Errors">90th percentile, m.</param>
/// <param name="MedianAngles">Median angle, rad.</param>
/// <param name="Stuck">Poses that ended more than <see cref="StuckError"/> away.</param>
/// <param name="TimePerIteration">Processor time, s.</param>
public sealed record MotorTrial(
    int Poses, int[] Iterations, double[] MedianErrors, double[] P90Errors, double[] MedianAngles, int Stuck, double TimePerIteration)
{
    /// <summary>What counts as stuck, m.</summary>
    public const double StuckError = 0.1;

    /// <param name="arm">The arm whose tip is measured.</param>
    /// <param name="inference">Optimiser, step size and model to try.</param>
    /// <param name="poses">Number of poses, at least 1.</param>
    /// <param name="iterations">Where to take the errors, rising, at least one entry.</param>
    /// <param name="seed">Seed of the poses.</param>
    /// <param name="cancellation">Ends the trial with an <see cref="OperationCanceledException"/>.</param>
    public static MotorTrial Run(TrunkArm arm, MotorInference inference, int poses, int[] iterations, int seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        PoseSampler sampler = new(arm, seed);
        double[] from = new double[arm.InputCount], goal = new double[arm.InputCount];
        double[][] errors = [.. iterations.Select(_ => new double[poses])], angles = [.. iterations.Select(_ => new double[poses])];
        TimeSpan began = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < poses; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            sampler.Sample(from);
            sampler.Sample(goal);
            Pose target = arm.Forward(goal);
            inference.Begin(target, from);
            for (int mark = 0, done = 0; mark < iterations.Length; mark++)
            {
                for (; done < iterations[mark]; done++) inference.Step(arm.Forward(inference.Inputs));
                Pose tip = arm.Forward(inference.Inputs);
                errors[mark][i] = (tip.Position - target.Position).Length;
                angles[mark][i] = Quat.Angle(tip.Orientation, target.Orientation);
            }
        }

        double time = (Environment.CpuUsage.TotalTime - began).TotalSeconds / ((double)poses * iterations[^1]);
        foreach (double[] list in errors.Concat(angles)) Array.Sort(list);
        return new MotorTrial(
            poses, iterations, [.. errors.Select(e => e[poses / 2])], [.. errors.Select(e => e[poses * 9 / 10])], [.. angles.Select(a => a[poses / 2])],
            errors[^1].Count(error => error > StuckError), time);
    }
}
