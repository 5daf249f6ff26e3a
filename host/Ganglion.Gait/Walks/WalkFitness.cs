using Ganglion.Gait.Trials;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>
/// What a trial is worth, at most 0: a fall costs <see cref="Fall"/> less what it came to before; a walk costs what it lacks in
/// speed, its deviation from the commanded speed, its drift, its tilts and its energy.
/// </summary>
public static class WalkFitness
{
    /// <summary>Worth of a fall at the first step, and of one at the goal.</summary>
    public const double Fall = -10, FallAtTheEnd = -3;

    private const double SpeedCost = 8, ObeyCost = 3, DriftCost = 0.3, HeadingCost = 0.5, PitchCost = 4, RollCost = 6, EnergyCost = 0.15,
        MostEnergy = 10, ReachCost = 2, LateCost = 2;

    /// <summary>Judges a trial.</summary>
    /// <param name="measures">What came of it.</param>
    /// <param name="task">What was asked for.</param>
    /// <param name="commanded">Speed that the walker was told [m/s].</param>
    public static double Of(WalkMeasures measures, WalkTask task, double commanded)
    {
        TrialConditions conditions = task.Conditions;
        double done = double.IsInfinity(conditions.Goal)
            ? measures.Seconds / (conditions.Seconds - WalkPlayer.BlendSeconds) : measures.Distance / conditions.Goal;
        if (measures.Fell != null)
        {
            return Fall + (FallAtTheEnd - Fall) * Math.Clamp(done, 0, 1);
        }

        double worth = -SpeedCost * Math.Max(0, task.Speed - measures.Speed) - ObeyCost * Math.Abs(measures.Speed - commanded) - DriftCost
            * Math.Abs(measures.Drift) - HeadingCost * Math.Abs(measures.Heading)
            - PitchCost * measures.RmsPitch - RollCost * measures.RmsRoll - EnergyCost * Math.Min(MostEnergy, measures.CostOfTransport)
            - ReachCost * measures.OutOfReach * 0.02 / measures.Seconds;
        return measures.Arrived ? worth : worth - LateCost * (1 - Math.Clamp(done, 0, 1));
    }
}
