using System.Diagnostics;
using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Trials;

/// <summary>
/// How well and how fast inverse kinematics does on random reachable poses: start and goal both drawn by
/// <see cref="PoseSampler"/>. A pose counts as reached where the pose that the gears' strokes give meets the tolerances, whatever
/// the solver says of itself. Times are wall-clock times on this machine; all else depends on the seed alone.
/// </summary>
/// <param name="Poses">Poses tried.</param>
/// <param name="Reached">Poses reached.</param>
/// <param name="AtFirstAttempt">Poses reached without a restart.</param>
/// <param name="MeanIterations">Mean number of steps a pose.</param>
/// <param name="MaxRestarts">Most restarts that a pose took.</param>
/// <param name="MedianTime">Median time of a search, s.</param>
/// <param name="P90Time">90th percentile, s.</param>
/// <param name="MaxTime">Longest search, s.</param>
public sealed record IkTrial(
    int Poses, int Reached, int AtFirstAttempt, double MeanIterations, int MaxRestarts, double MedianTime, double P90Time, double MaxTime)
{
    /// <param name="arm">The arm to solve for.</param>
    /// <param name="poses">Number of poses, at least 1.</param>
    /// <param name="seed">Seed of poses and restarts.</param>
    /// <param name="options">What to meet and how long to look.</param>
    /// <param name="cancellation">Ends the trial with an <see cref="OperationCanceledException"/>.</param>
    public static IkTrial Run(TrunkArm arm, int poses, int seed, IkOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        ArmIk ik = new(arm);
        PoseSampler sampler = new(arm, seed);
        Random random = new(seed);
        double[] start = new double[arm.InputCount], goal = new double[arm.InputCount], solution = new double[arm.InputCount];
        double[] strokes = new double[arm.StrokeCount], times = new double[poses];
        int reached = 0, first = 0, maxRestarts = 0;
        long iterations = 0;
        for (int i = 0; i < poses; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            sampler.Sample(start);
            sampler.Sample(goal);
            Pose target = arm.Forward(goal);
            long began = Stopwatch.GetTimestamp();
            IkResult result = ik.Solve(target, start, solution, random, options, cancellation);
            times[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;

            arm.InputsToStrokes(solution, strokes);
            if (IsReached(target, arm.ForwardFromStrokes(strokes, []), options))
            {
                reached++;
                if (result.Restarts == 0)
                {
                    first++;
                }
            }
            iterations += result.Iterations;
            maxRestarts = Math.Max(maxRestarts, result.Restarts);
        }
        Array.Sort(times);
        return new IkTrial(
            poses, reached, first, iterations / (double)poses, maxRestarts, times[poses / 2], times[poses * 9 / 10], times[^1]);
    }

    private static bool IsReached(in Pose target, in Pose tip, IkOptions options)
    {
        // Strokes and inputs give the same pose up to rounding, far below any sensible tolerance.
        const double rounding = 1e-12;
        return (tip.Position - target.Position).Length <= options.PositionTolerance + rounding
            && (!options.Orientation || Quat.Angle(tip.Orientation, target.Orientation) <= options.OrientationTolerance + rounding);
    }
}
