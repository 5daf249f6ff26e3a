using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Gait.Trials;

/// <summary>Trials of one gait under one set of conditions, with several seeds.</summary>
/// <param name="Name">Of the conditions.</param>
/// <param name="Trials">One of each seed.</param>
public sealed record WalkTest(string Name, IReadOnlyList<WalkMeasures> Trials)
{
    /// <summary>Trials that neither fell nor, where there is a goal, failed to arrive.</summary>
    public int Walked => Trials.Count(trial => trial.Fell == null && trial.Arrived);

    /// <summary>Mean of a measure over the trials that walked; not a number if none did.</summary>
    public double Mean(Func<WalkMeasures, double> measure)
    {
        double[] walked = Trials.Where(trial => trial.Fell == null && trial.Arrived).Select(measure).ToArray();
        return walked.Length == 0 ? double.NaN : walked.Average();
    }

    /// <summary>Mean of a measure over all trials that lasted long enough to have it.</summary>
    public double MeanOfAll(Func<WalkMeasures, double> measure)
    {
        double[] known = Trials.Select(measure).Where(double.IsFinite).ToArray();
        return known.Length == 0 ? double.NaN : known.Average();
    }

    /// <summary>Walks with the seeds, some at a time; the result does not depend on how many.</summary>
    /// <param name="name">Of the conditions.</param>
    /// <param name="robot">A walker.</param>
    /// <param name="gait">Its gait.</param>
    /// <param name="conditions">What it is put through.</param>
    /// <param name="seeds">Noise seeds.</param>
    /// <param name="threads">1..64.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    public static WalkTest Run(string name, RobotDescription robot, GaitDescription gait, TrialConditions conditions, int[] seeds,
        int threads, CancellationToken cancellation = default)
    {
        var measures = new WalkMeasures[seeds.Length];
        using ThreadLocal<WalkTrial> trial = new(() => new WalkTrial(robot, conditions), trackAllValues: true);
        try
        {
            Parallel.For(0, seeds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                i => measures[i] = trial.Value!.Run(gait, seeds[i], null, cancellation));
        }
        finally
        {
            foreach (WalkTrial used in trial.Values)
            {
                used.Dispose();
            }
        }

        return new WalkTest(name, measures);
    }
}
