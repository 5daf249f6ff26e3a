using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Trials;

/// <summary>
/// How <see cref="SpikingSolver"/> does on random reachable poses: start and goal both drawn by <see cref="PoseSampler"/>, tip measured on
/// the exact arm. Times are this process's processor time on this machine; all else depends on the seed alone.
/// </summary>
/// <param name="Poses">Poses tried.</param>
/// <param name="Reached">Poses reached to 1 mm (and 2 degrees, where the orientation counts) within the measurements.</param>
/// <param name="MedianError">Median distance of the best posture, m.</param>
/// <param name="MaxError">Largest, m.</param>
/// <param name="MedianAngle">Median angle of the best posture, rad.</param>
/// <param name="MedianMeasurements">Median number of measured poses to 1 mm (and 2 degrees); those not reached count as the whole
/// budget.</param>
/// <param name="P90Measurements">90th percentile.</param>
/// <param name="MeanTime">Mean processor time a pose, until 1 um or the budget, s.</param>
/// <param name="P90Time">90th percentile, s.</param>
public sealed record InferenceTrial(
    int Poses, int Reached, double MedianError, double MaxError, double MedianAngle, int MedianMeasurements, int P90Measurements,
    double MeanTime, double P90Time)
{
    /// <summary>Median distance of the best posture after each measured pose, m: how the errors fall.</summary>
    public double[] MedianCurve { get; init; } = [];

    /// <summary>What counts as reached, m.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>What counts as reached where the orientation does, rad.</summary>
    public const double AngleTolerance = 2 * Math.PI / 180;

    private const double DonePosition = 1e-6, DoneAngle = 1e-5;

    /// <param name="model">The arm's forward model.</param>
    /// <param name="orientation">Whether the orientation counts.</param>
    /// <param name="poses">Number of poses, at least 1.</param>
    /// <param name="measurements">Measured poses allowed for each, at least 1.</param>
    /// <param name="seed">Seed of poses and solver.</param>
    /// <param name="noise">Standard deviation of each measured coordinate, m; errors are those of the true tip at the posture that was
    /// measured best.</param>
    /// <param name="cancellation">Ends the trial with an <see cref="OperationCanceledException"/>.</param>
    public static InferenceTrial Run(
        SpikingPoseModel model, bool orientation, int poses, int measurements, int seed, double noise = 0,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(measurements, 1);
        TrunkArm arm = model.Arm;
        SpikingSolver solver = new(model, seed, orientation);
        PoseSampler sampler = new(arm, seed);
        Random random = new(seed);
        double[] from = new double[arm.InputCount], goal = new double[arm.InputCount];
        double[] errors = new double[poses], angles = new double[poses], times = new double[poses];
        int[] needed = new int[poses];
        double[][] curve = [.. Enumerable.Range(0, measurements).Select(_ => new double[poses])];
        int reached = 0;
        for (int i = 0; i < poses; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            sampler.Sample(from);
            sampler.Sample(goal);
            Pose target = arm.Forward(goal), best = default;
            TimeSpan began = Environment.CpuUsage.TotalTime;
            solver.Begin(target, from);
            needed[i] = measurements;
            bool met = false, done = false;
            for (int k = 1; k <= measurements && !done; k++)
            {
                Pose tip = arm.Forward(solver.Proposal);
                solver.Observe(noise > 0 ? tip with { Position = tip.Position + noise * Normal(random) } : tip);
                best = noise > 0 ? arm.Forward(solver.Best) : solver.BestTip;
                (double distance, double angle) = Errors(best, target);
                if (!met && distance <= Tolerance && (!orientation || angle <= AngleTolerance))
                {
                    (met, needed[i]) = (true, k);
                }

                done = distance <= DonePosition && (!orientation || angle <= DoneAngle);
                for (int later = k; later <= (done ? measurements : k); later++)
                {
                    curve[later - 1][i] = distance;
                }
            }

            times[i] = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
            (errors[i], angles[i]) = Errors(best, target);
            if (errors[i] <= Tolerance && (!orientation || angles[i] <= AngleTolerance))
            {
                reached++;
            }
        }

        double mean = times.Average();
        Array.Sort(errors);
        Array.Sort(angles);
        Array.Sort(times);
        Array.Sort(needed);
        return new InferenceTrial(
            poses, reached, errors[poses / 2], errors[^1], angles[poses / 2], needed[poses / 2], needed[poses * 9 / 10], mean,
            times[poses * 9 / 10])
        {
            MedianCurve = [.. curve.Select(row => row.Order().ElementAt(poses / 2))],
        };
    }

    private static (double Distance, double Angle) Errors(in Pose tip, in Pose target) =>
        ((tip.Position - target.Position).Length, Quat.Angle(tip.Orientation, target.Orientation));

    private static Vec3 Normal(Random random)
    {
        return new(One(), One(), One());

        double One() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
