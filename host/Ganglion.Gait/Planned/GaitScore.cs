namespace Ganglion.Gait.Planned;

/// <summary>What was measured on a gait over its judged cycles. Metres and seconds.</summary>
public struct GaitScore
{
    /// <summary>F of (17) less penalties, and the penalties by themselves.</summary>
    public double Fitness, Penalty;

    /// <summary>Mean and largest distance of the ZMP from the centre of support.</summary>
    public double MeanDistance, MaxDistance;

    /// <summary>Least margin (12), below 0 outside, and share of the samples with a margin of 0 or more.</summary>
    public double MinMargin, Inside;

    /// <summary>Mean step length, largest height of a sole, share of the time that a foot stands, length of a cycle.</summary>
    public double StepLength, Lift, Duty, Period;

    /// <summary>Standard deviation of the body's sideways motion, lowest body, longest leg from hip to ankle in stance.</summary>
    public double SwayDeviation, LowestBody, LongestLeg;

    /// <summary>Works fitness and penalties out of the measures.</summary>
    internal void Judge(GaitProblem problem)
    {
        static double Beyond(double value, double min, double max) => Math.Max(0, min - value) + Math.Max(0, value - max);
        double step = GaitProblem.StepSlope * StepLength - GaitProblem.StepOffset;
        Penalty = GaitProblem.MarginCost * Math.Max(0, GaitProblem.MinMargin - MinMargin)
            + GaitProblem.LiftCost * Beyond(Lift, GaitProblem.MinLift, problem.MaxLift)
            + GaitProblem.DutyCost * Beyond(Duty, GaitProblem.MinDuty, GaitProblem.MaxDuty)
            + GaitProblem.PeriodCost * Beyond(Period, GaitProblem.MinPeriod, GaitProblem.MaxPeriod)
            + problem.StepCost * Beyond(StepLength, problem.MinStep, problem.MaxStep)
            + problem.ReachCost * Math.Max(0, LongestLeg - problem.Reach);
        Fitness = GaitProblem.WeightZmp / (MeanDistance + 0.001) + problem.WeightStep / (Math.Abs(step) + 0.05)
            + GaitProblem.WeightSway * (1 - SwayDeviation / problem.Spacing)
            - (LowestBody < GaitProblem.LowestBody ? 10 : 0) - Penalty;
    }

    /// <summary>The score of a gait that cannot be judged.</summary>
    internal static GaitScore NotJudged(double missing) => new()
    {
        Fitness = GaitProblem.Unfit - missing,
        Penalty = double.PositiveInfinity,
        MinMargin = double.NegativeInfinity
    };
}
